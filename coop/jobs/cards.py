"""What of the shop floor waits on a member's home page."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.common.home import Answers, Card, Offer, Questions
from coop.jobs.models import Swap, Turn
from coop.members.models import Member

SWAP_RANK, TURN_RANK = 24, 44


def _asks(member_id: int, at: datetime) -> Questions:
    today = localtime(at).date()
    standing = Turn.objects.filter(called_off_at__isnull=True, until__gt=today)
    # Next week's from Friday on, so that nobody is surprised on a Monday.
    soon = standing.filter(member=member_id, first_day__lte=today + timedelta(days=3))
    offers = Swap.objects.filter(
        answered_at__isnull=True,
        wanted__member=member_id,
        wanted__called_off_at__isnull=True,
        offered__called_off_at__isnull=True,
        wanted__until__gt=today,
        offered__until__gt=today,
    ).annotate(
        name=F("wanted__task__name"),
        key=F("wanted__task"),
        family=F("offered__member__family_name"),
        given=F("offered__member__given_names"),
    )
    return {
        "turns": soon.order_by("first_day")
        .annotate(name=F("task__name"))
        .values("name", "task_id", "first_day", "until"),
        "swaps": offers.values("name", "key", "family", "given"),
    }


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    today = localtime(at).date()
    for row in answers["swaps"]:
        who = Member(given_names=row["given"], family_name=row["family"]).name
        yield Card(
            rank=SWAP_RANK,
            kicker=_("Turnos de tareas"),
            title=_("%(who)s te ofrece cambiar el turno") % {"who": who},
            text=_("De %(task)s. Si te sirve, aceptá; si no, decí que no.") % {"task": row["name"]},
            url=reverse("jobs:task", args=[row["key"]]),
            action=_("Contestar"),
        )
    for row in answers["turns"]:
        first, until = date.fromisoformat(row["first_day"]), date.fromisoformat(row["until"])
        last = date_format(until - timedelta(days=1), "SHORT_DATE_FORMAT")
        told = {"task": row["name"], "last": last, "first": date_format(first, "SHORT_DATE_FORMAT")}
        now = first <= today
        yield Card(
            rank=TURN_RANK,
            kicker=_("Turnos de tareas"),
            title=(_("Ahora te toca %(task)s") if now else _("Te va a tocar %(task)s")) % told,
            text=(_("Hasta el %(last)s.") if now else _("Desde el %(first)s hasta el %(last)s.")) % told,
            url=reverse("jobs:task", args=[row["task_id"]]),
            action=_("Ver"),
        )


work_cards = Offer(_asks, _tells)
