"""First come, first served, under a yearly cap. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

FURTHEST = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """`left` cents are still owed of the request with that key."""

    key: int
    left: int


def cap_of(capital: int, share: str) -> int:
    """Cents that a year may pay back: `share` ("0.05") of the capital at its start, never a cent over."""
    return int(capital * Fraction(share))


def queue(claims: Iterable[Claim], room: int) -> list[Claim]:
    """What `room` cents pay, in the claims' order: each whole before the next begins, the last in part.

    The `left` of what comes out is what that claim gets now.
    """
    found = []
    for claim in claims:
        fits = min(claim.left, room)
        if fits <= 0:
            if room <= 0:
                break
            continue
        found.append(Claim(claim.key, fits))
        room -= fits
    return found


def forecast(claims: Sequence[Claim], *, room: int, cap: int) -> dict[int, int | None]:
    """In how many years each claim is paid in full, if each later year pays `cap`: 0 is this year.

    None for what no year of the next hundred reaches.
    """
    found: dict[int, int | None] = {}
    before = 0
    for claim in claims:
        before += claim.left
        if before <= room:
            found[claim.key] = 0
            continue
        years = -(-(before - room) // cap) if cap > 0 else None
        found[claim.key] = years if years is not None and years <= FURTHEST else None
    return found
