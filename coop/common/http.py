"""What every answer carries, and how a broken rule reaches the screen."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coop.common.errors import DomainError

# Far above any file we ask for; below what fills a disk. What is smaller is weighed where it is asked for.
MOST_BYTES = 20 * 1024 * 1024

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


View = TypeVar("View", bound=Callable[..., HttpResponse])


def public(view: View) -> View:
    """The view answers strangers too (`coop.members.middleware` asks everybody else to sign in)."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


class TooMuch(DomainError):
    status = 413

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes

    def message(self) -> str:
        return _("Lo que mandaste pesa %(size)d MB: es demasiado. Fijate si es el archivo.") % {
            "size": self.megabytes
        }


class HeadersMiddleware:
    """Strict CSP on every answer; no answer of a signed-in page is kept by a shared cache.

    A huge request is refused unread, before anything looks into it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        length = (request.META.get("CONTENT_LENGTH") or "0").lstrip("0")
        if length.isdecimal() and int(length[:12]) > MOST_BYTES:
            return refusal(request, TooMuch(megabytes=int(length[:12]) // 1024**2))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error's sentence: as a notice in the page for htmx, as a page with a way back otherwise."""
    context = {"error": error, "back": safe_target(request, request.META.get("HTTP_REFERER", ""))}
    if request.headers.get("HX-Request"):
        response = render(request, "common/refusal.html#notice", context, status=error.status)
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "common/refusal.html", context, status=error.status)


def safe_target(request: HttpRequest, wanted: str, otherwise: str = "/") -> str:
    """`wanted` if it is an address of this very site, else `otherwise`: no link sends a member away."""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if safe and wanted.startswith(("/", "http://", "https://")) else otherwise
