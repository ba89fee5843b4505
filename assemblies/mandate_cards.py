"""What a mandate puts on the home page of who holds it, and what is late on that of who keeps them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import Mandate
from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row
from coop.council.models import Seat
from coop.powers import Power, powers_of_member
from coop.statute.models import day_of

SHOWN = 5


def _asks(member_id: int, at: datetime) -> Questions:
    today = day_of(at)
    seats = Seat.objects.filter(terms__member_id=member_id, terms__during__contains=at).order_by()
    held = Mandate.objects.of(member_id, seats).unsettled().held().annotate(today=today)
    asked: dict[str, Question] = {"held": held.values("id", "what", "due_on", "today")[:SHOWN]}
    if Power.KEEP_MANDATES in powers_of_member(member_id, at):
        asked["late"] = Mandate.objects.overdue(today).order_by().values("id")
    return asked


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    yield from map(_own, answers["held"])
    yield from _kept(len(answers.get("late", [])))


def _own(mandate: Row) -> Card:
    late = mandate["due_on"] < mandate["today"]  # as ISO writes days, they sort
    day = {"day": date_format(date.fromisoformat(mandate["due_on"]), "SHORT_DATE_FORMAT")}
    text = _("Venció el %(day)s: contá cómo va, o devolvelo a la asamblea.") % day
    return Card(
        rank=12 if late else 30,
        kicker=_("Encargo de la asamblea"),
        title=_("Encargo: %(what)s") % mandate,
        text=text if late else _("Para el %(day)s.") % day,
        url=reverse("assemblies:mandate", args=[mandate["id"]]),
        action=_("Informar"),
    )


def _kept(late: int) -> Iterator[Card]:
    if late:
        title = ngettext("%(n)d encargo vencido", "%(n)d encargos vencidos", late) % {"n": late}
        yield Card(
            rank=35,
            title=title,
            text=_("Van solos al orden del día de la próxima asamblea que convoques."),
            url=reverse("assemblies:mandates"),
            action=_("Ver"),
        )


mandate_cards = Offer(_asks, _tells)
