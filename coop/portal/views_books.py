"""The books: what was decided, found by words, with what rests on each decision."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.portal.decision import decision_of
from coop.portal.verified import last_night
from coop.powers import Power, powers_of
from coop.record.models import Entry
from coop.statute.book import open_pages
from coop.statute.book_search import matching
from coop.statute.models import Matter, Resolution, Source
from coop.statute.resting import counted, resting_on

RESOLUTIONS_PER_PAGE = 20


@require_safe
def books(request: MemberRequest) -> HttpResponse:
    acts = Entry.objects.order_by("-position").values_list("position", flat=True).first() or 0
    context = {
        "room": "books",
        "members": Member.objects.on_register(timezone.localdate()).count(),
        "resolutions": Resolution.objects.count(),
        "last": Resolution.objects.defer("words").first(),
        "acts": acts,
        "verified": last_night(timezone.now()),
    }
    return render(request, "portal/books.html", context)


@require_safe
def resolutions(request: MemberRequest) -> HttpResponse:
    """By words, year, matter and source, the newest first; with words, the best match first."""
    asked = _asked(request)
    page = Paginator(_found(asked), RESOLUTIONS_PER_PAGE).get_page(request.GET.get("page"))
    powers = powers_of(request.actor, timezone.now())
    works = Power.ENTER_RESOLUTIONS in powers or Power.CONFIRM_RESOLUTIONS in powers
    context: dict[str, Any] = {
        "room": "books",
        "page": page,
        "resting": counted([resolution.pk for resolution in page]),
        "asked": asked,
        "any_asked": any(asked.values()),
        "matters": Matter.choices,
        "sources": Source.choices,
        "years": Resolution.objects.order_by("-year").values_list("year", flat=True).distinct(),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "works_on_paper": works,
        "waiting": len(list(open_pages())) if works else 0,
    }
    return render(request, "portal/resolutions.html", context)


def _asked(request: MemberRequest) -> dict[str, str]:
    """What the address asks for; whatever it cannot mean is as if it was not there."""
    year = request.GET.get("anio", "")
    matter, source = request.GET.get("materia", ""), request.GET.get("origen", "")
    return {
        "q": request.GET.get("q", "")[:80].replace("\0", "").strip(),
        "anio": year if year.isascii() and year.isdigit() and len(year) == 4 else "",
        "materia": matter if matter in Matter.values else "",
        "origen": source if source in Source.values else "",
    }


def _found(asked: dict[str, str]) -> QuerySet[Resolution]:
    found = Resolution.objects.defer("words", "text")
    if asked["anio"]:
        found = found.filter(year=int(asked["anio"]))
    if asked["materia"]:
        found = found.filter(matter=asked["materia"])
    if asked["origen"]:
        found = found.filter(source=asked["origen"])
    return matching(found, asked["q"])


@require_safe
def resolution(request: MemberRequest, year: int, number: int) -> HttpResponse:
    shown = get_object_or_404(
        Resolution.objects.defer("words").select_related(
            "poll__motion__mover", "poll__motion__seconder", "poll__assembly", "paper"
        ),
        year=year,
        number=number,
    )
    context = {
        "room": "books",
        "resolution": shown,
        "decision": decision_of(shown),
        "resting": resting_on(shown.pk),
    }
    return render(request, "portal/resolution.html", context)
