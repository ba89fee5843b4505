from django import template

from coop.common.money import SIGN, money
from payroll.errors_pay import month_name
from payroll.receipt import hours_shown

register = template.Library()
register.filter("hours", hours_shown)
register.filter("month", month_name)


@register.filter
def amount(cents: int) -> str:
    """`123456` as `1.234,56`: in a column whose total says what is counted."""
    return money(cents).replace(f"{SIGN}\u00a0", "")
