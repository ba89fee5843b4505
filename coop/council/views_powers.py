"""What each seat may do, for every member to read; what the technical administration did."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.council.powers_reading import seat_powers, technical_acts, told
from coop.council.powers_told import may_of, members_may, nobody_may, seats_at, table_at
from coop.members.middleware import MemberRequest
from coop.powers.powers import SYSTEM_POWERS

ACTS_PER_PAGE = 25


@require_safe
def powers(request: MemberRequest) -> HttpResponse:
    """Seat by power, as the statute in force has the seats."""
    now = timezone.now()
    columns, rows = table_at(now)
    context = {
        "room": "council",
        "seats": seats_at(now),
        "columns": columns,
        "rows": rows,
        "members_may": members_may(),
        "nobody_may": nobody_may(),
    }
    return render(request, "council/powers_table.html", context)


@require_safe
def powers_of(request: MemberRequest, code: str) -> HttpResponse:
    seat = seat_powers(code, timezone.now())
    if seat is None:
        raise Http404
    return render(request, "council/powers_of.html", {"room": "council", "seat": seat})


@require_safe
def technical(request: MemberRequest) -> HttpResponse:
    """The server's administration: what it may begin, and every act of theirs."""
    page = Paginator(technical_acts(), ACTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "room": "council",
        "begins": may_of(SYSTEM_POWERS),
        "page": page,
        "acts": told(list(page.object_list)),
    }
    return render(request, "council/powers_technical.html", context)
