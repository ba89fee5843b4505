"""The picture's geometry. Pure: turns in, places in per cent and em out.

Widths are per cent of the page and heights are em of its text, so that one drawing serves a phone and a desk,
and grows with the reader's own text size. A decade is a picture: nobody scrolls sideways. Names stand in the
bars where there is room; on a phone, and of the bars that are too short, they are listed below their seat.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from coop.common.names import fold
from coop.council.models import SeatKind
from coop.council.pictures.history import History, Person, Place, Turn, local_day

DECADE = 10
_BAR = (
    '<svg class="bar {}" x="{}" width="{}" height="100%">'
    '<rect width="100%" height="100%" /><text x="0.4em" y="1.4em">{}</text></svg>'
)
_LISTED = (
    '<li class="{}"><svg class="swatch" aria-hidden="true" focusable="false">'
    '<rect class="{}" width="100%" height="100%" /></svg> {} {}</li>'
)
# How wide a page at least is where names stand in the bars (see pictures.css), and a letter in them: em.
PAGE, LETTER = 60.0, 0.48
GROUPS = (
    frozenset({SeatKind.COUNCIL, SeatKind.ALTERNATE}),
    frozenset({SeatKind.AUDITOR, SeatKind.ALTERNATE_AUDITOR}),
    frozenset({SeatKind.POSITION}),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` and `width` as SVG takes them. `text`: what of the name fits in it whole, or nothing."""

    x: str
    width: str
    text: str
    person: Person
    turn: Turn

    @property
    def years(self) -> str:
        first, last = self.turn.first_day.year, self.turn.last_day.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def told(self) -> str:
        return self.person.name if self.turn.nth == 1 else f"{self.person.name} ×{self.turn.nth}"

    @property
    def tone(self) -> str:
        return "once" if self.turn.nth == 1 else "twice" if self.turn.nth == 2 else "many"


@dataclass(frozen=True, slots=True)
class Lane:
    """A seat with its bars."""

    name: str
    bars: Sequence[Bar]

    @property
    def drawn(self) -> SafeString:
        """The bars as SVG, each with as much of the name as it holds whole."""
        return format_html_join("", _BAR, ((bar.tone, bar.x, bar.width, bar.text) for bar in self.bars))

    @property
    def listed(self) -> SafeString:
        """The same in words: the years, who, which turn. `short`: the bar has no room for the name."""
        return format_html_join(
            "",
            _LISTED,
            (("" if bar.text else "short", bar.tone, bar.years, bar.told) for bar in self.bars),
        )


@dataclass(frozen=True, slots=True)
class Decade:
    first: int
    last: int
    lanes: Sequence[Lane]
    years: Sequence[tuple[str, int]]
    lines: Sequence[str]
    now: str


def decades(history: History, at: datetime, *, seats_now: frozenset[int], back: int = 2) -> list[Decade]:
    """The running decade and `back` before it, the latest first; none without a term. Of a decade's seats:
    those held in it, and in the running one those that the statute has today.
    """
    if not history.turns:
        return []
    this = localtime(at).year // DECADE * DECADE
    first = max(history.turns[0].first_day.year // DECADE * DECADE, this - back * DECADE)
    by_seat: dict[int, list[Turn]] = defaultdict(list)
    for turn in history.turns:
        by_seat[turn.seat].append(turn)
    return [
        _decade(year, history, by_seat, seats_now if year == this else frozenset(), at)
        for year in range(this, first - 1, -DECADE)
    ]


def earliest(history: History) -> int:
    return history.turns[0].first_day.year // DECADE * DECADE if history.turns else 0


def _decade(
    first: int,
    history: History,
    by_seat: Mapping[int, Sequence[Turn]],
    always: frozenset[int],
    at: datetime,
) -> Decade:
    lanes = []
    for group in GROUPS:
        for place in history.places:
            if place.kind not in group:
                continue
            bars = list(_bars(by_seat.get(place.key, ()), history.people, first))
            if bars or place.key in always:
                lanes.append(Lane(_named(place), bars))
    running = first <= localtime(at).year < first + DECADE
    return Decade(
        first=first,
        last=first + DECADE - 1,
        lanes=lanes,
        years=[(_per_cent(place * 10), first + place) for place in range(0, DECADE, 2)],
        lines=[_per_cent(place * 10) for place in range(DECADE + 1)],
        now=_per_cent(_at(localtime(at).date(), first)) if running else "",
    )


def _named(place: Place) -> str:
    """With its section, where the name does not say it."""
    if fold(place.section) in fold(place.name):
        return place.name
    return f"{place.name} · {place.section}"


def _bars(turns: Sequence[Turn], people: Mapping[int, Person], first: int) -> Iterator[Bar]:
    for turn in turns:
        begins = _at(local_day(turn.begins), first)
        # A term that ended at its minute ends on that day, one of midnight on the day before: the same line.
        ends = _at(local_day(turn.ends), first)
        if ends <= 0 or begins >= 100:
            continue
        begins, ends = max(begins, 0.0), min(ends, 100.0)
        person = people[turn.number]
        text = _fitting(person, turn.nth, ends - begins)
        yield Bar(_per_cent(begins), _per_cent(max(ends - begins, 0.4)), text, person, turn)


def _fitting(person: Person, nth: int, width: float) -> str:
    """The name, else the family name, else nothing: never half of one."""
    times = f"×{nth} " if nth > 1 else ""
    room = width / 100 * PAGE / LETTER - 2
    names = (person.listed, person.listed.partition(",")[0])
    return next((times + name for name in names if len(times + name) <= room), "")


def _at(day: date, first: int) -> float:
    """Where a day stands in the decade, in per cent; below 0 before it, over 100 after."""
    into = (day - date(day.year, 1, 1)).days / 366
    return (day.year - first + into) * 100 / DECADE


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"
