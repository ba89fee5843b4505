"""Who acts here is always a person: nothing of rotation is begun by the command line."""

from datetime import datetime

from coop.common.errors import NotAllowed
from coop.powers import Actor, Power, require


def person(by: Actor, power: Power, at: datetime) -> int:
    """The key of the member who holds `power`; raises NotAllowed."""
    require(by, power, at)
    if by.member_id is None:
        raise NotAllowed(str(power.label))
    return by.member_id
