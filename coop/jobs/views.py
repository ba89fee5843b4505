"""The shop floor's tasks: mine, everybody's, one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.common.errors import DomainError
from coop.jobs.coordinating import coordinates
from coop.jobs.domain.away import tell_away
from coop.jobs.domain.board import Proposal
from coop.jobs.domain.tasks import begin_task
from coop.jobs.downloads import spreadsheet
from coop.jobs.enums import DOES
from coop.jobs.forms import ArrangeForm, AwayForm, ChangeForm, LevelForm, TaskForm
from coop.jobs.models import Task, Turn
from coop.jobs.reading import TaskPage, all_turns, by_section, own_away, own_turns, task_page
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require


@never_cache
@require_safe
def work(request: MemberRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    context = {
        "room": "today",
        "turns": own_turns(request.member.pk, today),
        "today_": today,
        "away": own_away(request.member.pk, today),
        "away_form": AwayForm(),
        "sections": by_section(request.member, today),
        "may_begin": may(request.actor, Power.COORDINATE_WORK, now),
    }
    return render(request, "jobs/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.COORDINATE_WORK, now)
    form = TaskForm(request.POST or None, by=request.actor, at=now)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            begun = begin_task(
                section_id=data["section"],
                name=data["name"],
                people=data["people"],
                every=data["every"],
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Listo. Ahora, que cada uno anote si la sabe hacer."))
            return redirect("jobs:task", begun.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "jobs/new_task.html", {"room": "today", "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: MemberRequest) -> HttpResponse:
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tell_away(**form.cleaned_data, by=request.actor, at=timezone.now())
        except DomainError as error:
            form.add_error("last_day", str(error))
        else:
            messages.success(request, _("Anotado: esos días no te toca ningún turno."))
            return redirect("jobs:work")
    status = 422 if request.method == "POST" else 200
    return render(request, "jobs/away.html", {"room": "today", "form": form}, status=status)


@never_cache
@require_safe
def task(request: MemberRequest, task_id: int) -> HttpResponse:
    found = get_object_or_404(Task.objects.select_related("section"), pk=task_id)
    return render(request, "jobs/task.html", task_context(request, found))


def task_context(request: MemberRequest, found: Task) -> dict[str, Any]:
    now, today = timezone.now(), timezone.localdate()
    page = task_page(found, request.member.pk, today)
    own = next((one for one in page.people if one.skill.member_id == request.member.pk), None)
    coordinator = coordinates(request.actor, found.section, now)
    teachers = [
        (one.skill.member_id, one.skill.member.name)
        for one in page.people
        if one.teaches and one.skill.member_id != request.member.pk
    ]
    initial = {"level": own.skill.level, "teacher": own.skill.teacher_id} if own else {}
    return {
        "room": "today",
        "page": page,
        "task": found,
        "today_": today,
        "coordinator": coordinator,
        "may_confirm": coordinator or bool(own and own.teaches),
        "waiting": [one for one in page.people if not one.confirmed and one.skill.level in DOES],
        "own": own,
        "own_turns": [turn for turn in page.standing if turn.member_id == request.member.pk],
        "others": [turn for turn in page.standing if turn.member_id != request.member.pk],
        "here": not found.section or request.member.section == found.section.name,
        "level_form": LevelForm(initial=initial, teachers=teachers),
        "change_form": ChangeForm(initial={"people": found.people, "every": found.every}),
        "arranging": [(one, arrange_form(one), _given(page, one)) for one in page.periods],
    }


def _given(page: TaskPage, one: Proposal) -> list[tuple[Turn, str]]:
    """Who has a turn of the period, and why it must be covered: "" if it need not."""
    return [(turn, page.to_cover.get(turn.pk, "")) for turn in one.given]


def arrange_form(one: Proposal, data: Any = None) -> ArrangeForm:
    """Ids of its own, since a page shows two."""
    able = [(each.number, each.name) for each in (*one.order.first, *one.order.after)]
    day = one.first_day.isoformat()
    return ArrangeForm(data, able=able, initial={"day": day}, auto_id=f"id_{day}_%s")


@require_safe
def work_csv(request: MemberRequest) -> HttpResponse:
    response = HttpResponse(spreadsheet(all_turns()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="turnos.csv"'
    return response
