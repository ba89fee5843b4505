"""A sealed proposal of another room, taken to the open assembly."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.domain import putting
from assemblies.errors import AssemblyNotOpen, NotPresent
from assemblies.forms_put import PutForm
from assemblies.models import Assembly
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may
from coop.statute import proposals


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """Moved under an item of the open assembly, by the reader or, at the desk, for whoever says it aloud."""
    now = timezone.now()
    found = _found(kind, number)
    assembly = putting.open_now()
    if assembly is None:
        raise AssemblyNotOpen
    records = may(request.actor, Power.RECORD_MOTIONS, now)
    if not records and not putting.is_present(assembly, request.member.pk):
        raise NotPresent(request.member.name)
    form = _form(request, assembly, records=records)
    if form.is_valid() and _took(request, kind, number, form, now):
        messages.success(request, _("La propuesta quedó como moción en la asamblea."))
        return redirect("assemblies:detail", assembly.pk)
    _matter, _proposal, title, text = found
    context = {
        "room": "assemblies",
        "assembly": assembly,
        "form": form,
        "title": title,
        "text": text,
        "back": proposals.page_of(kind, number),
    }
    return render(request, "assemblies/put.html", context, status=422 if form.is_bound else 200)


def _found(kind: str, number: int) -> tuple[str, proposals.Proposal, str, str]:
    try:
        found = proposals.to_put(kind, number)
    except ObjectDoesNotExist:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _form(request: MemberRequest, assembly: Assembly, *, records: bool) -> PutForm:
    here = assembly.attendance.filter(left_at__isnull=True).values("member_id")
    present = Member.objects.filter(pk__in=here) if records else None
    data = request.POST if request.method == "POST" else None
    initial = {"item": assembly.current_item_id}
    return PutForm(data, items=assembly.items.all(), present=present, initial=initial)


def _took(request: MemberRequest, kind: str, number: int, form: PutForm, now: datetime) -> bool:
    data = form.cleaned_data
    try:
        putting.put(
            kind=kind,
            number=number,
            item_id=data["item"].pk,
            mover=data.get("mover") or request.member,
            seconder=data.get("seconder"),
            by=request.actor,
            at=now,
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True
