"""What begins a cooperative here: its command line, its spreadsheet. From then on decisions seat people."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.spreadsheet import Problem
from coop.common.time import local_day
from coop.council.models import Term
from coop.council.powers import powers_of_seat
from coop.council.terms_file import FIRST, LAST, TermRow
from coop.members.models import Member
from coop.powers import Actor, Power
from coop.record.models import Entry
from coop.statute.domain import cooperative
from coop.statute.models import day_of

# After the first act here: so long a spreadsheet may still say who sits today, by decisions from before.
BEGINNING = timedelta(days=60)


class TermsAreKept(DomainError):
    """Somebody holds the seat that keeps the terms: it is theirs to do."""

    def __init__(self, seat: str, name: str) -> None:
        super().__init__(seat, name)
        self.seat, self.name = seat, name

    def message(self) -> str:
        told = {"seat": self.seat, "name": self.name}
        sentence = _(
            "Los mandatos los asienta %(seat)s: hoy, %(name)s. La administración técnica solo los carga "
            "mientras nadie los puede asentar."
        )
        return sentence % told


def only_at_the_start(by: Actor, at: datetime) -> None:
    """Asked before a term is written. Raises TermsAreKept for the command line once somebody keeps the terms.

    Who is suspended or off the register keeps nothing: where nobody may, the command line may again.
    """
    if not by.is_system:
        return
    here = Member.objects.in_assembly(day_of(at))
    for term in Term.objects.at(at).filter(member__in=here).select_related("seat", "member"):
        seat = term.seat
        if Power.KEEP_TERMS in powers_of_seat(seat.code, seat.kind, seat.position_kind):
            raise TermsAreKept(str(seat), term.member.name)


def seats_by_file(rows: Iterable[TermRow], by: Actor, at: datetime) -> list[Problem]:
    """Terms that a spreadsheet may not bring: those have a decision here, or should.

    History goes in at any time. Whoever sits by a decision from after the first act on the record is seated
    citing it; and after the first weeks nobody at all comes to sit today by a spreadsheet. The command line
    is asked `only_at_the_start` instead.
    """
    first_act = Entry.objects.order_by("position").values_list("at", flat=True).first()
    if by.is_system or first_act is None:
        return []
    zone = cooperative().tz
    start, today = local_day(first_act, zone), local_day(at, zone)
    settled = today > start + BEGINNING
    return [problem for row in rows if (problem := _too_late(row, start, today, settled=settled)) is not None]


def _too_late(row: TermRow, start: date, today: date, *, settled: bool) -> Problem | None:
    if row.first_day > start:
        told = {"day": date_format(start, "SHORT_DATE_FORMAT")}
        message = _(
            "Desde el %(day)s las decisiones están acá: un mandato que empieza después se asienta citando su "
            "resolución, no con una planilla."
        )
        return Problem(row.row, FIRST, "after the start", message % told, _day(row.first_day))
    if settled and row.last_day >= today:
        message = _(
            "Con la cooperativa en marcha la planilla trae solo mandatos terminados: quien ocupa hoy un "
            "cargo se asienta citando la resolución que lo eligió."
        )
        return Problem(row.row, LAST, "after the start", message, _day(row.last_day))
    return None


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))
