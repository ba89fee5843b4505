"""Who is asking: nobody gets in without a living sign-in, unless the view says it is public."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from coop.common.http import View
from coop.common.http import public as public  # other rooms take it from here
from coop.common.time import local_day
from coop.members.known import keep
from coop.members.models import Member, SignIn
from coop.powers import Actor
from coop.statute.models import Cooperative

LANGUAGE_COOKIE = "idioma"
SESSION_KEY = "sign_in"
SEEN_EVERY = timedelta(minutes=10)
_SECRETS = ("password", "pin", "code", "passkey", "secret")


class MemberRequest(HttpRequest):
    """A request as views get it: `member` is set, or the view is public and copes without."""

    sign_in: SignIn
    member: Member
    actor: Actor
    htmx: HtmxDetails
    cooperative: Cooperative | None


def checks_sign_in(view: View) -> View:
    """The view's own SQL statement checks the sign-in (`sign_in_key`), so that it is not loaded twice."""
    view.checks_sign_in = True  # type: ignore[attr-defined]
    return view


def sign_in_key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.session[SESSION_KEY])
    except (KeyError, ValueError, TypeError):
        return None


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(LANGUAGE_COOKIE, settings.LANGUAGE_CODE)
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(known)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", known)
        keep(request, response)
        return response

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        request.member = None
        if getattr(view, "checks_sign_in", False):
            return None
        request.cooperative = Cooperative.objects.first()
        if request.cooperative:
            timezone.activate(request.cooperative.tz)
        self._identify(request)
        if request.member or getattr(view, "is_public", False):
            return None
        return to_sign_in(request)

    def _identify(self, request: Any) -> None:
        key = sign_in_key(request)
        if key is None or request.cooperative is None:
            return
        now = timezone.now()
        sign_in = SignIn.objects.alive(now).select_related("member").filter(key=key).first()
        if sign_in is None or not sign_in.member.is_on_register(local_day(now, request.cooperative.tz)):
            return
        if now - sign_in.seen_at > SEEN_EVERY:
            SignIn.objects.filter(key=key).update(seen_at=now)
        request.sign_in, request.member, request.actor = sign_in, sign_in.member, sign_in.member.actor


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; htmx is told to load the whole page instead of a piece of it.

    Whoever had written something is given it back first: behind a redirect it would be lost.
    """
    wanted = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
    if request.headers.get("HX-Request"):
        wanted = request.headers.get("HX-Current-URL", "/")
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = f"{reverse('members:sign_in')}?{urlencode({'next': wanted})}"
        return response
    target = f"{reverse('members:sign_in')}?{urlencode({'next': wanted})}"
    if texts := _written(request):
        context = {"texts": texts, "sign_in_url": target}
        return render(request, "members/signed_out.html", context, status=401)
    return redirect(target)


def _written(request: HttpRequest) -> list[str]:
    """What reads as somebody's own words: more than one, and no secret."""
    return [
        text
        for name, values in request.POST.lists()
        for text in values
        if len(text.split()) > 1 and not any(secret in name for secret in _SECRETS)
    ]
