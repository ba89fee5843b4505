"""Proposals to share a year's surplus: read, compared, downloaded, taken to the assembly."""

import json
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.enums import AssemblyState, MotionState
from assemblies.errors import AssemblyNotOpen, NotPresent
from assemblies.forms_put import PutForm
from assemblies.models import Assembly, Attendance, MotionProposal
from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, powers_of
from payroll import surplus_told
from payroll.domain import surplus
from payroll.domain.surplus_paper import paper_of
from payroll.models import SurplusDistribution, SurplusDraft, SurplusProposal
from payroll.models.surplus import KIND
from payroll.surplus_told import Reader, Told
from payroll.waterfall import read_data

PENDING = (MotionState.MOVED, MotionState.SECONDED, MotionState.VOTING)


@require_safe
def surplus_list(request: MemberRequest) -> HttpResponse:
    """Every proposal, by year; the treasurer's own drafts above them."""
    now = timezone.now()
    keeps = Power.KEEP_ACCOUNTS in powers_of(request.actor, now)
    found = SurplusProposal.objects.defer("facts", "advances").select_related("distribution__resolution")
    context = {
        "room": "accounts",
        "years": [(year, list(held)) for year, held in groupby(found, key=lambda one: one.year)],
        "keeps": keeps,
        "drafts": SurplusDraft.objects.filter(by=request.member).defer("data") if keeps else [],
    }
    return render(request, "payroll/surplus/list.html", context)


@never_cache
@require_safe
def surplus_proposal(request: MemberRequest, proposal_id: int) -> HttpResponse:
    """With `?con=<id>`, beside another proposal of the same year."""
    held, now = _held(proposal_id), timezone.now()
    powers = powers_of(request.actor, now)
    reader = reader_of(request, powers)
    told = surplus_told.tell_facts(held.facts, held.advances, reader)
    done = (
        SurplusDistribution.objects.select_related("resolution", "entry__reversed_by")
        .filter(year=held.year)
        .first()
    )
    adopted = done is not None and done.proposal_id == held.pk
    others = SurplusProposal.objects.defer("facts", "advances").filter(year=held.year).exclude(pk=held.pk)
    put = MotionProposal.objects.filter(kind=KIND, number=held.pk).defer("facts")
    motions = [one.motion for one in put.select_related("motion__poll", "motion__item")]
    pending = any(motion.state in PENDING for motion in motions)
    context: dict[str, Any] = {
        "room": "accounts",
        "proposal": held,
        "told": told,
        "done": done,
        "adopted": adopted,
        "posted": surplus_told.posted(done) if done and adopted else [],
        "others": list(others),
        "motions": motions,
        "document": paper_of(held),
        "may_put": done is None and not pending and _may_put(request, powers),
    }
    return render(request, "payroll/surplus/proposal.html", context | _beside(request, held, told, reader))


@require_safe
def surplus_input(request: MemberRequest, proposal_id: int) -> HttpResponse:
    """The figures from which anybody recomputes the result: `manage.py surplus FILE --json`."""
    held = _held(proposal_id)
    text = json.dumps(read_data(held.facts["input"]).to_json(), ensure_ascii=False, indent=1)
    name = f"excedente-{held.year}-{held.code}.json"
    return HttpResponse(
        f"{text}\n",
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.RECORD_MOTIONS)
def surplus_put(request: MemberRequest, proposal_id: int) -> HttpResponse:
    """Moved under an item of the open assembly, by the reader or, at the desk, for whoever says it aloud."""
    held, now = _held(proposal_id), timezone.now()
    surplus.must_not_be_shared(held.year)
    assembly = Assembly.objects.filter(state=AssemblyState.OPEN).first()
    if assembly is None:
        raise AssemblyNotOpen
    records = Power.RECORD_MOTIONS in powers_of(request.actor, now)
    if not records and not _is_present(assembly, request.member):
        raise NotPresent(request.member.name)
    form = _put_form(request, assembly, records=records)
    if form.is_valid() and _put(request, held, form, now):
        messages.success(request, _("La propuesta quedó como moción en la asamblea."))
        return redirect("assemblies:detail", assembly.pk)
    with_words = {"title": surplus.motion_words(held)[0], "text": surplus.motion_words(held)[1]}
    context = {"room": "accounts", "proposal": held, "assembly": assembly, "form": form} | with_words
    return render(request, "payroll/surplus/put.html", context, status=422 if form.is_bound else 200)


def reader_of(request: MemberRequest, powers: frozenset[Power]) -> Reader:
    sees = bool({Power.KEEP_ACCOUNTS, Power.APPROVE_PAY} & powers)
    return Reader(number=request.member.number, sees_advances=sees)


def _held(proposal_id: int) -> SurplusProposal:
    found = SurplusProposal.objects.select_related("drafted_by").filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


def _beside(request: MemberRequest, held: SurplusProposal, told: Told, reader: Reader) -> dict[str, Any]:
    """The other proposal that the address names, and how the two differ. One of another year is not there."""
    wanted = request.GET.get("con", "")
    if not wanted:
        return {}
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else 0
    other = SurplusProposal.objects.filter(pk=number, year=held.year).exclude(pk=held.pk).first()
    if other is None:
        raise Http404
    there = surplus_told.tell_facts(other.facts, other.advances, reader)
    people = surplus_told.by_member(told, there)
    return {
        "other": other,
        "by_step": surplus_told.by_step(told, there),
        "by_member": people,
        "own": next((one for one in people if one.number == reader.number), None),
    }


def _may_put(request: MemberRequest, powers: frozenset[Power]) -> bool:
    assembly = Assembly.objects.filter(state=AssemblyState.OPEN).first()
    if assembly is None:
        return False
    return Power.RECORD_MOTIONS in powers or _is_present(assembly, request.member)


def _is_present(assembly: Assembly, member: Member) -> bool:
    return Attendance.objects.filter(assembly=assembly, member=member, left_at__isnull=True).exists()


def _put_form(request: MemberRequest, assembly: Assembly, *, records: bool) -> PutForm:
    here = assembly.attendance.filter(left_at__isnull=True).values("member_id")
    present = Member.objects.filter(pk__in=here) if records else None
    data = request.POST if request.method == "POST" else None
    initial = {"item": assembly.current_item_id}
    return PutForm(data, items=assembly.items.all(), present=present, initial=initial)


def _put(request: MemberRequest, held: SurplusProposal, form: PutForm, now: datetime) -> bool:
    data = form.cleaned_data
    try:
        surplus.put(
            proposal_id=held.pk,
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
