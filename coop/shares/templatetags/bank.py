from django import template

from coop.shares import banks

register = template.Library()
register.filter("account", banks.shown)
register.filter("last_four", banks.last_four)
