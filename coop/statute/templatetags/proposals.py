from typing import Any

from django import template

from coop.statute.proposals import page_of

register = template.Library()


@register.filter
def explained_at(put: Any) -> str:
    """The address of the page that explains what a motion puts; "" when no room registered its kind."""
    return page_of(put.kind, put.number) or ""
