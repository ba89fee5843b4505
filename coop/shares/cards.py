"""What shares and accounts put on a member's home page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Card
from coop.common.money import money
from coop.common.time import local_day
from coop.members.models import Member
from coop.powers import Power, powers_of
from coop.shares.banks import shown
from coop.shares.domain.position import position_of
from coop.shares.enums import ChangeState
from coop.shares.models import BankChange
from coop.statute.domain import cooperative


def share_cards(member_id: int, at: datetime) -> Iterator[Card]:
    """Two statements, for who has nothing to do with any of it."""
    waiting = list(BankChange.objects.filter(state=ChangeState.WAITING).select_related("member", "asked_by"))
    yield from _own_change(waiting, member_id)
    if waiting:
        yield from _second(waiting, member_id, at)
    yield from _late(member_id, at)


def _own_change(waiting: list[Any], member_id: int) -> Iterator[Card]:
    for change in waiting:
        if change.member_id == member_id and change.own_at is None:
            told = {"account": shown(change.new), "who": change.asked_by.name}
            yield Card(
                rank=6,
                kicker=_("Tu cuenta bancaria"),
                title=_("¿Es tuya la cuenta %(account)s?") % told,
                text=_("%(who)s pidió que cobres ahí. Si no es tuya, decí que no.") % told,
                url=reverse("shares:bank"),
                action=_("Confirmar o rechazar"),
                loud=True,
            )


def _second(waiting: list[Any], member_id: int, at: datetime) -> Iterator[Card]:
    mine = [
        one
        for one in waiting
        if one.second_by_id is None and member_id not in (one.member_id, one.asked_by_id)
    ]
    if not mine:
        return
    if Power.CONFIRM_BANK not in powers_of(Member.objects.get(pk=member_id).actor, at):
        return
    told = ngettext(
        "%(n)d cambio de cuenta bancaria espera a una segunda persona",
        "%(n)d cambios de cuenta bancaria esperan a una segunda persona",
        len(mine),
    )
    yield Card(
        rank=9,
        title=told % {"n": len(mine)},
        text=", ".join(one.member.name for one in mine[:3]),
        url=reverse("shares:bank_changes"),
        action=_("Comparar y confirmar"),
    )


def _late(member_id: int, at: datetime) -> Iterator[Card]:
    held = position_of(member_id)
    late = held.late(local_day(at, cooperative().tz)) if held.left else 0
    if late:
        yield Card(
            rank=12,
            title=_("Cuotas sociales atrasadas: %(cents)s") % {"cents": money(late)},
            text=_("Hasta ponerte al día tenés voz y no voto, si el estatuto lo dice."),
            url=reverse("shares:mine"),
            action=_("Ver qué falta"),
        )
