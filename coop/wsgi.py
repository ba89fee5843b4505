"""WSGI: static files are answered before Django's middleware, everything else by Django."""

import os
import re
from collections.abc import Iterable
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

_django = get_wsgi_application()
_BOUNDARY = re.compile(r";\s*boundary=\"?([^\s\";,]+)", re.IGNORECASE)


def _in_utf_8(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Whatever charset a request says of itself, it is read as UTF-8.

    With some of Python's it cannot even be read (hex), or holds signs that nothing can store (utf-7).
    """
    kind, more, rest = environ.get("CONTENT_TYPE", "").partition(";")
    if more:
        boundary = _BOUNDARY.search(more + rest)
        environ["CONTENT_TYPE"] = f"{kind}; boundary={boundary[1]}" if boundary else kind
    return _django(environ, start_response)


def _static_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = WhiteNoise(
    _in_utf_8,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    max_age=60,
    immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$",
    allow_all_origins=False,
    add_headers_function=_static_headers,
)
