"""Who of today's members has ever sat, and who never, by section. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from coop.council.pictures.history import History, Person


@dataclass(frozen=True, slots=True)
class SectionLine:
    """`served` have held a seat of council or audit, `never` none; both by name. "" is no section."""

    section: str
    served: Sequence[Person]
    never: Sequence[Person]


def by_section(history: History, at: datetime) -> list[SectionLine]:
    """Sections by name, those without one last."""
    day = localtime(at).date()
    ever = {turn.number for turn in history.turns if turn.governs and turn.begins <= at}
    served: dict[str, list[Person]] = defaultdict(list)
    never: dict[str, list[Person]] = defaultdict(list)
    for person in history.people.values():
        if person.here(day):
            (served if person.number in ever else never)[person.section].append(person)
    names = sorted({*served, *never}, key=lambda name: (not name, name))
    return [SectionLine(name, served[name], never[name]) for name in names]
