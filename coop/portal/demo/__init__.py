"""The demonstration cooperative: an invented register and council that make sense on any day."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.common.time import local_day
from coop.council.importing import import_terms, preview, read
from coop.council.models import Term
from coop.members.importing import import_register
from coop.members.models import Member
from coop.portal.demo.statute import RULES
from coop.portal.founding import found
from coop.powers import system
from coop.statute.domain import cooperative, rules_at
from coop.statute.models import Cooperative

NAME = "Cerámica 20 de Febrero"
ZONE = "America/Argentina/Buenos_Aires"
HOUSE: dict[str, Any] = {
    "legal_name": "Cooperativa de Trabajo Cerámica 20 de Febrero Limitada",
    "tax_number": "30708282827",
    "registry_number": "00020",
    "address": "Ruta provincial 7, Neuquén",
    "founded_on": date(2002, 1, 26),
}
HERE = Path(__file__).resolve().parent
LAST_DAY = date(2028, 4, 30)
TERM_YEARS = 2
# As `coop.council.clashes` calls it.
NO_MEMBER = "no member then"


@transaction.atomic
def load(at: datetime) -> bool:
    """Founds it and takes in its files, once. False when the database has another cooperative."""
    if Cooperative.objects.exclude(name=NAME).exists():
        return False
    found(name=NAME, zone=ZONE, since=HOUSE["founded_on"], house=HOUSE, rules=RULES)
    if not Member.objects.exists():
        import_register(content=(HERE / "padron.csv").read_bytes(), by=system(), at=at)
    due = terms_due(local_day(at, cooperative().tz), positions=bool(rules_at(at).positions.held))
    terms = _of_members(due, at)
    if read(terms).terms:
        import_terms(content=terms, by=system(), at=at)
    return True


def terms_due(today: date, *, positions: bool = False) -> bytes:
    """The file's terms, moved by whole terms so that `today` is inside one; of these, what is not on the
    books yet: everything at first, later only the terms that begin after the last one known.

    `positions`: with those outside the council; a demonstration founded before they were has none.
    """
    header, *rows = _lines("mandatos.csv")
    if positions:
        rows += _lines("responsabilidades.csv")[1:]
    years = 0
    while today > LAST_DAY.replace(year=LAST_DAY.year + years):
        years += TERM_YEARS
    known_until = Term.objects.aggregate(last=Max("during__endswith"))["last"]
    if known_until:
        begun = local_day(known_until, cooperative().tz)
        rows = [row for row in rows if _first_day(_later(row, years)) >= begun]
    return "\n".join([header, *(_later(row, years) for row in rows)]).encode("cp1252")


def _of_members(terms: bytes, at: datetime) -> bytes:
    """Without the early terms that, moved by years, fall after their holder left the register."""
    header, *rows = terms.decode("cp1252").splitlines()
    off = {problem.row for problem in preview(terms, system(), at).problems if problem.kind == NO_MEMBER}
    kept = [row for place, row in enumerate(rows, start=2) if place not in off]
    return "\n".join([header, *kept]).encode("cp1252")


def _lines(name: str) -> list[str]:
    return (HERE / name).read_bytes().decode("cp1252").splitlines()


def _later(row: str, years: int) -> str:
    return re.sub(r"\b(\d{4})\b", lambda year: str(int(year[0]) + years), row)


def _first_day(row: str) -> date:
    day, month, year = map(int, row.split(";")[2].split("/"))
    return date(year, month, day)
