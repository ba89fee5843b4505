from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assemblies.situation import version
from assemblies.views.shared import conditional, stands
from coop.members.middleware import MemberRequest


@require_safe
def board(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """The projector's page: one headline, one number, one strip."""
    s = stands(request, assembly_id)
    tag = version(assembly_id=assembly_id, member_id=request.member.pk, at=s.at)
    return render(request, "assemblies/board.html", {"s": s, "etag": tag})


@require_safe
def board_live(request: MemberRequest, assembly_id: int) -> HttpResponse:
    return conditional(
        request,
        assembly_id,
        lambda at: render(request, "assemblies/board_live.html", {"s": stands(request, assembly_id)}),
    )
