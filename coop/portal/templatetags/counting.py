from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def counted(counts: Mapping[int, int], key: int) -> int:
    """`counts[key]`, or nothing."""
    return counts.get(key, 0)
