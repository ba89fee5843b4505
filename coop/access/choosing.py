"""For whom cards are printed: those without a device, a section, or some by their numbers."""

import re
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from coop.access.errors import UnknownNumbers
from coop.access.models import Card, Device
from coop.members.models import Member, MemberQuerySet

# Twenty-five pages: more at once is more than anybody cuts and hands out in a day.
MOST = 200
_RANGE = re.compile(r"(\d{1,8})(?:\s*-\s*(\d{1,8}))?")


def without_device(day: date, at: datetime) -> MemberQuerySet:
    """On the register, with no device that opens and no card that waits to be used."""
    devices = Device.objects.filter(member=OuterRef("pk"), voided_at__isnull=True)
    waiting = Card.objects.usable(at).filter(member=OuterRef("pk"))
    return Member.objects.on_register(day).filter(~Exists(devices), ~Exists(waiting))


def of_section(day: date, section: str) -> MemberQuerySet:
    return Member.objects.on_register(day).filter(section=section)


def sections(day: date) -> list[str]:
    listed = Member.objects.on_register(day).exclude(section="").order_by("section")
    return list(listed.values_list("section", flat=True).distinct())


def by_numbers(day: date, text: str) -> list[Member]:
    """ "4, 12, 20-24". Raises UnknownNumbers with all that is nobody's; within a range gaps do not matter."""
    single, ranges, wrong = _read(text)
    members = Member.objects.on_register(day)
    found = {member.number: member for member in members.filter(number__in=single)}
    wrong += [str(number) for number in single if number not in found]
    for first, last in ranges:
        within = {member.number: member for member in members.filter(number__range=(first, last))[: MOST + 1]}
        wrong += [] if within else [f"{first}-{last}"]
        found |= within
    if wrong:
        raise UnknownNumbers(wrong)
    return sorted(found.values(), key=lambda member: (member.sort_name, member.number))


def _read(text: str) -> tuple[list[int], list[tuple[int, int]], list[str]]:
    single: list[int] = []
    ranges: list[tuple[int, int]] = []
    wrong: list[str] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text))):
        match = _RANGE.fullmatch(part)
        if match is None:
            wrong.append(part[:20])
        elif match[2]:
            ranges.append((int(match[1]), int(match[2])))
        else:
            single.append(int(match[1]))
    return single, ranges, wrong
