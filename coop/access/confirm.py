"""Proving again that it is oneself, before an act of the desk and before money or minutes.

`desk` asks when nobody proved it in the last 30 minutes; every act of the desk counts as proof for the next.
`again` asks each time: the proof comes with the very request. Both answer a POST without proof with a page
that carries everything that was typed, asks, and sends it all to the same address: nothing is done before,
and the act is done once.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from coop.access.domain import confirming
from coop.access.domain.passkeys import ask, prove_passkey
from coop.access.domain.proving import prove
from coop.access.errors import PasskeyRefused
from coop.access.web import party_of, phone_key_of
from coop.common.errors import DomainError
from coop.common.http import View
from coop.members.middleware import MemberRequest
from coop.members.session import address_of
from coop.powers import Power, powers_of

# With "password" in its name it is left out where what was typed is given back to who was signed out.
SECRET = "confirm_password"  # noqa: S105
PASSKEY = "confirm_passkey"
NOT_CARRIED = frozenset({SECRET, PASSKEY, "csrfmiddlewaretoken"})


def desk(*powers: Power, sound: type[Form] | None = None) -> Callable[[View], View]:
    """For acts of the desk by whoever holds one of `powers`; `sound` as in `again`."""
    return lambda view: _asking(view, powers=frozenset(powers), fresh=False, sound=sound)


def again(*powers: Power, sound: type[Form] | None = None) -> Callable[[View], View]:
    """For closing minutes and for money: PIN, passkey or password in the very request.

    Without `powers` it is asked of every member who sends it. What the form `sound` refuses the view refuses
    too: nobody proves anything for a wrong figure.
    """
    return lambda view: _asking(view, powers=frozenset(powers), fresh=True, sound=sound)


def recently(view: View) -> View:
    """For what a member changes of their own: asked when they have not proved it in the last 30 minutes."""
    return _asking(view, powers=frozenset(), fresh=False)


def _asking(view: View, *, powers: frozenset[Power], fresh: bool, sound: type[Form] | None = None) -> View:
    @wraps(view)
    @sensitive_post_parameters(SECRET, PASSKEY)
    def answer(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        # What somebody may not do at all, the act itself refuses: nobody proves anything for that.
        if request.method != "POST" or (powers and powers_of(request.actor, now).isdisjoint(powers)):
            return view(request, *args, **kwargs)
        if sound is not None and not sound(request.POST).is_valid():
            return view(request, *args, **kwargs)
        if request.POST.get(SECRET) or request.POST.get(PASSKEY):
            try:
                _prove(request, now)
            except DomainError as error:
                return _page(request, fresh=fresh, refused=error)
            _without_proof(request)
        elif fresh or not confirming.is_unlocked(request.sign_in, now):
            return _page(request, fresh=fresh)
        confirming.note(request.sign_in, now)
        return view(request, *args, **kwargs)

    return answer  # type: ignore[return-value]


def _prove(request: MemberRequest, at: datetime) -> None:
    if signed := request.POST.get(PASSKEY):
        try:
            answer = json.loads(signed)
        except ValueError as error:
            raise PasskeyRefused from error
        party = party_of(request)
        if party is None:
            raise PasskeyRefused
        prove_passkey(party=party, sign_in=request.sign_in, answer=answer, at=at)
        return
    prove(
        sign_in=request.sign_in,
        secret=request.POST.get(SECRET, ""),
        device_secret=phone_key_of(request),
        address=address_of(request),
        at=at,
    )


def _without_proof(request: MemberRequest) -> None:
    """What the act reads is what was typed on its own page."""
    rest = request.POST.copy()
    for name in (SECRET, PASSKEY):
        rest.pop(name, None)
    request.POST = rest  # type: ignore[assignment]


def _page(request: MemberRequest, *, fresh: bool, refused: DomainError | None = None) -> HttpResponse:
    ways = confirming.ways_to_prove(request.sign_in, phone_key_of(request))
    party = party_of(request) if ways.passkey else None
    context = {
        "fresh": fresh,
        "refused": refused,
        "idle": int(confirming.IDLE.total_seconds()) // 60,
        "carried": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED
            for value in values
        ],
        # A file does not travel through a page: it is chosen again.
        "files": list(request.FILES),
        "address": request.get_full_path(),
        "ways": ways,
        "asked": ask(party=party, member=request.member, at=timezone.now()) if party else None,
        "secret_name": SECRET,
        "passkey_name": PASSKEY,
    }
    status = refused.status if refused else 403
    if not request.headers.get("HX-Request"):
        response = render(request, "access/confirm.html", context, status=status)
    else:
        response = render(request, "access/confirm.html#ask", context, status=status)
        response.headers["HX-Retarget"] = "#main"
        response.headers["HX-Reswap"] = "innerHTML show:top"
    response.headers["Cache-Control"] = "private, no-store"
    return response
