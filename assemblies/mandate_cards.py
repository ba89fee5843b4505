"""What a mandate puts on the home page of who holds it, and what is late on that of who keeps them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import Mandate
from coop.common.home import Card
from coop.common.time import local_day
from coop.council.models import Seat
from coop.council.powers import SEAT_POWERS
from coop.powers import Power
from coop.statute.domain import cooperative

SHOWN = 5


def mandate_cards(member_id: int, at: datetime) -> Iterator[Card]:
    """In three statements: the home page asks often."""
    today = local_day(at, cooperative().tz)
    seats = list(Seat.objects.filter(terms__member_id=member_id, terms__during__contains=at))
    held = Mandate.objects.of(member_id, [seat.pk for seat in seats]).unsettled().held()
    for mandate in held[:SHOWN]:
        yield _own(mandate, late=mandate.due_on < today)
    if any(Power.KEEP_MANDATES in SEAT_POWERS.get(seat.code, frozenset()) for seat in seats):
        yield from _kept(Mandate.objects.overdue(today).count())


def _own(mandate: Mandate, *, late: bool) -> Card:
    day = {"day": date_format(mandate.due_on, "SHORT_DATE_FORMAT")}
    text = _("Venció el %(day)s: contá cómo va, o devolvelo a la asamblea.") % day
    return Card(
        rank=12 if late else 30,
        kicker=_("Encargo de la asamblea"),
        title=_("Encargo: %(what)s") % {"what": mandate.what},
        text=text if late else _("Para el %(day)s.") % day,
        url=reverse("assemblies:mandate", args=[mandate.pk]),
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
