"""The council: who sits where, until when, by which decision; what is vacant."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.council.reading import grouped, seats_at
from coop.members.middleware import MemberRequest
from coop.powers import Power, powers_of


@require_safe
def seats(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    lines, own = seats_at(now), request.member.number
    context = {
        "room": "council",
        "seats": lines,
        "groups": grouped(lines),
        "vacant": [line for line in lines if line.vacancy],
        "soon": [line for line in lines if line.held and line.held.soon],
        "may_keep": Power.KEEP_TERMS in powers_of(request.actor, now),
        "own": next((line for line in lines if line.held and line.held.number == own), None),
    }
    return render(request, "council/seats.html", context)
