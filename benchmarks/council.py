"""The history of the seats with 500 members and 25 years, asked over HTTP from the server's own machine."""

import http.client
import statistics
import time
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.casting import session_cookies
from coop.council.models import Seat, SeatCode, SeatKind, Term
from coop.members.models import Member
from tests.support import people
from tests.support.database import RealDatabase
from tests.support.live import serving

PEOPLE, FIRST_YEAR, YEARS, COORDINATORS, TIMES = 500, 2002, 25, 10, 40
MAY_TAKE_MS, MAY_ASK = 150, 12
PATH = "/consejo/historia/"


def run(database: RealDatabase) -> None:
    people.make_cooperative()
    members = _members()
    terms = _terms(members)
    reader = members[-1]
    browser = people.client_of(reader)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(PATH).status_code == 200
    print(f"history of the seats: {PEOPLE} members, {YEARS} years, {terms} terms")
    print(f"  {'statements':28} {len(asked)}")
    median, slow = _asked(database)
    print(f"  {'the page':28} {TIMES} times {median:8.1f} ms  (p95 {slow:.1f})")
    if slow > MAY_TAKE_MS or len(asked) > MAY_ASK:
        raise SystemExit(f"it may take {MAY_TAKE_MS} ms and {MAY_ASK} statements")


def _members() -> list[Member]:
    made = [
        people.new_member(
            number,
            f"Pérez {number}",
            "Juana",
            joined_on=date(FIRST_YEAR + max(0, number - 250) * (YEARS - 1) // 250, 2, 1),
            section=f"Sección {number % 12}",
        )
        for number in range(1, PEOPLE + 1)
    ]
    members = Member.objects.bulk_create(made)
    people.give_facts(*members)
    return members


def _terms(members: list[Member]) -> int:
    """Nine seats and ten coordinators, all renewed every two years: somebody new when there is."""
    place = Seat.objects.count()
    Seat.objects.bulk_create(
        Seat(
            code=f"p_coordina_{n}_1",
            position=place + n,
            kind=SeatKind.POSITION,
            rank=1,
            key=f"coordina_{n}",
            position_kind="coordinator",
            name=f"Coordinación {n}",
            section=f"Sección {n}",
        )
        for n in range(1, COORDINATORS + 1)
    )
    seats = list(Seat.objects.order_by("position"))
    assert len(seats) == len(SeatCode) + COORDINATORS
    terms = []
    for turn, year in enumerate(range(FIRST_YEAR, FIRST_YEAR + YEARS, 2)):
        able = [one for one in members if one.joined_on.year < max(year, FIRST_YEAR + 1)]
        for order, seat in enumerate(seats):
            during = (datetime(year, 5, 1, 3, tzinfo=UTC), datetime(year + 2, 5, 1, 3, tzinfo=UTC))
            member = able[(turn * len(seats) + order) * 7 % len(able)]
            terms.append(Term(seat=seat, member=member, during=during, elected_by=f"Asamblea {year}"))
    return len(Term.objects.bulk_create(terms, ignore_conflicts=True))


def _asked(database: RealDatabase) -> tuple[float, float]:
    cookie = f"{settings.SESSION_COOKIE_NAME}={next(session_cookies())}"
    took = []
    with serving(database, workers=1, threads=2) as live:
        where = urlsplit(live.address).netloc
        for _ in range(TIMES + 2):
            link = http.client.HTTPConnection(where)
            begun = time.perf_counter()
            link.request("GET", PATH, headers={"Cookie": cookie})
            answer = link.getresponse()
            answer.read()
            took.append((time.perf_counter() - begun) * 1000)
            link.close()
            assert answer.status == 200, answer.status
    warm = took[2:]
    return statistics.median(warm), statistics.quantiles(warm, n=20)[-1]
