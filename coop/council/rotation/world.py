"""What the rules of rotation look at on a day: terms, the register, who offered. A few statements in all."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from coop.common.time import local_day
from coop.council.models import Seat, Term
from coop.council.rotation.eligibility import (
    Office,
    Person,
    Served,
    Standing,
    counted,
    has_held,
    rotation_of,
    standing_of,
)
from coop.council.rotation.standing import Offer, offers_on
from coop.members.enums import ON_REGISTER, State
from coop.members.models import Member, Period
from coop.statute.models import StatuteVersion
from coop.statute.rules import Rules

NO_OFFER = Offer()


@dataclass(frozen=True)
class World:
    """On `day`, under the rules of that day. Everything by the member's number."""

    day: date
    rules: Rules
    people: Mapping[int, Person]
    names: Mapping[int, str]
    history: Mapping[int, Sequence[Served]]
    offers: Mapping[int, Offer]
    sections: Mapping[int, str]
    _waiting: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def seated(self) -> tuple[tuple[int, Office], ...]:
        return tuple(
            (number, one.office)
            for number, terms in sorted(self.history.items())
            for one in terms
            if one.since <= self.day < one.until
        )

    def offer(self, number: int) -> Offer:
        return self.offers.get(number, NO_OFFER)

    def standing(self, office: Office, number: int) -> Standing:
        return self._standing(office, number, self.waiting(office))

    def fit(self, office: Office, number: int) -> Standing:
        """The same without asking whose turn it is: for those who look at a whole slate."""
        return self._standing(office, number, ())

    def turns(self, office: Office, number: int) -> tuple[Served, ...]:
        """The terms they have begun before the day, of those that the rotation of that office counts."""
        held = counted(self.rules, office, self.history.get(number, ()))
        return tuple(one for one in held if one.since < self.day)

    def waiting(self, office: Office) -> tuple[int, ...]:
        """Who wants that seat, may hold it on the day and never had a turn. Asked once for each office."""
        if not rotation_of(self.rules, office).everyone_once:
            return ()
        if office.code not in self._waiting:
            self._waiting[office.code] = tuple(
                number
                for number, offer in sorted(self.offers.items())
                if offer.wants(office.name)
                and not has_held(self.rules, office, self.history.get(number, ()), self.day)
                and self.fit(office, number).may
            )
        return self._waiting[office.code]

    def _standing(self, office: Office, number: int, waiting: Collection[int]) -> Standing:
        return standing_of(
            rules=self.rules,
            office=office,
            person=self.people.get(number, Person(number, "")),
            history=self.history.get(number, ()),
            day=self.day,
            waiting=waiting,
            seated=self.seated,
        )


def office_of(seat: Seat) -> Office:
    return Office(seat.code, seat.kind, seat.key)


def world_on(first: datetime, at: datetime, zone: ZoneInfo) -> World:
    """As it will be at `first`, knowing what is known at `at`. Five statements, however many members."""
    day = local_day(first, zone)
    everybody = list(Member.objects.all())
    states = _register(day)
    offers = offers_on(at)
    kin = _both_ways(offers)
    people = {
        number: Person(number, state, until, frozenset(kin.get(number, ())))
        for number, (state, until) in states.items()
    }
    rules = StatuteVersion.objects.in_force(day).rules
    names = {one.number: one.name for one in everybody}
    sections = {one.number: one.section for one in everybody}
    return World(day, rules, people, names, _history(zone), offers, sections)


def _register(day: date) -> dict[int, tuple[str, date | None]]:
    """State and its end of everyone on the register that day."""
    that_day = Period.objects.filter(member=OuterRef("pk"), since__lte=day, state__in=ON_REGISTER)
    period = that_day.exclude(until__lte=day).order_by("pk")
    found = Member.objects.on_register(day).values_list(
        "number", Subquery(period.values("state")[:1]), Subquery(period.values("until")[:1])
    )
    return {number: (state or State.ACTIVE.value, until) for number, state, until in found}


def _both_ways(offers: Mapping[int, Offer]) -> dict[int, set[int]]:
    kin: defaultdict[int, set[int]] = defaultdict(set)
    for number, offer in offers.items():
        for other in offer.kin:
            kin[number].add(other)
            kin[other].add(number)
    return kin


def _history(zone: ZoneInfo) -> dict[int, list[Served]]:
    """Every term by its member's number, in order. A term that never began is left out."""
    rows = list(Term.objects.select_related("seat", "member").order_by("pk"))
    whole = {term.pk: _whole(term, zone) for term in rows if term.fills_id is None}
    for term in rows:
        if term.fills_id is not None:
            whole[term.pk] = whole[term.fills_id]
    found: defaultdict[int, list[Served]] = defaultdict(list)
    for term in rows:
        if term.during.isempty:
            continue
        served = Served(
            office_of(term.seat),
            local_day(term.during.lower, zone),
            local_day(term.during.upper, zone),
            whole[term.pk],
        )
        found[term.member.number].append(served)
    for terms in found.values():
        terms.sort(key=lambda one: (one.since, one.until, one.office.code))
    return dict(found)


def _whole(term: Term, zone: ZoneInfo) -> int:
    """Days of the term as it was given."""
    if term.during.isempty:
        return 0
    end = term.would_have_ended or term.during.upper
    return (local_day(end, zone) - local_day(term.during.lower, zone)).days
