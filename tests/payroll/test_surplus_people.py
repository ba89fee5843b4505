"""Who worked in a year, out of its approved pay runs; and two treasurers at once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from payroll.domain import surplus
from payroll.domain.surplus_people import months_of, people_of_runs
from payroll.errors_surplus import AlreadyPresented, DraftGone
from payroll.models import SurplusDraft, SurplusProposal
from payroll.periods import Period
from payroll.waterfall import Worker, read_data
from tests.payroll.paying import PayDesk, same_hours
from tests.payroll.sharing import DRAFTED, small
from tests.support.people import client_of
from tests.support.together import at_once, failed, succeeded

PAID_AT = datetime(2026, 4, 3, 12, tzinfo=UTC)


@pytest.fixture
def pay(treasurer, president) -> PayDesk:
    desk = PayDesk(treasurer, president, period=Period(2026, 1), at=PAID_AT)
    desk.set_unit(100_000)
    return desk


@pytest.mark.django_db
def test_hours_and_pay_are_those_of_the_years_approved_runs(pay, members):
    for month in (1, 2):
        pay.paid(same_hours(members, "100,50"), Period(2026, month))
    pay.prepare(pay.bring(same_hours(members), Period(2026, 3)))  # nobody approved it
    members[0].shares_paid_in = Decimal("150.25")
    members[0].save(update_fields=["shares_paid_in"])
    assert months_of(2026) == 2
    found = people_of_runs(2026)
    assert [worker.number for worker in found] == [1, 2, 3, 4, 5, 6, 7]
    assert found[0] == Worker(1, "201.00", 20_100_000, 0, 15_025_000)
    assert found[6] == Worker(7, "201.00", 20_100_000, 0, 0)


@pytest.mark.django_db
def test_leave_that_is_paid_is_pay_and_no_work_done(pay, members):
    rows = [(1, "80,00", "20,00", "10,00", ""), *same_hours(members[1:])]
    pay.paid(rows)
    assert people_of_runs(2026)[0] == Worker(1, "80.00", 11_000_000, 0, 0)


@pytest.mark.django_db
def test_who_has_shares_and_no_hours_is_there_for_the_interest(pay, members):
    pay.paid(same_hours(members))
    idle = members[6]
    idle.shares_paid_in = 10
    idle.save(update_fields=["shares_paid_in"])
    assert [worker.number for worker in people_of_runs(2025)] == [7]
    assert people_of_runs(2025)[0] == Worker(7, "0.00", 0, 0, 1_000_000)
    idle.left_on = date(2025, 6, 1)
    idle.save(update_fields=["left_on"])
    assert people_of_runs(2025) == ()


@pytest.mark.django_db
def test_a_draft_takes_its_people_from_the_runs_and_says_how_many(pay, members, treasurer, monkeypatch):
    """A year that is over, as pay was recorded in it."""
    pay.paid(same_hours(members))
    later = datetime(2027, 2, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("payroll.views.surplus_drafts.timezone.now", lambda: later)
    browser = client_of(treasurer)
    figures = {
        "way": "figures",
        "title": "De las liquidaciones",
        "year": "2026",
        "members_work": "1.000.000,00",
        "basis": "pay",
        "people": "runs",
    }
    answer = browser.post(reverse("payroll:surplus_new"), figures)
    assert answer.status_code == 302
    assert [worker.number for worker in read_data(SurplusDraft.objects.get().data).members] == list(
        range(1, 8)
    )
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert "Horas y retribuciones salen de las liquidaciones aprobadas de 2026: son 1." in shown


def test_two_that_present_the_same_draft_at_once_leave_one_proposal(real_database, treasurer, members):
    draft = surplus.draft(year=small(members), title="A", by=treasurer.actor, at=DRAFTED)

    def present() -> SurplusProposal:
        return surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)

    outcomes = at_once([present] * 4)
    assert len(succeeded(outcomes)) == 1
    assert set(failed(outcomes)) <= {DraftGone, AlreadyPresented}
    assert SurplusProposal.objects.count() == 1
