"""A seat that falls vacant: the alternate next in order, else the auditor until the assembly (ET 51)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coop.common.errors import NotAllowed
from coop.council import errors
from coop.council.models import Basis, HowEnded, Seat, Term
from coop.council.vacancies import (
    Filler,
    assembly_met,
    call_alternate,
    name_until_assembly,
    next_for,
    told,
    vacant,
)
from coop.members.enums import State
from coop.members.models import Member, Period
from coop.powers import Power, may, system
from coop.record.models import Act, Entry
from tests.support.reform import reform
from tests.support.seats import ended, instant, reformed, seated

pytestmark = pytest.mark.django_db
CODES = ("president", "secretary", "treasurer", "alternate_1", "alternate_2", "auditor")
NOW = datetime(2026, 9, 1, 15, tzinfo=UTC)


@pytest.fixture
def council(members: list[Member]) -> dict[str, Term]:
    return {code: seated(code, member) for code, member in zip(CODES, members, strict=False)}


def fell_vacant(term: Term, at: datetime = NOW) -> Term:
    return ended(term, HowEnded.RESIGNED, at)


def filler(code: str, at: datetime = NOW) -> tuple[Filler, str] | None:
    found = next_for(Seat.objects.get(code=code), at)
    if found is None:
        return None
    return found.filler, str(found.alternate.seat) if found.alternate else ""


def test_an_empty_seat_goes_to_the_alternate_next_in_order(council):
    assert filler("treasurer") is None
    fell_vacant(council["treasurer"])
    assert filler("treasurer") == (Filler.ALTERNATE, "Suplencia 1")
    left, alternate = council["treasurer"], council["alternate_1"]
    term = call_alternate(term_id=left.pk, by=council["president"].member.actor, at=NOW)
    alternate.refresh_from_db()
    left.refresh_from_db()
    assert (term.member, term.basis, term.fills_id) == (alternate.member, Basis.ALTERNATE, left.pk)
    assert (term.during.lower, term.during.upper) == (NOW, left.would_have_ended)
    assert (alternate.how_ended, alternate.during.upper) == (HowEnded.MOVED, NOW)
    assert may(alternate.member.actor, Power.KEEP_ACCOUNTS, NOW)


def test_the_second_alternate_follows_the_first_and_holds_what_is_left(council):
    fell_vacant(council["treasurer"])
    first = call_alternate(term_id=council["treasurer"].pk, by=system(), at=NOW)
    later = NOW + timedelta(days=30)
    fell_vacant(first, later)
    with pytest.raises(errors.NothingToFill):
        call_alternate(term_id=council["treasurer"].pk, by=system(), at=later)
    second = call_alternate(term_id=first.pk, by=system(), at=later)
    assert second.member == council["alternate_2"].member
    assert second.during.upper == council["treasurer"].during.upper


def test_who_is_suspended_is_passed_over(council):
    Period.objects.filter(member=council["alternate_1"].member).delete()
    day = NOW.date()
    Period.objects.create(
        member=council["alternate_1"].member,
        state=State.SUSPENDED,
        since=day,
        until=day + timedelta(days=9),
    )
    fell_vacant(council["president"])
    assert filler("president") == (Filler.ALTERNATE, "Suplencia 2")


def test_without_alternates_the_auditor_names_somebody_until_the_assembly(council, members):
    for code in ("alternate_1", "alternate_2", "secretary"):
        fell_vacant(council[code])
    auditor, named = council["auditor"].member, members[6]
    assert filler("secretary") == (Filler.AUDITOR, "")
    with pytest.raises(NotAllowed):
        name_until_assembly(
            term_id=council["secretary"].pk, member=named, by=council["president"].member.actor, at=NOW
        )
    with pytest.raises(errors.FilledOtherwise, match="sindicatura"):
        call_alternate(term_id=council["secretary"].pk, by=auditor.actor, at=NOW)
    with pytest.raises(errors.OtherSeat):
        name_until_assembly(
            term_id=council["secretary"].pk,
            member=council["treasurer"].member,
            by=auditor.actor,
            at=NOW,
        )
    term = name_until_assembly(term_id=council["secretary"].pk, member=named, by=auditor.actor, at=NOW)
    assert may(named.actor, Power.KEEP_TERMS, NOW)
    met = NOW + timedelta(days=40)
    assert assembly_met(kind="weekly", by=system(), at=met - timedelta(days=7)) == []
    assert assembly_met(kind="ordinary", by=system(), at=met) == [term]
    assert not may(named.actor, Power.KEEP_TERMS, met)
    assert may(named.actor, Power.KEEP_TERMS, met - timedelta(microseconds=1))


def test_whom_the_assembly_elects_takes_over_from_whom_the_auditor_named(council, members):
    for code in ("alternate_1", "alternate_2", "secretary"):
        fell_vacant(council[code])
    named = name_until_assembly(
        term_id=council["secretary"].pk, member=members[6], by=council["auditor"].member.actor, at=NOW
    )
    begins = date(2026, 11, 1)
    elected = seated("secretary", council["secretary"].member, begins, date(2028, 4, 30))
    named.refresh_from_db()
    assert (named.how_ended, named.during.upper) == (HowEnded.ASSEMBLY_MET, elected.during.lower)


def test_who_is_elected_for_the_next_term_leaves_what_is_left_of_this_one_to_the_alternate(council, members):
    fell_vacant(council["treasurer"])
    seated("treasurer", members[6], date(2028, 5, 1), date(2031, 4, 30))
    assert filler("treasurer") == (Filler.ALTERNATE, "Suplencia 1")
    term = call_alternate(term_id=council["treasurer"].pk, by=system(), at=NOW)
    council["treasurer"].refresh_from_db()
    assert term.during.upper == council["treasurer"].would_have_ended


def test_who_is_elected_for_what_is_left_is_waited_for(council, members):
    fell_vacant(council["treasurer"])
    seated("treasurer", members[6], date(2026, 10, 1), date(2028, 4, 30))
    assert filler("treasurer") == (Filler.ASSEMBLY, "")
    assert members[6].name in told(next_for(Seat.objects.get(code="treasurer"), NOW))


def test_an_alternate_comes_before_the_auditors_choice(council, members):
    fell_vacant(council["secretary"])
    with pytest.raises(errors.FilledOtherwise, match="Omar Águila, de Suplencia 1"):
        name_until_assembly(
            term_id=council["secretary"].pk,
            member=members[6],
            by=council["auditor"].member.actor,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("rule", "with_alternates", "without"),
    [
        ("alternates_then_auditor", Filler.ALTERNATE, Filler.AUDITOR),
        ("alternates", Filler.ALTERNATE, Filler.ASSEMBLY),
        ("assembly", Filler.ASSEMBLY, Filler.ASSEMBLY),
    ],
)
def test_the_statute_says_who_fills(members, rule, with_alternates, without):
    reform(date(2026, 4, 1), reformed(council={"vacancies": rule, "meets_days": 20}))
    held = {code: seated(code, member) for code, member in zip(CODES, members, strict=False)}
    fell_vacant(held["treasurer"])
    assert filler("treasurer") is not None
    assert filler("treasurer")[0] == with_alternates
    fell_vacant(held["alternate_1"])
    fell_vacant(held["alternate_2"])
    assert filler("treasurer")[0] == without


def test_a_seat_whose_term_ran_out_is_the_assemblys(council):
    over = instant(date(2028, 5, 2))
    found = {one.seat.code: one for one in vacant(over)}
    assert {one.filler for one in found.values()} == {Filler.ASSEMBLY}
    assert "elección" in told(found["president"])


def test_the_auditor_is_followed_by_the_alternate_auditor_and_names_nobody_for_it(council, members):
    fell_vacant(council["auditor"])
    assert filler("auditor") == (Filler.ASSEMBLY, "")
    seated("alternate_auditor", members[6], date(2026, 9, 5), date(2028, 4, 30), at=NOW)
    later = instant(date(2026, 9, 10))
    assert filler("auditor", later) == (Filler.ALTERNATE, "Sindicatura suplente")
    term = call_alternate(term_id=council["auditor"].pk, by=council["secretary"].member.actor, at=later)
    assert term.member == members[6]


def test_a_member_without_a_seat_fills_nothing(council, members):
    fell_vacant(council["treasurer"])
    for by in (members[6], council["treasurer"].member):
        with pytest.raises(NotAllowed):
            call_alternate(term_id=council["treasurer"].pk, by=by.actor, at=NOW)
    assert Entry.objects.filter(act=Act.TERM_BEGUN, facts__basis="alternate").count() == 0


def test_the_seats_left_empty_take_as_many_statements_however_many(council, django_assert_max_num_queries):
    for code in ("treasurer", "president", "auditor"):
        fell_vacant(council[code])
    with django_assert_max_num_queries(7):
        assert len(vacant(NOW)) == 4
