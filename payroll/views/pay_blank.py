"""The spreadsheet to fill in with a month's hours."""

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, require
from payroll.hours_file.blank import blank_hours
from payroll.periods import Period, read_period


@never_cache
@require_safe
def hours_form(request: MemberRequest) -> HttpResponse:
    """Whoever is on the register on any day of `?mes=2026-10`, or of last month when none is asked for."""
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    asked = request.GET.get("mes", "")
    period = read_period(asked) if asked else Period.of(timezone.localdate(now)).before
    stayed = Q(left_on__isnull=True) | Q(left_on__gt=period.first_day)
    there = Member.objects.filter(stayed, joined_on__lte=period.last_day)
    content = blank_hours((member.number, member.listed_name) for member in there.order_by("number"))
    headers = {"Content-Disposition": f'attachment; filename="horas-{period}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=windows-1252", headers=headers)
