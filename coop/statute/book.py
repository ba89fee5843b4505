"""Resolutions of the paper book: entered by one person, confirmed a page at a time by another.

Only a confirmed line is a resolution. While no seat has ever been held there is nobody to confirm: what the
technical administration entered waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Q

from coop.common.time import local_day
from coop.common.words import one_line, visible
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import book_errors as errors
from coop.statute import proposals
from coop.statute.book_lines import BookFile, Copied, key_of, read_book
from coop.statute.domain import cooperative, locked, named
from coop.statute.models import LINES_PER_PAGE, BookLine, BookPage, LineState, Resolution

OPEN = (LineState.WAITING, LineState.RETURNED)


@dataclass(frozen=True, slots=True)
class Entered:
    """`unchanged` lines were in the book already, to the day and the title, and were left alone."""

    pages: tuple[BookPage, ...]
    new: int
    unchanged: int


@transaction.atomic
def enter(*, line: Copied, by: Actor, at: datetime) -> BookLine:
    """Copies one resolution from the book; it joins the page its writer has begun.

    Raises LineNeedsWords, DayStillToCome, NotAdoptedThen, ProposalNotWaiting or AlreadyInTheBook.
    """
    require(by, Power.ENTER_RESOLUTIONS, at)
    locked("paper_book")
    _must_be_possible(line, at)
    _must_be_new(line)
    page = _page_begun(by) or _new_page(by, at)
    last = page.lines.aggregate(last=Max("position"))["last"] or 0
    made = BookLine.objects.create(page=page, position=last + 1, **_columns(line, by, at))
    _write_entered([made], by, at)
    return made


def preview(*, content: bytes, at: datetime) -> tuple[BookFile, list[Copied]]:
    """The file, and which of its lines are not in the book yet. Raises FileRefused."""
    file = read_book(content, today=local_day(at, cooperative().tz))
    return file, _not_there(file.lines)


@transaction.atomic
def enter_file(*, content: bytes, name: str, by: Actor, at: datetime) -> Entered:
    """All lines of a spreadsheet, by day, in pages; or BookFileHasProblems, FileRefused, and nothing.

    The same file again changes nothing.
    """
    require(by, Power.ENTER_RESOLUTIONS, at)
    locked("paper_book")
    file, new = preview(content=content, at=at)
    if file.problems:
        raise errors.BookFileHasProblems(len(file.problems))
    pages, made = [], []
    for start in range(0, len(new), LINES_PER_PAGE):
        page = _new_page(by, at, one_line(name)[:200] or "csv")
        pages.append(page)
        made += [
            BookLine(page=page, position=position, **_columns(line, by, at))
            for position, line in enumerate(new[start : start + LINES_PER_PAGE], 1)
        ]
    BookLine.objects.bulk_create(made)
    if made:
        _write_entered(made, by, at)
    return Entered(pages=tuple(pages), new=len(new), unchanged=len(file.lines) - len(new))


@transaction.atomic
def correct(*, line_id: int, line: Copied, by: Actor, at: datetime) -> BookLine:
    """Writes an open line anew: whoever did it entered it, and it waits again."""
    require(by, Power.ENTER_RESOLUTIONS, at)
    held = _open_line(line_id)
    _must_be_possible(line, at)
    _must_be_new(line, besides=held.pk)
    written = _columns(line, by, at) | {"state": LineState.WAITING, "remark": ""}
    for column, value in written.items():
        setattr(held, column, value)
    held.save(update_fields=list(written))
    return held


@transaction.atomic
def drop(*, line_id: int, by: Actor, at: datetime) -> BookLine:
    """It was copied by mistake: it stays to be seen, and never becomes a resolution."""
    require(by, Power.ENTER_RESOLUTIONS, at)
    held = _open_line(line_id)
    held.state = LineState.DROPPED
    held.decided_by_number, held.decided_by_name, held.decided_at = by.number, by.name, at
    held.save(update_fields=["state", "decided_by_number", "decided_by_name", "decided_at"])
    return held


@transaction.atomic
def give_back(*, line_id: int, remark: str, by: Actor, at: datetime) -> BookLine:
    """The second officer found something that the book does not say so. Raises ReturnNeedsAReason."""
    require(by, Power.CONFIRM_RESOLUTIONS, at)
    held = _open_line(line_id)
    said = one_line(remark)[:300]
    if not said:
        raise errors.ReturnNeedsAReason
    held.state, held.remark = LineState.RETURNED, said
    held.save(update_fields=["state", "remark"])
    return held


def open_pages() -> Iterable[BookPage]:
    """Pages with something to do, the oldest first, with `waiting` and `returned` counted."""
    return (
        BookPage.objects.annotate(
            waiting=Count("lines", filter=Q(lines__state=LineState.WAITING)),
            returned=Count("lines", filter=Q(lines__state=LineState.RETURNED)),
        )
        .filter(Q(waiting__gt=0) | Q(returned__gt=0))
        .order_by("pk")
    )


def _columns(line: Copied, by: Actor, at: datetime) -> dict[str, object]:
    yes, no, abstain = line.tally or (None, None, None)
    return {
        "day": line.day,
        "matter": line.matter,
        "title": one_line(line.title),
        "text": visible(line.text).strip(),
        "adopted_by": one_line(line.adopted_by),
        "folio": one_line(line.folio),
        "yes": yes,
        "no": no,
        "abstain": abstain,
        **named(line.proposal),
        "entered_by_number": by.number,
        "entered_by_name": by.name,
        "entered_at": at,
    }


def _must_be_possible(line: Copied, at: datetime) -> None:
    if not one_line(line.title) or not one_line(line.adopted_by):
        raise errors.LineNeedsWords
    if line.day > local_day(at, cooperative().tz):
        raise errors.DayStillToCome(line.day)
    if line.tally is not None and line.tally[0] < 1:
        raise errors.NotAdoptedThen
    if line.proposal is not None:
        waiting = [proposal for proposal, _words in proposals.waiting_for(line.matter)]
        if line.proposal not in waiting:
            raise errors.ProposalNotWaiting


def _must_be_new(line: Copied, besides: int | None = None) -> None:
    if not _not_there([line], besides=besides):
        raise errors.AlreadyInTheBook(line.title, line.day)


def _not_there(lines: Sequence[Copied], besides: int | None = None) -> list[Copied]:
    """Those that neither wait nor are a resolution already, of whatever source. Two queries."""
    days = {line.day for line in lines}
    staged = BookLine.objects.filter(day__in=days, state__in=OPEN).exclude(pk=besides or 0)
    known = {key_of(day, title) for day, title in staged.values_list("day", "title")}
    years = {day.year for day in days}
    adopted = Resolution.objects.filter(year__in=years).values_list("adopted_at", "title")
    zone = cooperative().tz
    known |= {key_of(local_day(at, zone), title) for at, title in adopted.iterator(chunk_size=2000)}
    return [line for line in lines if line.key not in known]


def _page_begun(by: Actor) -> BookPage | None:
    """The last page of typed lines that this person began, while there is room and nobody is done with it."""
    return (
        BookPage.objects.filter(entered_by_number=by.number, file_name="")
        .annotate(size=Count("lines"), still=Count("lines", filter=Q(lines__state__in=OPEN)))
        .filter(size__lt=LINES_PER_PAGE, still__gt=0)
        .last()
    )


def _new_page(by: Actor, at: datetime, file_name: str = "") -> BookPage:
    return BookPage.objects.create(
        entered_by_number=by.number, entered_by_name=by.name, entered_at=at, file_name=file_name
    )


def _open_line(line_id: int) -> BookLine:
    held = BookLine.objects.select_for_update().get(pk=line_id)
    if not held.is_open:
        raise errors.LineAlreadyDecided
    return held


def _write_entered(lines: Sequence[BookLine], by: Actor, at: datetime) -> None:
    days = sorted(line.day for line in lines)
    facts = {
        "lines": len(lines),
        "first_day": days[0].isoformat(),
        "last_day": days[-1].isoformat(),
        "file": lines[0].page.file_name,
        "title": lines[0].title if len(lines) == 1 else "",
    }
    write(Act.RESOLUTIONS_ENTERED, by=by, at=at, facts=facts)
