"""Columns of the register that rooms above keep in their own books: a spreadsheet leaves them as they are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kept:
    """`members` gives the keys of those for whom `fields` are kept elsewhere; `says` is a sentence."""

    fields: tuple[str, ...]
    says: str | Promise
    members: Callable[[], set[int]]


_kept: list[Kept] = []


def keeps(kept: Kept) -> None:
    """Called from AppConfig.ready."""
    _kept.append(kept)


def kept() -> tuple[Kept, ...]:
    return tuple(_kept)
