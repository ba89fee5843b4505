"""Why hours are not taken in, a run not prepared, not approved, a unit not voted."""

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError
from coop.common.money import money
from coop.statute.meanings.words import decimal


def month_name(period: str) -> str:
    """`2026-10` as the reader says it: "octubre de 2026"."""
    year, month = period.split("-")
    return str(date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT"))


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


class OfAMonth(DomainError):
    """An error about one month ("2026-10")."""

    def __init__(self, period: str) -> None:
        super().__init__(period)
        self.period = period

    def told(self) -> dict[str, str]:
        return {"period": month_name(self.period)}


class NoSuchMonth(DomainError):
    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written

    def message(self) -> str:
        return _("«%(value)s» no es un mes. Escribilo como 2026-10.") % {"value": self.written[:20]}


class MonthToCome(OfAMonth):
    def message(self) -> str:
        return _("Todavía no empezó %(period)s: no puede haber horas trabajadas.") % self.told()


class MonthIsPaid(OfAMonth):
    """The month's run is approved: its hours do not change any more."""

    def message(self) -> str:
        return _("La liquidación de %(period)s ya está aprobada: sus horas no cambian.") % self.told()


class RunStands(OfAMonth):
    """A run of that month is prepared or approved already."""

    def message(self) -> str:
        return _("Ya hay una liquidación de %(period)s. Para hacer otra, primero hay que retirarla.") % (
            self.told()
        )


class NewerHours(OfAMonth):
    """A corrected file came in after the one that was looked at."""

    def message(self) -> str:
        return _("Después de esta planilla se cargó otra de %(period)s. Mirá la última.") % self.told()


class NothingToPay(OfAMonth):
    def message(self) -> str:
        return _("En %(period)s no hay ninguna hora que se pague. Revisá la planilla.") % self.told()


class PayTooFarApart(DomainError):
    """One hour is worth more times another than the statute allows."""

    def __init__(self, found: Fraction, most: Fraction, source: str) -> None:
        super().__init__(found, most, source)
        self.found, self.most, self.source = found, most, source

    def message(self) -> str:
        told = {"found": decimal(self.found, 2), "most": decimal(self.most, 2), "source": self.source}
        return (
            _("Una hora vale %(found)s veces lo que otra, y el estatuto permite hasta %(most)s (%(source)s).")
            % told
        )


class QuestionsOpen(DomainError):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def message(self) -> str:
        return ngettext(
            "Falta responder %(n)d pregunta antes de preparar la liquidación.",
            "Falta responder %(n)d preguntas antes de preparar la liquidación.",
            self.count,
        ) % {"n": self.count}


class NoSuchQuestion(DomainError):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def message(self) -> str:
        return _("Esa pregunta sobre N.º %(number)d ya no está. Mirá la planilla de nuevo.") % {
            "number": self.number
        }


class AnswerIncomplete(DomainError):
    def message(self) -> str:
        return _("Elegí una respuesta y escribí el motivo; si las horas son otras, escribilas.")


class MoreThanTheMonth(DomainError):
    """`hours` typed as an answer, `most` that the month has: whole hours."""

    def __init__(self, hours: int, most: int) -> None:
        super().__init__(hours, most)
        self.hours, self.most = hours, most

    def message(self) -> str:
        return _("%(hours)d horas no entran en el mes, que tiene %(most)d. Revisá la coma.") % {
            "hours": self.hours,
            "most": self.most,
        }


class NoPayUnit(DomainError):
    """No assembly has said what an hour is worth on `day`."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        return _(
            "Ninguna asamblea fijó cuánto vale la hora al %(day)s. Proponé el valor en Cuentas, "
            "llevalo a una asamblea abierta, y cuando se apruebe vas a poder liquidar."
        ) % {"day": _day(self.day)}


class RunNotWaiting(DomainError):
    """Somebody approved or withdrew it meanwhile."""

    def __init__(self, state_label: str) -> None:
        super().__init__(state_label)
        self.state_label = state_label

    def message(self) -> str:
        return _("Esta liquidación ya no espera aprobación: está «%(state)s».") % {"state": self.state_label}


class NotASecondPerson(DomainError):
    """Who prepared the run, brought its hours or answered for them does not approve it."""

    status = 403

    def message(self) -> str:
        return _(
            "La tiene que aprobar otra persona: vos cargaste las horas, respondiste por ellas "
            "o preparaste la liquidación."
        )


class NotWhatWasSeen(DomainError):
    """The code on the form is not the run's."""

    def message(self) -> str:
        return _("Lo que miraste no es lo que hay ahora. No se aprobó nada: mirá la liquidación de nuevo.")


class RunIsStale(OfAMonth):
    """What it rests on has changed since it was prepared: the unit, what members owe, where they are paid."""

    def message(self) -> str:
        return (
            _(
                "Desde que se preparó cambió el valor de la hora, lo que alguien debe o la cuenta en la que "
                "cobra. No se aprobó nada: "
                "hay que retirar la liquidación de %(period)s y prepararla de nuevo."
            )
            % self.told()
        )


class NoReceiptYet(DomainError):
    def message(self) -> str:
        return _("El recibo existe cuando la liquidación se aprueba.")


class EmptyObjection(DomainError):
    def message(self) -> str:
        return _("Escribí qué no te cierra del recibo.")


class AlreadyObjected(DomainError):
    def message(self) -> str:
        return _("Ya dejaste una objeción a este recibo. Seguila con la tesorería.")


class UnitWorthNothing(DomainError):
    def message(self) -> str:
        return _("La hora tiene que valer más que cero.")


class UnitTooLate(DomainError):
    """A unit cannot begin in a month that is already paid."""

    def __init__(self, holds_from: date, paid_until: date) -> None:
        super().__init__(holds_from, paid_until)
        self.holds_from, self.paid_until = holds_from, paid_until

    def message(self) -> str:
        told = {"since": _day(self.holds_from), "paid": _day(self.paid_until)}
        return _(
            "El valor no puede regir desde el %(since)s: hasta el %(paid)s ya está liquidado. "
            "Poné un día posterior."
        ) % (told)


class UnitUnchanged(DomainError):
    """The hour is worth that already on that day."""

    def __init__(self, cents: int) -> None:
        super().__init__(cents)
        self.cents = cents

    def message(self) -> str:
        return _("Ese día la hora ya vale %(unit)s.") % {"unit": money(self.cents)}


class ProposalIsAnother(DomainError):
    def message(self) -> str:
        return _("Esta propuesta no es la que se redactó. Volvé a redactarla.")


class ProposalAdopted(DomainError):
    """`resolution` as "4/2026"."""

    def __init__(self, resolution: str) -> None:
        super().__init__(resolution)
        self.resolution = resolution

    def message(self) -> str:
        return _("Esta propuesta ya se aprobó, por la resolución %(resolution)s.") % {
            "resolution": self.resolution
        }


class NobodyAnswers(DomainError):
    """The command line takes hours in for a member who keeps the accounts today."""

    def message(self) -> str:
        return _(
            "Hoy nadie lleva las cuentas, o más de una persona: decí quién responde por las horas "
            "con --by y su número."
        )
