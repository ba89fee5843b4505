"""Passkeys against somebody who has a phone of their own, an old answer, or another site."""

import json
from datetime import timedelta

import pytest

from coop.access.domain import devices, enrolling, passkeys
from coop.access.domain.passkeys import Party
from coop.access.domain.phones import new_key
from coop.access.errors import PasskeyRefused
from coop.access.models import Challenge, Device
from coop.members.errors import NotOnRegister
from coop.members.models import Member, Way
from tests.access.enrolling import give_card
from tests.access.phone import Phone
from tests.support.people import Instants, signed_in

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)
HERE = Party(host="testserver", origin="https://testserver", name="La Chimenea")


def over_the_wire(asked) -> dict:
    return json.loads(json.dumps(asked))


def make(member: Member, secretary: Member, phone: Phone, at=AT) -> Device:
    card = give_card(member, secretary, at).card
    asked = over_the_wire(passkeys.ask_new(party=HERE, member=member, at=at))
    new = passkeys.read_new(party=HERE, member=member, answer=phone.makes(asked), at=at)
    return enrolling.with_passkey(
        card=card.pk, new=new, phone_key=new_key(), name="Android", lost=True, at=at
    )


def sign(phone: Phone, member: Member | None = None, at=AT + MINUTE) -> Device:
    asked = over_the_wire(passkeys.ask(party=HERE, member=member, at=at))
    return passkeys.read(party=HERE, member=member, answer=phone.signs(asked), at=at)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def device(member, secretary, phone) -> Device:
    return make(member, secretary, phone)


def test_the_phone_that_made_the_key_opens_without_a_number(device, phone, member):
    opened = sign(phone)
    assert opened == device
    started = devices.begin(key=opened.key, device="Android", at=AT + MINUTE)
    assert (started.member, started.way, started.enrolled_at) == (member, Way.PASSKEY, AT)


def test_what_is_asked_names_nobody_and_wants_the_phones_own_lock(device, member):
    new = passkeys.ask_new(party=HERE, member=member, at=AT)["options"]
    assert new["authenticatorSelection"]["userVerification"] == "required"
    assert new["authenticatorSelection"]["residentKey"] == "required"
    assert member.document not in json.dumps(new)
    asked = passkeys.ask(party=HERE, member=None, at=AT)["options"]
    assert (asked["userVerification"], asked.get("allowCredentials")) == ("required", None)
    assert len(passkeys.ask(party=HERE, member=member, at=AT)["options"]["allowCredentials"]) == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://testserver.evil.example"},
        {"origin": "http://testserver"},
        {"host": "evil.example"},
        {"flags": 0x01},
        {"flags": 0x04},
        {"credential_id": b"somebody else's key"},
    ],
)
def test_for_another_site_or_without_the_phones_lock_nothing_opens(device, phone, forged):
    for name, value in forged.items():
        setattr(phone, name, value)
    with pytest.raises(PasskeyRefused):
        sign(phone)


def test_another_key_under_the_same_name_does_not_open(device, phone):
    with pytest.raises(PasskeyRefused):
        sign(Phone(credential_id=phone.credential_id))


def test_an_answer_is_good_once_and_soon(device, phone):
    asked = over_the_wire(passkeys.ask(party=HERE, member=None, at=AT))
    answer = phone.signs(asked)
    assert passkeys.read(party=HERE, member=None, answer=answer, at=AT)
    with pytest.raises(PasskeyRefused):
        passkeys.read(party=HERE, member=None, answer=answer, at=AT)
    late = phone.signs(over_the_wire(passkeys.ask(party=HERE, member=None, at=AT)))
    with pytest.raises(PasskeyRefused):
        passkeys.read(party=HERE, member=None, answer=late, at=AT + timedelta(minutes=5))


def test_an_answer_to_signing_in_does_not_prove_an_officers_act_nor_the_other_way(
    device, phone, member, members
):
    entry = signed_in(member, AT)
    anybody = phone.signs(over_the_wire(passkeys.ask(party=HERE, member=None, at=AT)))
    with pytest.raises(PasskeyRefused):
        passkeys.prove_passkey(party=HERE, sign_in=entry, answer=anybody, at=AT)
    own = phone.signs(over_the_wire(passkeys.ask(party=HERE, member=member, at=AT)))
    passkeys.prove_passkey(party=HERE, sign_in=entry, answer=own, at=AT)
    colleague = signed_in(members[4], AT)
    theirs = phone.signs(over_the_wire(passkeys.ask(party=HERE, member=members[4], at=AT)))
    with pytest.raises(PasskeyRefused):
        passkeys.prove_passkey(party=HERE, sign_in=colleague, answer=theirs, at=AT)


def test_a_key_that_counts_backwards_is_a_copy(member, secretary):
    phone = Phone(counter=5)
    make(member, secretary, phone)
    for counter, opens in ((6, True), (6, False), (5, False), (0, False), (9, True)):
        phone.counter = counter
        if opens:
            assert sign(phone).sign_count == counter
        else:
            with pytest.raises(PasskeyRefused):
                sign(phone)


def test_a_voided_device_and_one_who_left_do_not_open(device, phone, member):
    Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    with pytest.raises(NotOnRegister):
        sign(phone)
    Member.objects.filter(pk=member.pk).update(left_on=None)
    devices.void(key=device.key, by=member.actor, at=AT)
    with pytest.raises(PasskeyRefused):
        sign(phone)


def test_one_key_belongs_to_one_device(device, phone, members, secretary):
    with pytest.raises(PasskeyRefused):
        make(members[4], secretary, phone, AT + MINUTE)


@pytest.mark.parametrize(
    "answer", [None, [], "x", {}, {"challenge_key": "x"}, {"challenge_key": 7, "credential": {}}]
)
def test_what_is_no_answer_is_refused(device, answer):
    with pytest.raises(PasskeyRefused):
        passkeys.read(party=HERE, member=None, answer=answer, at=AT)


@pytest.mark.parametrize(
    "credential", [None, [], "x", {}, {"rawId": "eA"}, {"id": "eA", "rawId": "eA", "response": {}}]
)
def test_what_is_no_credential_is_refused(device, credential):
    for ask, read, member in (
        (passkeys.ask, passkeys.read, None),
        (passkeys.ask_new, passkeys.read_new, device.member),
    ):
        key = ask(party=HERE, member=member, at=AT)["challenge_key"]
        with pytest.raises(PasskeyRefused):
            read(party=HERE, member=member, answer={"challenge_key": key, "credential": credential}, at=AT)


def test_what_nobody_answered_is_forgotten_within_the_hour(member):
    passkeys.ask(party=HERE, member=None, at=AT)
    assert passkeys.forget(AT + timedelta(minutes=59)) == 0
    assert passkeys.forget(AT + timedelta(minutes=61)) == 1
    assert not Challenge.objects.exists()
