"""From a card to a device: spent once, PIN worth nothing without the phone, the lost phone shut out."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from coop.access.domain import devices, enrolling, pins
from coop.access.domain.enrolled import enrolled_today
from coop.access.domain.phones import new_key, opens, phone_hash
from coop.access.domain.proving import check_pin, prove
from coop.access.errors import CardExpired, CardUnknown, CardUsed, DeviceGone, WeakPin
from coop.access.models import Card, Device
from coop.common.errors import NotAllowed
from coop.members.errors import NotOnRegister, SignInRefused, TooManyAttempts
from coop.members.models import Account, FailedSignIn, Member, SignIn, Way
from coop.record.models import Act, Entry
from coop.record.telling import teller
from tests.access.enrolling import OTHER_PIN, PIN, enrol, give_card
from tests.support.people import PASSWORD, Instants, give_account, signed_in

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)


def use(card: uuid.UUID, at=AT, **more) -> Device:
    values = {"pin": PIN, "phone_key": new_key(), "name": "Android", "lost": True, **more}
    return enrolling.with_pin(card=card, at=at, **values)


def test_a_card_opens_one_device_and_is_spent(member, secretary):
    card = give_card(member, secretary, AT).card
    device = use(card.pk, AT + MINUTE)
    assert (device.member, device.enrolled_at, device.card_id) == (member, AT + MINUTE, card.pk)
    with pytest.raises(CardUsed):
        use(card.pk, AT + 2 * MINUTE)
    assert Device.objects.count() == 1


def test_the_record_says_whose_device_and_who_gave_the_card(member, secretary):
    enrol(member, secretary, AT)
    entry = Entry.objects.get(act=Act.DEVICE_ENROLLED)
    assert entry.actor_number == 4
    assert teller(entry.act)(entry.facts) == (
        "Se dio de alta un aparato de Omar Águila (n.º 4): Android · Chrome. "
        "La tarjeta la dio Ramón Ñancucheo (n.º 2). Lo anterior dejó de servir."
    )


@pytest.mark.parametrize("case", ["unknown", "expired", "gone"])
def test_no_card_no_device(member, secretary, case):
    card = give_card(member, secretary, AT).card
    error, key, at = {
        "unknown": (CardUnknown, uuid.uuid4(), AT),
        "expired": (CardExpired, card.pk, AT + timedelta(days=14)),
        "gone": (NotOnRegister, card.pk, AT),
    }[case]
    if case == "gone":
        Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    with pytest.raises(error):
        use(key, at)
    assert Device.objects.count() == 0


def test_a_weak_pin_spends_nothing(member, secretary):
    card = give_card(member, secretary, AT).card
    for weak in ("123456", member.document[-6:], "12345", "١٢٣٤٥٦"):
        with pytest.raises(WeakPin):
            use(card.pk, pin=weak)
    assert Card.objects.get().used_at is None
    assert use(card.pk).enrolled_at == AT


def test_the_database_holds_neither_the_pin_nor_the_phones_key(member, secretary):
    device, key = enrol(member, secretary, AT)
    assert device.phone_hash == phone_hash(key) != key
    assert key not in device.pin
    assert device.pin.startswith("argon2$")
    assert opens(PIN, key, device.pin)
    assert not opens(PIN, new_key(), device.pin)
    assert not opens(OTHER_PIN, key, device.pin)


# --- the lost phone ---


def test_a_new_card_shuts_out_the_lost_phone_its_sign_ins_and_the_password(member, secretary):
    account = give_account(member)
    lost, _key = enrol(member, secretary, AT)
    there = devices.begin(key=lost.key, device="Android", at=AT)
    elsewhere = signed_in(member, AT)
    new, _key = enrol(member, secretary, AT + MINUTE)
    assert list(Device.objects.living()) == [new]
    assert not SignIn.objects.alive(AT + MINUTE).filter(key__in=[there.key, elsewhere.key]).exists()
    account.refresh_from_db()
    assert not account.has_usable_password()
    with pytest.raises(DeviceGone):
        devices.begin(key=lost.key, device="Android", at=AT + MINUTE)


def test_another_device_leaves_everything_as_it_is(member, members, secretary):
    account = give_account(member)
    first, _key = enrol(member, secretary, AT)
    account.set_password(PASSWORD)
    account.save()
    open_there = devices.begin(key=first.key, device="Android", at=AT)
    second, _key = enrol(member, secretary, AT + MINUTE, lost=False)
    assert set(Device.objects.living()) == {first, second}
    assert SignIn.objects.alive(AT + MINUTE).filter(key=open_there.key).exists()
    account.refresh_from_db()
    assert account.has_usable_password()


def test_losing_ones_phone_touches_nobody_else(member, members, secretary):
    other, _key = enrol(members[4], secretary, AT)
    colleague = devices.begin(key=other.key, device="iPhone", at=AT)
    enrol(member, secretary, AT + MINUTE)
    assert other in Device.objects.living()
    assert SignIn.objects.alive(AT + MINUTE).filter(key=colleague.key).exists()


def test_the_same_phone_again_takes_the_place_of_its_own_pin(member, members, secretary):
    first, key = enrol(member, secretary, AT)
    shared, _key = enrol(members[4], secretary, AT, phone_key=key)
    second, _key = enrol(member, secretary, AT + MINUTE, phone_key=key, lost=False)
    assert set(Device.objects.living()) == {shared, second}
    first.refresh_from_db()
    assert first.voided_at == AT + MINUTE


def test_a_device_is_voided_by_its_member_or_by_who_keeps_the_register(member, members, secretary, president):
    device, _key = enrol(member, secretary, AT)
    started = devices.begin(key=device.key, device="Android", at=AT)
    for nobody in (members[4], president):
        with pytest.raises(NotAllowed):
            devices.void(key=device.key, by=nobody.actor, at=AT + MINUTE)
    devices.void(key=device.key, by=member.actor, at=AT + MINUTE)
    assert not SignIn.objects.alive(AT + MINUTE).filter(key=started.key).exists()
    with pytest.raises(DeviceGone):
        devices.void(key=device.key, by=member.actor, at=AT + 2 * MINUTE)
    other, _key = enrol(member, secretary, AT + 3 * MINUTE)
    devices.void(key=other.key, by=secretary.actor, at=AT + 4 * MINUTE)
    told = [teller(one.act)(one.facts) for one in Entry.objects.filter(act=Act.DEVICE_VOIDED)]
    assert told == ["Se dio de baja un aparato de Omar Águila (n.º 4): Android · Chrome."] * 2


# --- signing in with it ---


def test_a_sign_in_knows_its_device_and_since_when_it_opens(member, secretary):
    device, _key = enrol(member, secretary, AT)
    started = devices.begin(key=device.key, device="Android", at=AT + timedelta(days=3))
    assert (started.way, started.enrolled_at, started.opened_with) == (Way.PIN, AT, device.key)
    assert started.confirmed_at == AT + timedelta(days=3)


def test_five_wrong_pins_lock_that_device_and_nothing_else(member, secretary):
    device, key = enrol(member, secretary, AT)
    other, other_key = enrol(member, secretary, AT, lost=False)

    def tries(pin, at, one=device, with_key=key):
        check_pin(device=one, pin=pin, phone_key=with_key, at=at)

    for second in range(5):
        with pytest.raises(SignInRefused):
            tries(OTHER_PIN, AT + timedelta(seconds=second))
    with pytest.raises(TooManyAttempts) as refused:
        tries(PIN, AT + MINUTE)
    assert refused.value.minutes == 14
    tries(PIN, AT + MINUTE, other, other_key)
    give_account(member)
    prove(
        sign_in=signed_in(member, AT),
        secret=PASSWORD,
        device_secret=None,
        address="192.0.2.7",
        at=AT + MINUTE,
    )
    tries(PIN, AT + 15 * MINUTE)


def test_twenty_wrong_pins_in_a_day_close_the_device_for_the_day(member, secretary):
    device, key = enrol(member, secretary, AT)
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT + hour * timedelta(hours=1), identifier=f"device:{device.pk}")
        for hour in range(20)
    )
    with pytest.raises(TooManyAttempts):
        check_pin(device=device, pin=PIN, phone_key=key, at=AT + timedelta(hours=23))
    check_pin(device=device, pin=PIN, phone_key=key, at=AT + timedelta(hours=24))


def test_proving_takes_the_pin_of_this_very_device_or_the_password(member, members, secretary):
    device, key = enrol(member, secretary, AT)
    entry = devices.begin(key=device.key, device="Android", at=AT)
    _foreign, foreign_key = enrol(members[4], secretary, AT, pin=OTHER_PIN)
    prove(sign_in=entry, secret=f" {PIN} ", device_secret=key, address=None, at=AT)
    for secret, phone in (
        (OTHER_PIN, key),
        (PIN, None),
        (PIN, foreign_key),
        (OTHER_PIN, foreign_key),
        ("", key),
    ):
        with pytest.raises(SignInRefused):
            prove(sign_in=entry, secret=secret, device_secret=phone, address=None, at=AT)
    Account.objects.create(member=member, password=give_account(members[5]).password)
    prove(sign_in=entry, secret=PASSWORD, device_secret=key, address=None, at=AT)


def test_nobody_uses_up_an_officers_tries_from_outside(president):
    """The colleague at the same address fails at the door; the officer's desk opens all the same."""
    give_account(president)
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT, identifier="1", address="192.0.2.7") for _ in range(200)
    )
    prove(sign_in=signed_in(president, AT), secret=PASSWORD, device_secret=None, address="192.0.2.7", at=AT)


def test_a_voided_devices_pin_proves_nothing(member, secretary):
    device, key = enrol(member, secretary, AT)
    devices.void(key=device.key, by=member.actor, at=AT)
    with pytest.raises(SignInRefused):
        prove(sign_in=signed_in(member, AT), secret=PIN, device_secret=key, address=None, at=AT)


# --- a password with a card ---


def test_a_card_may_set_a_password_for_whoever_wants_one(member, secretary):
    card = give_card(member, secretary, AT).card
    with pytest.raises(ValidationError):
        enrolling.with_password(card=card.pk, password="corta", lost=True, at=AT)
    account = enrolling.with_password(card=card.pk, password=PASSWORD, lost=True, at=AT)
    assert (account.member, account.enrolled_at, account.check_password(PASSWORD)) == (member, AT, True)
    entry = Entry.objects.get(act=Act.DEVICE_ENROLLED)
    assert teller(entry.act)(entry.facts).startswith("Omar Águila (n.º 4) eligió una clave.")


def test_how_many_were_enrolled_today_counts_devices_and_passwords_of_the_local_day(members, secretary):
    enrol(members[3], secretary, AT - timedelta(days=1))
    enrol(members[4], secretary, AT)
    device, _key = enrol(members[5], secretary, AT)
    devices.void(key=device.key, by=members[5].actor, at=AT)
    card = give_card(members[6], secretary, AT).card
    enrolling.with_password(card=card.pk, password=PASSWORD, lost=True, at=AT)
    assert enrolled_today(AT + MINUTE) == 3
    # 21:00 UTC is 18:00 in Buenos Aires: the local day ends six hours later.
    assert enrolled_today(AT + timedelta(hours=5, minutes=59)) == 3
    assert enrolled_today(AT + timedelta(hours=6)) == 0


# --- weak PINs ---

WEAK = (
    "000000",
    "123456",
    "987654",
    "890123",
    "121212",
    "123123",
    "112233",
    "123321",
    "159753",
    "080390",
    "051985",
)


@pytest.mark.parametrize("pin", WEAK)
def test_what_everybody_would_try_first_is_refused(pin):
    assert pins.weakness(pin)


@pytest.mark.parametrize("pin", [PIN, OTHER_PIN, "739204", "660418"])
def test_what_nobody_would_try_first_is_taken(pin):
    assert pins.weakness(pin) is None


@given(st.text(max_size=8))
def test_what_is_not_six_digits_is_no_pin(text):
    if len(text) != 6 or not text.isascii() or not text.isdigit():
        assert pins.weakness(text)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 2))
def test_nothing_of_the_document_makes_a_pin(document, start):
    assert pins.weakness(document[start : start + 6], [document])
    assert pins.weakness(document[start : start + 6][::-1], [document])


def test_most_pins_are_free():
    refused = sum(
        1 for number in range(0, 1_000_000, 37) if pins.weakness(f"{number:06d}", ["20100001", "4"])
    )
    assert refused * 37 < 60_000
