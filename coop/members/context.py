from typing import Any

from django.http import HttpRequest
from django.utils import timezone

THEME_COOKIE = "tema"
THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: the cooperative's name, the day, and the chosen light or dark."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "cooperative": getattr(request, "cooperative", None),
        "today": timezone.localdate(),
        "theme": theme if theme in THEMES else "",
    }
