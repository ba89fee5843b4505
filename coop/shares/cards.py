"""What shares and accounts put on a member's home page."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.money import money
from coop.common.together import Question, Row
from coop.members.models import Member
from coop.powers import Power, powers_of_member
from coop.shares.banks import shown
from coop.shares.domain.position import position_of
from coop.shares.enums import ChangeState
from coop.shares.models import BankChange, Subscription
from coop.statute.models import day_of


def _asks(member_id: int, at: datetime) -> Questions:
    waiting = BankChange.objects.filter(state=ChangeState.WAITING)
    own = waiting.filter(member=member_id, own_at__isnull=True).annotate(
        given=F("asked_by__given_names"), family=F("asked_by__family_name")
    )
    subscribed = Subscription.objects.filter(member=member_id).annotate(today=day_of(at))
    asked: dict[str, Question] = {
        "own": own.values("new", "given", "family"),
        "subscribed": subscribed.values("today")[:1],
    }
    if Power.CONFIRM_BANK in powers_of_member(member_id, at):
        others = waiting.filter(second_by__isnull=True).exclude(member=member_id).exclude(asked_by=member_id)
        named = others.annotate(given=F("member__given_names"), family=F("member__family_name"))
        asked["second"] = named.values("given", "family")
    return asked


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    """One statement more, for who has subscribed shares."""
    yield from map(_own_change, answers["own"])
    if waiting := answers.get("second"):
        yield _second(waiting)
    for subscribed in answers["subscribed"]:
        yield from _late(member_id, date.fromisoformat(subscribed["today"]))


def _name(row: Row) -> str:
    return Member(given_names=row["given"], family_name=row["family"]).name


def _own_change(change: Row) -> Card:
    told = {"account": shown(change["new"]), "who": _name(change)}
    return Card(
        rank=6,
        kicker=_("Tu cuenta bancaria"),
        title=_("¿Es tuya la cuenta %(account)s?") % told,
        text=_("%(who)s pidió que cobres ahí. Si no es tuya, decí que no.") % told,
        url=reverse("shares:bank"),
        action=_("Confirmar o rechazar"),
        loud=True,
    )


def _second(waiting: list[Row]) -> Card:
    told = ngettext(
        "%(n)d cambio de cuenta bancaria espera a una segunda persona",
        "%(n)d cambios de cuenta bancaria esperan a una segunda persona",
        len(waiting),
    )
    return Card(
        rank=9,
        title=told % {"n": len(waiting)},
        text=", ".join(map(_name, waiting[:3])),
        url=reverse("shares:bank_changes"),
        action=_("Comparar y confirmar"),
    )


def _late(member_id: int, today: date) -> Iterator[Card]:
    held = position_of(member_id)
    late = held.late(today) if held.left else 0
    if late:
        yield Card(
            rank=12,
            title=_("Cuotas sociales atrasadas: %(cents)s") % {"cents": money(late)},
            text=_("Hasta ponerte al día tenés voz y no voto, si el estatuto lo dice."),
            url=reverse("shares:mine"),
            action=_("Ver qué falta"),
        )


share_cards = Offer(_asks, _tells)
