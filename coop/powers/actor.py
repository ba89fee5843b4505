from dataclasses import dataclass

from coop.common.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A member who acts, or the technical administration of the server (no member, no seat, no vote)."""

    member_id: int | None
    number: int | None
    name: str

    @property
    def is_system(self) -> bool:
        return self.member_id is None

    @property
    def signature(self) -> int:
        """The key of the member who answers for the act. NotAllowed: the administration signs nothing."""
        if self.member_id is None:
            raise NotAllowed
        return self.member_id


def system() -> Actor:
    """Whoever holds the server's command line. Holds only what a start needs; every act is on the record."""
    return Actor(member_id=None, number=None, name="administración técnica")
