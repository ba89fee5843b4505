"""What waits for a member: each room offers its cards, the portal's home page shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the home page. The lowest `rank` comes first; only a `loud` first card is shouted."""

    rank: int
    title: str
    text: str
    url: str
    action: str
    kicker: str = ""
    loud: bool = False


Provider = Callable[[int, datetime], Iterable[Card]]
_providers: list[Provider] = []


def offers_cards(provider: Provider) -> Provider:
    """Registers `provider(member_id, at)`; called from AppConfig.ready, once for each room."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def cards_for(member_id: int, at: datetime) -> list[Card]:
    return sorted((card for offer in _providers for card in offer(member_id, at)), key=lambda card: card.rank)
