"""Who may stand for a seat, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import seat_name
from coop.council.rotation.eligibility import Office, rotation_of
from coop.council.rotation.skills import skill_names
from coop.council.rotation.told import office_name
from coop.council.rotation.words import sentences
from coop.council.rotation.world import World
from coop.council.seats import Wanted, seats_of
from coop.statute.rules import Rules


class Group(StrEnum):
    OFFERS = "se-ofrecen"
    UNASKED = "sin-decir"
    MAY_NOT = "no-pueden"
    SAID_NO = "dijeron-no"


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    name: str
    section: str
    turns: int
    skills: str
    reasons: tuple[str, ...]
    from_day: date | None


def groups(world: World, office: Office, reader: int) -> dict[Group, list[Line]]:
    """Everybody on the register that day, in one group each; who never had a turn first.

    `reader`: number of the member who reads it; whose kin one is is told to oneself alone.
    """
    found: dict[Group, list[Line]] = {group: [] for group in Group}
    for number in world.people:
        standing, offer = world.standing(office, number), world.offer(number)
        line = Line(
            number,
            world.names[number],
            world.sections[number],
            len(world.turns(office, number)),
            ", ".join(skill_names(offer.skills)),
            tuple(sentences(standing, world.names, kin=number == reader)),
            standing.from_day,
        )
        if not standing.may:
            found[Group.MAY_NOT].append(line)
        elif offer.willing is None:
            found[Group.UNASKED].append(line)
        else:
            found[Group.OFFERS if offer.wants(office.name) else Group.SAID_NO].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.turns, line.number))
    return found


def group_name(group: Group) -> str:
    names = {
        Group.OFFERS: _("Se ofrecen"),
        Group.UNASKED: _("Pueden, falta preguntar"),
        Group.MAY_NOT: _("Todavía no pueden"),
        Group.SAID_NO: _("Dijeron que no"),
    }
    return names[group]


def rules_in_words(rules: Rules, office: Office) -> list[str]:
    """What the statute says of that seat's rotation, in sentences."""
    rule = rotation_of(rules, office)
    if not rule.most_terms:
        said = [_("El estatuto no limita la reelección para este cargo.")]
    else:
        limit = ngettext(
            "Hasta %(n)d mandato seguido por persona.",
            "Hasta %(n)d mandatos seguidos por persona.",
            rule.most_terms,
        )
        said = [limit % {"n": rule.most_terms}]
    if rule.most_terms and rule.cool_off_years:
        rest = ngettext(
            "Después descansa %(n)d año para volver.",
            "Después descansa %(n)d años para volver.",
            rule.cool_off_years,
        )
        said.append(rest % {"n": rule.cool_off_years})
    elif rule.most_terms:
        said.append(_("Descansa medio mandato para volver."))
    if rule.everyone_once:
        said.append(_("Nadie dos veces antes de que cada asociado/a que quiera haya tenido su turno."))
    if office.council_or_audit and rule.most_terms:
        counts_seat = rules.rotation.counts == "seat"
        said.append(
            _("Se cuentan los mandatos del mismo cargo.")
            if counts_seat
            else _("Se cuentan los mandatos en cualquier cargo del consejo o de la sindicatura.")
        )
    return said


def seat_choices(rules: Rules) -> list[tuple[Wanted, str]]:
    """Every seat of the statute with its name."""
    return [(one, one.name or seat_name(one.code)) for one in seats_of(rules)]


def office_choices(rules: Rules) -> list[tuple[str, str]]:
    """Each office once: its name for programs, its name for people."""
    found: dict[str, str] = {}
    for one in seats_of(rules):
        office = Office(one.code, one.kind, one.key)
        if office.name not in found:
            found[office.name] = _position_name(rules, one.key) if one.key else office_name(office.name)
    return list(found.items())


def _position_name(rules: Rules, key: str) -> str:
    return next((str(one.name) for one in rules.positions.held if one.key == key), key)


def offices_in_words(rules: Rules, offices: Sequence[str]) -> str:
    names = dict(office_choices(rules))
    return ", ".join(names.get(one, one) for one in offices)
