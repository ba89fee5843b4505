"""The kiosk: number and hall PIN, one act, and out again. Nothing stays on its screen."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies import kiosk_device
from assemblies.domain.attendance import check_in
from assemblies.domain.casting import cast
from assemblies.enums import Channel, Choice, PollState
from assemblies.forms_kiosk import TurnForm
from assemblies.kiosk_device import at_a_kiosk
from assemblies.models import Assembly, Attendance, Kiosk, Poll
from assemblies.situation import own_vote, version
from coop.access.domain.hall import end_turn, take_turn
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.members.models import SignIn

# How long a receipt stays on the screen, and a turn that nobody uses.
SHOWN_SECONDS = 12
IDLE_SECONDS = 115

Answer = Callable[..., HttpResponse]
# Takes the request, the kiosk, the turn, the time, and what the address names.
Turn = Callable[..., HttpResponse]


@at_a_kiosk
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: MemberRequest) -> HttpResponse:
    """Number and hall PIN. Whoever comes back here is out: the turn before is over for this screen."""
    held = kiosk_device.kiosk_of(request)
    if held is None:
        return _over(request)
    form = TurnForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            turn = take_turn(
                kiosk=held.key,
                place=_("Kiosco: %(name)s") % {"name": held.name},
                number=int(form.cleaned_data["number"]),
                pin=form.cleaned_data["pin"],
                at=now,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            response = redirect("assemblies:kiosk_turn")
            kiosk_device.begin_turn(response, turn)
            return response
    context = {"kiosk": held, "form": form, "etag": _version(held, now)} | _asked(held.assembly)
    page = render(request, "assemblies/kiosk.html", context, status=status)
    kiosk_device.forget_turn(page)
    return page


@at_a_kiosk
@require_safe
def kiosk_live(request: MemberRequest) -> HttpResponse:
    """What the hall is being asked, for the kiosk's first page; 304 while it is the same."""
    held = kiosk_device.kiosk_of(request)
    if held is None:
        return redirect("assemblies:kiosk")
    tag = _version(held, timezone.now())
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "assemblies/kiosk.html#asked", {"kiosk": held} | _asked(held.assembly))
    response.headers["ETag"] = tag
    return response


def _in_turn(act: Turn) -> Answer:
    """For whoever gave number and PIN here less than two minutes ago; everybody else begins anew."""

    @never_cache
    @wraps(act)
    def answer(request: MemberRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        held = kiosk_device.kiosk_of(request)
        turn = kiosk_device.turn_at(request, now) if held else None
        if held is None or turn is None:
            response: HttpResponse = redirect("assemblies:kiosk")
            kiosk_device.forget_turn(response)
            return response
        return act(request, held, turn, now, **kwargs)

    return answer


@at_a_kiosk
@require_safe
@_in_turn
def kiosk_turn(request: MemberRequest, held: Kiosk, turn: SignIn, at: datetime) -> HttpResponse:
    """Presence, the open poll, the vote: nothing else of the member is here."""
    return _turn_page(request, held, turn)


@at_a_kiosk
@require_POST
@_in_turn
def kiosk_check_in(request: MemberRequest, held: Kiosk, turn: SignIn, at: datetime) -> HttpResponse:
    def act() -> str:
        check_in(assembly_id=held.assembly_id, member=turn.member, at=at, channel=Channel.KIOSK)
        return _("Estás en el registro de asistencia")

    return _done(turn, at, act)


@at_a_kiosk
@require_POST
@_in_turn
def kiosk_cast(
    request: MemberRequest, held: Kiosk, turn: SignIn, at: datetime, *, poll_id: int
) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice not in Choice:
        wrong = _("Elegí SÍ, NO o ME ABSTENGO, y confirmá.")
        return _turn_page(request, held, turn, wrong=wrong, status=422)
    chosen = Choice(choice)

    def act() -> str:
        recorded = cast(poll_id=poll_id, sign_in=turn.key, choice=chosen, at=at)
        said = (
            _("Tu voto ya estaba registrado: %(choice)s")
            if recorded.repeated
            else _("Tu voto quedó registrado: %(choice)s")
        )
        return said % {"choice": chosen.label}

    return _done(turn, at, act, choice=chosen)


@at_a_kiosk
@require_POST
@_in_turn
def kiosk_leave(request: MemberRequest, held: Kiosk, turn: SignIn, at: datetime) -> HttpResponse:
    end_turn(turn, at)
    response = redirect("assemblies:kiosk")
    kiosk_device.forget_turn(response)
    return response


@at_a_kiosk
@never_cache
@require_safe
def kiosk_done(request: MemberRequest) -> HttpResponse:
    """What was just done, once: going back or loading again shows the first page."""
    held, said = kiosk_device.kiosk_of(request), kiosk_device.told(request)
    if held is None or said is None:
        return redirect("assemblies:kiosk")
    context = said | {"kiosk": held, "seconds": SHOWN_SECONDS}
    response = render(request, "assemblies/kiosk_done.html", context)
    kiosk_device.forget_told(response)
    return _goes_back(response, SHOWN_SECONDS)


def _done(
    turn: SignIn, at: datetime, act: Callable[[], str], *, choice: Choice | None = None
) -> HttpResponse:
    """The act, the end of the turn, and the receipt, which goes away by itself, without any script."""
    said: dict[str, str] = {"choice": choice.value if choice else ""}
    try:
        said["said"] = act()
    except DomainError as error:
        said["refused"] = str(error)
    finally:
        end_turn(turn, at)
    response = redirect("assemblies:kiosk_done")
    kiosk_device.forget_turn(response)
    kiosk_device.tell(response, said)
    return response


def _turn_page(
    request: MemberRequest, held: Kiosk, turn: SignIn, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    asked = _asked(held.assembly)
    poll = asked["poll"]
    here = Attendance.objects.filter(assembly=held.assembly_id, member=turn.member, left_at__isnull=True)
    context = asked | {
        "kiosk": held,
        "member": turn.member,
        "is_present": here.exists(),
        "own": own_vote(poll, turn.member) if poll else None,
        "too_late": bool(poll and turn.enrolled_at and turn.enrolled_at > poll.opened_at),
        "wrong": wrong,
    }
    response = render(request, "assemblies/kiosk_turn.html", context, status=status)
    return _goes_back(response, IDLE_SECONDS)


def _goes_back(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Refresh"] = f"{seconds}; url={reverse('assemblies:kiosk')}"
    return response


def _asked(assembly: Assembly) -> dict[str, Any]:
    open_polls = Poll.objects.filter(assembly=assembly, state=PollState.OPEN)
    return {"poll": open_polls.select_related("motion__put", "motion__item").first()}


def _version(held: Kiosk, at: datetime) -> str:
    return version(assembly_id=held.assembly_id, member_id=0, at=at)


def _over(request: MemberRequest) -> HttpResponse:
    """No kiosk here, or no longer: the device is a device like any other again."""
    response = render(
        request, "assemblies/kiosk_over.html", {"was_one": kiosk_device.COOKIE in request.COOKIES}
    )
    kiosk_device.forget_kiosk(response)
    return response
