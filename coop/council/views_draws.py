"""Draws: announced, held once, and to be done again by anybody."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.access.confirm import desk
from coop.council.forms_rotation import CallOffForm, DrawForm, HoldForm
from coop.council.models import Draw, DrawCalledOff, DrawResult
from coop.council.rotation import draws as drawing
from coop.council.rotation.drawing import code_of
from coop.members.asking import done, sent
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may, require
from coop.statute.models import day_of

SHOWN = 50


@require_safe
def draws(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "room": "council",
        "draws": Draw.objects.select_related("by", "result", "called_off").defer("participants")[:SHOWN],
        "now": now,
        "holds": may(request.actor, Power.HOLD_DRAWS, now),
    }
    return render(request, "council/rotation_draws.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.HOLD_DRAWS, sound=DrawForm)
def draw_new(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.HOLD_DRAWS, timezone.now())
    form = DrawForm(sent(request))
    made: list[Draw] = []

    def announce() -> None:
        held, now = form.cleaned_data, timezone.now()
        everybody = Member.objects.in_assembly(day_of(now)).values_list("number", flat=True)
        made.append(
            drawing.announce(
                title=held["title"],
                places=held["places"],
                numbers=held["numbers"] or list(everybody),
                public_value=held["public_value"],
                not_before=held["not_before"],
                by=request.actor,
                at=now,
            )
        )

    if request.method == "POST" and done(form, announce):
        messages.success(request, _("Quedó anunciado: desde ahora nadie puede cambiar nada."))
        return redirect("council:draw", made[0].pk)
    context = {"room": "council", "form": form}
    status = 422 if form.errors else 200
    return render(request, "council/rotation_draw_new.html", context, status=status)


@require_safe
def draw(request: MemberRequest, draw_id: int) -> HttpResponse:
    return _page(request, _held(draw_id))


@require_POST
@desk(Power.HOLD_DRAWS, sound=HoldForm)
def draw_hold(request: MemberRequest, draw_id: int) -> HttpResponse:
    require(request.actor, Power.HOLD_DRAWS, timezone.now())
    held, form = _held(draw_id), HoldForm(request.POST)
    if done(
        form,
        lambda: drawing.hold(
            draw_id=held.pk,
            public_value=form.cleaned_data["public_value"],
            by=request.actor,
            at=timezone.now(),
        ),
    ):
        messages.success(
            request, _("Se hizo el sorteo. Quedó publicado, con su semilla y su orden completo.")
        )
        return redirect("council:draw", held.pk)
    return _page(request, held, form)


@require_POST
@desk(Power.HOLD_DRAWS, sound=CallOffForm)
def draw_call_off(request: MemberRequest, draw_id: int) -> HttpResponse:
    require(request.actor, Power.HOLD_DRAWS, timezone.now())
    held, form = _held(draw_id), CallOffForm(request.POST)
    if done(
        form,
        lambda: drawing.call_off(
            draw_id=held.pk,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("El sorteo quedó sin efecto, con su motivo a la vista."))
        return redirect("council:draw", held.pk)
    return _page(request, held, call_off=form)


@require_safe
def draw_file(request: MemberRequest, draw_id: int) -> HttpResponse:
    """What `manage.py draw` reads; nobody needs this system to draw again."""
    text = json.dumps(drawing.file_of(_held(draw_id)), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="sorteo-{draw_id}.json"'
    return response


def _held(draw_id: int) -> Draw:
    return get_object_or_404(Draw.objects.select_related("by"), pk=draw_id)


def _order(held: Draw, result: DrawResult) -> list[tuple[int, int, str, str, bool]]:
    """Place, number, name, code, whether they were drawn."""
    names = {one["number"]: one["name"] for one in held.participants}
    codes = [code_of(result.seed, result.public_value, number) for number in result.drawn]
    return [
        (place, number, names[number], code, place <= held.places)
        for place, (number, code) in enumerate(zip(result.drawn, codes, strict=True), start=1)
    ]


def _page(
    request: MemberRequest, held: Draw, form: HoldForm | None = None, call_off: CallOffForm | None = None
) -> HttpResponse:
    now = timezone.now()
    form, call_off = form or HoldForm(), call_off or CallOffForm()
    result = DrawResult.objects.select_related("by").filter(draw=held).first()
    order = _order(held, result) if result else []
    context = {
        "room": "council",
        "draw": held,
        "result": result,
        "order": order,
        "form": form,
        "called_off": DrawCalledOff.objects.select_related("by").filter(draw=held).first(),
        "call_off": call_off,
        "due": now >= held.not_before,
        "holds": may(request.actor, Power.HOLD_DRAWS, now),
    }
    status = 422 if form.errors or call_off.errors else 200
    return render(request, "council/rotation_draw.html", context, status=status)
