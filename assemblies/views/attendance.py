from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assemblies.domain.attendance import check_in as sign_book
from assemblies.domain.attendance import tick as tick_member
from assemblies.domain.quorum import quorum_of
from assemblies.models import Assembly, Attendance
from assemblies.views.shared import back_to, chip, conditional, missing_is_404
from coop.access.confirm import desk
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, require


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the attendance book; `since` is the local time of arrival, empty for who is not there.

    Plain values: the page draws hundreds of them every few seconds.
    """

    number: int
    listed_name: str
    name: str
    since: str


@require_POST
@missing_is_404
def check_in(request: MemberRequest, assembly_id: int) -> HttpResponse:
    sign_book(assembly_id=assembly_id, member=request.member, at=timezone.now())
    return back_to(request, assembly_id)


@require_safe
def attendance(request: MemberRequest, assembly_id: int) -> HttpResponse:
    return render(request, "assemblies/attendance.html", _book(request, assembly_id))


@require_safe
def attendance_live(request: MemberRequest, assembly_id: int) -> HttpResponse:
    return conditional(
        request,
        assembly_id,
        lambda at: render(request, "assemblies/attendance.html#book", _book(request, assembly_id)),
    )


@require_POST
@desk(Power.KEEP_ATTENDANCE)
@missing_is_404
def tick(request: MemberRequest, assembly_id: int) -> HttpResponse:
    present = "here" in request.POST
    number = request.POST.get("here" if present else "gone", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    member = Member.objects.get(number=int(number))
    tick_member(assembly_id=assembly_id, member=member, present=present, by=request.actor, at=timezone.now())
    if not request.htmx:
        return redirect("assemblies:attendance", assembly_id)
    return render(request, "assemblies/attendance.html#book", _book(request, assembly_id))


def _book(request: MemberRequest, assembly_id: int) -> dict[str, object]:
    """The attendance book: everyone on the register today with their presence, found by number or name."""
    now = timezone.now()
    require(request.actor, Power.KEEP_ATTENDANCE, now)
    assembly = get_object_or_404(Assembly, pk=assembly_id)
    words = (request.POST.get("q") or request.GET.get("q") or "").strip()[:80]
    return {
        "room": "assemblies",
        "assembly": assembly,
        "people": _people(assembly, words, now),
        "q": words,
        "present_chip": chip("yes", "tick", _("presente")),
        "quorum": quorum_of(assembly, now),
    }


def _people(assembly: Assembly, words: str, now: datetime) -> list[Row]:
    here = Attendance.objects.filter(assembly=assembly, member=OuterRef("pk"), left_at__isnull=True)
    found = (
        Member.objects.in_assembly(timezone.localdate(now))
        .matching(words)
        .annotate(since=Subquery(here.values("arrived_at")[:1]))
        .values_list("number", "family_name", "given_names", "since")
    )
    zone = timezone.get_current_timezone()
    return [
        Row(
            number=number,
            listed_name=f"{family}, {given}" if given else family,
            name=f"{given} {family}".strip(),
            since=f"{since.astimezone(zone):%-H:%M}" if since else "",
        )
        for number, family, given, since in found
    ]
