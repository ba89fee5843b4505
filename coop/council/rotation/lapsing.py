"""What is about to run out: a seat, the council's quorum, a signature; or everything at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import SeatKind, Term, seat_name
from coop.council.rotation.words import shown
from coop.council.seats import Wanted, seats_of
from coop.statute.domain import rules_at
from coop.statute.models import StatuteVersion
from coop.statute.rules import Rules


class Runs(StrEnum):
    SEAT = "seat"
    QUORUM = "quorum"
    SIGNATURE = "signature"
    ALL_AT_ONCE = "all_at_once"


@dataclass(frozen=True, slots=True)
class Lapse:
    """`on`: the first instant without. `seats` are codes; `says` one sentence for everybody."""

    kind: Runs
    on: datetime
    seats: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Span:
    """A term of the seat with that code, from an instant to another."""

    code: str
    first: datetime
    end: datetime


def spans_from(at: datetime) -> list[Span]:
    """Every term that goes on or comes. One statement."""
    terms = Term.objects.filter(during__endswith__gt=at, during__isempty=False).select_related("seat")
    return [Span(term.seat.code, term.during.lower, term.during.upper) for term in terms]


def lapses(
    at: datetime, days: int = 90, *, spans: Sequence[Span] | None = None, rules: Rules | None = None
) -> list[Lapse]:
    """What runs out between `at` and so many days later, by the terms on the books; the soonest first.

    A seat that somebody takes at the very instant does not lapse. A seat empty at `at` lapsed already, and is
    told with `on` = `at`. `spans` and `rules` for whoever knows them already: then it is one statement.
    """
    horizon = at + timedelta(days=days)
    spans = spans_from(at) if spans is None else spans
    instants = sorted({at, *(span.end for span in spans if at < span.end <= horizon)})
    versions = StatuteVersion.objects.filter(holds_from__gt=localtime(at).date()).exists()
    rules = rules_at(at) if rules is None else rules
    found: list[Lapse] = []
    for instant in instants:
        if versions:
            rules = rules_at(instant)
        found += _at(rules, spans, instant, first=instant == at)
    return sorted(_once(found), key=lambda lapse: lapse.on)


def _once(found: Sequence[Lapse]) -> Iterator[Lapse]:
    """Of what stays lapsed, only the first instant."""
    seen: set[tuple[Runs, tuple[str, ...]]] = set()
    for lapse in found:
        key = (lapse.kind, () if lapse.kind is Runs.QUORUM else lapse.seats)
        if key not in seen:
            seen.add(key)
            yield lapse


def _at(rules: Rules, spans: Sequence[Span], instant: datetime, *, first: bool) -> Iterator[Lapse]:
    seats = seats_of(rules)
    held = {span.code for span in spans if span.first <= instant < span.end}
    ending = {span.code for span in spans if span.end == instant}
    day = shown(localtime(instant).date())
    for one in seats:
        if one.code not in held and (first or one.code in ending):
            told = {"seat": one.name or seat_name(one.code), "day": day}
            says = _("%(seat)s: vacante.") if first else _("%(seat)s queda vacante el %(day)s.")
            yield Lapse(Runs.SEAT, instant, (one.code,), says % told)
    yield from _quorum(rules, seats, held, instant, day)
    for code in rules.council.signers:
        if code not in held and any(one.code == code for one in seats) and (first or code in ending):
            told = {"seat": seat_name(code), "day": day}
            says = _("Desde el %(day)s nadie firma por %(seat)s.") % told
            yield Lapse(Runs.SIGNATURE, instant, (code,), says)
    yield from _together(rules, seats, ending, instant, day)


def _quorum(
    rules: Rules, seats: Sequence[Wanted], held: set[str], instant: datetime, day: str
) -> Iterator[Lapse]:
    council = [one.code for one in seats if one.kind == SeatKind.COUNCIL]
    present = [code for code in council if code in held]
    needed = Fraction(rules.council.quorum) * len(council)
    if len(present) > needed:
        return
    empty = tuple(code for code in council if code not in held)
    told = {"n": len(present), "seats": len(council), "day": day}
    says = ngettext(
        "Desde el %(day)s el consejo no puede sesionar: quedaría %(n)d de %(seats)d cargos ocupados.",
        "Desde el %(day)s el consejo no puede sesionar: quedarían %(n)d de %(seats)d cargos ocupados.",
        len(present),
    )
    yield Lapse(Runs.QUORUM, instant, empty, says % told)


def _together(
    rules: Rules, seats: Sequence[Wanted], ending: set[str], instant: datetime, day: str
) -> Iterator[Lapse]:
    council = tuple(one.code for one in seats if one.kind == SeatKind.COUNCIL)
    if rules.rotation.staggered and len(council) > 1 and ending.issuperset(council):
        told = {"day": day}
        says = _("El %(day)s terminan todos los mandatos del consejo, y el estatuto pide renovar por partes.")
        yield Lapse(Runs.ALL_AT_ONCE, instant, council, says % told)
