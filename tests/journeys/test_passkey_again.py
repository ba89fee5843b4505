"""Money and minutes ask again each time: an officer whose phone has a passkey answers as one unlocks it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.models import Minutes
from coop.members.models import Member, SignIn
from payroll.models import PayRun
from payroll.periods import Period
from tests.access.enrolling import give_card
from tests.journeys.conftest import Sit
from tests.journeys.test_phone import authenticator, scans, skips_the_hall_pin
from tests.payroll.paying import PayDesk, same_hours
from tests.support.browser import Person
from tests.support.desk import Desk
from tests.support.live import Live
from tests.support.looks import found_by_axe
from tests.support.minutes import Book, held

pytestmark = pytest.mark.browser
WITH_THE_KEY = "Confirmar con la llave del teléfono"


@pytest.fixture
def pay(treasurer: Member, president: Member) -> PayDesk:
    now = timezone.now()
    return PayDesk(treasurer, president, Period.of(timezone.localdate(now)).before, now)


@pytest.fixture
def chair(phone: Sit, site: Live, secretary: Member, president: Member) -> Person:
    """The president's phone, enrolled as one unlocks it: no PIN and no password to fall back on."""
    code = give_card(president, secretary, timezone.now()).code
    phone_of = phone(reduced_motion="reduce")
    phone_of.address = site.address.replace("127.0.0.1", "localhost")
    authenticator(phone_of)
    scans(phone_of, code)
    phone_of.press("Usar el desbloqueo del teléfono")
    skips_the_hall_pin(phone_of)
    expect(phone_of.page).to_have_url(f"{phone_of.address}/")
    phone_of.expects("^status 403: POST ")
    return phone_of


def asked(chair: Person) -> None:
    chair.title_is("Confirmá que sos vos")
    expect(chair.page.locator("#confirm-secret")).to_have_count(0)
    expect(chair.control(WITH_THE_KEY)).to_be_visible()


def approves(chair: Person, run: PayRun) -> None:
    chair.open("payroll:run", run.pk)
    chair.page.locator("#aprobar summary").click()
    chair.press("Sí, aprobarla y asentarla")


def test_a_pay_run_is_approved_as_one_unlocks_the_phone(
    chair: Person, pay: PayDesk, members: list[Member], president: Member
) -> None:
    pay.set_unit()
    run = pay.prepare(pay.bring(same_hours(members)))
    approves(chair, run)
    asked(chair)
    chair.look("84-confirmar-con-la-llave")
    assert found_by_axe(chair) == []
    assert PayRun.objects.get().state == "prepared"
    chair.press(WITH_THE_KEY)
    expect(chair.page.locator(".stamp")).to_contain_text("Aprobada")
    run.refresh_from_db()
    assert (run.state, run.approved_by) == ("approved", president)
    assert [one.way for one in SignIn.objects.filter(member=president)] == ["passkey"]


def test_a_phone_that_does_not_answer_says_so_and_the_key_may_be_tried_again(
    chair: Person, pay: PayDesk, members: list[Member]
) -> None:
    pay.set_unit()
    approves(chair, pay.prepare(pay.bring(same_hours(members))))
    asked(chair)
    chair.page.evaluate(
        """() => {
            const real = navigator.credentials.get.bind(navigator.credentials);
            navigator.credentials.get = (asked) => {
              navigator.credentials.get = real;
              return Promise.reject(new DOMException("no", "NotAllowedError"));
            };
        }"""
    )
    chair.press(WITH_THE_KEY)
    chair.sees("El teléfono no respondió. Probá de nuevo.")
    chair.look("84-la-llave-no-respondio")
    assert found_by_axe(chair) == []
    assert PayRun.objects.get().state == "prepared"
    chair.press(WITH_THE_KEY)
    expect(chair.page.locator(".stamp")).to_contain_text("Aprobada")


def test_minutes_are_closed_as_one_unlocks_the_phone(
    chair: Person, desk: Desk, members: list[Member], president: Member
) -> None:
    assembly = held(desk, members)
    book = Book(desk, president)
    book.write(assembly)
    book.name(assembly, members[3:5])
    chair.open("assemblies:minutes_close", assembly.pk)
    chair.fill("Última acta en papel", "211")
    chair.press("Ver el acta con estos datos")
    chair.press("Sí, cerrar el acta N.º 212")
    asked(chair)
    assert not Minutes.objects.exists()
    chair.press(WITH_THE_KEY)
    chair.sees(re.compile("Se cerró el acta N.º 212"))
    assert Minutes.objects.get().closed_by == president
