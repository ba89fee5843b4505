"""The page of a document, how it stands, and its file."""

import hashlib
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.common.errors import NotAllowed
from coop.documents import domain, kinds, qr
from coop.documents.models import Document, File
from coop.powers import Actor


class ReaderRequest(HttpRequest):
    """A request as the middleware of a higher room leaves it: somebody is signed in."""

    actor: Actor


def readable(request: ReaderRequest, document_id: int) -> Document:
    """404 for what is not there, NotAllowed for what is not for this reader."""
    found = get_object_or_404(Document, pk=document_id)
    if not kinds.may_read(found, request.actor.signature, timezone.now()):
        raise NotAllowed
    return found


@never_cache
@require_safe
def document(request: ReaderRequest, document_id: int) -> HttpResponse:
    found = readable(request, document_id)
    file = File.objects.defer("content").filter(document=found).first()
    kind = kinds.known(found.kind)
    context: dict[str, Any] = {
        "room": kind.room if kind else "books",
        "document": found,
        "file": file,
        "back": kind.page(found, request.actor.signature) if kind else "",
    }
    context |= {"kind": kinds.label_of(found), "qr": qr.picture(found), "verify_url": qr.verify_url(found)}
    return render(request, "documents/document.html", context)


@never_cache
@require_safe
def state(request: ReaderRequest, document_id: int) -> HttpResponse:
    """How it stands, for a page that asks every few seconds: 304 while nothing changed."""
    found = readable(request, document_id)
    seen = (found.pk, found.state, found.reason, found.progress, get_language())
    tag = f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "documents/_state.html", {"document": found})
    response.headers["ETag"] = tag
    return response


@never_cache
@require_safe
def pdf(request: ReaderRequest, document_id: int) -> HttpResponse:
    """The file itself, shown by the browser; `?descargar` keeps it."""
    found = readable(request, document_id)
    if not found.is_ready:
        raise Http404
    file = File.objects.defer("content").get(document=found)
    kind = kinds.known(found.kind)
    if kind and kind.seen:
        kind.seen(found, request.actor.signature, timezone.now())
    tag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(file.content), content_type="application/pdf")
        response.headers["Content-Disposition"] = _disposition(found, keep="descargar" in request.GET)
    response.headers["ETag"] = tag
    return response


def _disposition(document: Document, *, keep: bool) -> str:
    """A name in plain ASCII for old readers, the title itself for the others."""
    plain = slugify(document.title)[:80] or document.kind
    title = " ".join(document.title.replace("/", "-").replace("\\", "-").split())
    how = "attachment" if keep else "inline"
    return f"{how}; filename=\"{plain}.pdf\"; filename*=UTF-8''{quote(title, safe='')}.pdf"


@require_POST
def retry(request: ReaderRequest, document_id: int) -> HttpResponse:
    readable(request, document_id)
    domain.retry(document_id=document_id, by=request.actor, at=timezone.now())
    return redirect("documents:document", document_id)
