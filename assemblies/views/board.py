from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assemblies.situation import Situation, version
from assemblies.views.shared import conditional, stands
from coop.access.domain.enrolled import enrolled_today
from coop.members.middleware import MemberRequest


@require_safe
def board(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """The projector's page: one headline, one number, one strip."""
    s = stands(request, assembly_id)
    tag = version(assembly_id=assembly_id, member_id=request.member.pk, at=s.at)
    return render(request, "assemblies/board.html", _shown(request, s) | {"etag": tag})


@require_safe
def board_live(request: MemberRequest, assembly_id: int) -> HttpResponse:
    return conditional(
        request,
        assembly_id,
        lambda at: render(
            request, "assemblies/board_live.html", _shown(request, stands(request, assembly_id))
        ),
    )


def _shown(request: MemberRequest, s: Situation) -> dict[str, object]:
    """With the ways in that were opened today, so that the hall can count along: none in secret."""
    zone = request.cooperative.tz if request.cooperative else None
    return {"s": s, "enrolled": 0 if s.assembly.is_closed else enrolled_today(s.at, zone)}
