"""The hall PIN: short, apart from everything else, and only for two minutes at a kiosk."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from coop.access.domain import hall
from coop.access.domain.hall import set_hall_pin, take_turn, too_easy, turn_of
from coop.access.hall_errors import HallPinLocked, HallPinNotNewer, HallPinRefused
from coop.access.models import HallPin
from coop.members import sign_in
from coop.members.errors import NotOnRegister
from coop.members.models import FailedSignIn, Member, SignIn, Way
from tests.access.enrolling import PIN as PHONE_PIN
from tests.access.enrolling import give_card
from tests.support.people import Instants, client_of, give_account, signed_in
from tests.support.raw import refused

pytestmark = pytest.mark.django_db
PIN = "5829"
KIOSK = uuid.UUID(int=7)
AT = Instants.hour


def turn(number, pin=PIN, at=AT, kiosk=KIOSK) -> SignIn:
    return take_turn(kiosk=kiosk, place="Kiosco: Entrada", number=number, pin=pin, at=at)


def gone(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    member.refresh_from_db()


@pytest.fixture
def pinned(member):
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    return member


# --- which PINs ---


@pytest.mark.parametrize(
    "pin",
    ["", "582", "5829173", "58a9", "٥٨٢٩", "1111", "1234", "4321", "9012", "121212", "1212", "1968", "2024"],
)
def test_a_pin_that_anybody_would_try_first_is_refused_with_its_reason(pin):
    assert too_easy(pin, number=4, document="20100004")


@pytest.mark.parametrize("pin", ["2010", "1000", "0004", "10000", "004004"])
def test_a_pin_out_of_the_document_or_the_number_is_refused(pin):
    assert too_easy(pin, number=4004 if pin == "004004" else 4, document="20100004")


@given(st.text("0123456789", min_size=4, max_size=6))
def test_most_pins_will_do_and_none_that_will_do_is_of_another_length(pin):
    if too_easy(pin, number=9999999, document="abc") is None:
        assert 4 <= len(pin) <= 6
        assert len(set(pin)) > 1


def test_only_a_member_of_today_has_one(member):
    gone(member)
    with pytest.raises(NotOnRegister):
        set_hall_pin(member=member, pin=PIN, at=AT)
    assert not HallPin.objects.exists()


def test_the_pin_is_nowhere_to_be_read(pinned):
    held = HallPin.objects.get()
    assert PIN not in held.secret
    assert held.secret.startswith("argon2$")


def test_the_same_pin_of_two_members_does_not_look_the_same_nor_open_the_other(members, pinned):
    set_hall_pin(member=members[4], pin=PIN, at=Instants.convening)
    HallPin.objects.filter(member=members[4]).update(
        secret=HallPin.objects.get(member=pinned).secret, set_at=Instants.moving
    )
    with pytest.raises(HallPinRefused):
        turn(members[4].number)


def test_a_new_pin_takes_the_place_of_the_old_one_and_is_as_new_as_it_is(pinned):
    set_hall_pin(member=pinned, pin="470913", at=Instants.opening)
    with pytest.raises(HallPinRefused):
        turn(pinned.number)
    assert turn(pinned.number, "470913").enrolled_at == Instants.opening


def test_a_pin_is_not_set_backwards(pinned):
    with pytest.raises(HallPinNotNewer):
        set_hall_pin(member=pinned, pin="4709", at=Instants.convening)


def test_database_refuses_a_changed_pin_that_says_it_is_old(pinned):
    refused("UPDATE access_hallpin SET secret = 'x'", match="Cannot update")
    refused("UPDATE access_hallpin SET set_at = set_at - interval '1 day'", match="Cannot update")
    refused("DELETE FROM access_hallpin", match="denied")


# --- the turn ---


def test_number_and_pin_open_two_minutes_and_no_more(pinned):
    begun = turn(pinned.number)
    assert (begun.way, begun.member, begun.enrolled_at) == (Way.KIOSK, pinned, Instants.convening)
    assert begun.expires_at == AT + timedelta(minutes=2)
    assert turn_of(begun.key, AT + timedelta(seconds=119)) == begun
    assert turn_of(begun.key, AT + timedelta(minutes=2)) is None


def test_the_key_of_a_phone_is_no_turn(pinned):
    assert turn_of(signed_in(pinned, AT).key, AT) is None


def test_a_turn_that_ended_is_over(pinned):
    begun = turn(pinned.number)
    hall.end_turn(begun, AT)
    assert turn_of(begun.key, AT) is None


def test_who_left_has_no_turn(pinned):
    begun = turn(pinned.number)
    gone(pinned)
    assert turn_of(begun.key, AT) is None
    with pytest.raises(NotOnRegister):
        turn(pinned.number)


# --- guessing ---


@pytest.mark.parametrize("number", [4, 5, 999])
def test_a_wrong_pin_no_pin_and_no_member_are_refused_alike(pinned, number):
    with pytest.raises(HallPinRefused):
        turn(number, "7777")


def test_five_wrong_pins_lock_that_number_at_that_kiosk_for_a_quarter_of_an_hour(pinned):
    for _try in range(5):
        with pytest.raises(HallPinRefused):
            turn(pinned.number, "7777")
    with pytest.raises(HallPinLocked) as locked:
        turn(pinned.number)
    assert locked.value.minutes == 15
    assert turn(pinned.number, at=AT + timedelta(minutes=15, seconds=1))


def test_nobody_is_locked_out_of_another_kiosk_or_of_their_phone(pinned):
    give_account(pinned)
    for _try in range(5):
        with pytest.raises(HallPinRefused):
            turn(pinned.number, "7777")
    assert turn(pinned.number, kiosk=uuid.UUID(int=8))
    opened = sign_in.check_credentials(
        identifier=str(pinned.number), password="yerba-y-tornillo-7", address="10.0.0.9", at=AT
    )
    assert opened.member == pinned


def test_a_colleague_steps_up_to_the_same_kiosk_meanwhile(pinned, members):
    set_hall_pin(member=members[4], pin="470913", at=Instants.convening)
    for _try in range(5):
        with pytest.raises(HallPinRefused):
            turn(pinned.number, "7777")
    assert turn(members[4].number, "470913")


def test_whoever_tries_one_number_after_another_is_stopped_at_that_kiosk(pinned):
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT, identifier=f"hall:{KIOSK.hex}:{number}", address=None)
        for number in range(100, 140)
    )
    with pytest.raises(HallPinLocked):
        turn(pinned.number)
    assert turn(pinned.number, kiosk=uuid.UUID(int=8))


# --- the page ---


def test_a_member_chooses_it_on_their_own_phone(member):
    phone = client_of(member)
    url = reverse("access:hall_pin")
    assert phone.get(url).status_code == 200
    assert phone.post(url, {"pin": PIN, "again": PIN}).status_code == 302
    assert HallPin.objects.get().member == member
    assert "Tenés PIN de sala desde" in phone.get(url).content.decode()


@pytest.mark.parametrize(
    ("pin", "again", "says"),
    [("1234", "1234", "menos ordenado"), ("5829", "5828", "no son iguales"), ("58", "58", "entre 4 y 6")],
)
def test_what_will_not_do_is_said_and_nothing_is_kept(member, pin, again, says):
    answer = client_of(member).post(reverse("access:hall_pin"), {"pin": pin, "again": again})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not HallPin.objects.exists()


def test_who_finds_a_phone_that_was_left_open_is_asked_first(member):
    entry = signed_in(member, timezone.now() - timedelta(hours=2))
    found = client_of(entry, confirms=False)
    answer = found.post(reverse("access:hall_pin"), {"pin": PIN, "again": PIN})
    assert answer.status_code == 403
    assert "Confirmá que sos vos" in answer.content.decode()
    assert not HallPin.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client, cooperative):
    assert client.get(reverse("access:hall_pin")).status_code == 302


# --- the last step of an enrolment ---

STEP = "/alta/pin-de-sala/"


def test_the_step_after_enrolling_keeps_it_and_goes_on_to_today(member):
    phone = client_of(member)
    page = phone.get(STEP).content.decode()
    assert "¿Querés elegir tu PIN de sala?" in page
    assert '<a class="btn quiet" href="/">Ahora no</a>' in page
    answer = phone.post(STEP, {"pin": PIN, "again": PIN})
    assert answer.headers["Location"] == "/"
    assert HallPin.objects.get().member == member


def test_the_step_says_what_will_not_do_and_can_still_be_skipped(member):
    answer = client_of(member).post(STEP, {"pin": "1234", "again": "1234"})
    assert answer.status_code == 422
    assert "menos ordenado" in answer.content.decode()
    assert "Ahora no" in answer.content.decode()
    assert not HallPin.objects.exists()


def test_who_has_one_already_is_sent_to_where_it_is_changed(pinned):
    phone = client_of(pinned)
    assert phone.get(STEP).headers["Location"] == "/mi-cuenta/pin-de-sala/"
    before = HallPin.objects.get().secret
    assert phone.post(STEP, {"pin": "470913", "again": "470913"}).status_code == 302
    assert HallPin.objects.get().secret == before


def test_a_phone_left_open_is_asked_at_the_step_too(member):
    entry = signed_in(member, timezone.now() - timedelta(hours=2))
    answer = client_of(entry, confirms=False).post(STEP, {"pin": PIN, "again": PIN})
    assert answer.status_code == 403
    assert not HallPin.objects.exists()


def test_who_adds_a_phone_and_has_a_hall_pin_is_not_asked_for_one(pinned, secretary):
    give_account(pinned)
    card = give_card(pinned, secretary, timezone.now())
    phone = Client()
    phone.post(f"/alta/{card.code}/")
    sent = {"pin": PHONE_PIN, "again": PHONE_PIN, "before": "another"}
    assert phone.post("/alta/elegir/", sent).headers["Location"] == "/"


def test_a_stranger_at_the_step_signs_in_first(client, cooperative):
    assert client.get(STEP).status_code == 302
    assert client.post(STEP, {"pin": PIN, "again": PIN}).status_code == 302
