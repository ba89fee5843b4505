"""Taking a seat and leaving it before its day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coop.common.errors import NotAllowed
from coop.council import errors
from coop.council.models import Basis, HowEnded, SeatCode, Term
from coop.council.rotation import MayNotStand
from coop.council.seating import end_term
from coop.members import leaving
from coop.members.enums import FactKind, State
from coop.members.lifecycle import put_on_the_books
from coop.members.models import Member, Period
from coop.powers import Power, may, powers_of, system
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.models import Matter
from tests.support import people
from tests.support.book import paper_resolution
from tests.support.people import Instants
from tests.support.reform import reform
from tests.support.seats import ELECTED_ON, decided, ended, instant, reformed, seated

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
MIDNIGHT = datetime(2026, 5, 1, 3, tzinfo=UTC)


def test_a_term_holds_from_its_first_midnight_to_the_end_of_its_last_day(members):
    term = seated("treasurer", members[3])
    assert (term.during.lower, term.during.upper) == (MIDNIGHT, datetime(2028, 5, 1, 3, tzinfo=UTC))
    assert (term.basis, str(term.resolution), term.elected_by) == (
        Basis.ELECTED,
        "1/2026",
        "Asamblea Ordinaria 2026",
    )
    assert not may(members[3].actor, Power.KEEP_ACCOUNTS, MIDNIGHT - timedelta(seconds=1))
    assert may(members[3].actor, Power.KEEP_ACCOUNTS, MIDNIGHT)


def test_the_record_tells_who_took_which_seat_by_which_resolution(members):
    seated("treasurer", members[3])
    entry = Entry.objects.get(act=Act.TERM_BEGUN)
    told = teller(entry.act)
    assert told is not None
    assert told(entry.facts) == (
        "Omar Águila ocupa Tesorería desde el 01/05/2026 hasta el 30/04/2028, por la resolución 1/2026."
    )


def test_only_who_keeps_the_terms_seats_anybody(members, president, secretary):
    with pytest.raises(NotAllowed):
        seated("treasurer", members[3], by=president.actor)
    assert seated("treasurer", members[3], by=secretary.actor).recorded_by == secretary


def test_elected_here_today_holds_from_the_minute_of_the_vote(members):
    at = instant(date(2026, 4, 20), 19)
    resolution = decided(at=at)
    term = seated("treasurer", members[3], date(2026, 4, 20), resolution=resolution, at=at)
    assert term.during.lower == at


def test_elected_in_the_paper_book_holds_from_that_days_beginning(members, president, secretary):
    told = paper_resolution(
        date(2026, 3, 2),
        "Elección",
        Matter.ELECTION,
        by=secretary,
        confirmed_by=president,
        at=Instants.convening,
    )
    term = seated("treasurer", members[3], date(2026, 3, 2), resolution=told, at=Instants.hour)
    assert term.during.lower == datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize("matter", [Matter.ORDINARY_DECISION, Matter.RECALL, Matter.STATUTE_REFORM])
def test_only_an_election_fills_a_seat_of_the_council(members, matter):
    with pytest.raises(errors.SeatsNobody):
        seated("treasurer", members[3], resolution=decided(matter, instant(ELECTED_ON)))


def test_nobody_sits_before_the_decision_that_seats_them(members):
    with pytest.raises(errors.DecidedAfterwards):
        seated("treasurer", members[3], resolution=decided(at=instant(date(2026, 5, 2))))


def test_a_seat_that_the_statute_does_not_have_is_refused(members):
    with pytest.raises(errors.NoSuchSeat, match="Vocalía 1"):
        seated("member_1", members[3])
    with pytest.raises(errors.NoSuchSeat):
        seated("p_nada_1", members[3])


def test_a_term_ends_with_the_seat_that_a_coming_statute_drops(members):
    reform(date(2026, 4, 1), reformed(council={"seats": 5}))
    reform(date(2027, 4, 1), reformed(council={"seats": 3}))
    with pytest.raises(errors.NoSuchSeat, match="01/04/2027"):
        seated("member_1", members[3])
    assert seated("member_1", members[3], last_day=date(2027, 3, 31)).pk


@pytest.mark.parametrize(
    ("first", "last", "latest"),
    [
        (date(2026, 5, 1), date(2029, 5, 1), "30/04/2029"),
        (date(2026, 12, 15), date(2029, 12, 15), "14/12/2029"),
        (date(2026, 4, 1), date(2029, 5, 1), "30/04/2029"),
    ],
)
def test_a_term_lasts_no_longer_than_the_statutes_fiscal_years(members, first, last, latest):
    with pytest.raises(errors.TermTooLong, match=latest):
        seated("treasurer", members[3], first, last)
    day = datetime.strptime(latest, "%d/%m/%Y").date()
    assert seated("treasurer", members[3], first, day).pk


def test_a_term_has_a_first_day_and_a_last(members):
    with pytest.raises(errors.EndsBeforeItBegins):
        seated("treasurer", members[3], MAY, date(2026, 4, 30))
    with pytest.raises(errors.EndsBeforeItBegins):
        seated("secretary", members[3], MAY, date(2026, 4, 1))


def test_one_holder_and_one_seat_a_person_is_told_with_name_and_day(members):
    seated("treasurer", members[3])
    with pytest.raises(errors.SeatTaken, match="Omar Águila, hasta el 30/04/2028"):
        seated("treasurer", members[4], date(2028, 4, 30), date(2029, 4, 30))
    with pytest.raises(errors.OtherSeat, match="ya ocupa Tesorería hasta el 30/04/2028"):
        seated("president", members[3], date(2027, 5, 1), date(2029, 4, 30))
    assert Term.objects.count() == 1


def test_who_leaves_sits_no_longer_than_that(members):
    put_on_the_books(
        member_id=members[3].pk,
        kind=FactKind.RETIRED,
        day=date(2026, 8, 1),
        source="Nota",
        by=system(),
        at=Instants.hour,
    )
    with pytest.raises(errors.NotMemberThroughout, match="01/08/2026"):
        seated("treasurer", members[3])
    assert seated("treasurer", members[3], last_day=date(2026, 7, 31)).pk


def test_who_joined_later_did_not_sit_before(members):
    with pytest.raises(errors.NotMemberThroughout, match="01/03/2003"):
        seated("treasurer", members[3], date(2003, 2, 1), date(2004, 4, 30))


def test_the_statutes_rotation_has_its_say(members):
    reform(date(2026, 4, 1), reformed(rotation={"most_terms": 1, "cool_off_years": 3}))
    people.give_seat(
        members[3],
        SeatCode.TREASURER,
        datetime(2024, 5, 1, 3, tzinfo=UTC),
        datetime(2026, 5, 1, 3, tzinfo=UTC),
    )
    with pytest.raises(MayNotStand):
        seated("president", members[3])
    assert seated("president", members[4]).pk


def test_who_resigns_holds_the_powers_to_the_last_minute(members):
    term = seated("treasurer", members[3])
    at = instant(date(2026, 9, 1))
    ended(term, HowEnded.RESIGNED, at, note="Nota del 28/08")
    term.refresh_from_db()
    assert (term.how_ended, term.during.upper, term.ended_note) == ("resigned", at, "Nota del 28/08")
    assert powers_of(members[3].actor, at - timedelta(microseconds=1))
    assert not powers_of(members[3].actor, at)
    (entry,) = Entry.objects.filter(act=Act.TERM_ENDED)
    assert "28/08" not in str(entry.facts)


def test_a_resignation_may_take_effect_on_a_day_to_come_and_come_nearer(members):
    term = seated("treasurer", members[3])
    at = instant(date(2026, 9, 1))
    ended(term, HowEnded.RESIGNED, at + timedelta(days=20), at=at)
    ended(term, HowEnded.RESIGNED, at + timedelta(days=2), at=at + timedelta(days=1))
    with pytest.raises(errors.TermIsOver):
        ended(term, HowEnded.RESIGNED, at + timedelta(days=5), at=at + timedelta(days=3))
    term.refresh_from_db()
    assert term.during.upper == at + timedelta(days=2)
    assert term.would_have_ended == datetime(2028, 5, 1, 3, tzinfo=UTC)


def test_a_term_that_had_not_begun_never_was(members):
    term = seated("treasurer", members[3])
    ended(term, HowEnded.RESIGNED, instant(date(2026, 4, 25)))
    term.refresh_from_db()
    assert term.during.isempty
    assert seated("treasurer", members[4]).pk
    told = teller(Act.TERM_ENDED)
    assert told is not None
    facts = Entry.objects.get(act=Act.TERM_ENDED).facts
    assert "no llegó a empezar" in told(facts)


def test_no_term_ends_in_the_past(members):
    term = seated("treasurer", members[3])
    now = instant(date(2026, 9, 1))
    with pytest.raises(errors.EndsInThePast):
        ended(term, HowEnded.RESIGNED, now - timedelta(seconds=1), at=now)


def test_a_recall_cites_the_assembly_that_recalled(members):
    term = seated("treasurer", members[3])
    now = instant(date(2026, 9, 1), 20)
    for wrong in (None, decided(Matter.ELECTION, now)):
        with pytest.raises(errors.NeedsRecall):
            ended(term, HowEnded.RECALLED, now, resolution=wrong)
    later = decided(Matter.RECALL, now + timedelta(hours=1))
    with pytest.raises(errors.DecidedAfterwards):
        ended(term, HowEnded.RECALLED, now, resolution=later)
    recall = decided(Matter.RECALL, now)
    ended(term, HowEnded.RECALLED, now, resolution=recall)
    assert not may(members[3].actor, Power.KEEP_ACCOUNTS, now)
    assert Term.objects.get(pk=term.pk).ended_resolution == recall


@pytest.mark.parametrize("how", [HowEnded.LEFT, HowEnded.DIED, HowEnded.DROPPED, HowEnded.ASSEMBLY_MET])
def test_what_follows_by_itself_is_nobodys_to_write_down(members, how):
    term = seated("treasurer", members[3])
    with pytest.raises(errors.NotEndedSo):
        ended(term, how, instant(date(2026, 9, 1)))


def test_only_who_keeps_the_terms_ends_one(members, president):
    term = seated("treasurer", members[3])
    with pytest.raises(NotAllowed):
        end_term(
            term_id=term.pk,
            how=HowEnded.RESIGNED,
            ends_at=instant(date(2026, 9, 1)),
            by=president.actor,
            at=instant(date(2026, 9, 1)),
        )


@pytest.mark.parametrize(("kind", "how"), [(FactKind.RETIRED, HowEnded.LEFT), (FactKind.DIED, HowEnded.DIED)])
def test_a_term_ends_with_membership_however_late_it_is_told(members, kind, how):
    term = seated("treasurer", members[3])
    now, day = instant(date(2026, 9, 1)), date(2026, 8, 20)
    put_on_the_books(member_id=members[3].pk, kind=kind, day=day, source="Partida", by=system(), at=now)
    term.refresh_from_db()
    assert (term.how_ended, term.during.upper) == (how, instant(day, 0))


def test_who_had_resigned_and_dies_before_held_it_until_then(members):
    term = seated("treasurer", members[3])
    now = instant(date(2026, 9, 1))
    ended(term, HowEnded.RESIGNED, now + timedelta(days=20), at=now)
    put_on_the_books(
        member_id=members[3].pk,
        kind=FactKind.DIED,
        day=date(2026, 9, 5),
        source="Partida",
        by=system(),
        at=now + timedelta(days=6),
    )
    term.refresh_from_db()
    assert (term.how_ended, term.during.upper) == ("died", instant(date(2026, 9, 5), 0))


def test_new_days_in_the_register_that_leave_a_term_outside_are_told_in_a_sentence(members):
    """By a spreadsheet that has them join later, or with another leaving before they came back."""
    seated("treasurer", members[3])
    member = Member.objects.get(pk=members[3].pk)
    leaving.told(member, system(), instant(date(2026, 9, 1)))
    member.joined_on = date(2026, 8, 1)
    with pytest.raises(errors.OutsideMembership, match="no sería asociado/a mientras ocupa Tesorería"):
        leaving.told(member, system(), instant(date(2026, 9, 1)))
    member.refresh_from_db()
    Period.objects.filter(member=member).delete()
    for state, since, until in (
        (State.ACTIVE, date(2003, 3, 1), date(2026, 6, 1)),
        (State.RETIRED, date(2026, 6, 1), date(2026, 7, 1)),
        (State.ACTIVE, date(2026, 7, 1), None),
    ):
        Period.objects.create(member=member, state=state, since=since, until=until)
    with pytest.raises(errors.OutsideMembership, match="01/05/2026"):
        leaving.told(member, system(), instant(date(2026, 9, 1)))


def test_a_statute_that_drops_a_seat_ends_its_term_on_the_day_it_takes_effect(members):
    reform(date(2026, 4, 1), reformed(council={"seats": 5}))
    term = seated("member_2", members[3])
    other = seated("president", members[4])
    version = reform(date(2027, 6, 1), reformed(council={"seats": 3}))
    term.refresh_from_db()
    other.refresh_from_db()
    assert (term.how_ended, term.during.upper) == ("dropped", instant(date(2027, 6, 1), 0))
    assert (term.ended_resolution, other.how_ended) == (version.resolution, "")


def test_a_statute_that_adds_a_seat_makes_its_row(members):
    from coop.council.models import Seat

    reform(date(2026, 4, 1), reformed(council={"seats": 6}))
    assert str(Seat.objects.get(code="member_3")) == "Vocalía 3"
    assert seated("member_3", members[3]).pk
