"""The spreadsheet of terms in the browser: upload, look, confirm."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.council import importing
from coop.council.forms_terms import TermsFileForm
from coop.council.models import Seat, TermsUpload, seat_name
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, require

PAGE = "council/terms_import.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms_import(request: MemberRequest) -> HttpResponse:
    """The form; and, once a file is sent, what it would do. Nothing is taken in here."""
    now = timezone.now()
    require(request.actor, Power.KEEP_TERMS, now)
    held = {"room": "council", "form": TermsFileForm()}
    if request.method != "POST":
        return render(request, PAGE, held)
    form = TermsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, held | {"form": form}, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        seen = importing.preview(content, request.actor, now)
    except DomainError as error:
        form.add_error("file", str(error))
        return render(request, PAGE, held | {"form": form}, status=error.status)
    context = held | {"seen": seen, "file_name": file.name}
    if seen.problems:
        return render(request, PAGE, context, status=422)
    if not seen.does_nothing:
        context["upload"] = importing.keep_upload(content=content, name=file.name, by=request.actor, at=now)
        context["rows"] = _rows(seen)
    return render(request, PAGE, context)


def _rows(seen: importing.Preview) -> list[dict[str, object]]:
    """What would go in, with names: the latest first."""
    names = {member.number: member.name for member in Member.objects.all()}
    seats = {seat.code: str(seat) for seat in Seat.objects.all()}
    return [
        {"row": row, "name": names[row.number], "seat": seats.get(row.seat) or seat_name(row.seat)}
        for row in sorted(seen.new, key=lambda row: row.first_day, reverse=True)
    ]


@never_cache
@desk(Power.KEEP_TERMS)
@require_POST
def terms_import_confirm(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_TERMS, now)
    try:
        done = importing.confirm_upload(key=key, by=request.actor, at=now)
    except TermsUpload.DoesNotExist:
        messages.info(request, _("Esa planilla ya se cargó, o pasó un día desde que la subiste."))
        return redirect("council:terms_import")
    said = ngettext("Quedó asentado %(n)d mandato.", "Quedaron asentados %(n)d mandatos.", done.new)
    messages.success(request, said % {"n": done.new})
    return redirect("council:seats")
