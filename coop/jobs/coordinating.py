"""Who may arrange the work of which section: the council answers, here is the question."""

from collections.abc import Callable
from datetime import datetime

from coop.common.names import fold
from coop.jobs.errors import NotYourSection
from coop.members.models import Section, SectionName
from coop.powers import Actor, Power, may, require

# The folded names of the sections that somebody coordinates; None: all of them.
Sections = frozenset[str] | None
Answer = Callable[[int, datetime], Sections]
_answers: list[Answer] = []


def sections_answer(answer: Answer) -> Answer:
    """Registers `answer(member_id, at)`; called from AppConfig.ready. Without an answer it is none."""
    _answers[:] = [answer]
    return answer


def coordinates(by: Actor, section: Section | None, at: datetime) -> bool:
    """A section of the statute may have been renamed since: any name that it ever had counts, unless another
    section bears it today.
    """
    if by.member_id is None or not may(by, Power.COORDINATE_WORK, at):
        return False
    sections = _answers[0](by.member_id, at) if _answers else frozenset()
    if sections is None:
        return True
    if section is None or not sections:
        return False
    if section.folded in sections:
        return True
    named = SectionName.objects.filter(section=section).values_list("name", flat=True)
    former = sections.intersection(fold(name) for name in named)
    return bool(former - set(Section.objects.filter(folded__in=former).values_list("folded", flat=True)))


def require_section(by: Actor, section: Section | None, at: datetime) -> None:
    """Raises NotAllowed, NotYourSection. `section` None: a task of the whole cooperative."""
    require(by, Power.COORDINATE_WORK, at)
    if not coordinates(by, section, at):
        raise NotYourSection(section.name if section else "")
