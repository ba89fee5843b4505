"""What the nightly proof found, the last one whole and those before it in a line each."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.portal.verified import last_night
from coop.portal.verifying_nightly import next_begins
from coop.record.models import Verification

PER_PAGE = 30


@require_safe
def verifications(request: MemberRequest) -> HttpResponse:
    page = Paginator(Verification.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {"room": "books", "verified": last_night(now), "page": page, "next": next_begins(now)}
    return render(request, "portal/verifications.html", context)


@require_safe
def verification(request: MemberRequest, verification_id: int) -> HttpResponse:
    shown = get_object_or_404(Verification, pk=verification_id)
    return render(request, "portal/verification.html", {"room": "books", "shown": shown})
