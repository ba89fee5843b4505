from datetime import date

from django import template
from django.utils.formats import date_format

from coop.members.enums import State

register = template.Library()


@register.filter
def iso_day(text: str) -> str:
    """A day as frozen facts keep it, as people write it; "" stays empty."""
    return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")) if text else ""


@register.filter
def state_label(value: str) -> str:
    return str(State(value).label)
