"""After the beginning: the secretary's first card, until it is used or a day has passed."""

from datetime import timedelta

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coop.access.cards_pdf import Sheet
from coop.access.domain import cards
from coop.access.domain.codes import spoken
from coop.access.domain.devices import has_ways_in
from coop.access.web import site_of
from coop.common.http import public
from coop.members.middleware import MemberRequest
from coop.portal.beginning.opening import held
from coop.portal.beginning.pages import key_of
from coop.powers import system

CARD_IS_GIVEN = timedelta(days=1)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: MemberRequest) -> HttpResponse:
    """A POST gives the card, shown once; another one makes the one before void. Then it is shut for ever."""
    beginning, now = held(key_of(request)), timezone.now()
    if beginning is None or beginning.begun_at is None or beginning.secretary is None:
        return redirect("portal:begin")
    secretary = beginning.secretary
    context = {"secretary": secretary, "used": has_ways_in(secretary)}
    if context["used"] or now - beginning.begun_at > CARD_IS_GIVEN:
        return render(request, "portal/begin_over.html", context, status=410)
    if request.method == "POST":
        given = cards.give(members=[secretary], by=system(), at=now)[0]
        site = site_of(request)
        context |= {
            "code": spoken(given.code),
            "picture": _picture(Sheet(house="", site=site).address(given.code)),
            "url": reverse("access:enrol", args=[given.code]),
            "site": site,
        }
    response = render(request, "portal/begin_done.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _picture(address: str) -> str:
    """The QR of the card as a data URI."""
    code = segno.make(address, error="m", micro=False)
    return str(
        code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    )
