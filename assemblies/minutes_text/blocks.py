"""The minutes as a row of blocks: the same for the page, the PDF and the plain text that is sealed."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Kind = Literal[
    "title",
    "folio",
    "heading",
    "subheading",
    "text",
    "quote",
    "put",
    "remark",
    "list",
    "missing",
    "table",
    "names",
]
FIGURE = re.compile(r"[-−]?\s*(\$\s*)?[-−]?\d[\d.,/]*\s*(%|h)?")
LABELS = {"remark": "Síntesis: ", "quote": "Texto de la moción: ", "put": "Propuesta: "}
# In the sealed text, whatever somebody wrote goes on under this: no line of it passes for a fact.
SET_IN = "    "


@dataclass(frozen=True, slots=True)
class Column:
    """`figures` are set to the right; `head` names the row; `private` is printed, and not shown on screen to
    every member."""

    text: str
    figures: bool = False
    head: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """`lines` of a list; `columns` and `rows` of a table; `rows` of `(capacity, name)` for who signs.

    `anchor` names the place on the page, or a table that has no title; an `annex` begins a page of its own.
    """

    kind: Kind
    text: str = ""
    anchor: str = ""
    annex: bool = False
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def label(self) -> str:
        return LABELS.get(self.kind, "")

    def on_screen(self, *, whole: bool) -> "Block":
        """A table whose rows begin with what names them, as cards on a phone do; private only if `whole`."""
        shown = [index for index, column in enumerate(self.columns) if whole or not column.private]
        shown.sort(key=lambda index: not self.columns[index].head)
        if not self.columns:
            return self
        return replace(
            self,
            columns=tuple(self.columns[index] for index in shown),
            rows=tuple(tuple(row[index] for index in shown) for row in self.rows),
        )

    def to_json(self) -> dict[str, Any]:
        """With each cell beside its column, as templates want it."""
        told = asdict(self)
        told["lines"], told["columns"] = list(self.lines), [asdict(column) for column in self.columns]
        told["rows"] = [self._cells(row) for row in self.rows]
        paragraphs = [part for part in re.split(r"\n{2,}", self.text) if part]
        return told | {"label": self.label.strip(), "paragraphs": paragraphs}

    def _cells(self, row: Sequence[str]) -> list[dict[str, Any]]:
        if not self.columns:
            return [{"text": cell} for cell in row]
        return [
            {"text": cell, "column": column.text, "figures": column.figures, "head": column.head}
            for cell, column in zip(row, self.columns, strict=True)
        ]


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """Of whatever was drafted elsewhere: a column of nothing but figures is set as such."""
    held = tuple(tuple(str(cell) for cell in row) for row in rows)
    width = max((len(columns), *map(len, held)), default=0)
    even = tuple(row + ("",) * (width - len(row)) for row in held)
    titles = (*columns, *("",) * (width - len(columns)))
    return Block(
        kind="table",
        text=title,
        columns=tuple(
            Column(name, figures=_figures([row[index] for row in even]), head=index == 0)
            for index, name in enumerate(titles)
        ),
        rows=even,
    )


def _figures(cells: list[str]) -> bool:
    said = [cell.replace("\u00a0", " ").strip() for cell in cells]
    said = [cell for cell in said if cell not in ("", "-", "—", "–")]
    return bool(said) and all(FIGURE.fullmatch(cell) for cell in said)


def plain(blocks: Iterable[Block]) -> str:
    """The whole text, a blank line between blocks: this is what is sealed."""
    return "\n\n".join(_plain(block) for block in blocks) + "\n"


def seal(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(block: Block) -> str:
    if block.kind == "table":
        heads = " | ".join(column.text for column in block.columns)
        return "\n".join(filter(None, [block.text, heads, *(" | ".join(row) for row in block.rows)]))
    if block.kind == "names":
        return "\n".join([block.text, *(f"{name}\n{capacity}" for capacity, name in block.rows)])
    if block.kind == "list":
        return "\n".join(filter(None, [block.text, *block.lines]))
    return block.label + (_set_in(block.text) if block.label else block.text)


def _set_in(text: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{SET_IN}{line}" if line else "" for line in others)])
