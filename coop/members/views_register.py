"""The register as members read it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may

PER_PAGE = 100


@require_safe
def register(request: MemberRequest) -> HttpResponse:
    """Number, name, section and day of joining: what every member may read of every other."""
    words, former = request.GET.get("q", "")[:80].replace("\0", ""), request.GET.get("bajas") == "1"
    present = Member.objects.on_register(timezone.localdate())
    listed = Member.objects.exclude(pk__in=present.values("pk")) if former else present
    page = Paginator(listed.matching(words), PER_PAGE).get_page(request.GET.get("page"))
    query = {"q": words} if words else {}
    context = {
        "room": "books",
        "page": page,
        "words": words,
        "former": former,
        "query": urlencode(query | ({"bajas": "1"} if former else {})),
        "may_keep": may(request.actor, Power.KEEP_REGISTER, timezone.now()),
    }
    return render(request, "members/register.html", context)


@never_cache
@require_safe
def member(request: MemberRequest, number: int) -> HttpResponse:
    """One line of the register; document and bank account only for oneself and for who keeps it."""
    shown = get_object_or_404(Member, number=number)
    may_keep = may(request.actor, Power.KEEP_REGISTER, timezone.now())
    context = {
        "room": "books",
        "shown": shown,
        "on_register": shown.is_on_register(timezone.localdate()),
        "is_self": shown.pk == request.member.pk,
        "sees_all": may_keep or shown.pk == request.member.pk,
        "may_give_cards": may_keep,
    }
    return render(request, "members/member.html", context)
