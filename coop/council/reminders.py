"""A term that ends is told of 90, 30 and 7 days before: once each, on the page that everybody sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from coop.common.time import local_day
from coop.council.enums_handover import REMINDS
from coop.council.models import Term, TermQuerySet, TermReminder
from coop.members.models import Member
from coop.statute.domain import cooperative, locked

FIRST = timedelta(days=max(REMINDS))
# A message that is late says nothing new: the page has it.
MAILS_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Ending:
    """A term that ends within 90 days; `next_name` holds the seat after it, "" while nobody is seated."""

    term: Term
    last_day: date
    days: int
    next_name: str


def reached(left: timedelta) -> int | None:
    """The nearest of 90, 30 and 7 days that has been reached, None before the first."""
    return min((days for days in REMINDS if left <= timedelta(days=days)), default=None)


@transaction.atomic
def remind(at: datetime) -> list[TermReminder]:
    """Writes what is to be told now. A server that was off tells the nearest one only. Twice does no harm."""
    locked("council:reminders")
    said: list[TermReminder] = []
    for term in _ending(at).prefetch_related("reminders"):
        days = reached(term.during.upper - at)
        if days is None or any(one.days <= days for one in term.reminders.all()):
            continue
        said.append(TermReminder(term=term, days=days, ends_at=term.during.upper, at=at))
    return TermReminder.objects.bulk_create(said)


def endings(at: datetime) -> list[Ending]:
    """What ends within 90 days, the soonest first. Two statements and the cooperative."""
    zone = cooperative().tz
    today = local_day(at, zone)
    terms = list(_ending(at))
    after = _after(terms)
    found = []
    for term in terms:
        last_day = local_day(term.during.upper - timedelta(microseconds=1), zone)
        found.append(Ending(term, last_day, (last_day - today).days, after.get(term.pk, "")))
    return found


def _ending(at: datetime) -> TermQuerySet:
    soon = Term.objects.at(at).filter(during__endswith__lte=at + FIRST)
    return soon.select_related("seat", "member").order_by("during__endswith", "seat__position")


def _after(terms: Sequence[Term]) -> dict[int, str]:
    seats = {term.seat_id: term for term in terms}
    found: dict[int, str] = {}
    later = Term.objects.filter(seat__in=seats, during__isempty=False).select_related("member")
    for term in later.order_by("during"):
        ending = seats[term.seat_id]
        if term.during.lower >= ending.during.upper:
            found.setdefault(ending.pk, term.member.name)
    return found


def to_mail(at: datetime) -> list[TermReminder]:
    """What was told lately and sent to nobody: from now on it counts as sent."""
    claimed = []
    waiting = TermReminder.objects.filter(mailed_at=None, at__gt=at - MAILS_WITHIN, ends_at__gt=at)
    for one in waiting.select_related("term__seat", "term__member").order_by("ends_at", "pk"):
        if TermReminder.objects.filter(pk=one.pk, mailed_at=None).update(mailed_at=at) == 1:
            claimed.append(one)
    return claimed


def addresses(at: datetime) -> list[str]:
    """Of everybody in the assembly who has e-mail."""
    day = local_day(at, cooperative().tz)
    return sorted(Member.objects.in_assembly(day).exclude(email="").values_list("email", flat=True))
