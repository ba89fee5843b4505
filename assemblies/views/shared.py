"""What the views of an assembly have in common."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control

from assemblies.models import Assembly
from assemblies.situation import Situation, situation, version
from coop.members.middleware import MemberRequest

Answer = Callable[..., HttpResponse]


def missing_is_404(view: Answer) -> Answer:
    """Whatever row the address names and the database lacks is a page that does not exist."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        from django.core.exceptions import ObjectDoesNotExist

        try:
            return view(*args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return answer


def stands(request: MemberRequest, assembly_id: int) -> Situation:
    try:
        return situation(assembly_id=assembly_id, member=request.member, at=timezone.now())
    except Assembly.DoesNotExist as error:
        raise Http404 from error


def conditional(
    request: MemberRequest, assembly_id: int, build: Callable[[datetime], HttpResponse]
) -> HttpResponse:
    """304 while nothing this member sees has changed; otherwise what `build` gives, with its ETag."""
    at = timezone.now()
    tag = version(assembly_id=assembly_id, member_id=request.member.pk, at=at)
    unchanged = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if unchanged else build(at)
    response.headers["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def chip(kind: str, icon: str, text: str) -> str:
    """The component, drawn once for a list that shows it hundreds of times."""
    return render_to_string("components/chip.html", {"kind": kind, "icon": icon, "text": text})


def back_to(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """After an act: htmx gets the assembly's live part as it is now, a plain browser is sent to the page."""
    if not request.htmx:
        return redirect("assemblies:detail", assembly_id)
    return render(request, "assemblies/detail.html#live", {"s": stands(request, assembly_id)})
