"""Somebody is a member no more: what ends with membership is told here, for the rooms above to end it.

And somebody's days on the register changed: what rests on them is asked here, for the rooms above to refuse.
"""

from collections.abc import Callable
from datetime import date, datetime

from coop.members.enums import State
from coop.members.models import Member, Period
from coop.powers import Actor

# The member, how they left, the first day on which they are none; who put it down and when.
Handler = Callable[[Member, State, date, Actor, datetime], None]
_handlers: list[Handler] = []
# The member, whose line and periods are as they would be. Raises a DomainError.
Check = Callable[[Member], None]
_checks: list[Check] = []


def when_left(handler: Handler) -> None:
    """Called from AppConfig.ready. Runs in the transaction that writes the line, before it commits."""
    if handler not in _handlers:
        _handlers.append(handler)


def when_rewritten(check: Check) -> None:
    """Called from AppConfig.ready. Runs after those above, whether anybody left or not."""
    if check not in _checks:
        _checks.append(check)


def told(member: Member, by: Actor, at: datetime) -> None:
    """Asked whenever a line and its periods were rewritten. What the checks refuse they raise."""
    if member.left_on is not None:
        last = Period.objects.filter(member=member).order_by("since").last()
        for handler in _handlers:
            handler(member, State(last.state) if last else State.LEFT, member.left_on, by, at)
    for check in _checks:
        check(member)
