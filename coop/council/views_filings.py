"""Filings of the council: what is due, what happened with each, how many days there are."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.common.errors import DomainError
from coop.council.enums_handover import FilingKind, StepKind
from coop.council.filings import acts
from coop.council.filings.opening import days_of
from coop.council.filings.state import FilingState, read, settled, standing
from coop.council.forms_handover import DaysForm, FilingForm, StepForm
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require

CLOSED_SHOWN = 30


@require_safe
def filings(request: MemberRequest) -> HttpResponse:
    return _all(request)


def _all(request: MemberRequest, status: int = 200, **forms: Any) -> HttpResponse:
    """Open ones on top, the latest overdue first; those that are closed; how many days there are for each."""
    now = timezone.now()
    today = timezone.localdate(now)
    keeps = may(request.actor, Power.KEEP_FILINGS, now)
    context = {
        "room": "council",
        "open": [FilingState(one, today) for one in standing()],
        "over": [FilingState(one, today) for one in settled()[:CLOSED_SHOWN]],
        "days": [(FilingKind(kind).label, one) for kind, one in days_of().items()],
        "filing_form": FilingForm() if keeps else None,
        "days_form": DaysForm() if keeps else None,
        **forms,
    }
    return render(request, "council/handover_filings.html", context, status=status)


@require_POST
def add(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_FILINGS, now)
    form = FilingForm(request.POST)
    if form.is_valid():
        try:
            made = acts.add_filing(
                title=form.cleaned_data["title"],
                due_on=form.cleaned_data["due_on"],
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, _("Quedó anotado: lo ve cada asociado/a."))
            return redirect("council:filing", made.pk)
    return _all(request, 422, filing_form=form)


@require_POST
def days(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_FILINGS, now)
    form = DaysForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.keep_days(
                kind=FilingKind(data["kind"]),
                days=data["days"],
                source=data["source"],
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            form.add_error("source", str(error))
        else:
            messages.success(request, _("Vale para los cambios del consejo desde ahora."))
            return redirect("council:filings")
    return _all(request, 422, days_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: MemberRequest, filing_id: int) -> HttpResponse:
    """One filing and what happened with it; who keeps them, or has it in charge, adds to it here."""
    now = timezone.now()
    today = timezone.localdate(now)
    state = FilingState(get_object_or_404(read(), pk=filing_id), today)
    keeps = acts.may_write(state, StepKind.TAKEN, request.actor, now)
    writes = keeps or acts.may_write(state, StepKind.NOTE, request.actor, now)
    form = None
    if request.method == "POST":
        # Whoever may write nothing is told so by the verb.
        form = StepForm(request.POST, day=today, keeps=keeps)
        if not writes or form.is_valid():
            step = form.step if writes else acts.Step(StepKind.NOTE)
            try:
                acts.write_step(filing_id=filing_id, step=step, by=request.actor, at=now)
            except DomainError as error:
                if not writes or state.closing:
                    raise
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Quedó anotado."))
                return redirect("council:filing", filing_id)
    elif writes and not state.closing:
        form = StepForm(day=today, keeps=keeps, initial={"day": today})
    context = {"room": "council", "state": state, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "council/handover_filing.html", context, status=status)
