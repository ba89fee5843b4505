"""Printing cards, showing one, voiding one: for whoever keeps the register."""

import uuid

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from coop.access import choosing, web
from coop.access.cards_pdf import Sheet, draw
from coop.access.confirm import desk
from coop.access.domain import cards, devices
from coop.access.domain.cards import Given
from coop.access.domain.codes import spoken
from coop.access.forms import PrintForm
from coop.access.models import Card
from coop.common.errors import DomainError
from coop.members.errors import NotOnRegister
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, require

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.KEEP_REGISTER)
def print_cards(request: MemberRequest) -> HttpResponse:
    """Whom to print for, and the cards that wait. The answer to a POST is the PDF itself, this once."""
    now, day = timezone.now(), timezone.localdate()
    require(request.actor, Power.KEEP_REGISTER, now)
    form = PrintForm(request.POST or None, sections=choosing.sections(day))
    if form.is_valid():
        try:
            return _pdf(request, cards.give(members=_chosen(form), by=request.actor, at=now))
        except DomainError as error:
            form.add_error(None, str(error))
    waiting = Card.objects.usable(now).select_related("member", "given_by")
    context = {
        "room": "books",
        "form": form,
        "without": choosing.without_device(day, now).count(),
        "most": choosing.MOST,
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "access/cards.html", context, status=422 if form.is_bound else 200)


def _chosen(form: PrintForm) -> list[Member]:
    now, day = timezone.now(), timezone.localdate()
    if form.cleaned_data["whom"] == PrintForm.NUMBERS:
        return choosing.by_numbers(day, form.cleaned_data["numbers"])[: choosing.MOST]
    if form.cleaned_data["whom"] == PrintForm.SECTION:
        return list(choosing.of_section(day, form.cleaned_data["section"])[: choosing.MOST])
    return list(choosing.without_device(day, now)[: choosing.MOST])


@sensitive_variables("given")
def _pdf(request: MemberRequest, given: list[Given]) -> HttpResponse:
    sheet = _sheet(request)
    response = HttpResponse(draw(given, sheet), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="tarjetas.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sheet(request: MemberRequest) -> Sheet:
    house = request.cooperative.name if request.cooperative else ""
    return Sheet(house=house, site=web.site_of(request))


@never_cache
@sensitive_variables("given", "one")
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.KEEP_REGISTER)
def card(request: MemberRequest, number: int) -> HttpResponse:
    """One person: what opens their account, and a card for them, shown on the screen this once."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    shown = get_object_or_404(Member, number=number)
    if not shown.is_on_register(timezone.localdate()):
        raise NotOnRegister(shown.name)
    context = {"room": "books", "shown": shown}
    if request.method == "POST":
        (one,) = cards.give(members=[shown], by=request.actor, at=now)
        context |= {"code": spoken(one.code), "qr": _qr(_sheet(request).address(one.code)), "given": one.card}
        context |= {"site": web.site_of(request)}
    else:
        context |= {
            "devices": devices.of_member(shown),
            "waiting": Card.objects.usable(now).filter(member=shown).select_related("given_by").first(),
            "has_ways_in": devices.has_ways_in(shown),
        }
    response = render(request, "access/card.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _qr(address: str) -> str:
    code = segno.make(address, error="m", micro=False)
    return str(
        code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    )


@require_POST
@desk(Power.KEEP_REGISTER)
def void_card(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    voided = cards.void(key=key, by=request.actor, at=timezone.now())
    messages.success(request, _("Anulaste la tarjeta de %(name)s.") % {"name": voided.member.name})
    if request.POST.get("back") == "card":
        return redirect("access:card", voided.member.number)
    return redirect("access:cards")
