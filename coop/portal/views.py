"""The home page, and what belongs to no room: language, colours, components, health."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.common.http import safe_target
from coop.members.context import THEME_COOKIE, THEMES
from coop.members.middleware import LANGUAGE_COOKIE, MemberRequest, checks_sign_in, public
from coop.portal import home as home_page
from coop.powers import Power, may, reading

YEAR = 365 * 24 * 3600


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    at = now()
    with reading():
        context = {
            "room": "today",
            "live": home_page.live_cards(request, request.member, at),
            "seats": home_page.described(home_page.seats_of(request.member, at)),
            "may_convene": may(request.actor, Power.CONVENE, at),
            "may_keep_register": may(request.actor, Power.KEEP_REGISTER, at),
        }
    return render(request, "portal/home.html", context)


@require_safe
def cards(request: MemberRequest) -> HttpResponse:
    """The home page's cards for a phone that asks every few seconds: 304 while nothing changed."""
    with reading():
        live = home_page.live_cards(request, request.member, now())
    response = HttpResponse(live.html)
    response.headers["ETag"] = live.etag
    return get_conditional_response(request, etag=live.etag, response=response) or response


@public
@require_POST
def set_language(request: MemberRequest) -> HttpResponse:
    response = redirect(safe_target(request, request.POST.get("next", "")))
    if (language := request.POST.get("language")) in dict(settings.LANGUAGES):
        _remember(response, LANGUAGE_COOKIE, str(language))
    return response


@public
@require_POST
def set_theme(request: MemberRequest) -> HttpResponse:
    response = redirect(safe_target(request, request.POST.get("next", "")))
    theme = request.POST.get("theme")
    if theme in THEMES:
        _remember(response, THEME_COOKIE, str(theme))
    elif theme == "auto":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


@public
@require_safe
def components(request: MemberRequest) -> HttpResponse:
    return render(request, "portal/components.html")


@public
@checks_sign_in  # keeps the middleware from asking the database, so that this view can say how it is
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that has gone stale, or from another site: nothing was done."""
    context = {"error": _("La página venció y no se guardó nada. Recargala y probá de nuevo.")}
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Refresh": "true"})
    return render(request, "portal/stale.html", context, status=403)
