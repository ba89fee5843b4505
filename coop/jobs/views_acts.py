"""Acts on tasks and turns. What goes wrong is said on the page itself, and what was typed stays."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.common.errors import DomainError
from coop.jobs.domain import skills, swaps, tasks, turns
from coop.jobs.domain.away import call_off_away
from coop.jobs.forms import ChangeForm, LevelForm
from coop.jobs.models import Away, Skill, Swap, Task, Turn
from coop.jobs.views import arrange_form, task_context
from coop.members.middleware import MemberRequest


def _task(task_id: int) -> Task:
    return get_object_or_404(Task.objects.select_related("section"), pk=task_id)


def _again(request: MemberRequest, task: Task, error: str, **more: Any) -> HttpResponse:
    context = task_context(request, task) | {"error": error, **more}
    return render(request, "jobs/task.html", context, status=422)


@require_POST
def declare(request: MemberRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    context = task_context(request, task)
    form = LevelForm(request.POST, teachers=context["level_form"].fields["teacher"].choices[1:])
    if not form.is_valid():
        return _again(request, task, _("Elegí una de las opciones."), level_form=form)
    data = form.cleaned_data
    try:
        skills.declare(
            task_id=task.pk,
            level=data["level"],
            teacher_id=data["teacher"],
            by=request.actor,
            at=timezone.now(),
        )
    except DomainError as error:
        if error.status == 403:
            raise
        return _again(request, task, str(error), level_form=form)
    messages.success(request, _("Anotado."))
    return redirect("jobs:task", task.pk)


@require_POST
def arrange(request: MemberRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    blank = task_context(request, task)["arranging"]
    day = request.POST.get("day", "")
    one = next((each for each, _form, _turns in blank if each.first_day.isoformat() == day), None)
    form = arrange_form(one or blank[0][0], request.POST)
    if one is None or not form.is_valid():
        return _again(request, task, _("Revisá lo que elegiste: algo cambió mientras lo mirabas."))
    data = form.cleaned_data
    try:
        turns.arrange(
            task_id=task.pk,
            day=data["day"],
            numbers=data["numbers"],
            why=data["why"],
            by=request.actor,
            at=timezone.now(),
        )
    except DomainError as error:
        if error.status == 403:
            raise
        kept = [(each, form if each.first_day == data["day"] else old, given) for each, old, given in blank]
        return _again(request, task, str(error), arranging=kept)
    messages.success(request, _("Turno dado."))
    return redirect("jobs:task", task.pk)


@require_POST
def change(request: MemberRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _again(request, task, _("Revisá cuántas personas y cada cuánto rota."), change_form=form)
    return _done(
        request, task.pk, lambda: tasks.change_task(task_id=task.pk, **form.cleaned_data, **_by(request))
    )


@require_POST
def close(request: MemberRequest, task_id: int) -> HttpResponse:
    task = _task(task_id)
    return _done(request, task.pk, lambda: tasks.close_task(task_id=task.pk, **_by(request)))


@require_POST
def confirm(request: MemberRequest, skill_id: int) -> HttpResponse:
    skill = get_object_or_404(Skill, pk=skill_id)
    return _done(request, skill.task_id, lambda: skills.confirm(skill_id=skill.pk, **_by(request)))


@require_POST
def call_off(request: MemberRequest, turn_id: int) -> HttpResponse:
    turn = get_object_or_404(Turn, pk=turn_id)
    return _done(request, turn.task_id, lambda: turns.call_off(turn_id=turn.pk, **_by(request)))


@require_POST
def offer_swap(request: MemberRequest, turn_id: int) -> HttpResponse:
    turn = get_object_or_404(Turn, pk=turn_id)
    other = request.POST.get("other", "")
    wanted = get_object_or_404(Turn, pk=int(other) if other.isascii() and other.isdigit() else 0)
    return _done(
        request,
        turn.task_id,
        lambda: swaps.offer_swap(turn_id=turn.pk, other_id=wanted.pk, **_by(request)),
        _("Se lo ofreciste. El cambio vale cuando la otra persona acepta."),
    )


@require_POST
def answer_swap(request: MemberRequest, swap_id: int) -> HttpResponse:
    swap = get_object_or_404(Swap.objects.select_related("wanted", "offered"), pk=swap_id)
    day = date_format(swap.offered.first_day, "SHORT_DATE_FORMAT")
    agree = request.POST.get("answer") == "yes"
    return _done(
        request,
        swap.wanted.task_id,
        lambda: swaps.answer_swap(swap_id=swap.pk, agree=agree, **_by(request)),
        _("Cambio hecho: ahora tu turno empieza el %(day)s.") % {"day": day}
        if agree
        else _("Le dijiste que no."),
    )


@require_POST
def away_off(request: MemberRequest, away_id: int) -> HttpResponse:
    away = get_object_or_404(Away, pk=away_id)
    call_off_away(away_id=away.pk, **_by(request))
    messages.success(request, _("Listo: contamos con vos esos días."))
    return redirect("jobs:work")


def _by(request: MemberRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _done(
    request: MemberRequest, task_id: int, act: Callable[[], object], says: str | None = None
) -> HttpResponse:
    """Does it and goes back to the task; what may not be is said there, with the task as it now is."""
    try:
        act()
    except DomainError as error:
        if error.status == 403:
            raise
        return _again(request, _task(task_id), str(error))
    messages.success(request, says or _("Listo."))
    return redirect("jobs:task", task_id)
