"""Resolutions that stand in the paper book: one person copies them, another confirms, by the very verbs."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from coop.members.models import Member
from coop.statute import book
from coop.statute.book_confirming import confirm_page, seal_of
from coop.statute.book_lines import Copied
from coop.statute.models import BookLine, BookPage, LineState, Matter, Resolution


def copied(day: date, title: str, **values: Any) -> Copied:
    return Copied(day=day, title=title, **{"adopted_by": "Asamblea General, acta N.º 45"} | values)


def seen(page: BookPage) -> str:
    """What somebody has read who has the page before them now."""
    return seal_of(page.lines.filter(state=LineState.WAITING).order_by("position"))


def confirm(line: BookLine, *, confirmed_by: Member, at: datetime | None = None) -> list[Resolution]:
    """The whole page on which the line stands."""
    return confirm_page(
        page_id=line.page_id, seen=seen(line.page), by=confirmed_by.actor, at=at or timezone.now()
    )


def paper_resolution(
    day: date,
    title: str,
    matter: Matter = Matter.ORDINARY_DECISION,
    *,
    by: Member,
    confirmed_by: Member,
    at: datetime | None = None,
    **values: Any,
) -> Resolution:
    """`by` holds the secretary's seat, `confirmed_by` another of the council; `values` as Copied takes."""
    at = at or timezone.now()
    line = book.enter(line=copied(day, title, matter=matter, **values), by=by.actor, at=at)
    confirm(line, confirmed_by=confirmed_by, at=at)
    return Resolution.objects.get(paper=line)
