"""The last nightly proof as every page says it: when, what it found, or that it is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.record.models import Verification

# A night and a morning: a server that sleeps with the shed wakes up and verifies then.
LATE_AFTER = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class LastNight:
    """`kind` is success, warning (missing or old) or error (something breaks)."""

    kind: str
    sentence: str
    verification: Verification | None

    @property
    def is_well(self) -> bool:
        return self.kind == "success"


def last_night(at: datetime) -> LastNight:
    """In one statement."""
    return told(Verification.objects.first(), at)


def told(last: Verification | None, at: datetime) -> LastNight:
    if last is None:
        return LastNight("warning", _("Los libros todavía no se comprobaron ninguna noche."), None)
    if not last.holds:
        return LastNight("error", _breaks(last), last)
    if at - last.begun_at > LATE_AFTER:
        when = {"when": date_format(localtime(last.begun_at), "SHORT_DATETIME_FORMAT")}
        sentence = _(
            "Falta la comprobación de anoche: la última fue el %(when)s. Avisale a quien cuida el servidor."
        )
        return LastNight("warning", sentence % when, last)
    return LastNight("success", _holds(last, at), last)


def _holds(last: Verification, at: datetime) -> str:
    begun = localtime(last.begun_at)
    figures = {"time": time_format(begun, "TIME_FORMAT"), "n": len(last.proofs)}
    if begun.date() == localtime(at).date():
        sentence = _("Comprobado hoy a las %(time)s: %(n)d de %(n)d pruebas cierran.")
    else:
        figures["day"] = date_format(begun, "SHORT_DATE_FORMAT")
        sentence = _("Comprobado el %(day)s a las %(time)s: %(n)d de %(n)d pruebas cierran.")
    return sentence % figures


def _breaks(last: Verification) -> str:
    when = date_format(localtime(last.begun_at), "SHORT_DATETIME_FORMAT")
    figures = {"when": when, "n": len(last.broken), "of": len(last.proofs)}
    return (
        ngettext(
            "Algo no cierra: el %(when)s falló %(n)d de %(of)d pruebas.",
            "Algo no cierra: el %(when)s fallaron %(n)d de %(of)d pruebas.",
            len(last.broken),
        )
        % figures
    )
