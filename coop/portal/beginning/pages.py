"""What the pages of the beginning share: who holds it, which step comes next, and an uploaded file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from coop.common.errors import DomainError
from coop.common.http import public
from coop.common.spreadsheet import Problem
from coop.members.middleware import MemberRequest
from coop.portal.beginning.forms import FileForm
from coop.portal.beginning.opening import held
from coop.portal.beginning.steps import Step, is_typed, zone_of
from coop.portal.models import Beginning

KEY = "beginning"
PAGES: dict[Step, tuple[str, str | Promise]] = {
    Step.HOUSE: ("portal:begin_house", _("La cooperativa")),
    Step.STATUTE: ("portal:begin_statute", _("El estatuto")),
    Step.PEOPLE: ("portal:begin_people", _("El registro")),
    Step.COUNCIL: ("portal:begin_council", _("El consejo")),
    Step.RESOLUTIONS: ("portal:begin_resolutions", _("Las resoluciones")),
}
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class StepLine:
    place: int
    label: str | Promise
    url: str
    typed: bool
    now: bool
    needed: bool


def of_beginning(view: View) -> View:
    """`view(request, beginning, …)` for the browser that holds it, until it ends; others go to the door."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        beginning = None if request.cooperative else held(key_of(request))
        if beginning is None:
            return redirect("portal:begin")
        timezone.activate(zone_of(beginning))
        return view(request, beginning, *args, **kwargs)

    return public(never_cache(guarded))


def key_of(request: HttpRequest) -> str:
    return str(request.session.get(KEY, ""))


def show(
    request: HttpRequest,
    beginning: Beginning,
    step: Step,
    template: str,
    /,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A step's page, with where it stands among the others."""
    before = list(Step)[step.place - 2] if step.place > 1 else None
    shared = {
        "beginning": beginning,
        "steps": step_lines(beginning, step),
        "step": step,
        "label": PAGES[step][1],
        "back": reverse(PAGES[before][0]) if before else reverse("portal:begin"),
        "next": after(step),
        "of": len(Step),
    }
    return render(request, template, shared | context, status=status)


def step_lines(beginning: Beginning, now: Step | None = None) -> list[StepLine]:
    return [
        StepLine(
            place=step.place,
            label=PAGES[step][1],
            url=reverse(PAGES[step][0]),
            typed=is_typed(beginning, step),
            now=step is now,
            needed=step.needed,
        )
        for step in Step
    ]


def after(step: Step) -> str:
    """The address of the next step, or of the last look."""
    following = list(Step)[step.place :]
    return reverse(PAGES[following[0]][0]) if following else reverse("portal:begin_review")


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that was sent with a file. `problems`: what is wrong in it, and then nothing was kept."""

    form: FileForm
    name: str = ""
    problems: tuple[Problem, ...] = ()
    kept: bool = False


def uploaded(request: HttpRequest, keep: Callable[[bytes], tuple[Problem, ...]]) -> Upload:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return Upload(form)
    file = form.cleaned_data["file"]
    try:
        problems = keep(file.read())
    except DomainError as error:
        form.add_error("file", str(error))
        return Upload(form, file.name)
    return Upload(form, file.name, problems, kept=not problems)
