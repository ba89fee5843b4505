"""What differs from last month's run, the largest change first. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One member's line of a run: hours in hundredths, gross in cents."""

    number: int
    name: str
    hours: int
    gross: int


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` or `now` is None for who was not, or is no longer, in the run. Hundredths of an hour."""

    number: int
    name: str
    before: int | None
    now: int | None

    @property
    def change(self) -> int:
        return (self.now or 0) - (self.before or 0)

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.now is None


def differences(now: Sequence[Part], before: Sequence[Part]) -> list[Difference]:
    """Who is new, who is gone, and whose hours changed; the largest change first, then by number."""
    then: Mapping[int, Part] = {part.number: part for part in before}
    today: Mapping[int, Part] = {part.number: part for part in now}
    found = []
    for number in then.keys() | today.keys():
        old, new = then.get(number), today.get(number)
        one = Difference(
            number=number,
            name=(new or old).name,  # type: ignore[union-attr]  # it is in one of the two
            before=old.hours if old else None,
            now=new.hours if new else None,
        )
        if one.change or one.is_new or one.is_gone:
            found.append(one)
    return sorted(found, key=lambda one: (-abs(one.change), one.number))
