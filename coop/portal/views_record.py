"""The record: every act in plain words, asked for by kind, person, day or word, and opened one by one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.portal.record_facts import facts_of
from coop.portal.record_reading import RecordPages, asked_of
from coop.portal.record_words import lines
from coop.portal.verified import last_night
from coop.record.domain import seal
from coop.record.models import Act, Entry

ENTRIES_PER_PAGE = 50
ASKED = ("acto", "quien", "desde", "hasta", "q")


@require_safe
def record(request: MemberRequest) -> HttpResponse:
    """Every act, the newest first, in plain words."""
    asked = asked_of(request.GET)
    page = RecordPages(asked, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    given = {name: request.GET.get(name, "")[:80] for name in ASKED}
    context: dict[str, Any] = {
        "room": "books",
        "page": page,
        "asked": asked,
        "act": asked.act,
        "acts": sorted(Act.choices, key=lambda choice: str(choice[1])),
        "lines": lines(page.object_list),
        "query": urlencode({name: value for name, value in given.items() if value}),
        "verified": last_night(timezone.now()),
    }
    return render(request, "portal/record.html", context)


@require_safe
def entry(request: MemberRequest, position: int) -> HttpResponse:
    """One act: its facts, its control code and the one before it, worked out again."""
    shown = Entry.objects.filter(position=position).first()
    if shown is None:
        raise Http404
    context = {
        "room": "books",
        "line": lines([shown])[0],
        "facts": facts_of(shown.facts),
        "follows": seal(shown.previous, shown.sealed) == shown.sha256,
        "has_next": Entry.objects.filter(position=position + 1).exists(),
    }
    return render(request, "portal/record_entry.html", context)
