from typing import Any

from django import template

from coop.portal.beginning.choosing import offers_own

register = template.Library()


@register.simple_tag(takes_context=True)
def may_begin(context: dict[str, Any]) -> bool:
    """Whether this page may offer to begin: there is no cooperative, or only the demonstration's."""
    request = context.get("request")
    return request is not None and (not context.get("cooperative") or offers_own(request))
