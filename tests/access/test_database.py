"""Going round Python: what the database itself refuses the application's role, and what verify finds."""

import uuid
from datetime import timedelta

import pytest

from coop.access.domain import devices as verbs
from coop.access.enums import Opens
from coop.access.models import Card, Device, MailAddress
from coop.access.proofs import devices as proof
from coop.members.models import SignIn
from tests.access.enrolling import enrol, give_card
from tests.support import raw
from tests.support.people import Instants

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)


def new(member, **values) -> Device:
    base = {"opens": Opens.PIN, "pin": "argon2$x", "phone_hash": uuid.uuid4().hex, "name": "Android"}
    return Device(member=member, **{**base, "asked_at": AT, "enrolled_at": AT, **values})


def test_cards_and_devices_are_never_deleted_nor_rewritten(member, secretary):
    enrol(member, secretary, AT)
    for table in ("access_card", "access_device", "access_mailaddress"):
        raw.refused(f"DELETE FROM {table}", match="permission denied")
        raw.refused(f"TRUNCATE {table} CASCADE", match="permission denied")
    for column, value in (
        ("member_id", "1"),
        ("pin", "'x'"),
        ("phone_hash", "'x'"),
        ("needs_witness", "false"),
    ):
        raw.refused(f"UPDATE access_device SET {column} = {value}", match="permission denied")
    for column in ("code_hmac", "member_id", "given_by_id", "expires_at"):
        raw.refused(f"UPDATE access_card SET {column} = NULL", match="permission denied")


def test_a_used_or_voided_card_stays_so(member, secretary):
    enrol(member, secretary, AT)
    raw.refused("UPDATE access_card SET used_at = NULL", match="Cannot update")
    raw.refused("UPDATE access_card SET voided_at = now(), used_at = NULL", match="Cannot update")
    raw.try_to_ignore_triggers("access_card", "access_device")
    raw.refused("UPDATE access_card SET used_at = NULL", match="Cannot update")


def test_one_card_waits_for_each_member_and_none_is_used_after_its_time(member, secretary):
    card = give_card(member, secretary, AT).card
    twin = Card(member=member, given_at=AT, expires_at=AT + MINUTE, code_hmac="x")
    raw.refused_rows(twin, match="card_one_waits_for_each_member")
    raw.refused("UPDATE access_card SET used_at = %s", [card.expires_at], match="card_is_used_while_it_holds")
    raw.refused(
        "UPDATE access_card SET used_at = %s, voided_at = %s", [AT, AT], match="card_is_used_or_voided"
    )


def test_a_device_rests_on_a_card_of_its_own_member_used_for_it(member, members, secretary):
    card = give_card(member, secretary, AT).card
    raw.refused_rows(new(member, card=card), match="rests on a card")
    Card.objects.filter(pk=card.pk).update(used_at=AT)
    raw.refused_rows(new(members[4], card=card), match="rests on a card")
    raw.refused_rows(new(member, card=card, asked_at=AT + MINUTE), match="rests on a card|device_is_enrolled")
    Device.objects.bulk_create([new(member, card=card)])
    raw.refused_rows(new(member, card=card), match="access_device_card_id_key")


def test_what_needs_a_witness_does_not_begin_without_one(member, president, secretary):
    raw.refused_rows(new(member, needs_witness=True), match="device_has_the_witness_it_needs")
    raw.refused_rows(new(member, witness=member), match="device_witness_is_somebody_else")
    card = give_card(member, secretary, AT).card
    Card.objects.filter(pk=card.pk).update(used_at=AT)
    raw.refused_rows(new(member, card=card, witness=secretary), match="no witness to its use")
    waits = new(member, card=card, needs_witness=True, enrolled_at=None)
    Device.objects.bulk_create([waits])
    raw.refused("UPDATE access_device SET enrolled_at = %s", [AT], match="device_has_the_witness_it_needs")
    raw.refused(
        "UPDATE access_device SET enrolled_at = %s, witness_id = %s",
        [AT, secretary.pk],
        match="no witness to its",
    )
    assert raw.run("UPDATE access_device SET enrolled_at = %s, witness_id = %s", [AT, president.pk]) == 1


def test_enrolment_does_not_move_and_a_voided_device_does_not_come_back(member, secretary):
    device, _key = enrol(member, secretary, AT)
    raw.refused(
        "UPDATE access_device SET enrolled_at = %s", [AT - MINUTE], match="Cannot update|device_is_enrolled"
    )
    raw.refused("UPDATE access_device SET enrolled_at = NULL", match="Cannot update")
    verbs.void(key=device.key, by=member.actor, at=AT)
    raw.refused("UPDATE access_device SET voided_at = NULL", match="Cannot update")


def test_a_device_opens_by_pin_or_by_passkey(member):
    for values in ({"pin": ""}, {"phone_hash": ""}, {"credential_id": b"x"}, {"opens": Opens.PASSKEY}):
        raw.refused_rows(new(member, **values), match="device_opens_by_pin_or_passkey")
    keys = {"opens": Opens.PASSKEY, "pin": "", "credential": b"x", "credential_id": b"x"}
    Device.objects.bulk_create([new(member, **keys)])
    raw.refused_rows(new(member, **keys), match="credential_id")


def test_an_address_begins_once(member):
    MailAddress.objects.create(member=member, email="a@x.coop", since=AT)
    raw.refused_rows(MailAddress(member=member, email="a@x.coop", since=AT - MINUTE), match="begins_once")
    raw.refused(
        "UPDATE access_mailaddress SET since = %s", [AT - MINUTE], match="permission denied|Cannot update"
    )


# --- what verify finds ---


def test_everything_done_by_the_verbs_is_proved(member, members, secretary):
    device, _key = enrol(member, secretary, AT)
    verbs.begin(key=device.key, device="Android", at=AT)
    give_card(members[4], secretary, AT)
    assert proof().broken is None


@pytest.mark.parametrize("case", ["device", "card", "sign-in", "earlier sign-in", "colleague's"])
def test_what_was_slipped_in_beside_the_verbs_is_found(member, members, secretary, case):
    device, _key = enrol(member, secretary, AT)
    if case == "device":
        Device.objects.bulk_create([new(member)])
    elif case == "card":
        Card.objects.create(member=member, given_at=AT, expires_at=AT + MINUTE, code_hmac="x")
    else:
        whose, since, key = {
            "sign-in": (member, AT, None),
            "earlier sign-in": (member, AT - MINUTE, device.key),
            "colleague's": (members[4], AT, device.key),
        }[case]
        SignIn.objects.create(
            member=whose,
            started_at=AT,
            seen_at=AT,
            expires_at=AT + MINUTE,
            device="x",
            way="pin",
            enrolled_at=since,
            opened_with=key,
        )
    assert proof().broken is not None
