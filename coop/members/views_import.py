"""The register's spreadsheet in the browser: upload, look, confirm."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coop.common.errors import DomainError
from coop.members import importing
from coop.members.forms import RegisterFileForm
from coop.members.middleware import MemberRequest
from coop.members.models import RegisterUpload
from coop.members.register_words import changes_by_member
from coop.powers import Power, require

PAGE = "members/import_register.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_register(request: MemberRequest) -> HttpResponse:
    """The form; and, once a file is sent, what it would do. Nothing is taken in here."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    if request.method != "POST":
        return render(request, PAGE, {"room": "books", "form": RegisterFileForm()})
    form = RegisterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, {"room": "books", "form": form}, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        seen = importing.preview(content=content, at=now)
    except DomainError as error:
        form.add_error("file", str(error))
        return render(request, PAGE, {"room": "books", "form": form}, status=error.status)
    context = {"room": "books", "form": RegisterFileForm(), "seen": seen, "file_name": file.name}
    if seen.problems:
        return render(request, PAGE, context, status=422)
    if not seen.does_nothing:
        context["upload"] = importing.keep_upload(content=content, name=file.name, by=request.actor, at=now)
        context["changes"] = changes_by_member(seen.changes)
    return render(request, PAGE, context)


@require_POST
def confirm_import(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    try:
        done = importing.confirm_upload(key=key, by=request.actor, at=now)
    except RegisterUpload.DoesNotExist:
        messages.info(request, _("Esa planilla ya se cargó, o pasó un día desde que la subiste."))
        return redirect("members:import_register")
    messages.success(request, said(done))
    return redirect("members:register")


def said(done: importing.Preview) -> str:
    """What was taken in, as a sentence."""
    if done.does_nothing:
        return _("El archivo no cambia nada: el registro ya estaba así.")
    new, changed = len(done.new), done.changed_members
    parts = [
        ngettext("%(n)d persona nueva", "%(n)d personas nuevas", new) % {"n": new},
        ngettext("%(n)d con cambios", "%(n)d con cambios", changed) % {"n": changed},
        ngettext("%(n)d sin cambios", "%(n)d sin cambios", done.unchanged) % {"n": done.unchanged},
    ]
    return _("Registro cargado: %(what)s.") % {"what": ", ".join(parts)}
