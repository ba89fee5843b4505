"""Sanction files: read by the person, the council and the audit; kept by the register's keeper."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.common.errors import NotAllowed
from coop.members import looks, sanction_steps, sanctioning
from coop.members.asking import cited, done, page, sent, today
from coop.members.enums import Measure, Outcome, Sight, StepKind
from coop.members.forms_sanctions import (
    AppealDecidedForm,
    DecideForm,
    NotifyForm,
    OpenFileForm,
    WrittenForm,
)
from coop.members.middleware import MemberRequest
from coop.members.models import Member, SanctionFile, SanctionStep
from coop.powers import Power, may
from coop.statute.domain import rules_at

# How long we suggest for a defence; the statute gives no figure, the form can be changed.
DEFENCE_DAYS = timedelta(days=10)
SHOWN = 200
WORDS = {
    "notificacion": StepKind.NOTIFIED,
    "descargo": StepKind.DEFENCE,
    "sin-descargo": StepKind.NO_DEFENCE,
    "decision": StepKind.DECIDED,
    "apelacion": StepKind.APPEALED,
    "asamblea": StepKind.APPEAL_DECIDED,
}
BY_THE_PERSON = frozenset({StepKind.DEFENCE, StepKind.APPEALED})


@never_cache
@require_safe
def files(request: MemberRequest) -> HttpResponse:
    """All of them for council and audit; one's own for everybody."""
    found = SanctionFile.objects.select_related("member").prefetch_related("steps")
    if not may(request.actor, Power.WITNESS, timezone.now()):
        found = found.filter(member=request.member)
    shown = [(file, list(file.steps.all())) for file in found[:SHOWN]]
    return render(request, "members/sanctions.html", {"room": "books", "files": shown})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_file(request: MemberRequest, number: int) -> HttpResponse:
    now, member = timezone.now(), get_object_or_404(Member, number=number)
    if not sanction_steps.may_keep(member.pk, request.actor, now):
        raise NotAllowed
    form = OpenFileForm(sent(request), initial={"opened_on": today()})
    made: list[SanctionFile] = []

    def verb() -> None:
        made.append(sanctioning.open_file(member_id=member.pk, by=request.actor, at=now, **form.cleaned_data))

    if request.method == "POST" and done(form, verb):
        return redirect("members:sanction", made[0].number)
    return page(request, "members/sanction_open.html", form, shown=member)


@never_cache
@require_safe
def file(request: MemberRequest, number: int) -> HttpResponse:
    """The file with its steps, and what may come next."""
    shown = _readable(request, number)
    steps = list(shown.steps.select_related("resolution", "by"))
    keeps = sanction_steps.may_keep(shown.member_id, request.actor, timezone.now())
    own = shown.member_id == request.member.pk
    decided = next((step for step in steps if step.kind == StepKind.DECIDED), None)
    context = {
        "room": "books",
        "file": shown,
        "steps": steps,
        "next": _next(shown, steps, keeps=keeps, own=own),
        "own": own,
        "decided": decided,
        "appealable": _runs(decided, steps),
        "effects": shown.effects.select_related("annulment").order_by("position"),
        "rules": rules_at(timezone.now()).membership,
    }
    return render(request, "members/sanction.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: MemberRequest, number: int, word: str) -> HttpResponse:
    """One step's form; the person writes their own defence and appeal here."""
    shown, kind = _readable(request, number), WORDS.get(word)
    if kind is None:
        raise Http404
    own = shown.member_id == request.member.pk
    if not (own and kind in BY_THE_PERSON) and not sanction_steps.may_keep(
        shown.member_id, request.actor, timezone.now()
    ):
        raise NotAllowed
    form = _form(kind, sent(request), own)
    if request.method == "POST" and done(form, lambda: _take(request, shown, kind, form)):
        messages.success(request, _("Quedó en el sumario."))
        return redirect("members:sanction", number)
    return page(
        request,
        "members/sanction_step.html",
        form,
        file=shown,
        kind=kind,
        own=own,
        cited=cited(appeals=kind == StepKind.APPEAL_DECIDED),
        rules=rules_at(timezone.now()).membership,
    )


def _readable(request: MemberRequest, number: int) -> SanctionFile:
    """404 for who may not read it: whether there is one is nobody's business. A look is noted first."""
    shown = get_object_or_404(SanctionFile.objects.select_related("member"), number=number)
    if not sanction_steps.may_read(shown, request.actor, timezone.now()):
        raise Http404
    looks.note(who=request.member.pk, whose=shown.member_id, what=Sight.SANCTION, at=timezone.now())
    return shown


def _form(kind: StepKind, data: Any, own: bool) -> forms.Form:
    day = today()
    made: dict[StepKind, Callable[[], forms.Form]] = {
        StepKind.NOTIFIED: lambda: NotifyForm(data, initial={"day": day, "due": day + DEFENCE_DAYS}),
        StepKind.DEFENCE: lambda: WrittenForm(data, own=own, initial={"day": day}),
        StepKind.NO_DEFENCE: lambda: forms.Form(data),
        StepKind.DECIDED: lambda: DecideForm(data, initial={"day": day, "starts_on": day}),
        StepKind.APPEALED: lambda: WrittenForm(data, own=own, initial={"day": day}),
        StepKind.APPEAL_DECIDED: lambda: AppealDecidedForm(data, initial={"day": day}),
    }
    return made[kind]()


def _take(request: MemberRequest, shown: SanctionFile, kind: StepKind, form: forms.Form) -> None:
    values: dict[str, Any] = dict(form.cleaned_data)
    if kind == StepKind.DECIDED:
        values["measure"] = Measure(values["measure"])
    if kind == StepKind.APPEAL_DECIDED:
        values["outcome"] = Outcome(values["outcome"])
    verbs: dict[StepKind, Callable[..., object]] = {
        StepKind.NOTIFIED: sanctioning.notify,
        StepKind.DEFENCE: sanctioning.defend,
        StepKind.NO_DEFENCE: sanctioning.give_up_waiting,
        StepKind.DECIDED: sanctioning.decide,
        StepKind.APPEALED: sanctioning.appeal,
        StepKind.APPEAL_DECIDED: sanctioning.decide_appeal,
    }
    verbs[kind](file_id=shown.pk, by=request.actor, at=timezone.now(), **values)


def _next(
    shown: SanctionFile, steps: list[SanctionStep], *, keeps: bool, own: bool
) -> list[tuple[str, StepKind]]:
    """Address and step, of those that may follow and that the reader may take."""
    before = frozenset(one.kind for one in steps)
    notified = next((one for one in steps if one.kind == StepKind.NOTIFIED), None)
    found = []
    for word, kind in WORDS.items():
        if not sanction_steps.follows(kind, before) or not (keeps or (own and kind in BY_THE_PERSON)):
            continue
        if kind == StepKind.NO_DEFENCE and notified and notified.due and today() <= notified.due:
            continue
        if kind == StepKind.APPEALED and not _runs(_decided(steps), steps):
            continue
        found.append((word, kind))
    return found


def _decided(steps: list[SanctionStep]) -> SanctionStep | None:
    return next((one for one in steps if one.kind == StepKind.DECIDED), None)


def _runs(decided: SanctionStep | None, steps: list[SanctionStep]) -> date | None:
    """Until when it can still be appealed; None when it cannot."""
    if decided is None or decided.due is None or any(one.kind == StepKind.APPEALED for one in steps):
        return None
    return decided.due if today() <= decided.due else None
