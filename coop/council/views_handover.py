"""Handovers: those that are open, one with its lines and signatures, and what each seat hands over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.access.confirm import again
from coop.common.errors import DomainError, NotAllowed
from coop.council import errors_handover as errors
from coop.council.enums_handover import SAYS, ItemKind, Side
from coop.council.forms_handover import LineForm, ListFormSet, SayForm, SignForm, lines_of
from coop.council.handover import acts, lists
from coop.council.handover.paper import paper_of
from coop.council.handover.state import State, read
from coop.council.models import Handover, HandoverItem, Seat, TermReminder
from coop.council.reminders import endings
from coop.members.middleware import MemberRequest
from coop.powers import Power, may

CLOSED_SHOWN = 30


@require_safe
def handovers(request: MemberRequest) -> HttpResponse:
    """Open ones on top, those that are over, what ends soon, what each seat hands over."""
    now = timezone.now()
    states = [State(one, now) for one in read()[: 10 * CLOSED_SHOWN]]
    context = {
        "room": "council",
        "open": [one for one in states if one.is_open],
        "over": [one for one in states if not one.is_open][:CLOSED_SHOWN],
        "endings": endings(now),
        "told": TermReminder.objects.select_related("term__seat", "term__member")[:10],
        "seats": [seat for seat in Seat.objects.all() if lists.proposed(seat)],
    }
    return render(request, "council/handover_all.html", context)


@require_safe
def handover(request: MemberRequest, handover_id: int) -> HttpResponse:
    return _page(request, handover_id)


def _page(request: MemberRequest, handover_id: int, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    state = State(get_object_or_404(read(), pk=handover_id), now)
    side = acts.side_of(state, request.actor)
    adds = state.is_open and (side is not None or may(request.actor, Power.KEEP_TERMS, now))
    own = {one.by_id for one in state.signatures.values()}
    witness = acts.may_witness(state, request.actor) and Side.WITNESS not in state.signatures
    signs = side is not None and request.member.pk not in own and side not in state.signatures
    context = {
        "room": "council",
        "state": state,
        "side": side,
        "says": [(one.value, str(one.label).capitalize()) for one in SAYS[side]] if side else [],
        "may_say": side is not None and not state.signatures,
        "line_form": LineForm() if adds and not state.signatures else None,
        "sign_form": SignForm(initial={"seen": state.sha256}) if signs or witness else None,
        "witness": witness and not signs,
        "ready": not state.unanswered and now >= state.ends_at,
        "too_early": now < state.ends_at,
        "paper": paper_of(handover_id) if state.signed else None,
        **forms,
    }
    return render(request, "council/handover.html", context, status=status)


@require_POST
def say(request: MemberRequest, item_id: int) -> HttpResponse:
    now = timezone.now()
    item = get_object_or_404(HandoverItem, pk=item_id)
    state = State(read().get(pk=item.handover_id), now)
    side = acts.side_of(state, request.actor)
    form = SayForm(request.POST, side=side or Side.IN)
    if side is None:
        raise errors.NotYourHandover if state.is_open else errors.HandoverSigned
    if form.is_valid():
        try:
            acts.say(
                item_id=item_id, said=form.word, note=form.cleaned_data["note"], by=request.actor, at=now
            )
        except DomainError as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Quedó dicho."))
            return _to(item.handover_id, f"renglon-{item.pk}")
    return _page(request, item.handover_id, 422, say_form=form, say_item=item.pk)


@require_POST
def add(request: MemberRequest, handover_id: int) -> HttpResponse:
    get_object_or_404(Handover, pk=handover_id)
    form = LineForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.add_line(
                handover_id=handover_id,
                kind=ItemKind(data["kind"]),
                text=data["text"],
                by=request.actor,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except DomainError as error:
            if error.status != 422:
                raise
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Quedó en la lista."))
            return _to(handover_id)
    return _page(request, handover_id, 422, line_form=form)


@require_POST
@again(sound=SignForm)
def sign(request: MemberRequest, handover_id: int) -> HttpResponse:
    get_object_or_404(Handover, pk=handover_id)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            acts.sign(
                handover_id=handover_id,
                seen=form.cleaned_data["seen"],
                remark=form.cleaned_data["remark"],
                by=request.actor,
                at=timezone.now(),
                witness="witness" in request.POST,
            )
        except DomainError as error:
            if error.status != 422:
                raise
            # What stands there now is what the next signature is for.
            shown = State(read().get(pk=handover_id), timezone.now())
            form = SignForm({"seen": shown.sha256, "remark": form.cleaned_data["remark"]})
            form.is_valid()
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Firmaste el traspaso."))
            return _to(handover_id)
    return _page(request, handover_id, 422, sign_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: MemberRequest, code: str) -> HttpResponse:
    """What is handed over with a seat: all read it, who sits there and who keeps the terms change it."""
    now = timezone.now()
    seat = get_object_or_404(Seat, code=code)
    kept = lists.kept(seat)
    lines = kept.items if kept else [{"kind": one.kind, "text": one.text} for one in lists.proposed(seat)]
    held = [one | {"text": lists.told(one["text"])} for one in lines]
    may_keep = lists.may_keep(seat, request.actor, now)
    formset = ListFormSet(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST":
        if not may_keep:
            raise NotAllowed(str(Power.KEEP_TERMS.label))
        refused = ""
        if formset.is_valid():
            try:
                lists.keep_list(seat=seat, lines=lines_of(formset), by=request.actor, at=now)
            except DomainError as error:
                refused = str(error)
            else:
                messages.success(request, _("Vale para los traspasos que empiecen desde ahora."))
                return redirect("council:handover_list", code)
        context = _list_context(seat, kept, held, formset) | {"refused": refused}
        return render(request, "council/handover_list.html", context, status=422)
    context = _list_context(seat, kept, held, formset if may_keep else None)
    return render(request, "council/handover_list.html", context)


def _list_context(seat: Seat, kept: Any, held: Any, formset: Any) -> dict[str, Any]:
    labelled = [{"kind": ItemKind(one["kind"]).label, "text": one["text"]} for one in held]
    return {"room": "council", "seat": seat, "kept": kept, "held": labelled, "formset": formset}


def _to(handover_id: int, place: str = "") -> HttpResponse:
    answer = redirect("council:handover", handover_id)
    if place:
        answer["Location"] += f"#{place}"
    return answer
