"""How long a month's pay takes for 500 members: prepared, approved and posted, its pages, the proof."""

import statistics
import time
from collections.abc import Callable
from datetime import date

from coop.council.models import SeatCode
from coop.members.models import Member
from payroll.domain import runs, withdrawing
from payroll.domain.hours import preview
from payroll.domain.proofs import prove_pay
from payroll.models import PayRun
from payroll.situation_pay import run_page
from tests.payroll.paying import OCTOBER, PAY_DAY, PayDesk, Row, hours_file
from tests.support import people
from tests.support.database import RealDatabase

MEMBERS = 500
TIMES = 15
PREPARED_MS = 300


def run(database: RealDatabase) -> None:
    people.make_cooperative()
    members = people.make_members(MEMBERS)
    people.give_seat(members[0], SeatCode.TREASURER)
    people.give_seat(members[1], SeatCode.SECRETARY)
    desk = PayDesk(members[0], members[1])
    desk.set_unit(since=date(2026, 1, 1))
    print(f"pay of {MEMBERS} members, each {TIMES} times")
    desk.paid(_rows(members, 0), OCTOBER.before)
    content = hours_file(_rows(members, 1))
    report("file read and compared", lambda: preview(content=content, period=OCTOBER, at=PAY_DAY))
    sheet = desk.bring(content)
    taken = report("run prepared", lambda: desk.prepare(sheet), after=lambda made: _withdraw(made, desk))
    made = runs.prepare(sheet_id=sheet.pk, by=desk.treasurer.actor, at=PAY_DAY)
    report("its page read", lambda: run_page(made.pk, desk.second, PAY_DAY))
    begun = time.perf_counter()
    desk.approve(made)
    print(f"  {'approved and posted':26} once   {(time.perf_counter() - begun) * 1000:6.1f} ms")
    report("both months proved", prove_pay)
    if taken > PREPARED_MS:
        raise SystemExit(f"a run for {MEMBERS} took {taken:.0f} ms; it may take {PREPARED_MS}")


def _rows(members: list[Member], month: int) -> list[Row]:
    """Hours that differ a little, an advance for every third: nothing to ask."""
    return [
        (
            one.number,
            f"{170 + (one.number + month) % 9},25",
            "8,00",
            "",
            "50.000,00" if one.number % 3 else "",
        )
        for one in members
    ]


def _withdraw(made: PayRun, desk: PayDesk) -> None:
    withdrawing.withdraw(run_id=made.pk, by=desk.treasurer.actor, at=PAY_DAY)


def report(name: str, act: Callable[[], object], after: Callable[[PayRun], None] | None = None) -> float:
    """Prints and gives the median in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        made = act()
        taken.append((time.perf_counter() - begun) * 1000)
        if after is not None and isinstance(made, PayRun):
            after(made)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"  {name:26} median {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms")
    return statistics.median(taken)
