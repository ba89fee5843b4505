import logging

from django.core.cache import cache
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assemblies.domain.casting import Recorded, cast
from assemblies.domain.polls import close_poll, open_poll
from assemblies.enums import Choice
from assemblies.errors import SignInEnded
from assemblies.models import Poll, RollEntry
from assemblies.situation import own_vote, turnout, version
from assemblies.views.shared import back_to, chip, conditional, missing_is_404
from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest, checks_sign_in, sign_in_key, to_sign_in
from coop.powers import Power, may

ICONS = {Choice.YES: "tick", Choice.NO: "cross", Choice.ABSTAIN: "circle"}
logger = logging.getLogger(__name__)


@never_cache  # going back shows the vote as it stands, not the form it was given on
@require_safe
def poll(request: MemberRequest, poll_id: int) -> HttpResponse:
    """While open: the ballot. Once closed: the result, its arithmetic and the rule it rests on."""
    held = _held(poll_id)
    context = _context(request, held)
    if not held.is_open:
        return render(request, "assemblies/result.html", context)
    context["etag"] = version(assembly_id=held.assembly_id, member_id=request.member.pk, at=timezone.now())
    return render(request, "assemblies/poll.html", context)


@require_safe
def poll_live(request: MemberRequest, poll_id: int) -> HttpResponse:
    """Turnout while the poll is open; when it has closed the whole page becomes the result."""
    held = _held(poll_id)
    if not held.is_open:
        return _anew(held)
    return conditional(request, held.assembly_id, lambda at: _turnout(request, held))


def _turnout(request: MemberRequest, held: Poll) -> HttpResponse:
    """A page that still shows a vote which another tab or phone has changed loads itself again."""
    shown = request.GET.get("shown")
    if shown:
        ballot = own_vote(held, request.member).ballot
        if ballot is None or ballot.choice != shown:
            return _anew(held)
    return render(request, "assemblies/poll.html#turnout", {"poll": held, "turnout": turnout(held)})


def _anew(held: Poll) -> HttpResponse:
    """The poll's page from its top: a refresh would stay where the reader was, below the stamp."""
    response = HttpResponse()
    response.headers["HX-Redirect"] = reverse("assemblies:poll", args=[held.pk])
    return response


@require_POST
@checks_sign_in
def ballot_cast(request: MemberRequest, poll_id: int) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice not in Choice:
        return _refused(request, poll_id, _("Elegí SÍ, NO o ME ABSTENGO, y confirmá."))
    key = sign_in_key(request)
    if key is None:
        return to_sign_in(request)
    try:
        recorded = cast(poll_id=poll_id, sign_in=key, choice=Choice(choice), at=timezone.now())
    except SignInEnded:
        return to_sign_in(request)
    except DomainError as error:
        return _refused(request, poll_id, str(error))
    except DatabaseError:
        logger.exception("a vote could not be recorded")
        sorry = _("No pudimos registrar tu voto. Probá de nuevo: si ya había quedado, te lo vamos a decir.")
        return _refused(request, poll_id, sorry, status=503)
    return _recorded(request, poll_id, recorded)


@require_POST
@desk(Power.PRESIDE)
@missing_is_404
def poll_open(request: MemberRequest, motion_id: int) -> HttpResponse:
    held = open_poll(motion_id=motion_id, by=request.actor, at=timezone.now())
    return back_to(request, held.assembly_id)


@require_POST
@desk(Power.PRESIDE)
@missing_is_404
def poll_close(request: MemberRequest, poll_id: int) -> HttpResponse:
    held = close_poll(poll_id=poll_id, by=request.actor, at=timezone.now())
    return back_to(request, held.assembly_id)


@require_safe
def named_list(request: MemberRequest, poll_id: int) -> HttpResponse:
    """Who voted what, readable by every member once the poll has closed."""
    held = _held(poll_id)
    if held.is_open:
        return redirect("assemblies:poll", poll_id)
    entries = (
        RollEntry.objects.filter(poll=held)
        .order_by("member__sort_name", "member__number")
        .values_list("member__number", "member__family_name", "member__given_names", "ballot__choice")
    )
    shown = {choice.value: chip(choice.value, ICONS[choice], str(choice.label)) for choice in Choice}
    rows = [
        (number, f"{family}, {given}" if given else family, shown.get(choice, _("no votó")))
        for number, family, given, choice in entries
    ]
    return render(request, "assemblies/named_list.html", {"room": "assemblies", "poll": held, "rows": rows})


def _held(poll_id: int) -> Poll:
    found = (
        Poll.objects.select_related(
            "assembly", "motion__item", "motion__mover", "motion__seconder", "motion__put", "resolution"
        )
        .filter(pk=poll_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _context(request: MemberRequest, held: Poll) -> dict[str, object]:
    return {
        "room": "assemblies",
        "poll": held,
        "own": own_vote(held, request.member),
        "turnout": turnout(held),
        "presides": may(request.actor, Power.PRESIDE, timezone.now()),
        "changing": "cambiar" in request.GET,
        "too_late": held.is_open and _enrolled_after(request, held),
    }


def _enrolled_after(request: MemberRequest, held: Poll) -> bool:
    """What opened this sign-in is newer than the poll: casting would refuse it, and the page says so."""
    since = request.sign_in.enrolled_at
    return since is not None and since > held.opened_at


def _recorded(request: MemberRequest, poll_id: int, recorded: Recorded) -> HttpResponse:
    """The receipt: in place for htmx, as a page of its own for a plain browser.

    In place it says the same to everybody who chose the same, so it is drawn once and kept: drawing costs
    more than recording.
    """
    context = {"poll_id": poll_id, "recorded": recorded}
    if not request.htmx:
        return render(request, "assemblies/receipt.html", context)
    key = f"receipt:{get_language()}:{poll_id}:{recorded.choice}:{recorded.changed}:{recorded.repeated}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = render_to_string("assemblies/receipt.html#receipt", context)
        cache.set(key, drawn, timeout=300)
    return HttpResponse(drawn)


def _refused(request: MemberRequest, poll_id: int, sentence: str, *, status: int = 422) -> HttpResponse:
    template = "assemblies/receipt.html#receipt" if request.htmx else "assemblies/receipt.html"
    return render(request, template, {"poll_id": poll_id, "refused": sentence}, status=status)
