"""The demonstration's last months, in the order of days: assemblies, minutes, pay days, people, a surplus."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import translation

from assemblies import demo as assembly
from assemblies.models import Assembly
from coop.common.time import local_day
from coop.portal.demo import council, floor, history, people
from coop.statute.domain import cooperative
from payroll import demo as accounts
from payroll.periods import Period

PAY_DAY = 4
Event = tuple[datetime, Callable[[datetime], object]]


@transaction.atomic
def load(at: datetime) -> None:
    """Idempotent: nothing is added to a database that already has an assembly."""
    if Assembly.objects.exists():
        return
    with translation.override(cooperative().language):
        for when, happens in sorted(_events(at), key=lambda event: event[0]):
            happens(when)
        assembly.begin(assembly.PRESS, (at - timedelta(minutes=20)).replace(second=0, microsecond=0))


def _events(at: datetime) -> Iterator[Event]:
    yield assembly.morning(at, 170), history.copy_the_book
    yield assembly.morning(at, 150), _hour
    yield assembly.morning(at, 75), _surplus
    yield assembly.morning(at, 14), _oven
    yield assembly.morning(at, 7), _shifts
    yield assembly.morning(at, 110), people.shares_into_the_books
    yield assembly.morning(at, 105), people.somebody_comes
    yield assembly.morning(at, 12), people.refunds_queue
    yield assembly.morning(at, 11), people.somebody_answers
    yield assembly.morning(at, 10), people.errands
    yield assembly.morning(at, 6), people.somebody_asks
    yield assembly.morning(at, 3), people.another_account
    yield assembly.morning(at, 2), people.a_reform
    yield assembly.morning(at, 1), people.some_cards
    yield from _council_and_floor(at)
    waiting = _period(at - timedelta(days=1)).before
    # Never later than now, on whatever day of the month it is started.
    yield min(_pay_day(waiting), at - timedelta(hours=8)), _month(waiting, finished=False)
    for paid in (waiting.before, waiting.before.before):
        yield _pay_day(paid), _month(paid, finished=True)


def _council_and_floor(at: datetime) -> Iterator[Event]:
    yield assembly.morning(at, 62), floor.some_tasks
    yield assembly.morning(at, 45), council.some_offer
    yield assembly.morning(at, 40), council.two_filings
    yield assembly.morning(at, 33), council.a_draw
    yield assembly.morning(at, 28), council.it_is_held
    yield assembly.morning(at, 25), council.one_is_done
    yield assembly.morning(at, 20), council.a_change
    yield assembly.morning(at, 19), council.it_is_handed_over
    yield assembly.morning(at, 5), council.another_draw
    for days in (29, 22, 15):
        yield assembly.morning(at, days), floor.turns_of_the_week
    yield assembly.morning(at, 8), partial(floor.turns_of_the_week, ahead=8)


def _month(period: Period, *, finished: bool) -> Callable[[datetime], object]:
    return lambda when: accounts.pay(period, when, finished=finished)


def _hour(begins: datetime) -> None:
    since = _period(begins).first_day
    held = assembly.hold(accounts.HOUR, begins, accounts.hour_value(since))
    assembly.write_minutes(held, accounts.HOUR, begins + timedelta(days=1), close=True)


def _surplus(begins: datetime) -> None:
    proposal = accounts.propose(begins.year - 1, begins - timedelta(days=4))
    held = assembly.hold(accounts.SURPLUS, begins, accounts.shared(proposal))
    assembly.write_minutes(held, accounts.SURPLUS, begins + timedelta(days=1), close=True)


def _oven(begins: datetime) -> None:
    held = assembly.hold(assembly.OVEN, begins)
    assembly.write_minutes(held, assembly.OVEN, begins + timedelta(days=1), close=True)


def _shifts(begins: datetime) -> None:
    """Its minutes are written and wait for somebody of the council."""
    held = assembly.hold(assembly.SHIFTS, begins)
    assembly.write_minutes(held, assembly.SHIFTS, begins + timedelta(days=1), close=False)


def _period(at: datetime) -> Period:
    return Period.of(local_day(at, cooperative().tz))


def _pay_day(period: Period) -> datetime:
    """Ten in the morning of the fourth day after the month."""
    first = datetime(period.year, period.month, period.last_day.day, 10, tzinfo=cooperative().tz)
    return first + timedelta(days=PAY_DAY)
