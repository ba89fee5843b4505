"""Attacks on signing in that once worked, or nearly did."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.hall_room import is_assembly_day
from assemblies.models import Assembly
from coop.access import day
from coop.access.domain import hall, mail_codes, witnessing
from coop.access.domain.hall import has_hall_pin, set_hall_pin, take_turn
from coop.access.hall_errors import HallPinLocked, HallPinRefused
from coop.access.models import MailAddress
from coop.access.proofs import devices as devices_proof
from coop.council.models import SeatCode
from coop.members.errors import TooManyAttempts
from coop.members.known import Known
from coop.members.models import FailedSignIn, SignIn
from coop.statute.models import Cooperative
from tests.access.enrolling import enrol
from tests.support.people import Instants, client_of, give_account, give_seat
from tests.support.raw import refused

pytestmark = pytest.mark.django_db
AT = Instants.hour
PIN = "5829"
HOUR = timedelta(hours=1)


def turn(number: int, pin: str = PIN, at=AT, kiosk: int = 7) -> SignIn:
    return take_turn(kiosk=uuid.UUID(int=kiosk), place="Kiosco", number=number, pin=pin, at=at)


@pytest.fixture
def assembly_today():
    before = list(day._answers)
    day.assembly_day(lambda at: True)
    yield
    day._answers[:] = before


# --- a hall PIN that somebody else chose ---


def test_a_new_card_for_a_lost_phone_voids_the_hall_pin_too(member, secretary):
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    enrol(member, secretary, AT - HOUR, lost=True)
    with pytest.raises(HallPinRefused):
        turn(member.number)
    assert not has_hall_pin(member)
    assert "Tenés PIN de sala" not in client_of(member).get(reverse("access:hall_pin")).content.decode()


def test_a_pin_chosen_in_the_future_of_a_clock_is_voided_as_well(member, secretary):
    set_hall_pin(member=member, pin=PIN, at=AT + HOUR)
    enrol(member, secretary, AT, lost=True)
    assert not has_hall_pin(member)


def test_after_that_the_member_chooses_another(member, secretary):
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    enrol(member, secretary, AT - HOUR, lost=True)
    set_hall_pin(member=member, pin="470913", at=AT)
    assert turn(member.number, "470913").enrolled_at == AT


def test_another_phone_leaves_the_hall_pin(member, secretary):
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    enrol(member, secretary, AT - HOUR, lost=False)
    assert turn(member.number)


# --- guessing a hall PIN from one kiosk after another ---


def wrong_at_many_kiosks(number: int, times: int) -> None:
    for kiosk in range(times):
        with pytest.raises(HallPinRefused):
            turn(number, "7777", kiosk=100 + kiosk)


def test_new_kiosks_give_no_new_tries_without_end(member, monkeypatch):
    monkeypatch.setattr(hall, "PER_DAY", (timedelta(hours=24), 6))
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    wrong_at_many_kiosks(member.number, 6)
    with pytest.raises(HallPinLocked) as locked:
        turn(member.number, kiosk=999)
    assert locked.value.minutes == 24 * 60
    assert turn(member.number, kiosk=999, at=AT + timedelta(hours=24, seconds=1))


def test_whoever_chooses_another_pin_is_counted_anew(member, monkeypatch):
    monkeypatch.setattr(hall, "PER_DAY", (timedelta(hours=24), 6))
    set_hall_pin(member=member, pin=PIN, at=Instants.convening)
    wrong_at_many_kiosks(member.number, 6)
    set_hall_pin(member=member, pin="470913", at=AT + HOUR)
    assert turn(member.number, "470913", at=AT + HOUR)


# --- keeping a colleague's code by e-mail from them ---


@pytest.fixture
def with_mail(member):
    member.email = "persona4@ejemplo.coop"
    member.save(update_fields=["email"])
    return member


def test_a_stranger_who_asks_for_codes_uses_up_nothing_of_a_browser_the_member_knows(with_mail):
    known = Known(name="un-navegador", numbers=(with_mail.number,))
    for minute in range(12):
        mail_codes.ask(identifier="4", address=f"192.0.2.{minute}", at=AT + timedelta(minutes=minute))
    later = AT + timedelta(minutes=13)
    assert mail_codes.ask(identifier="4", address="192.0.2.99", at=later) is None
    assert mail_codes.ask(identifier="4", address="192.0.2.99", at=later, known=known)


def test_asked_from_the_same_shed_address_neither(with_mail):
    known = Known(name="un-navegador", numbers=(with_mail.number,))
    for _try in range(5):
        mail_codes.ask(identifier="4", address="192.0.2.7", at=AT)
    with pytest.raises(TooManyAttempts):
        mail_codes.ask(identifier="4", address="192.0.2.7", at=AT)
    assert mail_codes.ask(identifier="4", address="192.0.2.7", at=AT, known=known)


def test_a_known_browser_has_its_own_limit(with_mail):
    known = Known(name="un-navegador", numbers=(with_mail.number,))
    codes = [
        mail_codes.ask(identifier="4", address=None, at=AT + n * timedelta(minutes=5), known=known)
        for n in range(8)
    ]
    assert len([code for code in codes if code]) == mail_codes.PER_HOUR


# --- the witness ---


def test_a_witness_whose_desk_is_locked_proves_first_that_it_is_them(assembly_today, members, secretary):
    now = timezone.now()
    auditor = members[6]
    give_seat(auditor, SeatCode.AUDITOR)
    give_account(auditor)
    device, _key = enrol(members[3], secretary, now - HOUR)
    phone = client_of(auditor, confirms=False)
    SignIn.objects.filter(member=auditor).update(confirmed_at=now - HOUR)
    url = reverse("access:witness", args=[device.pk])
    asked = phone.post(url, {"number": witnessing.shown_number(device)})
    assert asked.status_code == 403
    device.refresh_from_db()
    assert device.enrolled_at is None


def test_the_tries_of_a_witness_are_counted_with_the_row_in_hand(assembly_today, members, secretary):
    auditor = members[6]
    give_seat(auditor, SeatCode.AUDITOR)
    device, _key = enrol(members[3], secretary, AT)
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT, identifier=f"witness:{device.pk}", address=None) for _try in range(5)
    )
    with pytest.raises(TooManyAttempts):
        witnessing.confirm(key=device.pk, number=witnessing.shown_number(device), by=auditor.actor, at=AT)


# --- which day it is ---


@pytest.fixture
def called(secretary) -> Assembly:
    return Assembly.objects.create(
        kind="weekly",
        starts_at=AT.replace(hour=12, minute=0),
        place="Comedor",
        convened_at=AT - timedelta(days=9),
        convened_by=secretary,
    )


def test_no_zone_makes_the_hours_before_an_assembly_another_day(called):
    for zone in ("America/Adak", "America/Noronha", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        Cooperative.objects.update(zone=zone)
        assert is_assembly_day(called.starts_at - timedelta(hours=11)), zone


def test_ten_minutes_to_midnight_before_a_morning_assembly_counts(called):
    # Nine in the morning of Buenos Aires.
    assert is_assembly_day(called.starts_at - timedelta(hours=9, minutes=10))
    assert not is_assembly_day(called.starts_at - timedelta(hours=12, minutes=10))


# --- the tables, with the application's role ---


def test_the_proof_names_an_address_that_was_slipped_in(with_mail):
    code = mail_codes.ask(identifier="4", address=None, at=AT)
    assert code
    mail_codes.enter(key=code.pk, typed=mail_codes.digits(code), device="Android", at=AT)
    assert devices_proof().broken is None
    MailAddress.objects.create(member=with_mail, email="otro@ejemplo.coop", since=AT - HOUR)
    broken = devices_proof().broken
    assert broken
    assert "correo de N.º 4" in broken.row


def test_the_role_undoes_nothing_of_cards_and_devices(member, secretary):
    enrol(member, secretary, AT)
    for statement in (
        "UPDATE access_card SET used_at = NULL",
        "UPDATE access_device SET enrolled_at = enrolled_at - interval '1 day'",
        "UPDATE access_device SET enrolled_at = NULL",
    ):
        refused(statement, match="Cannot update")
    for statement in (
        "UPDATE access_card SET expires_at = expires_at + interval '1 year'",
        "UPDATE access_card SET given_by_id = NULL",
        "UPDATE access_device SET needs_witness = FALSE",
        "UPDATE access_device SET pin = 'x'",
        "UPDATE members_signin SET enrolled_at = NULL",
        "UPDATE members_signin SET way = 'pin'",
        "UPDATE members_signin SET member_id = member_id + 1",
        "DELETE FROM access_mailaddress",
        "UPDATE access_mailaddress SET since = since - interval '1 day'",
    ):
        refused(statement, match="denied")
