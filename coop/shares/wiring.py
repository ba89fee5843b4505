"""What shares tell the rooms below them, once, when the application starts."""

from coop.members.voice import hinders
from coop.record.telling import tells
from coop.shares.domain.position import arrears
from coop.shares.telling import TOLD


def wire() -> None:
    tells(TOLD)
    hinders(arrears)
