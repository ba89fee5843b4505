"""The council, the audit, the positions outside them, and how all of these rotate."""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.utils.text import slugify

from coop.statute.rules.kinds import (
    Balanced,
    Count,
    Days,
    Key,
    Months,
    PositionKind,
    Reach,
    Section,
    Share,
    Source,
    Vacancies,
    Whole,
    Words,
    Years,
)

OFFICERS: Final = ("president", "secretary", "treasurer")


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """How many sit, for how many fiscal years, and how often the council meets at least.

    `seats` counts president, secretary, treasurer and members-at-large. `meets_days`: no longer than that
    between two meetings; `request_days`: within so many of a request. `vacancies`: who fills an empty seat
    (ET 51: the alternate next in order, else whom the auditor names until the next assembly). `quorum`: the
    council meets with more than that part of its seats. `signers`: codes of seats whose signature binds.
    """

    seats: Whole
    alternates: Count
    auditors: Count
    alternate_auditors: Count
    term_years: Whole
    meets_days: Days
    request_days: Days
    source: Source
    vacancies: Vacancies = "alternates_then_auditor"
    quorum: Share = "1/2"
    signers: tuple[Key, ...] = ("president", "secretary", "treasurer")

    @property
    def codes(self) -> tuple[str, ...]:
        """Of every seat of council and audit, in order; officers and members-at-large first."""
        return (
            *(OFFICERS[: self.seats]),
            *(f"member_{number}" for number in range(1, self.seats - len(OFFICERS) + 1)),
            *(f"alternate_{number}" for number in range(1, self.alternates + 1)),
            *(_numbered("auditor", number) for number in range(1, self.auditors + 1)),
            *(_numbered("alternate_auditor", number) for number in range(1, self.alternate_auditors + 1)),
        )


@dataclass(frozen=True, slots=True)
class SeatRotation:
    """What holds for one seat (its code) in place of what holds for the council."""

    seat: Key
    most_terms: Count
    cool_off_years: Years
    everyone_once: bool


@dataclass(frozen=True, slots=True)
class RotationRules:
    """The enterprise's own brake on leaders who stay.

    `most_terms` in a row, 0 without a limit; `cool_off_years` before the same person may come back;
    `everyone_once`: nobody twice before everyone who wants has been; `staggered`: not all at once.
    `counts`: terms in a row of the same seat, or of any seat of council and audit. `exceptions` by seat.
    `balance`: what a proposed slate balances.
    """

    most_terms: Count
    cool_off_years: Years
    everyone_once: bool
    staggered: bool
    source: Source
    counts: Reach = "council"
    exceptions: tuple[SeatRotation, ...] = ()
    balance: tuple[Balanced, ...] = ()

    def of(self, code: str) -> SeatRotation:
        """What holds for the seat with that code."""
        for one in self.exceptions:
            if one.seat == code:
                return one
        return SeatRotation(code, self.most_terms, self.cool_off_years, self.everyone_once)


@dataclass(frozen=True, slots=True)
class Position:
    """A responsibility outside the council, with its own rotation. `section`: whose it is, "" for the whole
    cooperative's; `holders`: how many hold it at once, for `term_months`.
    """

    key: Key
    name: Words
    kind: PositionKind
    holders: Whole
    term_months: Months
    source: Source
    section: Section = ""
    most_terms: Count = 0
    cool_off_years: Years = 0
    everyone_once: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Of its seats, one for each holder."""
        return tuple(f"p_{self.key}_{number}" for number in range(1, self.holders + 1))

    @property
    def rotation(self) -> SeatRotation:
        return SeatRotation(self.key, self.most_terms, self.cool_off_years, self.everyone_once)


@dataclass(frozen=True, slots=True)
class PositionRules:
    """Section coordinators, commissions, delegates."""

    held: tuple[Position, ...]
    source: Source


def key_of(kind: str, section: str, name: str) -> str:
    """The key of a position: the same for the same kind, section and name in every version, else another.

    So a seat on the books is always what its row says: a position under another name is another position.
    """
    mark = hashlib.sha256("\n".join((kind, section, name)).encode()).hexdigest()[:6]
    return f"{kind}_{slugify(name).replace('-', '_')[:20].strip('_')}_{mark}".replace("__", "_")


def _numbered(code: str, number: int) -> str:
    return code if number == 1 else f"{code}_{number}"
