"""One line of the register: what it says, what happened, and what its keeper puts right."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.members import correcting, lifecycle, looks, sanction_steps, sections
from coop.members.asking import cited, done, page, region, sent, today
from coop.members.enums import FactKind, Sight, State
from coop.members.facts import Status
from coop.members.forms_register import CorrectForm, FactForm, MoveForm, ReasonForm, SectionForm
from coop.members.lifecycle import BY_HAND, status_of
from coop.members.middleware import MemberRequest
from coop.members.models import Member, MemberFact, SanctionFile, Section
from coop.members.reading import reachable
from coop.powers import Power, may, powers_of, require

# The words of the addresses, and of the buttons.
WORDS = {
    "confirmar": (FactKind.CONFIRMED, gettext_lazy("Confirmar")),
    "levantar": (FactKind.LIFTED, gettext_lazy("Levantar la suspensión")),
    "renuncia": (FactKind.RESIGNED, gettext_lazy("Asentar su renuncia")),
    "jubilacion": (FactKind.RETIRED, gettext_lazy("Asentar su jubilación")),
    "fallecimiento": (FactKind.DIED, gettext_lazy("Asentar su fallecimiento")),
    "reingreso": (FactKind.READMITTED, gettext_lazy("Asentar su reingreso")),
}


@never_cache
@require_safe
def member(request: MemberRequest, number: int) -> HttpResponse:
    """Private data for oneself and for who keeps the register; an officer's look is noted first."""
    shown, now = get_object_or_404(Member, number=number), timezone.now()
    is_self = shown.pk == request.member.pk
    powers = powers_of(request.actor, now)
    may_keep = Power.KEEP_REGISTER in powers
    contact, by_office = reachable(shown, own=is_self, office=Power.WITNESS in powers)
    if may_keep and not is_self:
        looks.note(who=request.member.pk, whose=shown.pk, what=Sight.DOCUMENT, at=now)
    if by_office:
        looks.note(who=request.member.pk, whose=shown.pk, what=Sight.CONTACT, at=now)
    status = status_of(shown, today())
    files = SanctionFile.objects.filter(member=shown)
    context = {
        "room": "books",
        "shown": shown,
        "status": status,
        "on_register": status.on_register if status else shown.is_on_register(today()),
        "is_self": is_self,
        "sees_all": may_keep or is_self,
        "contact": contact,
        "facts": _facts(shown),
        "acts": _offered(status, shown) if may_keep else [],
        "may_keep": may_keep,
        "may_give_cards": may_keep,
        "may_open_file": bool(powers) and sanction_steps.may_keep(shown.pk, request.actor, now),
        "files": list(files) if is_self or Power.WITNESS in powers else [],
    }
    return render(request, "members/member.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell_fact(request: MemberRequest, number: int, word: str) -> HttpResponse:
    """A form for one kind of fact, with what it rests on; then the line says it."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    shown = get_object_or_404(Member, number=number)
    if word not in WORDS:
        raise Http404
    kind, title = WORDS[word]
    needs = BY_HAND[kind].resolution
    form = FactForm(
        sent(request),
        kind=kind,
        needs_resolution=needs,
        initial={"day": today(), "noticed_on": today()},
    )
    if request.method == "POST" and done(form, lambda: _tell(request, shown, kind, form)):
        messages.success(request, _("Quedó asentado."))
        return redirect("members:member", number)
    return page(
        request,
        "members/fact.html",
        form,
        shown=shown,
        title=title,
        cited=cited(),
        status=status_of(shown, today()),
    )


def _tell(request: MemberRequest, shown: Member, kind: FactKind, form: FactForm) -> None:
    values = form.cleaned_data
    lifecycle.put_on_the_books(
        member_id=shown.pk,
        kind=kind,
        day=values["day"],
        resolution=values.get("resolution"),
        source=values.get("source", ""),
        noticed_on=values.get("noticed_on"),
        by=request.actor,
        at=timezone.now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annul_fact(request: MemberRequest, number: int, fact_id: int) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    fact = get_object_or_404(
        MemberFact.objects.select_related("member", "resolution"), pk=fact_id, member__number=number
    )
    form = ReasonForm(sent(request))
    if request.method == "POST" and done(
        form,
        lambda: lifecycle.take_back(
            fact_id=fact.pk, reason=form.cleaned_data["reason"], by=request.actor, at=now
        ),
    ):
        messages.success(request, _("Ese hecho quedó anulado. Los dos se siguen leyendo."))
        return redirect("members:member", number)
    return page(request, "members/annul.html", form, fact=fact, shown=fact.member)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, number: int) -> HttpResponse:
    """Name, document, tax number, mail and mobile put right; what they said before is not on the record."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    shown = get_object_or_404(Member, number=number)
    looks.note(who=request.member.pk, whose=shown.pk, what=Sight.DOCUMENT, at=now)
    initial = {field: getattr(shown, field) for field in correcting.LINE}
    form = CorrectForm(sent(request), initial=initial, region=region(request))
    if request.method == "POST" and done(
        form,
        lambda: correcting.correct(
            member_id=shown.pk, values=form.cleaned_data, by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("El registro quedó corregido."))
        return redirect("members:member", number)
    return page(request, "members/correct.html", form, shown=shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: MemberRequest, number: int) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    shown = get_object_or_404(Member, number=number)
    here = Section.objects.filter(name=shown.section).first()
    form = MoveForm(sent(request), initial={"since": today(), "section": here})
    if request.method == "POST" and done(form, lambda: _move(request, shown, form)):
        messages.success(request, _("Quedó anotado dónde trabaja."))
        return redirect("members:member", number)
    postings = shown.postings.select_related("section")[:20]
    return page(request, "members/move.html", form, shown=shown, postings=postings)


def _move(request: MemberRequest, shown: Member, form: MoveForm) -> None:
    section = form.cleaned_data["section"]
    sections.move(
        member_id=shown.pk,
        section_id=section.pk if section else None,
        since=form.cleaned_data["since"],
        by=request.actor,
        at=timezone.now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_sections(request: MemberRequest) -> HttpResponse:
    """Every section with its names; a new one."""
    now = timezone.now()
    may_keep = may(request.actor, Power.KEEP_REGISTER, now)
    form = SectionForm(sent(request))
    if request.method == "POST":
        require(request.actor, Power.KEEP_REGISTER, now)
        if done(form, lambda: sections.begin(name=form.cleaned_data["name"], by=request.actor, at=now)):
            return redirect("members:sections")
    found = sections.counted(today())
    return page(request, "members/sections.html", form, sections=found, may_keep=may_keep)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_section(request: MemberRequest, section_id: int) -> HttpResponse:
    """Its names since it began; renaming or closing it."""
    now = timezone.now()
    require(request.actor, Power.KEEP_REGISTER, now)
    section = get_object_or_404(Section, pk=section_id)
    closing = request.method == "POST" and "cerrar" in request.POST
    form = SectionForm(None if closing else sent(request), initial={"name": section.name})
    if closing:
        sections.close(section_id=section.pk, by=request.actor, at=now)
        return redirect("members:sections")
    if request.method == "POST" and done(
        form,
        lambda: sections.rename(
            section_id=section.pk, name=form.cleaned_data["name"], by=request.actor, at=now
        ),
    ):
        messages.success(request, _("La sección cambió de nombre; el de antes queda en su historia."))
        return redirect("members:sections")
    return page(request, "members/section.html", form, section=section, names=section.names.all())


def _facts(shown: Member) -> list[MemberFact]:
    """The latest first; what annuls another is told beside it."""
    found = shown.facts.select_related("resolution", "sanction", "annulment").exclude(kind=FactKind.ANNULLED)
    return sorted(found, key=lambda fact: (fact.day, fact.position), reverse=True)


def _offered(status: Status | None, shown: Member) -> list[tuple[str, str]]:
    """What can happen next to somebody who stands so: address and words."""
    if status is None or status.state == State.DIED:
        return []
    if not status.on_register:
        return [("reingreso", str(WORDS["reingreso"][1]))]
    leaving = [] if shown.left_on else ["renuncia", "jubilacion", "fallecimiento"]
    first = {State.TRIAL: ["confirmar"], State.SUSPENDED: ["levantar"]}.get(status.state, [])
    return [(word, str(WORDS[word][1])) for word in (*first, *leaving)]
