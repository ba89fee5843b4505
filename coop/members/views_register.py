"""The register as members read it, on any day; as a spreadsheet, and as the book."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as day_as
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.members import looks
from coop.members.asking import region, today
from coop.members.downloads import spreadsheet
from coop.members.enums import Sight, State
from coop.members.middleware import MemberRequest
from coop.members.models import Application
from coop.members.printing import print_book
from coop.members.reading import GONE, ORDERS, SHOWN, WANTED, Asked, Line, as_of, lines
from coop.members.sections import open_sections
from coop.powers import Power, powers_of, require

PER_PAGE = 100
CHIPS = {
    State.TRIAL: ("clock", "petrol"),
    State.ACTIVE: ("tick", "quiet"),
    State.SUSPENDED: ("alert", "no"),
}
EVERYBODY_GONE = ("circle", "quiet")


class Row(NamedTuple):
    """A line as the page writes it. `day`: of joining or leaving; `chip`: of a state that is not usual."""

    number: str
    url: str
    name: str
    section: str
    chip: str
    day: str


@require_safe
def register(request: MemberRequest) -> HttpResponse:
    """Number, name, section, state and days: what every member may read of every other."""
    asked, now = asked_by(request), timezone.now()
    page = Paginator(lines(asked, today()).only(*SHOWN), PER_PAGE).get_page(request.GET.get("page"))
    former = asked.state == GONE
    powers = powers_of(request.actor, now)
    may_keep = Power.KEEP_REGISTER in powers
    context = {
        "room": "books",
        "page": page,
        "rows": _rows(as_of(page.object_list, asked.day, today()), former=former),
        "asked": asked,
        "words": asked.words,
        "former": former,
        "past": asked.day != today(),
        "filtered": bool(asked.words or asked.state or asked.section),
        "sections": open_sections(),
        "query": urlencode(_query(asked)),
        "may_keep": may_keep,
        "may_print": Power.WITNESS in powers,
        "waiting": Application.objects.waiting().count() if may_keep else 0,
        **_choices(),
    }
    return render(request, "members/register.html", context)


@never_cache
@require_safe
def register_csv(request: MemberRequest) -> HttpResponse:
    """The list that is shown, whole; with the private columns for who keeps the register."""
    private, now, asked = request.GET.get("datos") == "completos", timezone.now(), asked_by(request)
    if private:
        require(request.actor, Power.KEEP_REGISTER, now)
        looks.note(who=request.member.pk, whose=None, what=Sight.REGISTER_FILE, at=now)
    found = as_of(lines(asked, today()), asked.day, today())
    content = spreadsheet(found, private=private, region=region(request))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="registro-{asked.day:%Y-%m-%d}.csv"'
    return response


@require_POST
def register_book(request: MemberRequest) -> HttpResponse:
    """The book of that day as a PDF: frozen once, the same for whoever asks for it again."""
    printed = print_book(day=_day(request.POST.get("dia", "")), by=request.actor, at=timezone.now())
    return redirect("documents:document", printed.pk)


def asked_by(request: MemberRequest) -> Asked:
    """What the address says; what it says badly counts for nothing."""
    state, order = request.GET.get("estado", ""), request.GET.get("orden", "")
    if request.GET.get("bajas") == "1":
        state = GONE
    return Asked(
        day=_day(request.GET.get("dia", "")),
        words=request.GET.get("q", "")[:80].replace("\0", "").strip(),
        state=state if state in (*WANTED, GONE) else "",
        section=request.GET.get("seccion", "")[:60].replace("\0", ""),
        order=order if order in ORDERS else "nombre",
    )


def _day(text: str) -> date:
    """Today for what is no day, and for days that have not come."""
    try:
        return min(date.fromisoformat(text), today())
    except ValueError:
        return today()


def _rows(shown: Iterable[Line], *, former: bool) -> list[Row]:
    """What lines share is made once for a page: chips, the address of a member, the form of a day."""
    form, chips = get_format("SHORT_DATE_FORMAT"), {State.ACTIVE: ""}
    before, _none, after = reverse("members:member", args=[0]).rpartition("0")
    rows = []
    for line in shown:
        if line.state not in chips:
            icon, kind = CHIPS.get(line.state, EVERYBODY_GONE)
            chip = {"text": line.state.label, "icon": icon, "kind": kind}
            chips[line.state] = render_to_string("components/chip.html", chip)
        member = line.member
        rows.append(
            Row(
                number=str(member.number),
                url=f"{before}{member.number}{after}",
                name=member.listed_name,
                section=line.section,
                chip=chips[line.state],
                day=day_as(line.since if former else member.joined_on, form),
            )
        )
    return rows


def _query(asked: Asked) -> dict[str, str]:
    told = {
        "q": asked.words,
        "estado": asked.state,
        "seccion": asked.section,
        "orden": "" if asked.order == "nombre" else asked.order,
        "dia": "" if asked.day == today() else asked.day.isoformat(),
    }
    return {name: value for name, value in told.items() if value}


def _choices() -> dict[str, Any]:
    return {
        "states": [
            ("", _("Quienes están")),
            ("activos", _("Activos/as")),
            ("prueba", _("A prueba")),
            ("suspendidos", _("Suspendidos/as")),
            (GONE, _("Bajas")),
        ],
        "orders": [
            ("nombre", _("Apellido")),
            ("numero", _("Número")),
            ("ingreso", _("Ingreso")),
            ("seccion", _("Sección")),
        ],
    }
