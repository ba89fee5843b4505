"""What rests on a resolution: each room says which of its rows cite one.

Terms, statute versions, values of the hour, shared surpluses, entries, facts of the register: every power
and every cent names the decision that gave it, and here the decision names them back.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

# Of each resolution's key: the sentences that say what rests on it, each with the page that shows it.
Found = Mapping[int, Sequence[tuple[str, str]]]
Provider = Callable[[Collection[int]], Found]
Rows = Callable[[Collection[int]], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class _Room:
    label: str | Promise
    provider: Provider
    rows: Rows | None


@dataclass(frozen=True, slots=True)
class Group:
    """What rests on one resolution out of one room: `lines` are (sentence, address)."""

    label: str
    lines: Sequence[tuple[str, str]]


_rooms: dict[Provider, _Room] = {}


def rests_on(label: str | Promise, provider: Provider, rows: Rows | None = None) -> None:
    """Registers a room's answer, under the heading `label`; called from AppConfig.ready.

    `provider(keys)` gives sentences and addresses for a page about one resolution. A list of many only
    counts: `rows(keys)` gives a queryset of the cited keys (`values_list("resolution_id")`), one row for each
    thing that rests; all rooms are then counted in one statement. Without it the provider is asked.
    """
    _rooms[provider] = _Room(label, provider, rows)


def resting_on(resolution_id: int) -> list[Group]:
    """Only rooms with something, in the order in which they registered."""
    found = [(room, room.provider([resolution_id]).get(resolution_id, ())) for room in _rooms.values()]
    return [Group(str(room.label), lines) for room, lines in found if lines]


def counted(keys: Collection[int]) -> Counter[int]:
    """How many things rest on each."""
    if not keys:
        return Counter()
    counts: Counter[int] = Counter()
    queries = []
    for room in _rooms.values():
        if room.rows is not None:
            queries.append(room.rows(keys).order_by())
        else:
            counts.update({key: len(lines) for key, lines in room.provider(keys).items()})
    if queries:
        counts.update(row[0] for row in queries[0].union(*queries[1:], all=True))
    return counts
