"""What still stands in the way of beginning, step by step, worked out anew from the drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import SeatCode
from coop.members.register_file import RegisterFile, RegisterRow
from coop.portal.beginning import book, council, people
from coop.portal.beginning.steps import Step, is_typed, today_of
from coop.portal.models import Beginning
from coop.statute.book_lines import BookFile


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence and the step where it is mended. One that does not `stop` is only good to know."""

    step: Step
    says: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Whole:
    """The drafts as their readers see them, and what was found in them."""

    register: RegisterFile
    council: council.Read
    book: BookFile
    findings: tuple[Finding, ...]
    secretary: int | None

    @property
    def ready(self) -> bool:
        return not any(finding.stops for finding in self.findings)

    def stopping(self) -> set[Step]:
        return {finding.step for finding in self.findings if finding.stops}


def whole(beginning: Beginning, at: datetime) -> Whole:
    today = today_of(beginning, at)
    register = people.read(beginning, at)
    terms = council.read(beginning, register.members)
    resolutions = book.read(beginning, at)
    found = [
        *_missing(beginning),
        *_statute(beginning, register, resolutions, today),
        *_register(register, today),
        *(_council(beginning, terms, register, today) if is_typed(beginning, Step.COUNCIL) else ()),
        *_book(resolutions),
    ]
    known = {one.number: one for one in register.members}
    number = terms.holder(SeatCode.SECRETARY, today)
    is_here = number in known and _is_here(known[number], today)
    return Whole(register, terms, resolutions, tuple(found), number if is_here else None)


def _missing(beginning: Beginning) -> Iterator[Finding]:
    says = {
        Step.HOUSE: _("Faltan los datos de la cooperativa."),
        Step.STATUTE: _("Falta elegir el estatuto."),
        Step.PEOPLE: _("Falta el registro de asociados/as."),
        Step.COUNCIL: _("Falta decir quién ocupa cada cargo."),
    }
    for step in Step:
        if step.needed and not is_typed(beginning, step):
            yield Finding(step, says[step])


def _statute(
    beginning: Beginning, register: RegisterFile, resolutions: BookFile, today: date
) -> Iterator[Finding]:
    """Every act is judged by the version in force that day: nothing may be older than the first one."""
    if not beginning.statute:
        return
    holds_from = date.fromisoformat(beginning.statute["holds_from"])
    if holds_from > today:
        yield Finding(Step.STATUTE, _("El estatuto empieza a regir en el futuro: tiene que regir hoy."))
    days = [one.joined_on for one in register.members] + [one.day for one in resolutions.lines]
    first = min(days, default=holds_from)
    if first < holds_from:
        told = {"day": date_format(first, "SHORT_DATE_FORMAT")}
        says = _(
            "Hay ingresos o resoluciones desde el %(day)s: el estatuto tiene que regir desde ese día o antes."
        )
        yield Finding(Step.STATUTE, says % told)


def _register(register: RegisterFile, today: date) -> Iterator[Finding]:
    if n := len(register.problems):
        says = ngettext("El registro tiene %(n)d error.", "El registro tiene %(n)d errores.", n)
        yield Finding(Step.PEOPLE, says % {"n": n})
    elif register.members and not any(_is_here(one, today) for one in register.members):
        yield Finding(Step.PEOPLE, _("Nadie de lo cargado figura hoy en el registro."))


def _council(
    beginning: Beginning, terms: council.Read, register: RegisterFile, today: date
) -> Iterator[Finding]:
    if n := len(terms.wrong) + len(terms.earlier_wrong):
        says = ngettext("El consejo tiene %(n)d error.", "El consejo tiene %(n)d errores.", n)
        yield Finding(Step.COUNCIL, says % {"n": n})
        return
    known = {one.number: one for one in register.members}
    here = council.places(beginning)
    if {*beginning.council.get("seats", {})} - {one.code for one in here}:
        says = _("Hay cargos cargados que eran de otro estatuto. Mirá este paso y guardalo de nuevo.")
        yield Finding(Step.COUNCIL, says)
    for seat in here:
        number = terms.holder(seat.code, today)
        if number is None and seat.code == SeatCode.SECRETARY:
            says = _("Hoy nadie ocupa la secretaría, y sin ella nadie podría llevar el registro.")
            yield Finding(Step.COUNCIL, says)
        elif number is None and seat.code in (SeatCode.PRESIDENT, SeatCode.TREASURER):
            says = _("%(seat)s está vacante: hasta que alguien la ocupe, nadie puede lo que le toca.")
            yield Finding(Step.COUNCIL, says % {"seat": seat.label}, stops=False)
        elif number is not None and not _is_here(known[number], today):
            told = {"seat": seat.label, "number": number}
            says = _("%(seat)s: el N.º %(number)d hoy no figura en el registro.") % told
            yield Finding(Step.COUNCIL, says, stops=seat.code == SeatCode.SECRETARY)
        elif number is not None and not seat.of_statute:
            says = _("%(seat)s: el estatuto elegido no tiene este cargo. El mandato entra igual.")
            yield Finding(Step.COUNCIL, says % {"seat": seat.label}, stops=False)


def _book(resolutions: BookFile) -> Iterator[Finding]:
    if n := len(resolutions.problems):
        says = ngettext(
            "El libro de resoluciones tiene %(n)d error.", "El libro de resoluciones tiene %(n)d errores.", n
        )
        yield Finding(Step.RESOLUTIONS, says % {"n": n})


def _is_here(row: RegisterRow, today: date) -> bool:
    return row.joined_on <= today and (row.left_on is None or row.left_on > today)
