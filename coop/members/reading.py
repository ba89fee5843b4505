"""The register as pages, files and the book ask for it: on any day, filtered, sorted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, CharField, Q, Value, When

from coop.members.enums import ON_REGISTER, Seen, State
from coop.members.models import Contact, Member, MemberQuerySet, Period
from coop.members.sections import names_on, posted_on

# What the page may be asked for: words of its address, and what they mean.
WANTED: Final[Mapping[str, tuple[State, ...]]] = {
    "prueba": (State.TRIAL,),
    "activos": (State.ACTIVE,),
    "suspendidos": (State.SUSPENDED,),
}
GONE: Final = "bajas"
# The columns that a page of `lines` needs: what every member may read of every other, and no more.
SHOWN: Final = ("number", "family_name", "given_names", "joined_on", "left_on", "section")
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
    """The members that are asked for, as of `asked.day`, in order. Today's section needs no history."""
    found = Member.objects.former(asked.day) if asked.state == GONE else Member.objects.on_register(asked.day)
    if asked.state in WANTED:
        found = found.in_state(asked.day, *WANTED[asked.state])
    found = found.matching(asked.words)
    order = ORDERS.get(asked.order, ORDERS["nombre"])
    if asked.day == today:
        found = found.filter(section=asked.section) if asked.section else found
        return found.order_by(*("section" if key == "worked_in" else key for key in order))
    names = names_on(asked.day)
    if asked.section:
        called = [key for key, name in names.items() if name == asked.section]
        found = found.alias(posted=posted_on(asked.day)).filter(posted__in=called)
    if "worked_in" in order:
        named = [When(posted=key, then=Value(name)) for key, name in names.items()]
        worked = Case(*named, default=Value(""), output_field=CharField())
        found = found.alias(posted=posted_on(asked.day)).annotate(worked_in=worked)
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
    """One page of members with what they were on `day`: at most three statements, however many."""
    page = list(members)
    held: dict[int, Period] = {}
    open_or_later = Q(until__isnull=True) | Q(until__gt=day)
    # Of one day there is one period: no order is asked for, since the usual one joins the whole register.
    for period in Period.objects.filter(open_or_later, member__in=page, since__lte=day).order_by():
        held[period.member_id] = period
    sections: dict[int, str] = {}
    if day != today:
        names = names_on(day)
        posted = dict(
            Member.objects.filter(pk__in=[member.pk for member in page])
            .order_by()
            .annotate(posted=posted_on(day))
            .values_list("pk", "posted")
        )
        sections = {pk: names.get(section or 0, "") for pk, section in posted.items()}
    return [_line(member, held.get(member.pk), sections, day, today) for member in page]


def _line(member: Member, period: Period | None, sections: Mapping[int, str], day: date, today: date) -> Line:
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
