"""What an assembly puts on a member's home page."""

from collections.abc import Iterator
from datetime import datetime

from coop.common.home import Card


def assembly_cards(member_id: int, at: datetime) -> Iterator[Card]:
    yield from ()
