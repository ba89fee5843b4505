"""Applications: taken in by the register's keeper, answered with the council's resolution."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.members import admission
from coop.members.admission import Applicant
from coop.members.asking import cited, done, page, region, sent, today
from coop.members.errors_joining import AnsweredAlready
from coop.members.forms_register import AdmitForm, ApplicationForm, DayForm, RejectForm
from coop.members.middleware import MemberRequest
from coop.members.models import Application, Member
from coop.members.sections import open_sections
from coop.powers import Power, require
from coop.statute.domain import rules_at

SHOWN = 100
FIELDS = tuple(Applicant.__dataclass_fields__)


@never_cache
@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """Those that wait first, then those answered. They hold private data: for the keeper alone."""
    require(request.actor, Power.KEEP_REGISTER, timezone.now())
    answered = Application.objects.filter(answer__isnull=False).select_related(
        "answer__member", "answer__resolution"
    )
    context = {
        "room": "books",
        "waiting": list(Application.objects.waiting()),
        "answered": list(answered[:SHOWN]),
    }
    return render(request, "members/applications.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    form = ApplicationForm(sent(request), initial={"applied_on": today()}, region=region(request))
    if request.method == "POST" and done(
        form,
        lambda: admission.apply(
            applicant=Applicant(**{field: form.cleaned_data[field] for field in FIELDS}),
            applied_on=form.cleaned_data["applied_on"],
            by=request.actor,
            at=now,
        ),
    ):
        messages.success(request, _("La solicitud quedó recibida. Falta lo que diga el consejo."))
        return redirect("members:applications")
    least = rules_at(now).membership.minimum_age
    return page(request, "members/apply.html", form, sections=open_sections(), least=least)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: MemberRequest, application_id: int) -> HttpResponse:
    """The application, and its three answers: admitted, rejected, withdrawn."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    shown = get_object_or_404(
        Application.objects.select_related("answer__member", "answer__resolution"), pk=application_id
    )
    offered: dict[str, forms.Form] = {
        "admitir": AdmitForm(initial={"day": today()}, prefix="admitir"),
        "rechazar": RejectForm(initial={"day": today()}, prefix="rechazar"),
        "retirar": DayForm(initial={"day": today()}, prefix="retirar"),
    }
    context = {"room": "books", "shown": shown, "forms": offered, "cited": cited(), "answer": ""}
    if request.method != "POST":
        return render(request, "members/application.html", context)
    if hasattr(shown, "answer"):
        raise AnsweredAlready
    answer = request.POST.get("respuesta", "")
    if answer not in offered:
        raise Http404
    form = type(offered[answer])(request.POST, prefix=answer)
    if done(form, lambda: _answer(request, shown, answer, form)):
        joined = Member.objects.filter(joined_by__application=shown).first()
        if joined is None:
            return redirect("members:applications")
        messages.success(
            request, _("%(name)s ya es asociado/a: N.º %(n)d.") % {"name": joined.name, "n": joined.number}
        )
        return redirect("members:member", joined.number)
    offered[answer] = form
    return render(request, "members/application.html", context | {"answer": answer}, status=422)


def _answer(request: MemberRequest, shown: Application, answer: str, form: forms.Form) -> None:
    verbs = {"admitir": admission.admit, "rechazar": admission.reject, "retirar": admission.withdraw}
    verb = verbs[answer]
    verb(application_id=shown.pk, by=request.actor, at=timezone.now(), **form.cleaned_data)  # type: ignore[operator]
