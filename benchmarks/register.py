"""A register of ten thousand: its file taken in, its page opened, filtered, searched, on a past day.

The import runs in a process of its own, so that its time and its memory are its own.
"""

import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone

from benchmarks.casting import session_cookies
from coop.council.models import SeatCode
from coop.members.importing import import_register
from coop.members.models import Member
from coop.members.register_file import COLUMNS
from coop.powers import system
from tests.support import people
from tests.support.database import RealDatabase
from tests.support.live import serving

PEOPLE, TIMES = 10_000, 20
PAGE_MS, IMPORT_S, IMPORT_MB = 100, 10, 300
ALONE = (
    "import django, sys; django.setup(); from benchmarks.register import import_one; import_one(sys.argv[1])"
)
SECTIONS = ("Hornos", "Prensa", "Esmaltado", "Laboratorio", "Expedición")
FAMILIES = ("Águila", "Ñancucheo", "Muñoz", "Quiroga", "D'Amico", "Zapata", "Ibarra")
PAGES = (
    ("opened", ""),
    ("searched", f"?q={quote('ñancu')}"),
    ("searched, nobody", "?q=nadie+de+estos"),
    ("one section", "?seccion=Hornos&orden=numero"),
    ("who left", "?estado=bajas"),
    ("on trial", "?estado=prueba"),
    ("last page", "?page=999"),
    ("ten years ago", "?dia=2016-06-01"),
    ("ten years ago, by section", "?dia=2016-06-01&seccion=Hornos&orden=seccion"),
)


def run(database: RealDatabase) -> None:
    people.make_cooperative()
    members = people.make_members(2)
    people.give_seat(members[1], SeatCode.SECRETARY)
    print(f"register of {PEOPLE} people")
    seconds, megabytes = _imported(database)
    print(f"  {'file taken in':28} once   {seconds * 1000:8.1f} ms  {megabytes:.0f} MB at its most")
    slowest = _asked(database, members[1])
    if seconds > IMPORT_S or megabytes > IMPORT_MB or slowest > PAGE_MS:
        raise SystemExit(f"it may take {IMPORT_S} s, {IMPORT_MB} MB, and {PAGE_MS} ms for a page")


def spreadsheet() -> bytes:
    """One in seven has left; one in five hundred joined this year."""
    rows = [";".join(one.name for one in COLUMNS)]
    for number in range(101, 101 + PEOPLE):
        document = str(20_000_000 + number)
        joined = date(2026, 9, 1) if number % 500 == 0 else date(2002 + number % 20, 1 + number % 12, 1)
        left = "" if number % 7 or number % 500 == 0 else f"{date(2023, 1 + number % 12, 2):%d/%m/%Y}"
        family = FAMILIES[number % len(FAMILIES)]
        rows.append(
            f"{number};{family} {number}, Juana María;{document};{people.tax_number(document)};"
            f"{joined:%d/%m/%Y};{left};{'Renuncia' if left else ''};{SECTIONS[number % 5]};;"
            f"p{number}@ejemplo.coop;0299 15-{500 + number % 400}-{1000 + number % 9000};100;100,00"
        )
    return "\r\n".join(rows).encode("cp1252", "replace")


def _imported(database: RealDatabase) -> tuple[float, float]:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(spreadsheet())
        file.flush()
        told = subprocess.run(
            [sys.executable, "-c", ALONE, file.name],
            env={**os.environ, "DATABASE_URL": database.url},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    seconds, megabytes = told.split()
    return float(seconds), float(megabytes)


def _asked(database: RealDatabase, reader: Member) -> float:
    """The slowest page's median, in milliseconds, over HTTP from the server's own machine."""
    slowest = 0.0
    people.signed_in(reader)
    cookie = f"{settings.SESSION_COOKIE_NAME}={next(session_cookies())}"
    with serving(database, workers=1, threads=2) as live:
        where = urlsplit(live.address).netloc
        for name, query in PAGES:
            took = []
            for _ in range(TIMES):
                connection = http.client.HTTPConnection(where)
                begun = time.perf_counter()
                connection.request("GET", f"/registro/{query}", headers={"Cookie": cookie})
                answer = connection.getresponse()
                answer.read()
                took.append((time.perf_counter() - begun) * 1000)
                connection.close()
                assert answer.status == 200, (name, answer.status)
            median = statistics.median(took)
            slowest = max(slowest, median)
            print(f"  {name:28} {TIMES} times {median:8.1f} ms  (worst {max(took):.1f})")
    return slowest


def import_one(path: str) -> None:
    """Prints seconds, and megabytes at its most."""
    content = Path(path).read_bytes()
    begun = time.perf_counter()
    done = import_register(content=content, by=system(), at=timezone.now())
    taken = time.perf_counter() - begun
    assert len(done.new) == PEOPLE, done.problems[:3]
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
