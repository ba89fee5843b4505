"""What is held about a member of their pay; and an officer's look at receipts leaves a line."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coop.documents.models import Document
from coop.members.enums import Sight
from coop.members.held import held_about
from coop.members.models import Look, Member
from payroll.domain import receipts
from payroll.domain.receipts import RECEIPT, RECEIPTS
from payroll.wiring_pay import _receipt_seen, _receipts_seen
from tests.payroll.paying import PayDesk, same_hours
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    return PayDesk(treasurer, secretary)


@pytest.fixture
def run(pay: PayDesk, members: list[Member]):
    pay.set_unit()
    return pay.paid(same_hours(members))


def held(member: Member) -> dict[str, list[tuple[str, ...]]]:
    return {one.name: [tuple(row) for row in one.rows] for one in held_about(member.pk, timezone.now())}


def test_hours_and_receipts_are_told_to_their_owner_alone(run, pay, members) -> None:
    slip = run.slips.get(member=members[4])
    receipts.object_to(payslip_id=slip.pk, text="Faltan horas", by=members[4].actor, at=timezone.now())
    told = held(members[4])
    assert len(told["hours"]) == len(told["receipts"]) == 1
    assert "Faltan horas" in told["receipts"][0][-1]
    assert "Faltan horas" not in str(held(members[5]))


def test_every_row_has_its_columns(run, members) -> None:
    for one in held_about(members[4].pk, timezone.now()):
        assert all(len(row) == len(one.columns) for row in one.rows), one.name
        one.to_json()


def test_an_officer_who_opens_a_run_or_a_receipt_is_noted_and_its_owner_is_not(
    run, members, treasurer
) -> None:
    slip = run.slips.get(member=members[4])
    now = timezone.now()
    people.client_of(members[5]).get(reverse("payroll:run", args=[run.pk]))
    people.client_of(members[4]).get(reverse("payroll:receipt", args=[slip.pk]))
    one = Document(kind=RECEIPT, key=f"receipt:{slip.pk}")
    _receipt_seen(one, members[4].pk, now)
    assert not Look.objects.exists()
    people.client_of(treasurer).get(reverse("payroll:run", args=[run.pk]))
    _receipt_seen(one, treasurer.pk, now)
    everybody = Document(kind=RECEIPTS, key=f"receipts:{run.pk}")
    _receipts_seen(everybody, treasurer.pk, timezone.now())
    assert list(Look.objects.values_list("who", "whose", "what").order_by("pk")) == [
        (treasurer.pk, None, Sight.RECEIPT),
        (treasurer.pk, members[4].pk, Sight.RECEIPT),
    ]
