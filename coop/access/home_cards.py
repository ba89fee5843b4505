"""What of this room waits on the home page."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.access.domain.witnessing import waiting_for
from coop.common.home import Answers, Card, Offer, Questions
from coop.powers import Power, powers_of_member

# Somebody stands there with a phone in their hand: before all but an open poll.
WITNESS_RANK = 15


def _asks(member_id: int, at: datetime) -> Questions:
    if Power.WITNESS not in powers_of_member(member_id, at):
        return {}
    return {"waiting": waiting_for(member_id, at).values("key")}


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    """Phones that wait for whoever may be their witness."""
    waiting = len(answers.get("waiting", []))
    if not waiting:
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


witness_cards = Offer(_asks, _tells)
