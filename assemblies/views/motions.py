from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assemblies.domain import motions
from assemblies.errors import AssemblyNotOpen
from assemblies.forms import MotionForm, RecordedMotionForm
from assemblies.models import Assembly, Motion
from assemblies.views.shared import back_to, missing_is_404
from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.RECORD_MOTIONS)
@missing_is_404
def move(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """A member's own motion; the secretary's desk also says who moved and who seconded."""
    assembly = Assembly.objects.select_related("current_item").get(pk=assembly_id)
    if not assembly.is_open or assembly.current_item is None:
        raise AssemblyNotOpen
    records = may(request.actor, Power.RECORD_MOTIONS, timezone.now())
    form = _form(request, assembly, records=records)
    if form.is_valid() and _moved(request, assembly, form):
        seconded = form.cleaned_data.get("seconder") is not None
        messages.success(request, _("La moción quedó presentada.") + " " + _what_follows(seconded=seconded))
        return redirect("assemblies:detail", assembly.pk)
    context = {"room": "assemblies", "assembly": assembly, "form": form, "records": records}
    return render(request, "assemblies/move.html", context, status=422 if form.is_bound else 200)


@require_POST
@missing_is_404
def second(request: MemberRequest, motion_id: int) -> HttpResponse:
    motion = motions.second(motion_id=motion_id, seconder=request.member, by=request.actor, at=timezone.now())
    return back_to(request, motion.item.assembly_id)


@require_POST
@missing_is_404
def withdraw(request: MemberRequest, motion_id: int) -> HttpResponse:
    motion: Motion = motions.withdraw(motion_id=motion_id, by=request.actor, at=timezone.now())
    return back_to(request, motion.item.assembly_id)


def _what_follows(*, seconded: bool) -> str:
    if seconded:
        return _("Ya tiene apoyo: se puede votar.")
    return _("Falta que la apoye otra persona presente.")


def _form(request: MemberRequest, assembly: Assembly, *, records: bool) -> MotionForm:
    data = request.POST if request.method == "POST" else None
    if not records:
        return MotionForm(data)
    present = Member.objects.filter(
        pk__in=assembly.attendance.filter(left_at__isnull=True).values("member_id")
    )
    return RecordedMotionForm(data, present=present)


def _moved(request: MemberRequest, assembly: Assembly, form: MotionForm) -> bool:
    data = form.cleaned_data
    try:
        motions.record(
            item_id=assembly.current_item_id or 0,
            title=data["title"],
            text=data["text"],
            mover=data.get("mover") or request.member,
            seconder=data.get("seconder"),
            by=request.actor,
            at=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True
