"""The books of the town that is only read: a paper book in every state, mandates, two nights' proofs."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from assemblies.domain import mandates
from assemblies.enums import ReportKind
from coop.council.models import Seat, SeatCode
from coop.members.models import Member
from coop.record.models import Verification
from coop.statute import book
from coop.statute.models import Matter
from tests.support.book import confirm, copied, paper_resolution

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("portal:resolutions", "secretary"),
    ("portal:resolutions", "unvoted", (), "?q=horno&anio=2006&origen=paper", "found by words"),
    ("portal:resolution", "unvoted", (2006, 1), "", "of the paper book"),
    ("portal:resolution", "secretary", ("year", "number"), "", "with mandates"),
    ("portal:paper_pages", "secretary"),
    ("portal:paper_pages", "unvoted"),
    ("portal:paper_page", "secretary", ("paper_page",)),
    ("portal:paper_page", "president", ("paper_page",)),
    ("portal:paper_page", "unvoted", ("paper_page",)),
    ("portal:paper_enter", "secretary"),
    ("portal:paper_enter", "unvoted", (), "", "refused", 403),
    ("portal:paper_line", "secretary", ("paper_line",), "", "given back"),
    ("portal:paper_upload", "secretary"),
    ("portal:record", "unvoted", (), "?q=horno&desde=2020-01-01", "found by words"),
    ("portal:record", "unvoted", (), "?quien=nadie+asi", "nothing found"),
    ("portal:record_entry", "unvoted", (1,)),
    ("portal:verifications", "unvoted"),
    ("portal:verification", "unvoted", ("broken_night",), "", "something breaks"),
    ("assemblies:mandates", "unvoted"),
    ("assemblies:mandates", "secretary"),
    ("assemblies:mandates", "late", (), "?ver=mios", "none"),
    ("assemblies:mandates", "unvoted", (), "?ver=cerrados", "settled"),
    ("assemblies:mandate", "unvoted", ("mandate",)),
    ("assemblies:mandate", "voted", ("mandate",), "", "its holder"),
    ("assemblies:mandate", "secretary", ("mandate_done",), "", "done"),
    ("assemblies:mandate_give", "secretary"),
)


def populate(members: list[Member], adopted: Any, now: datetime) -> dict[str, int]:
    """`adopted` is a resolution of the town's assembly; the fourth holds a mandate that is late."""
    president, secretary = members[0], members[1]
    paper_resolution(
        date(2006, 4, 12),
        "Reparar el horno 3 con lo que quedó de la venta de moldes",
        Matter.ORDINARY_DECISION,
        by=secretary,
        confirmed_by=president,
        at=now,
        text="Hasta $ 40.000, en dos cuotas.",
        folio="17",
        tally=(31, 4, 2),
    )
    done = book.enter(line=copied(date(2007, 5, 3), "Comprar la moldeadora"), by=secretary.actor, at=now)
    confirm(done, confirmed_by=president, at=now)
    back = book.enter(line=copied(date(2008, 5, 3), "Cambiar el turno"), by=secretary.actor, at=now)
    book.give_back(line_id=back.pk, remark="En el libro es del 4 de mayo", by=president.actor, at=now)
    for title in ("Sumar una guardia", "Comprar garrafas"):
        book.enter(line=copied(date(2009, 5, 3), title, text="Se discutió."), by=secretary.actor, at=now)
    gone = book.enter(line=copied(date(2009, 6, 3), "Copiada por error"), by=secretary.actor, at=now)
    book.drop(line_id=gone.pk, by=secretary.actor, at=now)
    return {
        "paper_page": back.page_id,
        "paper_line": back.pk,
        **_mandates(members, adopted, now),
        "broken_night": _nights(now),
    }


def _mandates(members: list[Member], adopted: Any, now: datetime) -> dict[str, int]:
    president, secretary = members[0], members[1]
    before, today = now - timedelta(days=20), timezone.localdate(now)

    def give(what: str, at: datetime, days: int, **whom: Any) -> Any:
        due_on = timezone.localdate(at) + timedelta(days=days)
        return mandates.give(what=what, due_on=due_on, resolution=adopted, by=secretary.actor, at=at, **whom)

    late = give("Traer tres presupuestos del taller electromecánico", before, 6, members=[members[3]])
    done = give("Avisar a los clientes", before, 6, members=[members[4], members[5]])
    give("Pedir la factibilidad de gas", now, 9, seat=Seat.objects.get(code=SeatCode.TREASURER))
    for mandate, kind, by in (
        (late, ReportKind.PROGRESS, members[3]),
        (done, ReportKind.DONE, president),
    ):
        mandates.report(mandate_id=mandate.pk, kind=kind, text=f"Al {today}.", by=by.actor, at=now)
    return {"mandate": late.pk, "mandate_done": done.pk}


def _nights(now: datetime) -> int:
    """A night when something broke, and the last one, when all was well."""

    def night(begun: datetime, broken: dict[str, str] | None) -> Verification:
        proofs = [
            {"name": "polls", "label": "Votaciones", "rows": 84, "milliseconds": 12, "broken": None},
            {"name": "record", "label": "Libro de actos", "rows": 120, "milliseconds": 40, "broken": broken},
        ]
        return Verification.objects.create(
            begun_at=begun,
            ended_at=begun + timedelta(seconds=3),
            holds=broken is None,
            rows=204,
            proofs=proofs,
        )

    bad = night(now - timedelta(days=2), {"row": "acto 7", "says": "no dice lo que se selló"})
    night(now - timedelta(hours=5), None)
    return bad.pk
