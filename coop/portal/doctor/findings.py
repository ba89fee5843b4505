from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """`NOTE` is neither good nor bad; `CARE` asks for an eye; `BROKEN` keeps people from something."""

    FINE = "fine"
    NOTE = "note"
    CARE = "care"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """`says` what is the case; `does`, when there is something to do, what to do about it."""

    name: str
    title: str
    level: Level
    says: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    findings: list[Finding] = field(default_factory=list)

    def at(self, *levels: Level) -> list[Finding]:
        return [finding for finding in self.findings if finding.level in levels]

    @property
    def broken(self) -> int:
        return len(self.at(Level.BROKEN))

    @property
    def care(self) -> int:
        return len(self.at(Level.CARE))

    @property
    def to_do(self) -> list[Finding]:
        """The worst first."""
        return [*self.at(Level.BROKEN), *self.at(Level.CARE)]

    @property
    def well(self) -> list[Finding]:
        return self.at(Level.FINE, Level.NOTE)

    @property
    def ok(self) -> bool:
        return not self.broken

    @property
    def worst(self) -> Level:
        return next((level for level in (Level.BROKEN, Level.CARE) if self.at(level)), Level.FINE)
