"""The end of a term as people say it: the last day that belongs to it."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def last_day(until: datetime) -> date:
    """Of an instant at which something no longer holds."""
    return localtime(until - timedelta(microseconds=1)).date()
