"""A reason as a sentence: what holds, and from when it no longer does."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import seat_name
from coop.council.rotation.eligibility import Standing, Why, WhyNot

Names = Mapping[int, str]
NAMED = 3


def people_said(n: int) -> str:
    return ngettext("%(n)d persona", "%(n)d personas", n) % {"n": n}


def places_said(n: int) -> str:
    return ngettext("%(n)d lugar", "%(n)d lugares", n) % {"n": n}


def shown(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def sentences(standing: Standing, names: Names | None = None, *, kin: bool = False) -> list[str]:
    """`names`: of members by number; without them people go by their number. `kin`: see `sentence`."""
    return [sentence(why, names or {}, kin=kin) for why in standing.reasons]


def sentence(why: Why, names: Names, *, kin: bool = False) -> str:
    """Whose kin one is, is for oneself and for whoever seats them (`kin`); others read that they may not."""
    if why.kind == WhyNot.KIN and not kin:
        return _("No es compatible con quien ya está en el consejo o en la sindicatura.")
    says = _says(why, names)
    if why.from_day is None:
        return says
    return " ".join([says, _("Puede desde el %(day)s.") % {"day": shown(why.from_day)}])


def _says(why: Why, names: Names) -> str:
    match why.kind:
        case WhyNot.OFF_REGISTER:
            return _("Ese día no figura en el registro de asociados/as.")
        case WhyNot.TRIAL:
            return _("Está a prueba: un cargo se ocupa recién con la confirmación.")
        case WhyNot.SUSPENDED:
            return _("Tiene una suspensión.")
        case WhyNot.HOLDS_ANOTHER:
            told = {"seat": seat_name(why.seat), "day": shown(why.until) if why.until else ""}
            return _("Ocupa otro cargo (%(seat)s) hasta el %(day)s: una persona, un cargo.") % told
        case WhyNot.MOST_TERMS:
            return _most_terms(why)
        case WhyNot.EVERYONE_ONCE:
            return _everyone_once(why, names)
        case WhyNot.KIN:
            told = {"who": people(why.who, names)}
            return _("Es pariente de %(who)s: la sindicatura no puede ser pariente del consejo.") % told


def _most_terms(why: Why) -> str:
    told = {"n": why.count, "limit": why.limit, "day": shown(why.until) if why.until else ""}
    return (
        ngettext(
            "Ya lleva %(n)d mandato seguido, hasta el %(day)s; el estatuto permite %(limit)d.",
            "Ya lleva %(n)d mandatos seguidos, hasta el %(day)s; el estatuto permite %(limit)d.",
            why.count,
        )
        % told
    )


def _everyone_once(why: Why, names: Names) -> str:
    told = {"who": people(why.who, names)}
    return _("Ya tuvo su turno, y antes les toca a quienes quieren y nunca tuvieron: %(who)s.") % told


def people(numbers: tuple[int, ...], names: Names) -> str:
    """At most three by name, the rest as a number."""
    told = [names.get(number) or _("n.º %(n)d") % {"n": number} for number in numbers[:NAMED]]
    more = len(numbers) - len(told)
    if more:
        rest = ngettext("%(names)s y %(n)d persona más", "%(names)s y %(n)d personas más", more)
        return rest % {"names": ", ".join(told), "n": more}
    return ", ".join(told)
