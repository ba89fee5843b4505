from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from coop.statute.proposals import page_of

register = template.Library()


@register.filter
def explained_at(put: Any) -> str:
    """The address of the page that explains what a motion puts; "" when no room registered its kind."""
    return page_of(put.kind, put.number) or ""


@register.filter
def cells(row: Sequence[str], table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each cell of a shown table with its column's title; the first one names the row."""
    numbers = table.get("numbers", ())
    return [
        {"text": text, "label": label, "is_number": place in numbers, "is_head": place == 0}
        for place, (label, text) in enumerate(zip(table["columns"], row, strict=False))
    ]
