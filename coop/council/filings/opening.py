"""Filings open by themselves, for each day on which the council changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation

from coop.common.time import local_day
from coop.council.enums_handover import FilingKind
from coop.council.filings.titles import title_of
from coop.council.handover.opening import BACK, CALENDAR
from coop.council.models import Filing, FilingRule, SeatKind, Term
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked, rules_at


@dataclass(frozen=True, slots=True)
class Days:
    days: int
    source: str


# Until the council sets its own. The registry's are the thirty of the minutes' copy to the authority.
PROPOSED: Mapping[str, Days] = {
    FilingKind.BANK: Days(10, "uso bancario"),
    FilingKind.REGISTRY: Days(30, "ET 44"),
}


def days_of() -> dict[str, Days]:
    """How long there is for each kind, today."""
    kept = {rule.kind: Days(rule.days, rule.source) for rule in FilingRule.objects.order_by("pk")}
    return {**PROPOSED, **kept}


@transaction.atomic
def open_due(at: datetime) -> list[Filing]:
    """One of each kind for each day the council changed. Twice does no harm."""
    locked("council:filings")
    there = set(Filing.objects.exclude(changed_on=None).values_list("kind", "changed_on"))
    allowed = days_of()
    return [
        _open(kind, day, allowed[kind], at)
        for kind, days in _changed(at).items()
        for day in sorted(days)
        if (kind, day) not in there
    ]


def _changed(at: datetime) -> dict[FilingKind, set[date]]:
    """The cooperative's days on which terms began or were cut short; for the bank, of those who sign."""
    zone = cooperative().tz
    signers = frozenset(rules_at(at).council.signers)
    found: dict[FilingKind, set[date]] = {FilingKind.BANK: set(), FilingKind.REGISTRY: set()}
    for term in _lately(at):
        begun, ended = term.during.lower, term.during.upper
        cut = bool(term.how_ended) and at - BACK < ended <= at
        for happened in (at - BACK < begun <= at and begun, cut and ended):
            if happened:
                day = local_day(happened, zone)
                found[FilingKind.REGISTRY].add(day)
                if term.seat.code in signers:
                    found[FilingKind.BANK].add(day)
    return found


def _lately(at: datetime) -> Collection[Term]:
    kinds = (SeatKind.COUNCIL, SeatKind.AUDITOR)
    held = Term.objects.filter(during__isempty=False, seat__kind__in=kinds, during__endswith__gt=at - BACK)
    return held.filter(during__startswith__lte=at).select_related("seat")


def _open(kind: FilingKind, day: date, allowed: Days, at: datetime) -> Filing:
    with translation.override(cooperative().language):
        title = title_of(kind, day, "")
        source = allowed.source
    made = Filing.objects.create(
        kind=kind,
        title=title,
        changed_on=day,
        due_on=day + timedelta(days=allowed.days),
        source=source,
        opened_at=at,
    )
    facts = {"filing": made.pk, "title": title, "step": "opened", "due_on": made.due_on.isoformat()}
    facts |= {"kind": kind.value, "changed_on": day.isoformat()}
    write(Act.FILING_KEPT, by=CALENDAR, at=at, facts=facts)
    return made
