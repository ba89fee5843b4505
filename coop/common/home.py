"""What waits for a member: each room offers its cards, the portal's home page shows them.

Every phone asks every few seconds, so that rooms do not ask one by one: each says what it has to know, all of
it goes to the database in one statement, and each makes its cards of the answers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coop.common.together import Question, Row, rows_of


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


Questions = Mapping[str, Question]
Answers = Mapping[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A room's cards: `asks(member_id, at)` names its questions, `tells(member_id, at, answers)` makes cards.

    Called by itself it asks its own questions alone.
    """

    asks: Callable[[int, datetime], Questions]
    tells: Callable[[int, datetime, Answers], Iterable[Card]]

    def __call__(self, member_id: int, at: datetime) -> list[Card]:
        return _told([self], member_id, at)


# An Offer, or what knows without asking.
Provider = Offer | Callable[[int, datetime], Iterable[Card]]
_providers: list[Provider] = []


def offers_cards(provider: Provider) -> Provider:
    """Registers `provider(member_id, at)`; called from AppConfig.ready, once for each room."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def cards_for(member_id: int, at: datetime) -> list[Card]:
    """Of every room, the lowest rank first."""
    offers = [provider for provider in _providers if isinstance(provider, Offer)]
    cards = _told(offers, member_id, at)
    for provider in _providers:
        if not isinstance(provider, Offer):
            cards += provider(member_id, at)
    return sorted(cards, key=lambda card: card.rank)


def _told(offers: Sequence[Offer], member_id: int, at: datetime) -> list[Card]:
    asked = [offer.asks(member_id, at) for offer in offers]
    rows = iter(rows_of([question for questions in asked for question in questions.values()]))
    cards: list[Card] = []
    for offer, questions in zip(offers, asked, strict=True):
        cards += offer.tells(member_id, at, {name: next(rows) for name in questions})
    return cards
