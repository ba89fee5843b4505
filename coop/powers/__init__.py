"""Who acts, and whether they may: asked at the moment of the act, answered from the seat held then.

The answer comes from a higher room (coop.council registers it). Without an answer it is no.
"""

from coop.powers.actor import Actor, system
from coop.powers.powers import Power, holders_answer, may, powers_of, powers_of_member, reading, require

__all__ = [
    "Actor",
    "Power",
    "holders_answer",
    "may",
    "powers_of",
    "powers_of_member",
    "reading",
    "require",
    "system",
]
