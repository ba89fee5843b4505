"""Work areas: begun, renamed, closed; and who works where from which day on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from coop.common.names import fold
from coop.common.time import local_day
from coop.common.words import one_line
from coop.members.errors import NotYet
from coop.members.errors_joining import SectionHasNoName, SectionIsThere, SectionIsWorked, SectionWasCalled
from coop.members.models import Member, MemberQuerySet, Posting, Section, SectionName
from coop.members.telling_facts import held_member
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked

LONGEST = 60


def posted_on(day: date) -> Subquery:
    """For a queryset of members: the key of the section they worked in on `day`."""
    posted = Posting.objects.filter(member=OuterRef("pk"), since__lte=day).order_by("-since", "-pk")
    return Subquery(posted.values("section")[:1])


def names_on(day: date) -> dict[int, str]:
    """What each section was called on `day`, by its key. One statement."""
    names = SectionName.objects.filter(since__lte=day).order_by("since", "pk")
    return dict(names.values_list("section_id", "name"))


def names_today() -> dict[str, str]:
    """What is called today each section that ever bore a name, by that name folded. One statement."""
    names = SectionName.objects.order_by("since", "pk").values_list("name", "section__name")
    return {fold(name): today for name, today in names}


def open_sections() -> QuerySet[Section]:
    return Section.objects.filter(closed_on__isnull=True)


@dataclass(frozen=True, slots=True)
class Worked:
    section: Section
    people: int


def counted(day: date) -> list[Worked]:
    """Every section with how many of today's members work in it, open ones first. Two statements."""
    people = Counter(Member.objects.on_register(day).exclude(section="").values_list("section", flat=True))
    found = Section.objects.order_by("closed_on", "folded")
    return [Worked(section, people[section.name]) for section in found]


@transaction.atomic
def begin(*, name: str, by: Actor, at: datetime) -> Section:
    """Raises SectionHasNoName, SectionIsThere, SectionWasCalled."""
    require(by, Power.KEEP_REGISTER, at)
    locked("sections")
    name = _checked(name)
    section = _made(name, _today(at), by, at)
    write(Act.MEMBER_CORRECTED, by=by, at=at, facts={"section": "", "called": name})
    return section


@transaction.atomic
def rename(*, section_id: int, name: str, by: Actor, at: datetime) -> Section:
    """Today's name changes; what it was called before stays with its days. The members' lines follow.

    A name that another section ever had is not free. Raises SectionHasNoName, SectionIsThere,
    SectionWasCalled.
    """
    require(by, Power.KEEP_REGISTER, at)
    locked("sections")
    wait_turn()
    section = Section.objects.get(pk=section_id)
    name = _checked(name, section)
    before = section.name
    if name == before:
        return section
    section.name, section.folded = name, fold(name)
    section.save(update_fields=["name", "folded"])
    SectionName.objects.create(section=section, name=name, since=_today(at), at=at, by_id=by.member_id)
    working_in(section, _today(at)).update(section=name)
    write(Act.MEMBER_CORRECTED, by=by, at=at, facts={"section": before, "called": name})
    return section


@transaction.atomic
def close(*, section_id: int, by: Actor, at: datetime) -> Section:
    """Raises SectionIsWorked while somebody works there."""
    require(by, Power.KEEP_REGISTER, at)
    locked("sections")
    section = Section.objects.get(pk=section_id)
    people = working_in(section, _today(at)).on_register(_today(at)).count()
    if people:
        raise SectionIsWorked(section.name, people)
    section.closed_on = _today(at)
    section.save(update_fields=["closed_on"])
    write(Act.MEMBER_CORRECTED, by=by, at=at, facts={"section": section.name, "called": ""})
    return section


@transaction.atomic
def move(*, member_id: int, section_id: int | None, since: date, by: Actor, at: datetime) -> Member:
    """The member works there from `since` on, today at the latest (NotYet); None: in no section."""
    require(by, Power.KEEP_REGISTER, at)
    if since > _today(at):
        raise NotYet(since)
    member = held_member(member_id)
    section = Section.objects.get(pk=section_id) if section_id else None
    _posted(member, section, since, by, at)
    return member


def post_to(member: Member, name: str, since: date, by: Actor, at: datetime) -> None:
    """To the section of that name, begun if there is none. For verbs that asked for the power already."""
    locked("sections")
    name = one_line(name)[:LONGEST]
    section = Section.objects.filter(folded=fold(name)).first() or formerly(name)
    section = section or _made(name, since, by, at)
    _posted(member, section, since, by, at)


def _posted(member: Member, section: Section | None, since: date, by: Actor, at: datetime) -> None:
    posting = Posting.objects.create(member=member, section=section, since=since, at=at, by_id=by.member_id)
    _follow(member, _today(at))
    facts = {"number": member.number, "name": member.name, "fields": ["section"]}
    where = {"posting": posting.pk, "since": since.isoformat()}
    where |= {"works_in": section.pk if section else None, "called": section.name if section else ""}
    write(Act.MEMBER_CORRECTED, by=by, at=at, facts=facts | where)


def working_in(section: Section, day: date) -> MemberQuerySet:
    return Member.objects.annotate(posted=posted_on(day)).filter(posted=section.pk)


def _follow(member: Member, today: date) -> None:
    """The line shows the section of today, or the first one if that is still to come."""
    posted = Posting.objects.filter(member=member).select_related("section")
    held = posted.filter(since__lte=today).order_by("-since", "-pk").first() or posted.first()
    member.section = held.section.name if held and held.section else ""
    member.save(update_fields=["section"])


def _made(name: str, since: date, by: Actor, at: datetime) -> Section:
    section = Section.objects.create(name=name, folded=fold(name))
    SectionName.objects.create(section=section, name=name, since=since, at=at, by_id=by.member_id)
    return section


def _checked(name: str, own: Section | None = None) -> str:
    name = one_line(name)[:LONGEST].strip()
    if not fold(name):
        raise SectionHasNoName
    other = Section.objects.filter(folded=fold(name)).exclude(pk=own.pk if own else 0).first()
    if other is not None:
        raise SectionIsThere(other.name)
    was = formerly(name)
    if was is not None and was != own:
        raise SectionWasCalled(name, was.name)
    return name


def formerly(name: str) -> Section | None:
    """The section that was ever called so; the statute may still call it by that name."""
    for one in SectionName.objects.select_related("section").order_by("-since", "-pk"):
        if fold(one.name) == fold(name):
            return one.section
    return None


def _today(at: datetime) -> date:
    return local_day(at, cooperative().tz)
