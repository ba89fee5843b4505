"""How the domain says that there is something to make, without knowing who carries the message.

What must be done is a row; the message only brings it forward. One that is lost is sent again by the sweeper.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction

Sender = Callable[[list[int]], None]
_senders: list[Sender] = []


def sends(sender: Sender) -> None:
    """Registers `sender(part_ids)`, which never raises; called from AppConfig.ready."""
    _senders[:] = [sender]


def enqueue(part_ids: list[int]) -> None:
    """After the commit; nothing when the transaction is rolled back."""
    for sender in _senders:
        transaction.on_commit(partial(sender, part_ids), robust=True)
