"""The council: who sits where, until when, by which election."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.council.reading import powers_table, seats_at
from coop.members.middleware import MemberRequest


@require_safe
def seats(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    context = {"room": "council", "seats": seats_at(now), "powers": powers_table()}
    return render(request, "council/seats.html", context)
