"""What minutes rest on: the assembly as it was recorded, as plain typed values that go to JSON and back.

Instants are ISO texts in the cooperative's zone, with their offset: what is printed needs no clock.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from coop.statute.rules import Majority

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """When the session opened: `present` of `on_register`, `required` under call number `call`.

    `first_required` is what the first call asks, `present_at_hour` how many were there at the hour.
    """

    present: int
    on_register: int
    required: int
    call: int
    wait_minutes: int
    first_required: int
    present_at_hour: int
    source: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A line of a poll's roll; `choice` is `yes`, `no`, `abstain`, or empty: did not vote."""

    number: int
    name: str
    listed: str
    choice: Literal["yes", "no", "abstain", ""]


@dataclass(frozen=True, slots=True)
class Poll:
    poll: int
    opened_at: str
    closed_at: str
    majority: Majority
    on_register: int
    present: int
    quorum: int
    quorum_source: str
    yes: int
    no: int
    abstain: int
    adopted: bool
    resolution: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Put:
    """The proposal that a motion put to the vote, as its drafter shows it, with its SHA-256."""

    kind: str
    sha256: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Motion:
    """`taken_back`: withdrawn before the session ended; without it and without a poll it was left unvoted."""

    motion: int
    title: str
    text: str
    mover: Person
    seconder: Person | None
    taken_back: bool
    put: Put | None
    poll: Poll | None


@dataclass(frozen=True, slots=True)
class Item:
    position: int
    title: str
    motions: tuple[Motion, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    arrived_at: str
    left_at: str
    channel: Literal["phone", "desk", "kiosk"]


@dataclass(frozen=True, slots=True)
class Attendee:
    """`order` of arrival; `seat` is the code of the seat held when the session opened, or empty."""

    order: int
    number: int
    name: str
    listed: str
    document: str
    seat: str
    presences: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class Signers:
    """Named by the assembly to sign beside president and secretary: `asked` by the statute (ET 44),
    `required` of those who were there besides these two, `named` so far."""

    asked: int
    required: int
    source: str
    named: tuple[Person, ...]

    @property
    def missing(self) -> int:
        return self.required - len(self.named)


@dataclass(frozen=True, slots=True)
class Facts:
    """`form` is the wording that these facts are told in: another wording is another form."""

    form: int
    assembly: int
    kind: str
    cooperative: str
    place: str
    convened_by: Person
    convened_at: str
    starts_at: str
    opened_at: str
    closed_at: str
    quorum: Quorum
    presided_by: Person
    in_the_chair: bool
    secretary: Person | None
    signers: Signers
    items: tuple[Item, ...]
    attendance: tuple[Attendee, ...]

    def to_json(self) -> Json:
        told: Json = json.loads(json.dumps(asdict(self)))
        return told

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Facts":
        """TypeError or KeyError for what is missing, unknown or of another type."""
        told: Facts = _read(cls, data)
        return told

    @property
    def polls(self) -> list[tuple[Item, Motion, Poll]]:
        heard = ((item, motion, motion.poll) for item in self.items for motion in item.motions)
        return [(item, motion, poll) for item, motion, poll in heard if poll is not None]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the secretary wrote beside the facts; `items` by the position of the agenda item, as text."""

    opening: str
    items: Mapping[str, str]
    closing: str

    def of(self, position: int) -> str:
        return self.items.get(str(position), "")

    def to_json(self) -> Json:
        return {"opening": self.opening, "items": dict(self.items), "closing": self.closing}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Remarks":
        return cls(opening=data["opening"], items=dict(data["items"]), closing=data["closing"])


NO_REMARKS = Remarks(opening="", items={}, closing="")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        return _record(kind, value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_read(inner[0], one) for one in _is(list, value))
    if origin is UnionType:
        return None if value is None else _read(next(one for one in inner if one is not NoneType), value)
    if origin is Literal:
        if value not in inner:
            raise TypeError(f"{value!r} is none of {inner}")
        return value
    return _is(kind, value)


def _record(kind: Any, value: Any) -> Any:
    told, names = _is(dict, value), [field.name for field in fields(kind)]
    if set(told) != set(names):
        raise KeyError(*sorted(set(told) ^ set(names)))
    return kind(**{name: _read(_hints(kind)[name], told[name]) for name in names})


def _is(kind: type[T], value: Any) -> T:
    # A bool is an int to Python, not to a reader of minutes.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
