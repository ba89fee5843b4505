"""A proposed slate in words: each person's reason in a sentence, and what the slate leaves undone. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import SeatKind
from coop.council.rotation.planner import Pick, Plan, View
from coop.council.rotation.skills import skill_name, skill_names
from coop.council.rotation.words import people, shown
from coop.council.rotation.world import World


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
    parts = [_served(len(turns), shown(max(one.until for one in turns)) if turns else "")]
    parts.append(_("dijo que contemos con esa persona") if pick.said else _("falta preguntarle si quiere"))
    if pick.skills:
        parts.append(_("sabe: %(skills)s") % {"skills": ", ".join(skill_names(pick.skills))})
    if section := world.sections.get(pick.number):
        parts.append(_("trabaja en %(section)s") % {"section": section})
    return "; ".join(parts) + "."


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
    if world.rules.rotation.staggered and len(new) > 1 and len(new) == world.rules.council.seats:
        yield _("Se renueva todo el consejo junto, y el estatuto pide por partes: elijan mandatos distintos.")
    yield from _balance(world, council)


def _untaught(plan: Plan) -> Iterator[str]:
    """In one sentence: seats whose holder named none of what the seat is easier with."""
    seats = [
        f"{pick.opening.name} ({', '.join(skill_name(one) for one in sorted(pick.opening.helps))})"
        for pick in plan.picks
        if pick.number is not None and pick.opening.helps and not pick.skills
    ]
    if seats:
        yield _("Se aprende en el cargo, hay que acompañar: %(seats)s.") % {"seats": "; ".join(seats)}


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


def facts_of(world: World, plan: Plan) -> dict[str, Any]:
    """What a slate freezes when it is kept, in the language of the moment."""
    picks = [
        {
            "seat": pick.opening.office.code,
            "seat_name": pick.opening.name,
            "number": pick.number,
            "name": world.names.get(pick.number, "") if pick.number is not None else "",
            "reason": reason(world, pick),
        }
        for pick in plan.picks
    ]
    left = undone(world, plan)
    return {
        "begins_on": world.day.isoformat(),
        "view": plan.view.value,
        "title": title_of(plan.view),
        "picks": picks,
        "undone": left,
        "shown": {
            "paragraphs": [
                _("Lista para ocupar cargos desde el %(day)s. %(about)s")
                % {"day": shown(world.day), "about": about(plan.view)},
                *left,
            ],
            "tables": [
                {
                    "title": _("La lista"),
                    "columns": [_("Cargo"), _("Quién"), _("Por qué")],
                    "rows": [[one["seat_name"], one["name"] or "—", one["reason"]] for one in picks],
                }
            ],
        },
    }
