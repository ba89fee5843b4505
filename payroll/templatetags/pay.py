from django import template

from payroll.errors_pay import month_name
from payroll.receipt import hours_shown

register = template.Library()
register.filter("hours", hours_shown)
register.filter("month", month_name)
