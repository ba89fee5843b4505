"""The paper book: copied by the secretary, confirmed a page at a time by somebody else of the council."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.portal.forms_paper import BookFileForm, PaperForm, written_in
from coop.powers import Power, powers_of, require
from coop.statute import book
from coop.statute.book_confirming import confirm_page, seal_of
from coop.statute.book_lines import COLUMNS
from coop.statute.models import BookLine, BookPage, LineState
from coop.statute.proposals import page_of


def _may(request: MemberRequest) -> dict[str, bool]:
    powers = powers_of(request.actor, timezone.now())
    return {
        "may_enter": Power.ENTER_RESOLUTIONS in powers,
        "may_confirm": Power.CONFIRM_RESOLUTIONS in powers,
    }


@require_safe
def pages(request: MemberRequest) -> HttpResponse:
    """What waits: every member may see what is being copied, and by whom."""
    context = {"room": "books", "pages": list(book.open_pages()), **_may(request)}
    return render(request, "portal/paper_pages.html", context)


@never_cache
@require_safe
def page(request: MemberRequest, page_id: int) -> HttpResponse:
    """A page beside the book. Whoever confirms sends back the seal of what stood here."""
    shown = get_object_or_404(BookPage, pk=page_id)
    lines = list(shown.lines.select_related("resolution").defer("resolution__words").order_by("position"))
    waiting = [line for line in lines if line.state == LineState.WAITING]
    for line in lines:
        line.explained = page_of(line.proposal_kind, line.proposal_id or 0)  # type: ignore[attr-defined]
    context = {
        "room": "books",
        "shown": shown,
        "lines": lines,
        "waiting": waiting,
        "seen": seal_of(waiting),
        "own": any(line.entered_by_number == request.actor.number for line in waiting),
        **_may(request),
    }
    return render(request, "portal/paper_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.ENTER_RESOLUTIONS, timezone.now())
    form = PaperForm(request.POST or None)
    if form.is_valid() and (line := _done(form, lambda copied: _enter(request, copied))):
        messages.success(request, _("Copiada. Falta que otra persona del consejo la confirme con el libro."))
        if "again" in request.POST:
            return redirect("portal:paper_enter")
        return redirect("portal:paper_page", line.page_id)
    context = {"room": "books", "form": form}
    return render(request, "portal/paper_line.html", context, status=422 if form.is_bound else 200)


def _enter(request: MemberRequest, copied: Any) -> BookLine:
    return book.enter(line=copied, by=request.actor, at=timezone.now())


def _done(form: PaperForm, act: Any) -> BookLine | None:
    """What the act gives; its refusal becomes the form's."""
    try:
        held: BookLine = act(form.copied())
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    return held


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, line_id: int) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.ENTER_RESOLUTIONS, now)
    line = get_object_or_404(BookLine, pk=line_id)
    if not line.is_open:
        return redirect("portal:paper_page", line.page_id)
    form = PaperForm(request.POST or None, initial=written_in(line))
    if form.is_valid() and _done(
        form, lambda copied: book.correct(line_id=line_id, line=copied, by=request.actor, at=now)
    ):
        messages.success(request, _("Corregida. Espera de nuevo a quien la confirme."))
        return redirect("portal:paper_page", line.page_id)
    context = {"room": "books", "form": form, "line": line}
    return render(request, "portal/paper_line.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop(request: MemberRequest, line_id: int) -> HttpResponse:
    line = _found(lambda: book.drop(line_id=line_id, by=request.actor, at=timezone.now()))
    messages.info(request, _("Descartada: queda a la vista en su página y no será una resolución."))
    return redirect("portal:paper_page", line.page_id)


@require_POST
def give_back(request: MemberRequest, line_id: int) -> HttpResponse:
    remark = request.POST.get("remark", "").replace("\0", "")
    line = _found(lambda: book.give_back(line_id=line_id, remark=remark, by=request.actor, at=timezone.now()))
    messages.info(request, _("Devuelta, con lo que anotaste. Las demás se pueden confirmar."))
    return redirect("portal:paper_page", line.page_id)


@require_POST
def confirm(request: MemberRequest, page_id: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    made = _found(lambda: confirm_page(page_id=page_id, seen=seen, by=request.actor, at=timezone.now()))
    sentence = ngettext(
        "Confirmada: es la resolución %(codes)s.",
        "Confirmadas: son %(n)d resoluciones (%(codes)s).",
        len(made),
    )
    messages.success(request, sentence % {"n": len(made), "codes": ", ".join(map(str, made))})
    return redirect("portal:paper_page", page_id)


def _found(act: Any) -> Any:
    try:
        return act()
    except ObjectDoesNotExist as error:
        raise Http404 from error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    """The spreadsheet of twenty years: every error at once, or all of it, in pages that wait."""
    now = timezone.now()
    require(request.actor, Power.ENTER_RESOLUTIONS, now)
    form = BookFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"room": "books", "form": form, "columns": COLUMNS}
    if request.method != "POST":
        return render(request, "portal/paper_upload.html", context | {"form": BookFileForm()})
    if not form.is_valid():
        return render(request, "portal/paper_upload.html", context, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        seen, _new = book.preview(content=content, at=now)
        if seen.problems:
            context |= {"seen": seen, "file_name": file.name, "form": BookFileForm()}
            return render(request, "portal/paper_upload.html", context, status=422)
        done = book.enter_file(content=content, name=file.name, by=request.actor, at=now)
    except DomainError as error:
        form.add_error("file", str(error))
        return render(request, "portal/paper_upload.html", context, status=error.status)
    messages.success(request, _said(done))
    return redirect("portal:paper_pages")


def _said(done: book.Entered) -> str:
    figures = {"new": done.new, "unchanged": done.unchanged, "pages": len(done.pages)}
    if not done.new:
        return _("Esa planilla no agrega nada: sus %(unchanged)d resoluciones ya estaban.") % figures
    sentence = ngettext(
        "%(new)d resolución copiada, en %(pages)d página.",
        "%(new)d resoluciones copiadas; páginas que esperan a quien las confirme: %(pages)d.",
        done.new,
    )
    return sentence % figures


@require_safe
def sample(request: MemberRequest) -> HttpResponse:
    """An empty spreadsheet with the columns and one line that shows how to fill it."""
    example = ("12/04/2006", "elección de autoridades", "Se eligió el consejo de administración")
    row = (*example, "", "Asamblea Ordinaria, acta N.º 45", "118", "31", "2", "1")
    text = "\r\n".join((";".join(column.name for column in COLUMNS), ";".join(row), ""))
    response = HttpResponse(text.encode("cp1252"), content_type="text/csv; charset=windows-1252")
    response.headers["Content-Disposition"] = 'attachment; filename="resoluciones.csv"'
    return response
