"""Whoever holds a paper or a file can ask whether it is the cooperative's: no sign-in, nothing personal."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.common.http import public
from coop.documents import codes, kinds, qr
from coop.documents.models import Document, File

MOST_BYTES = 10 * 1024 * 1024


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where the code on a paper is typed in."""
    said = request.GET.get("codigo", "")[:80].strip()
    code = codes.typed(said)
    if code:
        return redirect("documents:verify", code)
    error = _("Un código de control tiene 16 letras y números, en cuatro grupos. Fijate si falta alguno.")
    context = {"said": said, "error": error if said else ""}
    return render(request, "documents/ask.html", context, status=422 if said else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the cooperative says of the document with this code; with a file, whether it is the same."""
    meant = codes.typed(code[:80])
    found = Document.objects.filter(code=meant).first() if meant else None
    if found is None:
        return render(request, "documents/unknown_code.html", {"said": code[:40]}, status=404)
    if meant != code:
        return redirect("documents:verify", meant)
    context = _told(found)
    status = 200
    if request.method == "POST":
        context["answer"], status = _compared(request, context["file"])
    return render(request, "documents/verify.html", context, status=status)


def _told(found: Document) -> dict[str, Any]:
    """What anybody may know. A title that may name a person is not in it."""
    known = kinds.known(found.kind)
    return {
        "document": found,
        "kind": kinds.label_of(found),
        "title": found.title if known and known.public_title else "",
        "file": File.objects.defer("content").filter(document=found).first(),
        "qr": qr.picture(found),
    }


def _compared(request: HttpRequest, file: File | None) -> tuple[dict[str, str], int]:
    """The answer as a notice, and the status. The file is read once and kept nowhere."""
    sent = request.FILES.get("archivo")
    if file is None:
        return {
            "kind": "warning",
            "text": _("Este documento todavía no tiene archivo: se está armando."),
        }, 422
    if sent is None:
        return {"kind": "error", "text": _("Elegí el PDF que querés comparar.")}, 422
    if (sent.size or 0) > MOST_BYTES:
        return {
            "kind": "error",
            "text": _("El archivo pesa más de 10 MB: no es uno de estos documentos."),
        }, 422
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    if digest.hexdigest() == file.sha256:
        return {"kind": "success", "text": _("Es el mismo archivo, letra por letra.")}, 200
    text = _("No es el mismo archivo. Puede ser otro documento, o este mismo cambiado por alguien.")
    return {"kind": "error", "text": text}, 200
