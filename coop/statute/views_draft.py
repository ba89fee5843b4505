"""The council's desk: a reform begun, edited section by section, presented or discarded."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.common.errors import DomainError
from coop.powers import Power, require
from coop.statute import drafting, reforming
from coop.statute.errors import BadStatute, DraftChanged
from coop.statute.forms import SectionForm, is_section
from coop.statute.forms_house import DescribeForm
from coop.statute.meanings import Section, sections
from coop.statute.models import StatuteDraft
from coop.statute.rules import Rules
from coop.statute.views import Asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """Asks for its name and its reasons; the rules begin as they are."""
    now = timezone.now()
    require(request.actor, Power.DRAFT_STATUTE, now)
    base = drafting.latest()
    form = DescribeForm(request.POST if request.method == "POST" else None, base=base)
    if form.is_valid():
        made = drafting.begin(title=form.cleaned_data["title"], by=request.actor, at=now)
        values = {name: form.cleaned_data[name] for name in ("title", "why", "holds_from")}
        drafting.describe(key=made.key, turn=made.turn, **values, by=request.actor, at=now)
        return redirect("statute:draft", made.key)
    context = {"room": "books", "form": form, "base": base}
    return render(request, "statute/describe.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def draft(request: Asked, key: uuid.UUID) -> HttpResponse:
    require(request.actor, Power.DRAFT_STATUTE, timezone.now())
    held = drafting.draft_of(key)
    rules = Rules.from_json(held.document)
    found = drafting.changes_of(held)
    changed = {change.section for change in found}
    labels = drafting.matter_labels()
    context = {
        "room": "books",
        "draft": held,
        "changes": found,
        "sections": [
            (section, section.key in changed)
            for section in sections(rules, labels)
            if is_section(section.key, held.document)
        ],
        "stale": drafting.latest().pk != held.base_id,
    }
    return render(request, "statute/draft.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: Asked, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.DRAFT_STATUTE, now)
    held = drafting.draft_of(key)
    initial = {"title": held.title, "why": held.why, "holds_from": held.holds_from}
    sent = request.POST if request.method == "POST" else None
    form = DescribeForm(sent, base=held.base, initial=initial)
    if form.is_valid():
        try:
            drafting.describe(key=key, turn=_turn(request), **form.cleaned_data, by=request.actor, at=now)
        except DraftChanged as changed:
            form.add_error(None, str(changed))
        else:
            return redirect("statute:draft", key)
    context = {"room": "books", "form": form, "base": held.base, "draft": held}
    return render(request, "statute/describe.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Asked, key: uuid.UUID, section: str) -> HttpResponse:
    """One section's values; a problem stands at its field, and what was typed stays."""
    now = timezone.now()
    require(request.actor, Power.DRAFT_STATUTE, now)
    held = drafting.draft_of(key)
    if not is_section(section, held.document):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = SectionForm(sent, section=section, document=held.document, matters=drafting.matter_labels())
    if form.is_valid() and _saved(request, held, form):
        messages.success(request, _("La sección quedó guardada en el borrador."))
        return redirect("statute:draft", key)
    context = {"room": "books", "draft": held, "form": form, "section": _shown(held, section)}
    return render(request, "statute/section.html", context, status=422 if form.is_bound else 200)


@require_POST
def present(request: Asked, key: uuid.UUID) -> HttpResponse:
    made = reforming.present(key=key, turn=_turn(request), by=request.actor, at=timezone.now())
    messages.success(request, _("La reforma quedó presentada. Ya la puede leer cada asociado/a."))
    return redirect("statute:reform", made.pk)


@require_POST
def discard(request: Asked, key: uuid.UUID) -> HttpResponse:
    drafting.discard(key=key, by=request.actor, at=timezone.now())
    messages.success(request, _("El borrador se descartó."))
    return redirect("statute:reforms")


def _saved(request: Asked, held: StatuteDraft, form: SectionForm) -> bool:
    try:
        drafting.edit(
            key=held.key,
            turn=_turn(request),
            document=form.edited(),
            by=request.actor,
            at=timezone.now(),
        )
    except BadStatute as bad:
        form.blame(bad.problems)
        return False
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True


def _turn(request: Asked) -> int:
    """Which save the page was made from; one that no draft has when it is no number."""
    text = request.POST.get("turn", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _shown(held: StatuteDraft, key: str) -> Section:
    labels: dict[str, Any] = drafting.matter_labels()
    return next(one for one in sections(held.base.rules, labels) if one.key == key)
