"""Years of elections, resignations, recalls, leavings and reforms: no rule of the terms ever breaks.

What the verbs refuse they refuse with a sentence; what they let through is checked against the rows. Between
the acts somebody goes round Python with SQL, with the rights of the application's role.
"""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.common.errors import DomainError
from coop.council.models import HowEnded, Seat, Term
from coop.council.proofs_terms import prove_terms
from coop.council.seating import end_term, seat
from coop.council.seats import seats_of
from coop.council.vacancies import assembly_met, call_alternate, name_until_assembly, vacant
from coop.members.enums import FactKind
from coop.members.lifecycle import put_on_the_books, take_back
from coop.members.models import Member, MemberFact, Period
from coop.powers import system
from coop.record.domain import first_break
from coop.record.models import Entry
from coop.statute.models import Matter, StatuteVersion
from tests.support import people
from tests.support.reform import reform
from tests.support.seats import decided, reformed

CODES = (
    "president",
    "secretary",
    "treasurer",
    "member_1",
    "alternate_1",
    "alternate_2",
    "auditor",
    "p_prensa_1",
)
START = datetime(2026, 3, 2, 15, tzinfo=UTC)
POSITION = {
    "key": "prensa",
    "name": "Coordinación de prensa",
    "kind": "coordinator",
    "holders": 1,
    "term_months": 12,
    "source": "reglamento",
    "section": "",
    "most_terms": 0,
    "cool_off_years": 0,
    "everyone_once": False,
}
who, code, days = st.integers(0, 8), st.sampled_from(CODES), st.integers(1, 500)
ACTS = st.one_of(
    st.tuples(st.just("elect"), code, who, days),
    st.tuples(st.just("elect"), code, who, days),
    st.tuples(st.sampled_from(["resign", "recall"]), code, st.integers(0, 60)),
    st.tuples(st.just("fill"), who),
    st.tuples(st.just("assembly")),
    st.tuples(st.sampled_from([FactKind.RETIRED, FactKind.DIED]), who, st.integers(0, 90)),
    st.tuples(st.just("come back"), who, st.integers(0, 90)),
    st.tuples(st.just("take back"), st.integers(0, 5)),
    st.tuples(st.just("reform"), st.integers(3, 4), st.booleans()),
    st.tuples(st.just("sql"), code, who, st.integers(-300, 300), days),
    st.tuples(st.just("sql end"), code, st.integers(-300, 300)),
)
YEARS = st.lists(st.tuples(st.integers(1, 120), ACTS), min_size=4, max_size=25)


class Years:
    """A cooperative that lives through the acts; each is done or refused, never half."""

    def __init__(self, members: list[Member]) -> None:
        self.members, self.now, self.done = members, START, 0
        self.reforms = 0
        self.said: list[str] = []

    def live(self, wait: int, act: tuple[Any, ...]) -> None:
        self.now += timedelta(days=wait)
        name = str(act[0]).replace(" ", "_")
        try:
            with transaction.atomic():
                handler = getattr(self, name if name not in ("retired", "died") else "leave")
                handler(*(act if handler.__name__ in ("leave", "end") else act[1:]))
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    # As between two requests: the next act is judged as a whole again.
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except DomainError as refused:
            self.said.append(str(refused))
        else:
            self.done += 1
        assert "" not in self.said
        self.check()

    def elect(self, code: str, who: int, days: int) -> None:
        seat(
            seat_code=code,
            member=self.members[who],
            first=self.now,
            last_day=(self.now + timedelta(days=days)).date(),
            resolution=decided(at=self.now),
            by=system(),
            at=self.now,
        )

    def resign(self, code: str, ahead: int) -> None:
        self.cut(code, HowEnded.RESIGNED, ahead, None)

    def recall(self, code: str, ahead: int) -> None:
        self.cut(code, HowEnded.RECALLED, ahead, decided(Matter.RECALL, self.now))

    def cut(self, code: str, how: HowEnded, ahead: int, resolution: Any) -> None:
        term = Term.objects.at(self.now).filter(seat__code=code).first()
        if term:
            ends_at = self.now + timedelta(days=ahead)
            end_term(
                term_id=term.pk, how=how, ends_at=ends_at, resolution=resolution, by=system(), at=self.now
            )

    def fill(self, who: int) -> None:
        for one in vacant(self.now):
            if one.left and one.alternate:
                call_alternate(term_id=one.left.pk, by=system(), at=self.now)
                return
            auditor = Term.objects.at(self.now).filter(seat__code="auditor").first()
            if one.left and one.filler == "auditor" and auditor:
                name_until_assembly(
                    term_id=one.left.pk, member=self.members[who], by=auditor.member.actor, at=self.now
                )
                return

    def assembly(self) -> None:
        assembly_met(kind="ordinary", by=system(), at=self.now)
        assert not Term.objects.at(self.now).filter(basis="auditor").exists()

    def leave(self, kind: FactKind, who: int, before: int) -> None:
        put_on_the_books(
            member_id=self.members[who].pk,
            kind=kind,
            day=(self.now - timedelta(days=before)).date(),
            source="Nota",
            by=system(),
            at=self.now,
        )

    def come_back(self, who: int, before: int) -> None:
        put_on_the_books(
            member_id=self.members[who].pk,
            kind=FactKind.READMITTED,
            day=(self.now - timedelta(days=before)).date(),
            resolution=decided(Matter.ORDINARY_DECISION, self.now - timedelta(days=91)),
            by=system(),
            at=self.now,
        )

    def take_back(self, place: int) -> None:
        """One of the latest facts of anybody was put on the books wrongly."""
        facts = list(MemberFact.objects.standing().order_by("-pk")[:6])
        if place < len(facts):
            take_back(fact_id=facts[place].pk, reason="Error", by=system(), at=self.now)

    def reform(self, seats: int, position: bool) -> None:
        self.reforms += 1
        held = [POSITION] if position else []
        document = reformed(
            council={"seats": seats, "request_days": 3 + self.reforms % 20}, positions={"held": held}
        )
        reform((self.now + timedelta(days=1)).date(), document, title=f"Reforma {self.reforms}")

    def sql(self, code: str, who: int, first: int, days: int) -> None:
        """A term by hand, of the kind that needs least: whether it goes in is the database's word."""
        begins = self.now + timedelta(days=first)
        held = Seat.objects.filter(code=code).first()
        if held is None:
            return
        try:
            with transaction.atomic():
                Term.objects.bulk_create(
                    [
                        Term(
                            seat=held,
                            member=self.members[who],
                            during=(begins, begins + timedelta(days=days)),
                            elected_by="yo",
                        )
                    ]
                )
                self.check(proof=False)
                transaction.set_rollback(True)
        except DatabaseError:
            pass

    def sql_end(self, code: str, shift: int) -> None:
        """The end of a term moved by hand, later or earlier."""
        with connection.cursor() as cursor:
            for column in ("how_ended = how_ended", "how_ended = 'resigned'"):
                try:
                    with transaction.atomic():
                        cursor.execute(
                            f"UPDATE council_term SET {column}, would_have_ended = upper(during),"
                            " ended_recorded_at = %s, during = tstzrange(lower(during), %s)"
                            " WHERE NOT isempty(during) AND seat_id IN"
                            " (SELECT id FROM council_seat WHERE code = %s) AND upper(during) < %s",
                            [self.now, self.now + timedelta(days=shift), code, self.now],
                        )
                        assert cursor.rowcount == 0, "a term that was over changed"
                except DatabaseError:
                    pass

    def check(self, *, proof: bool = True) -> None:
        terms = list(Term.objects.select_related("seat", "member").order_by("during"))
        live = [term for term in terms if not term.during.isempty]
        for place, one in enumerate(live):
            for other in live[place + 1 :]:
                if one.during.lower < other.during.upper and other.during.lower < one.during.upper:
                    assert one.seat_id != other.seat_id
                    both = one.council_or_audit and other.council_or_audit
                    assert not (both and one.member_id == other.member_id)
        held_by_members(live)
        versions = [(v.holds_from, {s.code for s in seats_of(v.rules)}) for v in StatuteVersion.objects.all()]
        if proof:
            for term in live:
                for holds_from, codes in versions:
                    if term.during.lower <= people_midnight(holds_from) < term.during.upper:
                        assert term.seat.code in codes
            assert prove_terms().broken is None
            assert first_break(Entry.objects.order_by("position")) is None


def held_by_members(live: list[Term]) -> None:
    away = Period.objects.exclude(state__in=["trial", "active", "suspended"])
    for term, period in itertools.product(live, away):
        if period.member_id == term.member_id:
            back = period.until and people_midnight(period.until) <= term.during.lower
            assert back or term.during.upper <= people_midnight(period.since)


def people_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("times", [5, pytest.param(100, marks=pytest.mark.long)])
def test_whatever_happens_in_years_no_rule_of_the_terms_breaks(cooperative: Any, times: int) -> None:
    members = people.make_members(9)
    reform(date(2026, 3, 1), reformed(council={"seats": 4}, positions={"held": [POSITION]}))

    acts: list[int] = []

    @settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=times)
    @given(YEARS)
    def lives(years: list[tuple[int, tuple[Any, ...]]]) -> None:
        with transaction.atomic():
            life = Years(members)
            for wait, act in years:
                life.live(wait, act)
            acts.append(life.done)
            transaction.set_rollback(True)

    lives()
    assert sum(acts) > times, "nearly everything was refused: nothing was tried"
