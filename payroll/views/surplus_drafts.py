"""The treasurer's desk: figures in, what they give, presented or discarded. Nobody else sees a draft."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.access.confirm import again
from coop.common.errors import DomainError
from coop.common.time import local_day
from coop.members.middleware import MemberRequest
from coop.powers import Power, require
from coop.statute.domain import cooperative
from payroll import surplus_told
from payroll.domain import surplus
from payroll.domain.surplus_people import months_of, people_of_runs, read_people
from payroll.forms_surplus import (
    FILE,
    FIRST_YEAR,
    KEPT,
    RUNS,
    FiguresForm,
    WholeFileForm,
    initial_of,
    last_year,
)
from payroll.models import SurplusDraft
from payroll.surplus_told import Reader
from payroll.waterfall import BadInput, Worker, Year, percent, read_data, read_text

PAGE = "payroll/surplus/new.html"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the list of errors: where it is, what is wrong, what stands there."""

    place: str
    message: str
    value: str = ""


@dataclass(slots=True)
class Desk:
    """What the page shows: two ways in, and what is wrong with the file that came in by one of them."""

    whole: WholeFileForm
    figures: FiguresForm
    draft: SurplusDraft | None
    wrong: list[Wrong] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def surplus_new(request: MemberRequest) -> HttpResponse:
    """A whole file, or figures with people; `?borrador=<key>` goes on with an own draft."""
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    desk = _desk(request, now)
    made = _taken_in(request, desk, now) if request.method == "POST" else None
    if made is not None:
        return redirect("payroll:surplus_draft", made.key)
    context = {"room": "accounts", "desk": desk}
    return render(request, PAGE, context, status=422 if request.method == "POST" else 200)


@never_cache
@require_safe
def surplus_draft(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    draft = surplus.own_draft(key, request.actor)
    year = read_data(draft.data)
    facts = surplus.frozen(year, draft.title)
    advances = {str(member.number): member.advances for member in year.members}
    told = surplus_told.tell_facts(facts, advances, Reader(request.member.number, sees_advances=True))
    return render(request, "payroll/surplus/draft.html", {"room": "accounts", "draft": draft, "told": told})


@require_POST
@again(Power.KEEP_ACCOUNTS)
def surplus_present(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    made = surplus.present(key=key, by=request.actor, at=timezone.now())
    messages.success(request, _("La propuesta quedó presentada. Ya la puede leer cada asociado/a."))
    return redirect("payroll:surplus_proposal", made.pk)


@require_POST
def surplus_discard(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    surplus.discard(key=key, by=request.actor, at=timezone.now())
    messages.success(request, _("El borrador se descartó."))
    return redirect("payroll:surplus")


def _desk(request: MemberRequest, now: datetime) -> Desk:
    held = request.GET.get("borrador", "")
    draft = surplus.own_draft(_key(held), request.actor) if held else None
    kept = read_data(draft.data) if draft else None
    year = _year_asked(request) or (kept.period if kept else last_year(local_day(now, cooperative().tz)))
    sent = request.method == "POST"
    whole = sent and request.POST.get("way") == "whole"
    figures = {
        "funds": (),
        "sources": [KEPT, RUNS, FILE] if kept else [RUNS, FILE],
        "most": "",
        "initial": {"year": year, "basis": "hours", "people": RUNS if months_of(year) else FILE},
    } | _by_statute(year)
    if kept and draft:
        figures["initial"] = initial_of(kept, draft.title)
    posted = (request.POST, request.FILES)
    return Desk(
        whole=WholeFileForm(*posted, prefix="todo") if whole else WholeFileForm(prefix="todo"),
        figures=FiguresForm(*posted, **figures) if sent and not whole else FiguresForm(**figures),
        draft=draft,
    )


def _by_statute(year: int) -> dict[str, Any]:
    """What the figures' form asks depends on the statute of the year; without one, drafting will say so."""
    try:
        statute = surplus.statute_of(year)
    except DomainError:
        return {}
    rules = statute.rules.surplus
    return {"funds": surplus.funds_of(statute), "most": percent(Fraction(rules.share_interest_rate))}


def _taken_in(request: MemberRequest, desk: Desk, now: datetime) -> SurplusDraft | None:
    """The draft, or None with what is wrong noted on the desk."""
    form: forms.Form = desk.whole if desk.whole.is_bound else desk.figures
    if not form.is_valid():
        return None
    try:
        year = _whole(desk) if form is desk.whole else _figures(request, desk)
        if year is None:
            return None
        return surplus.draft(
            year=year,
            title=form.cleaned_data["title"],
            by=request.actor,
            at=now,
            replaces=desk.draft.key if desk.draft else None,
        )
    except BadInput as bad:
        desk.wrong = [Wrong(problem.place, problem.message) for problem in bad.problems]
    except DomainError as error:
        form.add_error(None, str(error))
    return None


def _whole(desk: Desk) -> Year:
    return read_text(desk.whole.cleaned_data["file"].read())


def _figures(request: MemberRequest, desk: Desk) -> Year | None:
    form = desk.figures
    people = _people(request, desk)
    if people is None:
        return None
    year = form.year_of(people)
    return read_data(year.to_json())


def _people(request: MemberRequest, desk: Desk) -> tuple[Worker, ...] | None:
    form, data = desk.figures, desk.figures.cleaned_data
    if data["people"] == KEPT and desk.draft is not None:
        return read_data(desk.draft.data).members
    if data["people"] == FILE:
        found, problems = read_people(data["file"].read())
        desk.wrong = [
            Wrong(
                _("Fila %(row)d, %(column)s") % {"row": problem.row, "column": problem.column or "—"},
                problem.message,
                problem.value,
            )
            for problem in problems
        ]
        return None if problems else found
    months = months_of(data["year"])
    if not months:
        sentence = _("No hay liquidaciones aprobadas de %(year)d. Subí una planilla.")
        form.add_error("people", sentence % {"year": data["year"]})
        return None
    sentence = _("Horas y retribuciones salen de las liquidaciones aprobadas de %(year)d: son %(n)d.")
    messages.info(request, sentence % {"year": data["year"], "n": months})
    return people_of_runs(data["year"])


def _year_asked(request: MemberRequest) -> int | None:
    text = request.POST.get("year", "") or request.GET.get("ano", "")
    return int(text) if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= 2199 else None


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
