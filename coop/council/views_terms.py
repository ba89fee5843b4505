"""One term; a council takes its seats; a term ends; a vacancy is filled."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.access.confirm import desk, recently
from coop.common.errors import DomainError, NotAllowed
from coop.common.time import midnight
from coop.council import seating, vacancies
from coop.council.decisions import Pick, adopted, last_day_of, picks_of
from coop.council.forms_terms import EndForm, NameForm, SeatsForm
from coop.council.models import HowEnded, SeatKind, Slate, Term, seat_name
from coop.council.reading import line_of, seats_at
from coop.council.rotation.lapsing import spans_from
from coop.council.rotation.staggering import end_together
from coop.council.seats import seats_of
from coop.council.term_length import latest_day
from coop.members.asking import done, page, sent, today
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may, powers_of, require
from coop.statute.domain import cooperative, rules_at
from coop.statute.models import Matter, Resolution, StatuteVersion

RECENT = 30


@require_safe
def term(request: MemberRequest, term_id: int) -> HttpResponse:
    now = timezone.now()
    related = ("seat", "member", "resolution", "ended_resolution", "recorded_by", "ended_by", "fills__member")
    shown = get_object_or_404(Term.objects.select_related(*related), pk=term_id)
    ended = shown.during.isempty or shown.during.upper <= now
    vacancy = vacancies.next_for(shown.seat, now) if ended and shown.how_ended else None
    context = {
        "room": "council",
        "term": shown,
        "line": None if shown.during.isempty else line_of(shown, now),
        "running": not ended and shown.during.lower <= now,
        "may_end": not ended and may(request.actor, Power.KEEP_TERMS, now),
        "may_resign": not ended and not shown.during.isempty and shown.member_id == request.actor.member_id,
        "vacancy": vacancy if vacancy and vacancy.left and vacancy.left.pk == shown.pk else None,
        "filled_by": shown.filled_by.select_related("member"),
    }
    return render(request, "council/terms_term.html", context)


@never_cache
@desk(Power.KEEP_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: MemberRequest) -> HttpResponse:
    """Who takes which seat by one resolution: first as it would be, then for good. All or nobody."""
    now = timezone.now()
    require(request.actor, Power.KEEP_TERMS, now)
    form = _seats_form(request, now)
    confirmed = "confirmado" in request.POST
    # Whoever comes back from the look to correct something finds what they had typed.
    looks = request.method == "POST" and "corregir" not in request.POST
    if looks and form.is_valid() and (made := _seated(request, form, now, keep=confirmed)):
        if confirmed:
            said = ngettext("Quedó asentado %(n)d mandato.", "Quedaron asentados %(n)d mandatos.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("council:seats")
        together = _together(made, now)
        return page(request, "council/terms_seat.html", form, room="council", made=made, together=together)
    return page(
        request,
        "council/terms_seat.html",
        form,
        room="council",
        people=Member.objects.on_register(today()).order_by("number"),
        cited=Resolution.objects.filter(matter__in=[Matter.ELECTION, Matter.ORDINARY_DECISION])[:RECENT],
    )


def _seats_form(request: MemberRequest, now: datetime) -> SeatsForm:
    held = {
        line.seat.code: _("%(name)s, hasta el %(day)s.")
        % {"name": line.held.name, "day": f"{line.held.last_day:%d/%m/%Y}"}
        for line in seats_at(now)
        if line.held
    }
    offered = {one.code: one for version in _versions() for one in seats_of(version.rules)}
    seats = [
        (one, one.name or seat_name(one.code), held.get(one.code, _("Hoy está vacante.")))
        for one in offered.values()
    ]
    return SeatsForm(sent(request), seats=seats, initial={"first": today()} | _of_slate(request))


def _of_slate(request: MemberRequest) -> dict[str, Any]:
    """What `?lista=` asks to be filled in: whom an adopted list names, by its resolution."""
    asked = request.GET.get("lista", "")
    resolution = adopted(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if resolution is None:
        return {}
    picks = picks_of(resolution) or {}
    begins = Slate.objects.get(pk=int(asked)).begins_on
    decided = localtime(resolution.adopted_at).date()
    named = {code: one["number"] for code, one in picks.items() if one["number"] is not None}
    return {"resolution": str(resolution), "first": max(begins, decided), **named}


def _versions() -> list[StatuteVersion]:
    """The statute in force and those that are to come."""
    coming = StatuteVersion.objects.filter(holds_from__gt=today()).order_by("holds_from")
    return [StatuteVersion.objects.in_force(today()), *coming]


def _seated(request: MemberRequest, form: SeatsForm, now: datetime, *, keep: bool) -> list[Term]:
    """Empty when a rule said no: then it stands at the seat's own field."""
    made = []
    picks = picks_of(form.cleaned_data["resolution"])
    with transaction.atomic():
        for code, member in form.chosen.items():
            try:
                made.append(_seat(request, form, code, member, now, picks))
            except NotAllowed:
                raise
            except DomainError as error:
                form.add_error(code, str(error))
        if form.errors or not keep:
            transaction.set_rollback(True)
    return [] if form.errors else made


def _together(made: list[Term], now: datetime) -> date | None:
    """The day on which all terms of the council would end, where the statute renews it by parts."""
    rules = rules_at(now)
    council = {one.code for one in seats_of(rules) if one.kind == SeatKind.COUNCIL}
    spans = [(span.end, span.code) for span in spans_from(now)]
    spans += [(one.during.upper, one.seat.code) for one in made]
    last = timedelta(microseconds=1)
    ends = {code: localtime(end - last).date() for end, code in sorted(spans) if code in council}
    return next(iter(ends.values())) if end_together(rules, ends) else None


def _seat(
    request: MemberRequest,
    form: SeatsForm,
    code: str,
    member: Member,
    now: datetime,
    picks: Mapping[str, Pick] | None,
) -> Term:
    """To the day that was typed, else the one that the adopted list says, else the statute's last."""
    values = form.cleaned_data
    first = values["first"]
    last = values["last_day"] or last_day_of(picks, code)
    if last is None:
        rules = StatuteVersion.objects.in_force(first).rules
        last = latest_day(rules, form.wanted[code], first, cooperative()).day
    with transaction.atomic():
        return seating.seat(
            seat_code=code,
            member=member,
            first=first,
            last_day=last,
            resolution=values["resolution"],
            by=request.actor,
            at=now,
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def term_end(request: MemberRequest, term_id: int) -> HttpResponse:
    """By who keeps the terms; and whoever holds it may resign from it. Others prove nothing for that."""
    shown = get_object_or_404(Term.objects.select_related("seat", "member"), pk=term_id)
    if shown.member_id != request.actor.member_id:
        require(request.actor, Power.KEEP_TERMS, timezone.now())
    return _ending(request, shown)


@recently
def _ending(request: MemberRequest, shown: Term) -> HttpResponse:
    now = timezone.now()
    own = shown.member_id == request.actor.member_id
    keeps = may(request.actor, Power.KEEP_TERMS, now)
    form = EndForm(sent(request), term=shown, own=own, keeps=keeps, initial={"day": today()})
    if request.method == "POST" and done(form, lambda: _end(request, shown, form, now)):
        messages.success(request, _("Quedó asentado cuándo termina el mandato."))
        return redirect("council:term", shown.pk)
    recalls = Resolution.objects.filter(matter__in=[Matter.RECALL, Matter.ORDINARY_DECISION])
    cited = recalls[:RECENT] if keeps else []
    return page(request, "council/terms_end.html", form, room="council", term=shown, own=own, cited=cited)


def _end(request: MemberRequest, shown: Term, form: EndForm, now: datetime) -> None:
    values = form.cleaned_data
    day = values["day"]
    seating.end_term(
        term_id=shown.pk,
        how=HowEnded(values["how"]),
        ends_at=now if day == today() else midnight(day, cooperative().tz),
        resolution=values.get("resolution"),
        note=values["note"],
        by=request.actor,
        at=now,
    )


@never_cache
@desk(*vacancies.MAY_CALL)
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy(request: MemberRequest, term_id: int) -> HttpResponse:
    """What the statute says of the seat that this term left empty; calling or naming who fills it."""
    now = timezone.now()
    left = get_object_or_404(Term.objects.select_related("seat", "member"), pk=term_id)
    found = vacancies.next_for(left.seat, now)
    open_ = found is not None and found.left is not None and found.left.pk == left.pk
    powers = powers_of(request.actor, now)
    form = NameForm(request.POST if "member" in request.POST else None)
    if request.method == "POST":
        acted = "member" in request.POST
        if done(form, lambda: _name(request, left, form, now)) if acted else _call(request, left, now):
            messages.success(request, _("El cargo quedó cubierto."))
            return redirect("council:seats")
    filler = found.filler if found and open_ else None
    return page(
        request,
        "council/terms_vacancy.html",
        form,
        room="council",
        left=left,
        vacancy=found if open_ else None,
        says=vacancies.told(found) if found and open_ else "",
        may_call=filler == "alternate" and bool(powers & vacancies.MAY_CALL),
        may_name=filler == "auditor" and Power.FILL_VACANCIES in powers,
        rule=rules_at(now).council,
        people=Member.objects.on_register(today()).order_by("number") if filler == "auditor" else [],
    )


def _call(request: MemberRequest, left: Term, now: datetime) -> bool:
    vacancies.call_alternate(term_id=left.pk, by=request.actor, at=now)
    return True


def _name(request: MemberRequest, left: Term, form: NameForm, now: datetime) -> None:
    vacancies.name_until_assembly(
        term_id=left.pk, member=form.cleaned_data["member"], by=request.actor, at=now
    )
