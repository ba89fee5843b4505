"""Pages of the paper book that wait: for whoever confirms them, and lines given back for who copied them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Card
from coop.council.domain import powers_held
from coop.members.models import Member
from coop.powers import Power
from coop.statute.models import BookLine, LineState


def paper_cards(member_id: int, at: datetime) -> Iterator[Card]:
    powers = powers_held(member_id, at)
    if Power.ENTER_RESOLUTIONS not in powers and Power.CONFIRM_RESOLUTIONS not in powers:
        return
    number = Member.objects.values_list("number", flat=True).get(pk=member_id)
    waiting, returned = set(), 0
    open_lines = BookLine.objects.filter(state__in=[LineState.WAITING, LineState.RETURNED])
    own = set()
    for page_id, state, by in open_lines.values_list("page_id", "state", "entered_by_number").distinct():
        returned += state == LineState.RETURNED
        if state == LineState.WAITING:
            waiting.add(page_id)
            if by == number:
                own.add(page_id)
    others = waiting - own
    if others and Power.CONFIRM_RESOLUTIONS in powers:
        yield _confirms(sorted(others))
    if returned and Power.ENTER_RESOLUTIONS in powers:
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
