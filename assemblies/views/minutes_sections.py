"""The secretary's desk, place by place: the facts of it, its box, and what somebody else saved meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from assemblies.domain.minutes_draft import CLOSING, OPENING, Draft
from assemblies.forms import RemarksForm
from assemblies.minutes_text import NO_REMARKS, Block, Facts, written
from assemblies.models import Remark


@dataclass(frozen=True, slots=True)
class Section:
    """`seen` is the version that the box goes on from; `other` the text that got there meanwhile."""

    key: str
    anchor: str
    title: str
    blocks: list[dict[str, Any]]
    field: BoundField
    seen: int
    last: Remark | None
    other: Remark | None


def places_of(facts: Facts) -> Mapping[str, str]:
    """Every place of the minutes that takes a text, in order, by its key."""
    items = {
        str(item.position): _("Síntesis del punto %(position)d") % {"position": item.position}
        for item in facts.items
    }
    return {OPENING: _("Palabras de apertura"), **items, CLOSING: _("Palabras de cierre")}


def sections(draft: Draft, form: RemarksForm, clashes: Sequence[str]) -> list[Section]:
    """While nothing clashes, a box that was sent keeps the version it was read with; after a clash the box
    keeps what was typed, and saving again is a decision taken with both texts in sight."""
    last, told = draft.last, dict(_by_place(draft.facts))
    made = []
    for key in form.places:
        now = last.get(key)
        blocks = told[key]
        field = form[f"text-{key}"]
        clash = key in clashes
        version = now.version if now else 0
        if not form.is_bound:
            field.initial = now.text if now else ""
        made.append(
            Section(
                key=key,
                anchor=_anchor(key),
                title=_title(draft.facts, key),
                blocks=[block.on_screen(whole=False).to_json() for block in blocks],
                field=field,
                seen=_sent(form, key) if form.is_bound and not clash else version,
                last=now,
                other=now if clash else None,
            )
        )
    return made


def _sent(form: RemarksForm, key: str) -> int:
    seen = form.cleaned_data.get(f"seen-{key}") if hasattr(form, "cleaned_data") else None
    return int(seen or 0)


def _anchor(key: str) -> str:
    return {OPENING: "apertura", CLOSING: "cierre"}.get(key, f"punto-{key}")


def _title(facts: Facts, key: str) -> str:
    if key == OPENING:
        return _("Apertura")
    if key == CLOSING:
        return _("Cierre")
    return f"{key}. {next(item.title for item in facts.items if str(item.position) == key)}"


def _by_place(facts: Facts) -> Iterator[tuple[str, list[Block]]]:
    """The facts' blocks by the place they belong to; the annexes are left out."""
    key = OPENING
    held: list[Block] = []
    for block in written(facts, NO_REMARKS, number=None):
        if block.annex:
            break
        if block.kind == "heading":
            yield key, held
            key, held = CLOSING if block.anchor == "cierre" else block.anchor.removeprefix("punto-"), []
        elif block.kind not in ("title", "folio", "names"):
            held.append(block)
    yield key, held
