"""Other ways to sign in than a password: a higher room offers them on the sign-in page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class WayIn:
    """A piece of the sign-in page. `first`: above the password, since this device knows who it belongs to."""

    template: str
    context: Mapping[str, Any]
    first: bool = False


Provider = Callable[[HttpRequest, str], WayIn | None]
_providers: list[Provider] = []


def offers_way_in(provider: Provider) -> Provider:
    """Registers `provider(request, next)`; called from AppConfig.ready."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def ways_in(request: HttpRequest, wanted: str) -> list[WayIn]:
    found = [way for offer in _providers if (way := offer(request, wanted))]
    return sorted(found, key=lambda way: not way.first)
