"""Shares bought by instalments and out of the pay, given back over three years; a new account."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from coop.council.models import SeatCode
from coop.members.models import Member
from coop.shares.domain.position import position_of
from coop.shares.domain.refunds import waiting
from coop.shares.models import RefundPayment
from payroll.periods import Period
from tests.journeys.conftest import Sit
from tests.payroll.paying import PayDesk, same_hours
from tests.shares.sharing import CBU, Drawer
from tests.support import people

pytestmark = pytest.mark.browser


def test_shares_are_bought_by_instalments_at_the_desk_and_out_of_the_pay(
    phone: Sit, laptop: Sit, members: list[Member], member: Member, treasurer: Member, president: Member
) -> None:
    desk, omar = laptop(treasurer), phone(member)
    desk.open("shares:everybody")
    desk.press("Águila, Omar")
    desk.fill("Cuántas cuotas sociales", "100")
    desk.fill("En cuántos pagos mensuales el resto", "10")
    desk.page.get_by_label("Descontadas de la retribución").check()
    desk.press("Anotar la suscripción")
    desk.sees(re.compile("suscribió 100 cuotas"))
    desk.fill("Importe", "5.000,00")
    desk.fill("Número de recibo", "0001-00000012")
    desk.press("Asentar el pago")
    desk.sees(re.compile("Quedó asentado"))
    desk.look("60-cuotas-tesoreria")
    omar.open("shares:mine")
    omar.sees(re.compile("100 cuotas suscriptas"))
    omar.sees(re.compile("recibo 0001-00000012"))
    omar.look("61-mis-cuotas")
    # What is due by the month's end comes off the pay, and the receipt says so.
    now = timezone.now()
    pay = PayDesk(treasurer, president, Period.of(timezone.localdate(now)), now)
    pay.set_unit()
    position = position_of(member.pk)
    due = position.to_withhold(pay.period.last_day)
    run = pay.paid(same_hours(members))
    slip = run.slips.get(member=member)
    assert slip.withheld == due
    omar.open("payroll:receipt", slip.pk)
    omar.sees(re.compile("Se paga en efectivo"))
    omar.look("62-recibo-con-cuotas")


def test_a_queue_of_refunds_is_paid_over_three_years(
    laptop: Sit, phone: Sit, members: list[Member], member: Member
) -> None:
    """The first two years by the verbs, as their days were; the third in the browser, today."""
    now, treasurer = timezone.now(), members[2]
    people.give_seat(treasurer, SeatCode.TREASURER, first=datetime(2015, 5, 1, 3, tzinfo=UTC))
    long_ago = Drawer(treasurer, datetime(now.year - 3, 6, 1, 15, tzinfo=now.tzinfo))
    for one in members:
        long_ago.whole(one)
    leaving = datetime(now.year - 2, 2, 1, 15, tzinfo=now.tzinfo)
    first_year = Drawer(treasurer, leaving, long_ago.receipts)
    asked = [first_year.ask(first_year.leaves(one)) for one in members[5:]]
    first_year.refund(asked[0], 3_500_000)
    second_year = Drawer(treasurer, leaving.replace(year=now.year - 1), long_ago.receipts)
    second_year.refund(asked[0], 2_500_000)
    desk = laptop(treasurer)
    desk.open("shares:refunds")
    desk.sees(re.compile("La cola"))
    desk.look("63-cola-de-reembolsos")
    desk.expects("^status 403: POST ")
    people.give_account(treasurer)
    desk.fill("Número de recibo", "R-2026")
    desk.press("Asentar el pago")
    desk.look("64-otra-vez-quien-sos")
    desk.page.locator("[name=confirm_password]").fill(people.PASSWORD)
    desk.page.locator("[data-confirm-form] button[type=submit]").first.click()
    desk.sees(re.compile("Quedó asentado"))
    desk.look("65-pagado")
    assert list(RefundPayment.objects.order_by("pk").values_list("year__year", "cents")) == [
        (now.year - 2, 3_500_000),
        (now.year - 1, 2_500_000),
        (now.year, 2_500_000),
    ]
    assert [left for _asked, left in waiting()] == [1_500_000, 10_000_000]
    omar = phone(member)
    omar.open("shares:refunds")
    omar.sees(re.compile("Esperan 2 personas"))
    omar.sees_no(re.compile("D'Amico"))
    omar.look("66-cola-para-todos")


def test_a_new_account_needs_its_owner_and_a_second_person(
    phone: Sit, laptop: Sit, member: Member, treasurer: Member, president: Member
) -> None:
    omar, second = phone(member), laptop(president)
    for one in (member, president):
        people.give_account(one)
    for who in (omar, second):
        who.expects("^status (403|422): POST ")
    omar.open("shares:bank")
    omar.fill("CBU o CVU", "mi.alias.viejo")
    omar.press("Pedir el cambio")
    # A wrong account is refused before anybody is asked to prove who they are.
    omar.sees(re.compile("Eso parece un alias"))
    omar.fill("CBU o CVU", CBU)
    omar.press("Pedir el cambio")
    omar.page.locator("[name=confirm_password]").fill(people.PASSWORD)
    omar.page.locator("[data-confirm-form] button[type=submit]").first.click()
    omar.sees(re.compile("Espera confirmación"))
    omar.look("67-cuenta-pedida")
    second.open("portal:home")
    second.sees(re.compile("1 cambio de cuenta bancaria espera a una segunda persona"))
    second.open("shares:bank_changes")
    second.look("68-comparar")
    second.press(re.compile("^Lo comparé con la persona"))
    second.page.locator("[name=confirm_password]").fill(people.PASSWORD)
    second.page.locator("[data-confirm-form] button[type=submit]").first.click()
    second.sees(re.compile("Confirmado por los dos"))
    omar.open("shares:bank")
    omar.title_is(re.compile("Banco Macro …5201"))
    omar.look("69-cuenta-nueva")
