"""`/doctor/`: every member reads how the system is. Nothing secret, no path, no address of a server."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.common import hall
from coop.common.hall import Address
from coop.members.middleware import MemberRequest
from coop.portal.doctor.examining import examine
from coop.portal.doctor.measuring import measure
from coop.portal.doctor.phones import abilities
from coop.portal.hall.certificate import authority


@never_cache
@require_safe
def page(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    here = Address.of(request.build_absolute_uri("/"))
    report = examine(measure(now, here))
    site, door = hall.site(), hall.door()
    context = {
        "report": report,
        "here": here,
        "abilities": abilities(here),
        "site": site,
        "site_abilities": abilities(site) if site and site.host != here.host else None,
        "authority": authority(),
        "certificate_url": f"{door}/certificado/" if door else "",
        "certificate_qr": hall.picture(f"{door}/certificado/") if door else "",
        "now_ms": int(now.timestamp() * 1000),
    }
    return render(request, "portal/doctor.html", context)
