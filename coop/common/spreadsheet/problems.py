"""What can be wrong with a file: the whole of it (`FileRefused`) or one cell (`Problem`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.common.errors import DomainError

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken, or (among warnings) that looks odd.

    `row` counts the file's records with the header as 1, blank ones included: the number at the left of the
    spreadsheet (a line break inside quotes stays in its record). `column` is the canonical header, "" when
    the whole row is meant. `kind` is a stable English phrase for programs, `message` a sentence for people,
    `value` the cell as written, cut at 60 characters.
    """

    row: int
    column: str
    kind: str
    message: str
    value: str


class FileRefused(DomainError):
    """The file cannot be read as a spreadsheet at all; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def message(self) -> str:
        return self.sentence


class BadCell(Exception):
    """A parser's verdict on one cell."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.message = message


class Findings:
    """Collects problems, the first of each cell, and gives them back by row and column order."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._order = {column: place for place, column in enumerate(columns)}
        self._found: dict[tuple[int, str], Problem] = {}

    def add(self, row: int, column: str, kind: str, message: str, value: str = "") -> None:
        problem = Problem(row, column, kind, message, clip(value))
        self._found.setdefault((row, column), problem)

    def __bool__(self) -> bool:
        return bool(self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """By row, then by column as the columns were given; unknown columns last."""
        last = len(self._order)
        return tuple(
            sorted(self._found.values(), key=lambda it: (it.row, self._order.get(it.column, last), it.column))
        )


def clip(value: str) -> str:
    """`value` on one line, at most 60 characters, for a sentence."""
    line = " ".join(value[: 4 * _LONGEST_VALUE].split())
    cut = len(line) > _LONGEST_VALUE or len(value) > 4 * _LONGEST_VALUE
    return line[: _LONGEST_VALUE - 1] + "…" if cut else line
