"""The minutes: read by every member, written by the secretary, closed by somebody else of the council."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.domain import minutes as verbs
from assemblies.domain.minutes_draft import Draft, draft_of, versions_of
from assemblies.domain.minutes_facts import signers_asked, table_of
from assemblies.enums import AssemblyState
from assemblies.errors import AssemblyNotOpen, RemarksChanged
from assemblies.forms import RemarksForm, SignersForm
from assemblies.minutes_text import Block, Facts, Remarks, written
from assemblies.models import Assembly, Minutes, Poll, Remark, Signer
from assemblies.views.minutes_sections import places_of, sections
from assemblies.views.shared import missing_is_404
from coop.common.errors import DomainError
from coop.documents.models import Document
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, powers_of, require
from coop.statute.domain import rules_at

PER_PAGE = 20


@require_safe
def minutes(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """Closed, or as they stand: any member may read them (ET 44)."""
    assembly = _assembly(assembly_id)
    context: dict[str, Any] = {"room": "assemblies", "assembly": assembly}
    closed: Minutes | None = getattr(assembly, "minutes", None)
    if closed:
        facts, remarks = Facts.from_json(closed.facts), Remarks.from_json(closed.remarks)
        blocks: Iterable[Block] = written(facts, remarks, number=closed.number, folio=closed.folio)
        document = Document.objects.filter(kind=verbs.KIND, key=verbs.document_key(assembly_id)).first()
        context |= {"minutes": closed, "document": document, "versions": versions_of(assembly)}
    elif assembly.state == AssemblyState.CLOSED:
        draft = draft_of(assembly)
        blocks = written(draft.facts, draft.remarks, number=None)
        context |= {"signers": draft.facts.signers, "versions": draft.versions} | _offers(request, draft)
    else:
        return render(request, "assemblies/minutes_later.html", context)
    context["told"] = on_screen(blocks)
    return render(request, "assemblies/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@missing_is_404
def minutes_write(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """The secretary's desk: the facts at one side, a box beside each. What others saved is never lost."""
    now = timezone.now()
    require(request.actor, Power.WRITE_MINUTES, now)
    assembly = _assembly(assembly_id)
    if closed := getattr(assembly, "minutes", None):
        messages.info(
            request, _("El acta ya está cerrada, con el N.º %(number)d.") % {"number": closed.number}
        )
        if request.method != "POST":
            return redirect("assemblies:minutes", assembly_id)
    draft = draft_of(assembly)
    places = places_of(draft.facts)
    form = RemarksForm(request.POST if request.method == "POST" else None, places=places)
    clashes: list[str] = []
    if form.is_valid():
        try:
            saved = verbs.write_remarks(
                assembly_id=assembly_id,
                written=[verbs.Written(*one) for one in form.written()],
                by=request.actor,
                at=now,
            )
        except RemarksChanged as error:
            clashes = error.places
            form.add_error(None, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _saved(saved))
            then = "assemblies:minutes" if "read" in request.POST else "assemblies:minutes_write"
            return redirect(then, assembly_id)
    context = {
        "room": "assemblies",
        "assembly": assembly,
        "form": form,
        "sections": sections(draft, form, clashes),
        "signers": draft.facts.signers,
    }
    status = 422 if form.is_bound else 200
    return render(request, "assemblies/minutes_write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@missing_is_404
def minutes_signers(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """Whom the assembly named to sign, while it lasts or while there is a draft."""
    now = timezone.now()
    require(request.actor, Power.WRITE_MINUTES, now)
    assembly = _assembly(assembly_id)
    if assembly.opened_at is None:
        raise AssemblyNotOpen
    rules, table = rules_at(assembly.opened_at), table_of(assembly)
    free = Member.objects.filter(number__in=[person.number for person in table.free])
    named = Signer.objects.filter(assembly=assembly).order_by("-naming", "position")
    held = [signer for signer in named if signer.naming == named[0].naming]
    initial = {f"signer-{signer.position}": signer.member_id for signer in held}
    data = request.POST if request.method == "POST" else None
    form = SignersForm(data, asked=signers_asked(rules, table), free=free, initial=initial)
    if form.is_valid():
        try:
            verbs.name_signers(assembly_id=assembly_id, members=form.signers(), by=request.actor, at=now)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Quedó anotado quiénes firman."))
            return redirect("assemblies:minutes" if assembly.is_closed else "assemblies:detail", assembly_id)
    context = {"room": "assemblies", "assembly": assembly, "form": form, "source": rules.minutes.source}
    status = 422 if form.is_bound else 200
    return render(request, "assemblies/minutes_signers.html", context, status=status)


@require_safe
def minutes_book(request: MemberRequest) -> HttpResponse:
    """Every closed minutes, the last first. Five statements a page."""
    closed = Minutes.objects.select_related("assembly").defer("facts", "remarks", "text")
    page = Paginator(closed, PER_PAGE).get_page(request.GET.get("page"))
    held = [minutes.assembly_id for minutes in page]
    resolutions: dict[int, list[Poll]] = {}
    adopted = Poll.objects.filter(assembly__in=held, adopted=True).select_related("resolution")
    for poll in adopted.order_by("closed_at"):
        resolutions.setdefault(poll.assembly_id, []).append(poll)
    keys = {verbs.document_key(assembly_id): assembly_id for assembly_id in held}
    documents = {
        keys[document.key]: document
        for document in Document.objects.filter(kind=verbs.KIND, key__in=keys).defer("facts")
    }
    rows = [
        {
            "minutes": minutes,
            "polls": resolutions.get(minutes.assembly_id, []),
            "document": documents.get(minutes.assembly_id),
        }
        for minutes in page
    ]
    return render(request, "assemblies/minutes_book.html", {"room": "books", "page": page, "rows": rows})


def on_screen(blocks: Iterable[Block], *, whole: bool = False) -> dict[str, Any]:
    """The text and, folded away, its annexes. `whole` for who closes: exactly as it will be, all unfolded.

    Others do not need people's documents.
    """
    body: list[dict[str, Any]] = []
    annexes: list[dict[str, Any]] = []
    for block in blocks:
        shown = block.on_screen(whole=whole).to_json()
        if block.annex:
            annexes.append({"title": block.text, "anchor": block.anchor, "blocks": []})
        else:
            (annexes[-1]["blocks"] if annexes else body).append(shown)
    return {"blocks": body, "annexes": annexes, "whole": whole}


def _assembly(assembly_id: int) -> Assembly:
    return get_object_or_404(Assembly.objects.select_related("convened_by", "minutes"), pk=assembly_id)


def _offers(request: MemberRequest, draft: Draft) -> dict[str, bool]:
    powers = powers_of(request.actor, timezone.now())
    return {
        "may_write": Power.WRITE_MINUTES in powers,
        "may_close": Power.CLOSE_MINUTES in powers
        and request.member.pk not in draft.author_ids | {draft.author_id},
    }


def _saved(saved: list[Remark]) -> str:
    if not saved:
        return _("No había nada nuevo que guardar.")
    return ngettext("Se guardó %(n)d texto.", "Se guardaron %(n)d textos.", len(saved)) % {"n": len(saved)}
