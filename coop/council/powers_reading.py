"""Who holds a seat's powers today, and what was done with them; every act of the technical administration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council.models import Term
from coop.council.powers_told import May, called, carried_by, may_of
from coop.council.seats import Wanted, seats_of
from coop.record.models import Act, Entry
from coop.record.telling import sentences
from coop.statute.domain import rules_at
from coop.statute.meanings.seats import seat_words

LATELY = 10
# What a member does as any other does, whatever their seat.
AS_A_MEMBER = (Act.MOTION_MOVED, Act.MOTION_SECONDED, Act.MOTION_WITHDRAWN, Act.STANDING_DECLARED)


@dataclass(frozen=True, slots=True)
class Told:
    """An act in a sentence, as the record tells it."""

    entry: Entry
    sentence: str


@dataclass(frozen=True, slots=True)
class SeatPowers:
    """`term` is the one of this instant; None when nobody holds the seat."""

    code: str
    name: str
    question: str
    may: list[May]
    term: Term | None
    last_day: date | None
    lately: list[Told]


def seat_powers(code: str, at: datetime) -> SeatPowers | None:
    """None when the statute in force has no such seat."""
    wanted = next((one for one in seats_of(rules_at(at)) if one.code == code), None)
    if wanted is None:
        return None
    term = Term.objects.at(at).filter(seat__code=code).select_related("member", "resolution", "seat").first()
    return SeatPowers(
        code=code,
        name=called(wanted),
        question=_question(wanted),
        may=may_of(carried_by(wanted)),
        term=term,
        last_day=(localtime(term.during.upper) - timedelta(microseconds=1)).date() if term else None,
        lately=lately(term) if term else [],
    )


def lately(term: Term) -> list[Told]:
    """The newest first: what its holder did since the term began, but for what any member does."""
    done = Entry.objects.filter(actor_number=term.member.number, at__gte=term.during.lower)
    return told(done.exclude(act__in=AS_A_MEMBER).order_by("-position").defer("sealed")[:LATELY])


def technical_acts() -> QuerySet[Entry]:
    """Every act without a member: the command line's and the start's, the newest first."""
    return Entry.objects.filter(actor_number=None).order_by("-position").defer("sealed")


def told(entries: "QuerySet[Entry] | list[Entry]") -> list[Told]:
    page = list(entries)
    return [Told(entry, sentence) for entry, sentence in zip(page, sentences(page), strict=True)]


def _question(seat: Wanted) -> str:
    """ "¿Qué puede hacer la tesorería?"; a position goes by the name that the statute gave it."""
    if seat.name:
        return _("¿Qué puede hacer %(seat)s?") % {"seat": seat.name}
    return _("¿Qué puede hacer la %(seat)s?") % {"seat": seat_words(seat.code)}
