from django import template

from coop.common.money import money

register = template.Library()
register.filter("money", money)
