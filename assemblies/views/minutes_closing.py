"""The page that asks before minutes are closed: the whole text, exactly as it will be."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.domain import minutes as verbs
from assemblies.domain.minutes_draft import draft_of, sheet_after
from assemblies.forms import BookForm
from assemblies.models import Assembly, Minutes, Signer
from assemblies.views.minutes import on_screen
from assemblies.views.shared import missing_is_404
from coop.access.confirm import again
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.powers import Power, require


@require_http_methods(["GET", "HEAD", "POST"])
@again(Power.CLOSE_MINUTES)
@missing_is_404
def minutes_close(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """GET shows the text under its number and folio; POST closes that very text, told by its SHA-256."""
    now = timezone.now()
    require(request.actor, Power.CLOSE_MINUTES, now)
    assembly = get_object_or_404(_assemblies(), pk=assembly_id)
    if request.method != "POST" and hasattr(assembly, "minutes"):
        return redirect("assemblies:minutes", assembly_id)
    book = BookForm(
        request.POST if request.method == "POST" else request.GET, first=assembly.last_number is None
    )
    refused = ""
    if request.method == "POST" and book.is_valid():
        try:
            closed = verbs.close_minutes(
                assembly_id=assembly_id,
                seen=request.POST.get("seen", ""),
                last_on_paper=book.last_on_paper(),
                folio=book.folio_typed(),
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            refused = str(error)
        else:
            messages.success(request, _("Se cerró el acta N.º %(number)d.") % {"number": closed.number})
            return redirect("assemblies:minutes", assembly_id)
    if hasattr(assembly, "minutes"):
        messages.error(request, refused)
        return redirect("assemblies:minutes", assembly_id)
    context = _context(request, assembly, book) | {"refused": refused}
    status = 422 if request.method == "POST" or not book.is_valid() else 200
    return render(request, "assemblies/minutes_close.html", context, status=status)


def _assemblies() -> Any:
    """With what the page needs of the book: its last number, and who named the signers last."""
    last = Minutes.objects.order_by("-number").values("number")[:1]
    named = Signer.objects.filter(assembly=OuterRef("pk")).order_by("-pk").values("named_by_id")[:1]
    return Assembly.objects.select_related("convened_by", "minutes").annotate(
        last_number=Subquery(last), named_by=Subquery(named)
    )


def _context(request: MemberRequest, assembly: Any, book: BookForm) -> dict[str, Any]:
    draft = draft_of(assembly)
    valid = book.is_valid()
    after = book.last_on_paper() if valid else 0
    sheet = sheet_after(draft, assembly.last_number or after, book.folio_typed() if valid else "")
    writer = assembly.named_by if draft.author_id is None else draft.author_id
    return {
        "room": "assemblies",
        "assembly": assembly,
        "book": book,
        "valid": valid,
        "sheet": sheet,
        "after": after,
        "told": on_screen(sheet.blocks, whole=True),
        "signers": draft.facts.signers,
        "unwritten": not draft.versions,
        "wrote_it": request.member.pk in draft.author_ids | {writer},
    }
