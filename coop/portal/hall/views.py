"""`/certificado/`: for phones that do not know the hall's authority yet, so also on the plain port."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from coop.common.http import public
from coop.members.middleware import MemberRequest
from coop.portal.hall.certificate import Authority, authority
from coop.portal.hall.door import secure_host


@public
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """How to install it. The language is in the address: the plain port sets no cookie."""
    wanted = request.GET.get("idioma", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        context = {
            "authority": authority(),
            "by_door": settings.HALL and not request.is_secure(),
            "onward": f"{secure_host(request)}/" if settings.HALL else "/",
            "secure": request.is_secure(),
            "phone": _phone(request),
        }
        response = render(request, "portal/certificate.html", context)
        response.headers["Content-Language"] = str(language)
        return response


def _phone(request: HttpRequest) -> str:
    """Which steps to open first: a guess, all of them are on the page."""
    agent = request.headers.get("User-Agent", "")
    if "iPhone" in agent or "iPad" in agent:
        return "iphone"
    return "android" if "Android" in agent else ""


@public
@require_safe
def certificate_file(request: HttpRequest) -> HttpResponse:
    """For Android and computers. `attachment`: newer Androids install it from the settings only."""
    return _download(_authority().der, "application/x-x509-ca-cert", "recuperada.crt")


@public
@require_safe
def certificate_profile(request: MemberRequest) -> HttpResponse:
    """For iPhones, which ask to install it as soon as it is downloaded."""
    house = request.cooperative.name if request.cooperative else "Recuperada"
    body = _authority().profile(house)
    return _download(body, "application/x-apple-aspen-config", "recuperada.mobileconfig")


def _authority() -> Authority:
    found = authority()
    if found is None:
        raise Http404
    return found


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
