"""The books: what was decided, and every act that led there."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.portal.decision import decision_of
from coop.portal.record_words import lines
from coop.record.models import Act, Entry
from coop.statute.models import Resolution

RESOLUTIONS_PER_PAGE = 20
ENTRIES_PER_PAGE = 50


@require_safe
def books(request: MemberRequest) -> HttpResponse:
    context = {
        "room": "books",
        "members": Member.objects.on_register(timezone.localdate()).count(),
        "resolutions": Resolution.objects.count(),
        "last": Resolution.objects.first(),
        "acts": Entry.objects.count(),
    }
    return render(request, "portal/books.html", context)


@require_safe
def resolutions(request: MemberRequest) -> HttpResponse:
    words = _words(request)
    found = Resolution.objects.all()
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    page = Paginator(found, RESOLUTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"room": "books", "page": page, "words": words, "query": _query(q=words)}
    return render(request, "portal/resolutions.html", context)


@require_safe
def resolution(request: MemberRequest, year: int, number: int) -> HttpResponse:
    shown = get_object_or_404(
        Resolution.objects.select_related("poll__motion__mover", "poll__motion__seconder", "poll__assembly"),
        year=year,
        number=number,
    )
    context = {"room": "books", "resolution": shown, "decision": decision_of(shown)}
    return render(request, "portal/resolution.html", context)


@require_safe
def record(request: MemberRequest) -> HttpResponse:
    """Every act, the newest first, in plain words."""
    wanted = request.GET.get("acto", "")
    act = wanted if wanted in Act.values else ""
    entries = Entry.objects.order_by("-position")
    page = Paginator(entries.filter(act=act) if act else entries, ENTRIES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {"room": "books", "page": page, "act": act, "acts": Act.choices}
    context |= {"lines": lines(page.object_list), "query": _query(acto=act)}
    return render(request, "portal/record.html", context)


def _words(request: MemberRequest) -> str:
    return request.GET.get("q", "")[:80].replace("\0", "").strip()


def _query(**chosen: str) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})
