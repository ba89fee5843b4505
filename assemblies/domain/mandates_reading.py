"""Mandates as a page, a card and the next agenda show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assemblies.enums import ReportKind
from assemblies.models import Mandate, MandateHolder, MandateReport
from assemblies.models.mandates import MandateQuerySet
from coop.statute.domain import cooperative

LONGEST_ITEM = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One mandate with what a reader wants to know of it on `day`."""

    mandate: Mandate
    who: str
    state: str
    days_late: int

    @property
    def is_open(self) -> bool:
        return self.state in ("open", "late", "given_back")


def told(mandates: Iterable[Mandate], day: date) -> list[Line]:
    """`mandates` as `read` gives them."""
    return [
        Line(
            mandate=mandate,
            who=who_of(mandate),
            state=state_of(mandate, day),
            days_late=max(0, (day - mandate.due_on).days),
        )
        for mandate in mandates
    ]


def read(mandates: MandateQuerySet) -> MandateQuerySet:
    """With everything that a line needs, in three statements however many there are."""
    holders = MandateHolder.objects.select_related("member")
    reports = MandateReport.objects.select_related("by")
    return (
        mandates.standing()
        .select_related("resolution", "motion__item", "seat", "followed_by", "follows")
        .prefetch_related(Prefetch("holders", queryset=holders), Prefetch("reports", queryset=reports))
    )


def state_of(mandate: Mandate, day: date) -> str:
    """`done`, `cancelled`, `renewed`, `given_back`, `late` or `open`."""
    kinds = {report.kind for report in mandate.reports.all()}
    if ReportKind.DONE in kinds:
        return "done"
    if ReportKind.CANCELLED in kinds:
        return "cancelled"
    if mandate.settled:
        return "renewed"
    if ReportKind.GIVEN_BACK in kinds:
        return "given_back"
    return "late" if mandate.due_on < day else "open"


def who_of(mandate: Mandate) -> str:
    if mandate.seat is not None:
        return str(mandate.seat)
    return ", ".join(holder.member.name for holder in mandate.holders.all())


def for_the_next_agenda(day: date) -> list[str]:
    """What the next assembly begins with: a line for each mandate that is late on `day` or came back.

    Written in the cooperative's language, since it becomes the agenda.
    """
    with translation.override(cooperative().language):
        return [_item(line) for line in told(read(Mandate.objects.overdue(day)), day)]


def _item(line: Line) -> str:
    figures = {
        "what": line.mandate.what,
        "who": line.who,
        "since": date_format(line.mandate.due_on, "SHORT_DATE_FORMAT"),
    }
    if line.state == "given_back":
        return _shortened(_("Encargo devuelto por %(who)s: %(what)s"), figures)
    return _shortened(_("Encargo vencido desde el %(since)s, de %(who)s: %(what)s"), figures)


def _shortened(sentence: str, figures: dict[str, str]) -> str:
    """Names and the date stay whole as far as they can; what was to be done is what gets shorter."""
    item = sentence % figures
    over = len(item) - LONGEST_ITEM
    if over > 0:
        what = figures["what"]
        item = sentence % (figures | {"what": what[: max(0, len(what) - over - 1)].rstrip() + "…"})
    return item[:LONGEST_ITEM]
