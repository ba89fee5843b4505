"""What of this room waits on the home page."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.access.domain.witnessing import waiting_for
from coop.common.home import Card
from coop.members.models import Member
from coop.powers import Power, may

# Somebody stands there with a phone in their hand: before all but an open poll.
WITNESS_RANK = 15


def witness_cards(member_id: int, at: datetime) -> Iterator[Card]:
    """Phones that wait for whoever may be their witness. One question more only while some wait."""
    waiting = waiting_for(member_id, at).count()
    if not waiting or not may(Member.objects.get(pk=member_id).actor, Power.WITNESS, at):
        return
    text = ngettext(
        "%(n)d persona quiere dar de alta su teléfono. Mirá quién es y escribí el número que muestra.",
        "%(n)d personas quieren dar de alta su teléfono. Mirá quiénes son y escribí el número que muestran.",
        waiting,
    )
    yield Card(
        rank=WITNESS_RANK,
        title=_("Falta un testigo"),
        text=text % {"n": waiting},
        url=reverse("access:witnesses"),
        action=_("Ver quién espera"),
        kicker=_("Hoy hay asamblea"),
    )
