"""The register as pages, files and the book ask for it: on any day, filtered, sorted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce

from coop.members.enums import ON_REGISTER, Seen, State
from coop.members.models import Contact, Member, MemberQuerySet, Period
from coop.members.sections import section_on

# What the page may be asked for: words of its address, and what they mean.
WANTED: Final[Mapping[str, tuple[State, ...]]] = {
    "prueba": (State.TRIAL,),
    "activos": (State.ACTIVE,),
    "suspendidos": (State.SUSPENDED,),
}
GONE: Final = "bajas"
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "nombre": ("sort_name", "number"),
    "numero": ("number",),
    "ingreso": ("joined_on", "number"),
    "seccion": ("worked_in", "sort_name", "number"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """`section` is a section's name as it was called on `day`."""

    day: date
    words: str = ""
    state: str = ""
    section: str = ""
    order: str = "nombre"


def lines(asked: Asked, today: date) -> MemberQuerySet:
    """Members with `worked_in`, `state` and `since` as of `asked.day`. Today's section needs no history."""
    found = Member.objects.former(asked.day) if asked.state == GONE else Member.objects.on_register(asked.day)
    if asked.state in WANTED:
        found = found.in_state(asked.day, *WANTED[asked.state])
    found = found.matching(asked.words)
    past = asked.day != today
    worked = Coalesce(section_on(asked.day), Value(""), output_field=CharField()) if past else None
    if asked.section:
        found = (
            found.alias(was_in=worked).filter(was_in=asked.section)
            if worked is not None
            else found.filter(section=asked.section)
        )
    order = ORDERS.get(asked.order, ORDERS["nombre"])
    if worked is None:
        return found.order_by(*("section" if key == "worked_in" else key for key in order))
    if "worked_in" in order:
        found = found.annotate(worked_in=worked)
    return found.order_by(*order)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as of a day. `since`: from when the state holds."""

    member: Member
    state: State
    since: date
    section: str

    @property
    def gone(self) -> bool:
        return self.state not in ON_REGISTER


def as_of(members: Iterable[Member], day: date, today: date) -> list[Line]:
    """One page of members with what they were on `day`: two statements, however many."""
    page = list(members)
    held: dict[int, Period] = {}
    open_or_later = Q(until__isnull=True) | Q(until__gt=day)
    for period in Period.objects.filter(open_or_later, member__in=page, since__lte=day):
        held[period.member_id] = period
    sections = {}
    if day != today:
        sections = dict(
            Member.objects.filter(pk__in=[member.pk for member in page])
            .annotate(worked_in=section_on(day))
            .values_list("pk", "worked_in")
        )
    return [_line(member, held.get(member.pk), sections, day, today) for member in page]


def _line(
    member: Member, period: Period | None, sections: Mapping[int, str | None], day: date, today: date
) -> Line:
    section = member.section if day == today else sections.get(member.pk) or ""
    if period is not None:
        return Line(member, State(period.state), period.since, section)
    gone = member.left_on is not None and member.left_on <= day
    since = member.left_on if gone and member.left_on else member.joined_on
    return Line(member, State.LEFT if gone else State.ACTIVE, since, section)


@dataclass(frozen=True, slots=True)
class Reachable:
    """What a reader sees of how to reach somebody; "" is not theirs to see, or not there."""

    email: str
    mobile: str
    address: str
    emergency: str

    @property
    def any(self) -> bool:
        return bool(self.email or self.mobile or self.address or self.emergency)


def reachable(member: Member, *, own: bool, office: bool) -> tuple[Reachable, bool]:
    """By what the member decided of each part: all of it for oneself, and for an `office` of the council or
    the audit. And whether the office was needed to see any of it.
    """
    contact = Contact.objects.filter(member=member).first() or Contact(member=member)

    def shown(value: str, seen: str) -> str:
        return value if own or office or seen == Seen.MEMBERS else ""

    emergency = " · ".join(filter(None, (contact.emergency_name, contact.emergency_phone)))
    parts = {
        "email": (member.email, contact.email_seen),
        "mobile": (member.mobile, contact.mobile_seen),
        "address": (contact.address, contact.address_seen),
        "emergency": (emergency, contact.emergency_seen),
    }
    found = Reachable(**{name: shown(*pair) for name, pair in parts.items()})
    hidden = any(value and seen != Seen.MEMBERS for value, seen in parts.values())
    return found, office and hidden and not own
