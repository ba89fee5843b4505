"""How far apart values of an hour may be: `pay.ratio_ceiling`, checked and shown where pay is prepared."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coop.statute.rules import MODEL_STATUTE
from payroll.domain.arithmetic import Worked, pay
from payroll.domain.ratio import apart, refuse_too_far_apart
from payroll.errors_pay import PayTooFarApart
from tests.payroll.paying import OCTOBER, PayDesk, same_hours
from tests.support.people import client_of

HOURS = st.integers(min_value=0, max_value=40_000)


@given(st.lists(HOURS, min_size=1, max_size=30), st.integers(min_value=1, max_value=5_000_000))
def test_what_one_unit_gives_is_never_too_far_apart(hours, unit):
    """Whatever cent the split leaves to whom: an hour of equal value is equal."""
    lines = [Worked(number, worked, 0, 0) for number, worked in enumerate(hours, start=1)]
    slips = pay(lines, unit=unit, paid={"worked"}, period=OCTOBER)
    refuse_too_far_apart([(one.paid, one.gross) for one in slips], MODEL_STATUTE.pay)


@pytest.mark.parametrize(
    ("ceiling", "refused"), [("1", True), ("1.4", True), ("3/2", False), ("2", False), ("1.5001", False)]
)
def test_half_as_much_again_is_more_than_less_than_that(ceiling, refused):
    rules = replace(MODEL_STATUTE.pay, ratio_ceiling=ceiling)
    receipts = [(10_000, 10_000_000), (10_000, 15_000_000), (0, 0)]
    if not refused:
        refuse_too_far_apart(receipts, rules)
        return
    with pytest.raises(PayTooFarApart) as error:
        refuse_too_far_apart(receipts, rules)
    assert "Una hora vale 1,5 veces lo que otra" in str(error.value)
    assert rules.source in str(error.value)


def test_who_was_paid_no_hour_is_no_measure():
    assert apart([(0, 0), (0, 0)]) == apart([]) == Fraction(1)


# --- where it is shown ---

SAYS = (
    "Lo mismo para cada asociado/a, en producción, ventas o administración. "
    '<span class="nowrap">(reglamento interno)</span>'
)


@pytest.fixture
def pay_desk(treasurer, president) -> PayDesk:
    found = PayDesk(treasurer, president)
    found.set_unit()
    return found


@pytest.mark.django_db
def test_it_is_read_where_the_value_of_the_hour_is_proposed(pay_desk, treasurer, member):
    assert SAYS in client_of(treasurer).get(reverse("payroll:draft_unit")).content.decode()
    assert SAYS in client_of(member).get(reverse("payroll:unit")).content.decode()


@pytest.mark.django_db
def test_it_is_read_before_a_run_is_prepared_and_measured_on_it_after(pay_desk, treasurer, member, members):
    sheet = pay_desk.bring(same_hours(members))
    assert SAYS in client_of(treasurer).get(reverse("payroll:hours", args=[sheet.pk])).content.decode()
    run = pay_desk.prepare(sheet)
    page = client_of(member).get(reverse("payroll:run", args=[run.pk])).content.decode()
    assert (
        "La hora vale lo mismo en cada recibo; el estatuto permite hasta 1 a 1 (reglamento interno)." in page
    )
