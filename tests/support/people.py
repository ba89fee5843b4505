"""An invented cooperative: seven members, three of them with a seat."""

import itertools
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from stdnum.ar import cuit

from coop.access.confirm import SECRET
from coop.council.models import Seat, SeatCode, Term
from coop.council.seats import ensure_seats
from coop.members import sign_in
from coop.members.middleware import SESSION_KEY
from coop.members.models import Account, Member, MemberFact, Period, SignIn
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.rules import MODEL_STATUTE

NAMES = (
    ("Quiroga", "Élida"),
    ("Ñancucheo", "Ramón"),
    ("Ibarra", "Nélida"),
    ("Águila", "Omar"),
    ("Zapata", "Irma"),
    ("D'Amico", "Hugo"),
    ("Muñoz Paredes", "Ester"),
)
PASSWORD = "yerba-y-tornillo-7"
REGISTERED_AT = datetime(2024, 5, 1, 3, tzinfo=UTC)
_documents = itertools.count(20_100_001)


def make_cooperative() -> Cooperative:
    made = Cooperative.objects.create(name="Cooperativa de Trabajo La Chimenea")
    StatuteVersion.objects.create(
        holds_from=date(2002, 2, 1), title="Estatuto de 2002", document=MODEL_STATUTE.to_json()
    )
    ensure_seats()
    return made


def tax_number(document: str) -> str:
    body = f"20{document}"
    if cuit.calc_check_digit(body) == "10":  # pragma: no cover
        body = f"23{document}"
    return body + cuit.calc_check_digit(body)


def new_member(number: int, family_name: str, given_names: str, **values: object) -> Member:
    """Not saved. A document and a tax number that nobody else has."""
    document = str(next(_documents))
    member = Member(
        number=number,
        family_name=family_name,
        given_names=given_names,
        **{"document": document, "tax_number": tax_number(document), "joined_on": date(2003, 3, 1), **values},
    )
    member.set_sort_name()
    return member


def make_members(count: int = len(NAMES)) -> list[Member]:
    """Numbers from 1. The first seven have names of their own; the others are called by their number."""
    names = [*NAMES, *((f"Pérez {number}", "Juana") for number in range(len(NAMES) + 1, count + 1))][:count]
    made = Member.objects.bulk_create(
        new_member(number, family, given, email=f"persona{number}@ejemplo.coop")
        for number, (family, given) in enumerate(names, start=1)
    )
    give_facts(*made)
    return made


def make_house() -> list[Member]:
    """The cooperative and its seven members; the first three are president, secretary, treasurer."""
    make_cooperative()
    made = make_members()
    for member, seat in zip(made, (SeatCode.PRESIDENT, SeatCode.SECRETARY, SeatCode.TREASURER), strict=False):
        give_seat(member, seat)
    return made


def give_facts(*members: Member) -> None:
    """Each joined, and left if their line says so: as the register's file tells it. Two statements."""
    facts, periods = [], []
    for member in members:
        told = [("entered", "active", member.joined_on)]
        if member.left_on:
            told.append(("left", "left", member.left_on))
        for position, (kind, state, day) in enumerate(told, start=1):
            facts.append(
                MemberFact(
                    member=member, position=position, kind=kind, day=day, source="padrón", at=REGISTERED_AT
                )
            )
            until = member.left_on if state == "active" else None
            periods.append(Period(member=member, state=state, since=day, until=until))
    MemberFact.objects.bulk_create(facts)
    Period.objects.bulk_create(periods)


def give_seat(
    member: Member,
    seat: SeatCode,
    first: datetime = datetime(2024, 5, 1, 3, tzinfo=UTC),
    end: datetime = datetime(2124, 5, 1, 3, tzinfo=UTC),
) -> Term:
    return Term.objects.create(
        seat=Seat.objects.get(code=seat),
        member=member,
        during=(first, end),
        elected_by="Asamblea Ordinaria 2024",
    )


@cache
def hashed_password() -> str:
    """By the real hasher, once."""
    return make_password(PASSWORD)


def give_account(member: Member) -> Account:
    return Account.objects.create(member=member, password=hashed_password())


def signed_in(member: Member, at: datetime | None = None) -> SignIn:
    return sign_in.start(member=member, device="Teléfono", at=at or timezone.now())


class Browser(Client):
    """Where a page asks its owner to prove again that it is them, they do: with their password.

    `confirms=False`: whoever sits there is not the owner, and the page stays as it is.
    """

    def __init__(self, *, owner: Member, confirms: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.owner, self.confirms = owner, confirms

    def post(self, path: str, data: Any = None, *args: Any, **options: Any) -> Any:
        answer = super().post(path, data, *args, **options)
        if not self.confirms or getattr(answer, "streaming", False):
            return answer
        if b"data-confirm-form" not in answer.content:
            return answer
        if not Account.objects.filter(member=self.owner).exists():
            give_account(self.owner)
        return super().post(path, {**(data or {}), SECRET: PASSWORD}, *args, **options)


def client_of(member: Member | SignIn, **options: Any) -> Client:
    """A browser that holds the member's sign-in cookie, as of now."""
    entry = member if isinstance(member, SignIn) else signed_in(member)
    client = Browser(owner=entry.member, **options)
    session = client.session
    session[SESSION_KEY] = str(entry.key)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


class Instants:
    """Fixed instants of one weekly assembly: a Wednesday at 18:00 in Buenos Aires."""

    convening = datetime(2026, 3, 9, 12, tzinfo=UTC)
    hour = datetime(2026, 3, 11, 21, tzinfo=UTC)
    opening = hour + timedelta(minutes=5)
    moving = hour + timedelta(minutes=10)
    voting = hour + timedelta(minutes=20)
    second_call = hour + timedelta(minutes=30)
    closing = hour + timedelta(minutes=50)
    day = date(2026, 3, 11)
