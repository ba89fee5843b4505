"""A month's hours in the browser: upload, look, confirm; then answer what is odd."""

import uuid

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.views.shared import missing_is_404
from coop.common.errors import DomainError, NotAllowed
from coop.members.middleware import MemberRequest
from coop.powers import Power, powers_of, require
from payroll.domain import hours as domain
from payroll.domain.month import Month
from payroll.domain.questions import Asked
from payroll.enums import RunState
from payroll.errors_pay import month_name
from payroll.forms_pay import AnswerForm, HoursFileForm
from payroll.models import HoursSheet, HoursUpload, PayRun
from payroll.periods import Period

PAGE = "payroll/pay/import_hours.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_hours(request: MemberRequest) -> HttpResponse:
    """The form; and, once a file is sent, what it would do. Nothing is taken in here."""
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    context: dict[str, object] = {"room": "accounts"}
    if request.method != "POST":
        last_month = str(Period.of(timezone.localdate(now)).before)
        return render(request, PAGE, context | {"form": HoursFileForm(initial={"period": last_month})})
    form = HoursFileForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    file, period = form.cleaned_data["file"], form.cleaned_data["period"]
    content = file.read()
    try:
        seen = domain.preview(content=content, period=period, at=now)
    except DomainError as error:
        form.add_error("file", str(error))
        return render(request, PAGE, context, status=error.status)
    context |= {"form": HoursFileForm(initial={"period": str(period)}), "seen": seen, "file_name": file.name}
    if seen.problems:
        return render(request, PAGE, context, status=422)
    if seen.same_as is None:
        context["upload"] = domain.keep_upload(
            content=content, name=file.name, period=period, by=request.actor, at=now
        )
    return render(request, PAGE, context)


@require_POST
def confirm_hours(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    try:
        sheet = domain.confirm_upload(key=key, by=request.actor, at=now)
    except HoursUpload.DoesNotExist:
        messages.info(request, _("Esa planilla ya se cargó, o pasó un día desde que la subiste."))
        return redirect("payroll:import_hours")
    messages.success(request, _("Horas de %(period)s cargadas.") % {"period": month_name(sheet.period)})
    return redirect("payroll:hours", sheet.pk)


@never_cache
@require_safe
@missing_is_404
def hours(request: MemberRequest, sheet_id: int) -> HttpResponse:
    """The month's hours with their questions. Officers only: the advances are in it."""
    powers = powers_of(request.actor, timezone.now())
    if powers.isdisjoint({Power.APPROVE_PAY, Power.KEEP_ACCOUNTS}):
        raise NotAllowed(str(Power.KEEP_ACCOUNTS.label))
    month = _month(sheet_id)
    changing = request.GET.get("cambiar", "")
    forms = [
        AnswerForm(asked=one, initial=AnswerForm.typed(one.given))
        for one in month.questions
        if one.given is None or _key(one) == changing
    ]
    return _page(request, month, forms, keeps=Power.KEEP_ACCOUNTS in powers)


@never_cache
@require_POST
@missing_is_404
def answer(request: MemberRequest, sheet_id: int) -> HttpResponse:
    """Every answer that was chosen is kept, or none when one of them is not whole."""
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    month = _month(sheet_id)
    forms = [
        AnswerForm(request.POST, asked=one)
        for one in month.questions
        if f"{_key(one)}-reason" in request.POST or f"{_key(one)}-answer" in request.POST
    ]
    wrong = [form for form in forms if not form.is_valid()]
    if wrong:
        return _page(request, month, forms, keeps=True, status=422)
    given = [one for form in forms if (one := form.given()) is not None]
    domain.answer(sheet_id=sheet_id, given=given, by=request.actor, at=now)
    if given:
        said = ngettext("%(n)d respuesta guardada.", "%(n)d respuestas guardadas.", len(given))
        messages.success(request, said % {"n": len(given)})
    else:
        messages.info(request, _("No elegiste ninguna respuesta: no se guardó nada."))
    return redirect("payroll:hours", sheet_id)


def _key(asked: Asked) -> str:
    return f"{asked.question.value}-{asked.person.number}"


def _month(sheet_id: int) -> Month:
    """The sheet with what came after it: `newest_id` of the month's last, `live_id` of its run."""
    newest = HoursSheet.objects.filter(period=OuterRef("period"), version__gt=OuterRef("version"))
    live = PayRun.objects.filter(period=OuterRef("period")).exclude(state=RunState.WITHDRAWN)
    sheets = HoursSheet.objects.select_related("by").annotate(
        newest_id=Subquery(newest.values("pk")[:1]), live_id=Subquery(live.values("pk")[:1])
    )
    return Month(sheets.get(pk=sheet_id))


def _page(
    request: MemberRequest, month: Month, forms: list[AnswerForm], *, keeps: bool, status: int = 200
) -> HttpResponse:
    context = {
        "room": "accounts",
        "sheet": month.sheet,
        "month": month,
        "forms": forms,
        "wrong": status != 200,
        "answered": [(one, _key(one)) for one in month.questions if one.given is not None],
        "totals": {
            "people": len(month.lines),
            "hours": sum(line.hours for line in month.lines),
            "advances": sum(line.taken for line in month.lines),
        },
        "keeps": keeps,
    }
    return render(request, "payroll/pay/hours.html", context, status=status)
