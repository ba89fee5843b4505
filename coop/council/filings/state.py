"""How filings stand: in whose charge, until when, how they ended."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coop.council.enums_handover import CLOSES, StepKind
from coop.council.filings.titles import title_of
from coop.council.models import Filing, FilingStep
from coop.members.models import Member


def read() -> QuerySet[Filing]:
    """With its steps, and `due`: the day that holds, the latest where it was put off."""
    steps = FilingStep.objects.filter(filing=OuterRef("pk"))
    put_off = steps.filter(kind=StepKind.PUT_OFF).order_by("-pk").values("due_on")[:1]
    told = Filing.objects.annotate(
        due=Coalesce(Subquery(put_off), "due_on"), closed=Exists(steps.filter(kind__in=CLOSES))
    )
    return told.select_related("opened_by").prefetch_related("steps__who", "steps__by")


# What is annotated the type checker does not see.
def standing() -> Any:
    """Open ones, what falls due first on top."""
    found: Any = read()
    return found.filter(closed=False).order_by("due", "pk")


def settled() -> Any:
    """Closed ones, the latest first."""
    found: Any = read()
    return found.filter(closed=True).order_by("-pk")


@dataclass(frozen=True)
class FilingState:
    """Of a row of `read()`; `today` is the cooperative's day."""

    filing: Filing
    today: date

    @cached_property
    def steps(self) -> list[FilingStep]:
        return list(self.filing.steps.all())

    @property
    def title(self) -> str:
        """In the language of the moment, where it is ours."""
        return title_of(self.filing.kind, self.filing.changed_on, self.filing.title)

    @property
    def due(self) -> date:
        put_off = [one.due_on for one in self.steps if one.kind == StepKind.PUT_OFF and one.due_on]
        return put_off[-1] if put_off else self.filing.due_on

    @property
    def who(self) -> Member | None:
        taken = [one.who for one in self.steps if one.kind == StepKind.TAKEN]
        return taken[-1] if taken else None

    @property
    def closing(self) -> FilingStep | None:
        return next((one for one in self.steps if one.kind in CLOSES), None)

    @property
    def done(self) -> bool:
        return self.closing is not None and self.closing.kind == StepKind.DONE

    @property
    def overdue(self) -> int:
        """Days since it was due; 0 while there is time, and when it is closed."""
        return 0 if self.closing else max(0, (self.today - self.due).days)

    @property
    def days_left(self) -> int:
        return max(0, (self.due - self.today).days)
