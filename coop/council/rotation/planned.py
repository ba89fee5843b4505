"""A proposed slate in words: each person's reason in a sentence, and what the slate leaves undone. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import SeatKind
from coop.council.rotation.planner import Opening, Pick, Plan, View
from coop.council.rotation.skills import skill_names
from coop.council.rotation.staggering import shorter_ends
from coop.council.rotation.words import people, shown
from coop.council.rotation.world import World
from coop.statute.models import Cooperative

DAY = timedelta(days=1)


def title_of(view: str) -> str:
    titles = {
        View.TURN: _("A quien le toca"),
        View.SKILL: _("Quien conoce la tarea"),
        View.BALANCE: _("Toda la planta"),
    }
    return titles[View(view)]


def about(view: str) -> str:
    words = {
        View.TURN: _("Primero quien nunca tuvo un cargo, después quien descansó más tiempo."),
        View.SKILL: _("Entre quienes pueden, quien dijo saber lo que el cargo pide."),
        View.BALANCE: _("Entre quienes pueden, que haya gente de todas las secciones."),
    }
    return words[View(view)]


def reason(world: World, pick: Pick) -> str:
    """Why them, in one sentence."""
    if pick.number is None:
        return _("Nadie que pueda dijo que sí, ni queda a quién preguntarle.")
    turns = world.turns(pick.opening.office, pick.number)
    parts = [_served(len(turns), shown(max(one.until for one in turns) - DAY) if turns else "")]
    parts.append(_("dijo que contemos con esa persona") if pick.said else _("falta preguntarle si quiere"))
    if pick.skills:
        parts.append(_("sabe: %(skills)s") % {"skills": ", ".join(skill_names(pick.skills))})
    parts.append(_where(world, pick.number, pick.opening))
    return "; ".join(filter(None, parts)) + "."


def _where(world: World, number: int, opening: Opening) -> str:
    """The section they work in; of a section's own position, whether it is that one."""
    section = world.sections.get(number, "")
    if opening.is_of(section):
        return _("es de la misma sección (%(section)s)") % {"section": section}
    if opening.section and number in world.waiting(opening.office):
        said = _("no es de la sección %(section)s: quiere, nunca tuvo un turno y le toca antes")
        return said % {"section": opening.section}
    if opening.section:
        return _("no es de la sección %(section)s") % {"section": opening.section}
    return _("trabaja en %(section)s") % {"section": section} if section else ""


def learns(pick: Pick) -> str:
    """What the seat is easier with, where its holder named none of it."""
    if pick.number is None or pick.skills or not pick.opening.helps:
        return ""
    return _("Aprende en el cargo: %(skills)s.") % {
        "skills": ", ".join(skill_names(sorted(pick.opening.helps)))
    }


def _served(count: int, until: str) -> str:
    if not count:
        return _("Nunca tuvo un turno")
    told = {"n": count, "day": until}
    return (
        ngettext(
            "Tuvo %(n)d mandato, que terminó el %(day)s",
            "Tuvo %(n)d mandatos, el último hasta el %(day)s",
            count,
        )
        % told
    )


def undone(world: World, plan: Plan) -> list[str]:
    """What the slate does not solve; never empty words."""
    return [*_empty(plan), *_unasked(world, plan), *_left_out(world, plan), *_whole(world, plan)]


def _empty(plan: Plan) -> Iterator[str]:
    for pick in plan.picks:
        if pick.number is None:
            yield _("Queda sin nadie: %(seat)s.") % {"seat": pick.opening.name}


def _unasked(world: World, plan: Plan) -> Iterator[str]:
    unasked = tuple(pick.number for pick in plan.picks if pick.number is not None and not pick.said)
    if unasked:
        yield _("Hay que preguntar a %(who)s.") % {"who": people(unasked, world.names)}


def _left_out(world: World, plan: Plan) -> Iterator[str]:
    waiting = {
        number
        for pick in plan.picks
        for number, offer in world.offers.items()
        if offer.wants(pick.opening.office.name)
        and not world.turns(pick.opening.office, number)
        and world.fit(pick.opening.office, number).may
    }
    left = tuple(sorted(waiting - set(plan.numbers)))
    if left:
        told = {"who": people(left, world.names)}
        said = ngettext(
            "Quiere, nunca tuvo un turno y queda para otra vez: %(who)s.",
            "Quieren, nunca tuvieron un turno y quedan para otra vez: %(who)s.",
            len(left),
        )
        yield said % told


def _whole(world: World, plan: Plan) -> Iterator[str]:
    council = [
        *(number for number, office in world.seated if office.kind == SeatKind.COUNCIL),
        *(p.number for p in plan.picks if p.number is not None and p.opening.office.kind == SeatKind.COUNCIL),
    ]
    new = [pick for pick in plan.picks if pick.opening.office.kind == SeatKind.COUNCIL]
    if council and new and not any(world.history.get(number) for number in council):
        yield _("Nadie del consejo tuvo antes un cargo: conviene que el saliente acompañe unos meses.")
    yield from _untaught(plan)
    yield from _balance(world, council)


def _untaught(plan: Plan) -> Iterator[str]:
    """How many learn in their seats; what each learns stands beside their name."""
    many = sum(1 for pick in plan.picks if learns(pick))
    if many:
        said = ngettext(
            "%(n)d persona va a aprender en el cargo: hay que acompañarla.",
            "%(n)d personas van a aprender en el cargo: hay que acompañarlas.",
            many,
        )
        yield said % {"n": many}


def parts(plan: Plan, sooner: Mapping[str, date]) -> str:
    """Why some terms of the slate are shorter, in one sentence; "" where none is."""
    seats = [pick.opening.name for pick in plan.picks if pick.opening.office.code in sooner]
    if not seats:
        return ""
    told = {"seats": ", ".join(seats), "day": shown(min(sooner.values()))}
    said = ngettext(
        "El estatuto pide renovar el consejo por partes. Por eso este mandato termina antes, el %(day)s: "
        "%(seats)s. Los demás duran el plazo entero.",
        "El estatuto pide renovar el consejo por partes. Por eso estos mandatos terminan antes, el %(day)s: "
        "%(seats)s. Los demás duran el plazo entero.",
        len(seats),
    )
    return said % told


def _balance(world: World, council: list[int]) -> Iterator[str]:
    asked = world.rules.rotation.balance
    if "sections" in asked and council:
        everywhere = {world.sections.get(number) for number in world.people} - {"", None}
        without = sorted(str(one) for one in everywhere - {world.sections.get(n) for n in council})
        if without:
            yield _("Sin nadie en el consejo: %(sections)s.") % {"sections": ", ".join(without)}
    said = Counter(world.offer(number).gender for number in council)
    # Only sums, and only where no single person can be told from them.
    if "genders" in asked and abs(said["woman"] - said["man"]) > 1 and said.total() > 2:
        yield _("Entre quienes lo declararon, la lista no queda pareja entre mujeres y varones.")


def _facts(world: World, pick: Pick, last_day: date | None) -> dict[str, Any]:
    return {
        "seat": pick.opening.office.code,
        "seat_name": pick.opening.name,
        "number": pick.number,
        "name": world.names.get(pick.number, "") if pick.number is not None else "",
        "reason": reason(world, pick),
        "learns": learns(pick),
        "last_day": last_day.isoformat() if last_day else "",
        "ends": _("Su mandato termina antes, el %(day)s.") % {"day": shown(last_day)} if last_day else "",
    }


def facts_of(world: World, plan: Plan, house: Cooperative) -> dict[str, Any]:
    """What a slate freezes when it is kept, in the language of the moment.

    `last_day` of a pick whose term is to be shorter than the statute's, as ISO; "" of the others.
    """
    filled = [pick.opening.office.code for pick in plan.picks if pick.number is not None]
    sooner = shorter_ends(world, filled, house)
    picks = [_facts(world, pick, sooner.get(pick.opening.office.code)) for pick in plan.picks]
    left, apart = undone(world, plan), parts(plan, sooner)
    return {
        "begins_on": world.day.isoformat(),
        "view": plan.view.value,
        "title": title_of(plan.view),
        "picks": picks,
        "parts": apart,
        "undone": left,
        "shown": {
            "paragraphs": [
                _("Lista para ocupar cargos desde el %(day)s. %(about)s")
                % {"day": shown(world.day), "about": about(plan.view)},
                *([apart] if apart else []),
                *left,
            ],
            "tables": [
                {
                    "title": _("La lista"),
                    "columns": [_("Cargo"), _("Quién"), _("Por qué")],
                    "rows": [[one["seat_name"], one["name"] or "—", _why(one)] for one in picks],
                }
            ],
        },
    }


def _why(pick: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (pick["reason"], pick["learns"], pick["ends"])))
