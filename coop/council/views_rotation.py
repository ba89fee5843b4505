"""Who may stand for each seat, and what I say about serving."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coop.common.time import local_day, midnight
from coop.council.forms_rotation import LONGEST_WORD, NO, YES, StandingForm
from coop.council.models import Term
from coop.council.rotation import standing as offers
from coop.council.rotation.eligibility import Office
from coop.council.rotation.reading import (
    Group,
    Line,
    group_name,
    groups,
    office_choices,
    rules_in_words,
    seat_choices,
)
from coop.council.rotation.skills import Skill
from coop.council.rotation.world import world_on
from coop.jobs.domain.people import tasks_done_by
from coop.members.asking import done, sent
from coop.members.middleware import MemberRequest
from coop.statute.domain import cooperative, rules_at

PAGE = 50


@require_safe
def rotation(request: MemberRequest) -> HttpResponse:
    """For one seat from one day on: who offers, who may, who may not, why and from when."""
    now, zone = timezone.now(), (request.cooperative or cooperative()).tz
    choices = seat_choices(rules_at(now))
    asked = request.GET.get("cargo", "")
    wanted, name = next((one for one in choices if one[0].code == asked), choices[0])
    day = _day(request.GET.get("desde", ""), wanted.code, now, zone)
    world = world_on(max(midnight(day, zone), now), now, zone)
    office = Office(wanted.code, wanted.kind, wanted.key)
    found = groups(world, office, request.member.number)
    group = _group(request.GET.get("ver", ""), found)
    query = {"cargo": wanted.code, "desde": day.isoformat()}
    context = {
        "room": "council",
        "seats": choices,
        "seat": wanted,
        "name": name,
        "day": day,
        "rules": rules_in_words(world.rules, office),
        "tabs": [
            (group_name(one), len(lines), one == group, urlencode(query | {"ver": one.value}))
            for one, lines in found.items()
        ],
        "group": group.value,
        "page": Paginator(found[group], PAGE).get_page(request.GET.get("page")),
        "query": urlencode(query | {"ver": group.value}),
        "mine": world.offer(request.member.number),
        "i_may": any(
            line.number == request.member.number
            for one, lines in found.items()
            for line in lines
            if one != Group.MAY_NOT
        ),
        "my_reasons": next(
            (x.reasons for x in found[Group.MAY_NOT] if x.number == request.member.number), ()
        ),
    }
    return render(request, "council/rotation.html", context)


def _group(asked: str, found: Mapping[Group, Sequence[Line]]) -> Group:
    if asked in [one.value for one in Group]:
        return Group(asked)
    return next((one for one in Group if found[one]), Group.OFFERS)


def _day(asked: str, code: str, now: datetime, zone: ZoneInfo) -> date:
    """The day that was asked for, else the day after the seat's term ends, else today."""
    today = local_day(now, zone)
    try:
        chosen = parse_date(asked)
    except ValueError:
        chosen = None
    if chosen is not None and today <= chosen and chosen.year <= today.year + 20:
        return chosen
    last = Term.objects.at(now).filter(seat__code=code).first()
    return local_day(last.during.upper, zone) if last and last.during.upper.year < 2100 else today


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: MemberRequest) -> HttpResponse:
    """My own word: whether I would serve, where, what I know."""
    now = timezone.now()
    said = offers.mine(request.member.pk)
    tasks = [one for one in tasks_done_by(request.member.pk) if len(one) <= LONGEST_WORD]
    known = {*Skill.values, *tasks}
    initial = {
        "willing": "" if said.willing is None else YES if said.willing else NO,
        "offices": sorted(said.offices),
        "skills": [one for one in said.skills if one in known],
        "others": ", ".join(one for one in said.skills if one not in known),
        "kin": ", ".join(map(str, sorted(said.kin))),
        "gender": said.gender,
    }
    offices = office_choices(rules_at(now))
    form = StandingForm(sent(request), initial=initial, offices=offices, tasks=tasks)
    if request.method == "POST" and done(
        form, lambda: offers.declare(**form.said(), by=request.actor, at=timezone.now())
    ):
        messages.success(request, _("Listo: quedó asentado. Lo podés cambiar cuando quieras."))
        return redirect("council:rotation")
    context = {"room": "council", "form": form, "said": said}
    status = 422 if form.errors else 200
    return render(request, "council/rotation_standing.html", context, status=status)
