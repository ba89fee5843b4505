from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A member who acts, or the technical administration of the server (no member, no seat, no vote)."""

    member_id: int | None
    number: int | None
    name: str

    @property
    def is_system(self) -> bool:
        return self.member_id is None


def system() -> Actor:
    """Whoever holds the server's command line. Holds only what a start needs; every act is on the record."""
    return Actor(member_id=None, number=None, name="administración técnica")
