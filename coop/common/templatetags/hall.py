from typing import Any

from django import template

from coop.common import hall

register = template.Library()


@register.inclusion_tag("components/hall_address.html")
def hall_address(wide: bool = False) -> dict[str, Any]:
    """The site's address with its QR; nothing where phones have no address to go to."""
    found = hall.site()
    return {"address": str(found), "qr": hall.picture(str(found)), "wide": wide} if found else {}
