"""Pages of the paper book that wait: for whoever confirms them, and lines given back for who copied them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question
from coop.members.models import Member
from coop.powers import Power, powers_of_member
from coop.statute.models import BookLine, LineState


def _asks(member_id: int, at: datetime) -> Questions:
    powers = powers_of_member(member_id, at)
    asked: dict[str, Question] = {}
    lines = BookLine.objects.order_by()
    if Power.CONFIRM_RESOLUTIONS in powers:
        waiting = lines.filter(state=LineState.WAITING)
        mine = Member.objects.filter(pk=member_id).values("number")
        own = waiting.filter(entered_by_number__in=mine).values("page")
        asked["confirms"] = waiting.exclude(page__in=own).order_by("page").values("page_id").distinct()
    if Power.ENTER_RESOLUTIONS in powers:
        asked["corrects"] = lines.filter(state=LineState.RETURNED).values("id")[:1]
    return asked


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    if others := answers.get("confirms"):
        yield _confirms([line["page_id"] for line in others])
    if answers.get("corrects"):
        yield _corrects()


def _confirms(pages: list[int]) -> Card:
    n = len(pages)
    title = ngettext(
        "%(n)d página del libro de papel espera que la confirmes",
        "%(n)d páginas del libro de papel esperan que las confirmes",
        n,
    )
    one = reverse("portal:paper_page", args=[pages[0]])
    return Card(
        rank=40,
        title=title % {"n": n},
        text=_("Se leen con el libro en la mano."),
        url=one if n == 1 else reverse("portal:paper_pages"),
        action=_("Leer"),
    )


def _corrects() -> Card:
    return Card(
        rank=38,
        title=_("Te devolvieron líneas del libro de papel"),
        text=_("Alguien del consejo vio algo que no coincide con el libro."),
        url=reverse("portal:paper_pages"),
        action=_("Corregir"),
    )


paper_cards = Offer(_asks, _tells)
