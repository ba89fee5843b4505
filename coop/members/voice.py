"""Voice without vote: each room that knows a reason offers it, the assembly asks all of them.

Who has voice without vote comes in, speaks and counts for the quorum, and is not on the roll of a poll.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

Reasons = Mapping[int, str]
Provider = Callable[[Collection[int], datetime], Reasons]

_providers: list[Provider] = []


def hinders(provider: Provider) -> Provider:
    """Registers `provider(member_ids, at)`: of those members, who may not vote at that instant, and why, in a
    sentence that the member reads. Called from AppConfig.ready; one statement however many members.
    """
    _providers.append(provider)
    return provider


def without_vote(member_ids: Collection[int], at: datetime) -> dict[int, str]:
    """Of those members (keys), who has no vote at `at`, and the first reason."""
    found: dict[int, str] = {}
    for provider in _providers:
        found = {**provider(member_ids, at), **found}
    return found
