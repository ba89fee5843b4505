"""The ends of a term as people say them: its days; and the hour only where it is not midnight."""

from datetime import date, datetime, time, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def last_day(until: datetime) -> date:
    """Of an instant at which something no longer holds."""
    return localtime(until - timedelta(microseconds=1)).date()


@register.filter
def end_said(until: datetime) -> str:
    """The last day, inclusive, of what ends at midnight; else the day and the hour."""
    return _said(until, last_day(until))


@register.filter
def start_said(since: datetime) -> str:
    """The day of what begins at midnight; else the day and the hour."""
    return _said(since, localtime(since).date())


def _said(at: datetime, day: date) -> str:
    here = localtime(at)
    if here.time() == time.min:
        return str(date_format(day, "SHORT_DATE_FORMAT"))
    return str(date_format(here, "SHORT_DATETIME_FORMAT"))
