"""On an assembly day a card opens nothing before a second person has seen the phone."""

from datetime import timedelta

import pytest

from coop.access import day
from coop.access.domain import devices, enrolling, witnessing
from coop.access.domain.enrolled import enrolled_today
from coop.access.errors import DeviceGone, NoPasswordToday, WitnessRefused, WrongWitnessNumber
from coop.access.home_cards import witness_cards
from coop.access.models import Card, Device
from coop.common.errors import NotAllowed
from coop.council.models import SeatCode
from coop.members.errors import TooManyAttempts
from coop.record.models import Act, Entry
from coop.record.telling import teller
from tests.access.enrolling import enrol, give_card
from tests.support.people import PASSWORD, Instants, give_account, give_seat

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def assembly_today():
    before = list(day._answers)
    day.assembly_day(lambda at: True)
    yield
    day._answers[:] = before


@pytest.fixture
def auditor(members):
    give_seat(members[6], SeatCode.AUDITOR)
    return members[6]


@pytest.fixture
def waiting(member, secretary) -> Device:
    return enrol(member, secretary, AT)[0]


def number(device: Device) -> str:
    return witnessing.shown_number(device)


def test_the_device_waits_and_opens_nothing(waiting, member):
    assert (waiting.enrolled_at, waiting.needs_witness) == (None, True)
    assert not Device.objects.living().exists()
    with pytest.raises(DeviceGone):
        devices.begin(key=waiting.key, device="Android", at=AT)
    assert enrolled_today(AT) == 0
    assert not Entry.objects.filter(act=Act.DEVICE_ENROLLED).exists()


def test_from_the_witness_on_it_opens_and_both_names_are_on_the_record(waiting, auditor):
    witnessing.confirm(key=waiting.key, number=number(waiting), by=auditor.actor, at=AT + MINUTE)
    waiting.refresh_from_db()
    assert (waiting.enrolled_at, waiting.witness) == (AT + MINUTE, auditor)
    assert devices.begin(key=waiting.key, device="Android", at=AT + MINUTE).enrolled_at == AT + MINUTE
    entry = Entry.objects.get(act=Act.DEVICE_ENROLLED)
    told = teller(entry.act)(entry.facts)
    assert "Omar Águila (n.º 4)" in told
    assert "La tarjeta la dio Ramón Ñancucheo (n.º 2)." in told
    assert "Dio fe Ester Muñoz Paredes (n.º 7)." in told
    assert enrolled_today(AT + MINUTE) == 1


def test_neither_who_gave_the_card_nor_oneself_nor_a_plain_member_is_witness(
    waiting, member, members, secretary, president
):
    for by, error in ((secretary, WitnessRefused), (member, NotAllowed), (members[4], NotAllowed)):
        with pytest.raises(error):
            witnessing.confirm(key=waiting.key, number=number(waiting), by=by.actor, at=AT)
    own, _key = enrol(president, secretary, AT)
    with pytest.raises(WitnessRefused):
        witnessing.confirm(key=own.key, number=number(own), by=president.actor, at=AT)
    assert not Device.objects.living().exists()
    assert list(witnessing.waiting_for(president.pk, AT)) == [waiting]
    assert list(witnessing.waiting_for(secretary.pk, AT)) == []


def test_the_witness_types_what_only_that_phone_shows(waiting, president):
    wrong = "0000" if number(waiting) != "0000" else "1111"
    for _ in range(5):
        with pytest.raises(WrongWitnessNumber):
            witnessing.confirm(key=waiting.key, number=wrong, by=president.actor, at=AT)
    with pytest.raises(TooManyAttempts):
        witnessing.confirm(key=waiting.key, number=number(waiting), by=president.actor, at=AT)
    witnessing.confirm(key=waiting.key, number=number(waiting), by=president.actor, at=AT + 15 * MINUTE)


def test_until_then_the_lost_phone_stays_what_it_was(member, secretary, president):
    give_account(member)
    day.assembly_day(lambda at: False)
    old, _key = enrol(member, secretary, AT, lost=False)
    day.assembly_day(lambda at: True)
    new, _key = enrol(member, secretary, AT + MINUTE)
    assert list(Device.objects.living()) == [old]
    witnessing.confirm(key=new.key, number=number(new), by=president.actor, at=AT + 2 * MINUTE)
    assert list(Device.objects.living()) == [new]
    member.account.refresh_from_db()
    assert not member.account.has_usable_password()


def test_a_witness_may_turn_a_phone_away_for_good(waiting, president, member, secretary):
    witnessing.turn_away(key=waiting.key, by=president.actor, at=AT + MINUTE)
    with pytest.raises(DeviceGone):
        witnessing.confirm(key=waiting.key, number=number(waiting), by=president.actor, at=AT + MINUTE)
    entry = Entry.objects.get(act=Act.DEVICE_VOIDED)
    assert "quien debía dar fe lo rechazó" in teller(entry.act)(entry.facts)
    assert Card.objects.get().used_at


def test_who_waits_too_long_begins_again(waiting, president):
    with pytest.raises(DeviceGone):
        witnessing.confirm(
            key=waiting.key, number=number(waiting), by=president.actor, at=AT + timedelta(hours=12)
        )
    assert not witnessing.waiting(AT + timedelta(hours=12)).exists()


def test_no_password_is_set_with_a_card_that_day(member, secretary):
    card = give_card(member, secretary, AT).card
    with pytest.raises(NoPasswordToday):
        enrolling.with_password(card=card.pk, password=PASSWORD, lost=True, at=AT)
    card.refresh_from_db()
    assert card.used_at is None


def test_the_home_page_calls_whoever_may_be_witness(waiting, president, secretary, members):
    assert [card.title for card in witness_cards(president.pk, AT)] == ["Falta un testigo"]
    assert [list(witness_cards(one.pk, AT)) for one in (secretary, members[4])] == [[], []]
