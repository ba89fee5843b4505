"""The plain port of hall mode: a door. It hands out the certificate and sends everybody else to HTTPS."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

# The certificate, and the probe of the machine itself. Static files never come this far.
OPEN = re.compile(r"/(certificado/([a-z.-]+)?|salud/)")


class DoorMiddleware:
    """The first of all: what comes by the plain port touches no cookie and no form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.HALL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.is_secure():
            return self.get_response(request)
        if OPEN.fullmatch(request.path):
            response = self.get_response(request)
            response.cookies.clear()  # none is for a plain way; phones would refuse them besides
            return response
        # Not for ever (301): a phone would keep to it after hall mode is over.
        return HttpResponseRedirect(f"{secure_host(request)}{request.get_full_path()}")


def secure_host(request: HttpRequest) -> str:
    """The HTTPS port under the very name that was asked for: another one may not be known to the phone."""
    host = re.sub(r":\d+$", "", request.get_host())
    return f"https://{host}" if settings.HALL_PORT == 443 else f"https://{host}:{settings.HALL_PORT}"
