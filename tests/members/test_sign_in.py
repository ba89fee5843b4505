"""Signing in and out with a password: throttled, one row for each device."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from coop.common.errors import NotAllowed
from coop.members import sign_in
from coop.members.errors import NotOnRegister, SignInRefused, TooManyAttempts
from coop.members.known import Known
from coop.members.models import Account, FailedSignIn, Member, RegisterUpload, SignIn
from coop.members.sign_in import check_credentials, identify
from coop.members.tasks import forget_ended_sign_ins
from coop.powers import system
from coop.record.models import Act, Entry
from tests.support.people import PASSWORD, Instants, give_account

pytestmark = pytest.mark.django_db

AT = Instants.hour
MINUTE = timedelta(minutes=1)
SHED, HOME = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def account(member) -> Account:
    return give_account(member)


def enters(identifier="4", password=PASSWORD, address=SHED, at=AT) -> Account:
    return check_credentials(identifier=identifier, password=password, address=address, at=at)


def fail(times=1, **how):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            enters(**{"password": "otra cosa", **how})


@pytest.fixture
def cheap_hasher(monkeypatch):
    """For what is counted and not what is hidden: a wrong password costs nothing."""
    monkeypatch.setattr(sign_in, "check_password", lambda password, stored: password == PASSWORD)
    monkeypatch.setattr(sign_in, "make_password", lambda password: "!")


@pytest.mark.parametrize("typed", ["4", " 4 ", "04", "persona4@ejemplo.coop", " Persona4@Ejemplo.COOP "])
def test_a_number_or_an_address_however_it_was_typed(account, typed):
    assert identify(typed) == account


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "5",
        "-4",
        "4.0",
        "²",
        "٤",
        "4" * 40,
        "4" * 5000,
        "persona4",
        "'; DROP TABLE members_member; --",
        "nadie@x.coop",
    ],
)
def test_anything_else_is_nobody_and_is_refused_in_the_same_words(account, typed, cheap_hasher):
    assert identify(typed) is None
    with pytest.raises(SignInRefused) as refused:
        enters(typed)
    assert str(refused.value) == str(SignInRefused())


def test_members_without_an_address_are_not_found_by_an_empty_one(account):
    Member.objects.filter(pk=account.member_id).update(email="")
    assert identify("") is None


def test_the_right_password_gives_the_account_and_leaves_no_trace(account):
    assert enters() == account
    assert FailedSignIn.objects.count() == 0


def test_an_unknown_number_costs_as_many_hashes_as_a_wrong_password(account, monkeypatch):
    made = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda *a, **k: made.append("hash") or encode(*a, **k)
    )
    monkeypatch.setattr(
        Argon2PasswordHasher, "verify", lambda *a, **k: made.append("hash") or verify(*a, **k)
    )
    costs = []
    for identifier in ("4", "99", "nadie@ejemplo.coop"):
        made.clear()
        fail(identifier=identifier)
        costs.append(len(made))
    assert costs == [1, 1, 1]


def test_five_failures_of_one_person_close_the_door_for_a_quarter_of_an_hour(account, cheap_hasher):
    for minute in range(5):
        fail(at=AT + minute * MINUTE)
    for identifier in ("4", "04", " 4"):
        with pytest.raises(TooManyAttempts) as refused:
            enters(identifier, at=AT + 5 * MINUTE)
        assert (refused.value.minutes, refused.value.status) == (10, 429)
    with pytest.raises(TooManyAttempts):
        enters(at=AT + 15 * MINUTE - timedelta(seconds=1))
    assert enters(at=AT + 15 * MINUTE) == account


def test_while_the_door_is_closed_trying_again_does_not_prolong_it(account, cheap_hasher):
    fail(5)
    for minute in range(1, 15):
        with pytest.raises(TooManyAttempts):
            enters(password="otra cosa", at=AT + minute * MINUTE)
    assert FailedSignIn.objects.count() == 5
    assert enters(at=AT + 15 * MINUTE) == account


def test_one_persons_failures_keep_nobody_else_out_of_the_same_shed(account, members, cheap_hasher):
    other = give_account(members[4])
    fail(5)
    assert enters("5") == other
    assert enters(address=HOME) == account


def test_a_hundred_failures_from_one_address_close_it_for_everybody(account, cheap_hasher):
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT, identifier=f"{number}@x.coop", address=SHED) for number in range(99)
    )
    assert enters() == account
    fail(identifier="99")
    with pytest.raises(TooManyAttempts):
        enters()
    assert enters(address=HOME) == account


def test_a_colleague_at_the_same_address_keeps_nobody_out_of_their_own_browser(account, cheap_hasher):
    own = Known(name="su-navegador", numbers=(4,))
    fail(5)
    with pytest.raises(TooManyAttempts):
        enters()
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=AT, identifier=f"{number}@x.coop", address=SHED) for number in range(100)
    )
    assert check_credentials(identifier="4", password=PASSWORD, address=SHED, at=AT, known=own) == account


def test_their_own_browser_is_throttled_by_itself_wherever_it_is(account, members, cheap_hasher):
    own = Known(name="su-navegador", numbers=(4,))
    give_account(members[4])
    for address in (SHED, HOME, None, SHED, HOME):
        with pytest.raises(SignInRefused):
            check_credentials(identifier="4", password="otra cosa", address=address, at=AT, known=own)
    with pytest.raises(TooManyAttempts):
        check_credentials(identifier="4", password=PASSWORD, address="192.0.2.99", at=AT, known=own)
    assert enters() == account
    with pytest.raises(SignInRefused):
        check_credentials(identifier="5", password="otra cosa", address=SHED, at=AT, known=own)
    assert FailedSignIn.objects.filter(identifier="5", address=SHED).count() == 1


def test_without_an_address_the_throttle_holds_too(account, cheap_hasher):
    fail(5, address=None)
    with pytest.raises(TooManyAttempts):
        enters(address=None)
    assert enters() == account


def test_who_has_left_the_register_does_not_sign_in(account):
    Member.objects.filter(pk=account.member_id).update(left_on=Instants.day)
    with pytest.raises(NotOnRegister) as refused:
        enters()
    assert refused.value.name == "Omar Águila"
    assert enters(at=AT - timedelta(days=1)) == account


def test_only_the_right_password_learns_that_somebody_has_left(account):
    Member.objects.filter(pk=account.member_id).update(left_on=Instants.day)
    fail()


# --- choosing a password ---


def test_a_new_password_ends_the_other_devices(account, member):
    kept, other = (sign_in.start(member=member, device=name, at=AT) for name in ("Teléfono", "Computadora"))
    sign_in.choose_password(account=account, password="otra-clave-larga-8", at=AT + MINUTE, keep=kept.key)
    assert list(SignIn.objects.alive(AT + MINUTE)) == [kept]
    other.refresh_from_db()
    assert other.ended_at == AT + MINUTE
    fail(password=PASSWORD, at=AT + MINUTE)
    assert enters(password="otra-clave-larga-8", at=AT + timedelta(days=30)) == account


def test_who_has_no_password_is_refused_like_everybody(account, cheap_hasher):
    account.set_unusable_password()
    account.save()
    fail()
    fail(password="")


@pytest.mark.parametrize("weak", ["", "corta", "1234567890123", "password123"])
def test_a_weak_password_changes_nothing(account, member, weak):
    device = sign_in.start(member=member, device="Teléfono", at=AT)
    with pytest.raises(ValidationError):
        sign_in.choose_password(account=account, password=weak, at=AT)
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)
    assert list(SignIn.objects.alive(AT)) == [device]


def test_the_command_line_sets_a_password_and_nobody_else_does(member, secretary):
    device = sign_in.start(member=member, device="Teléfono", at=AT)
    with pytest.raises(NotAllowed):
        sign_in.set_password(member=member, password=PASSWORD, by=secretary.actor, at=AT)
    with pytest.raises(ValidationError):
        sign_in.set_password(member=member, password="corta", by=system(), at=AT)
    assert list(SignIn.objects.alive(AT)) == [device]
    sign_in.set_password(member=member, password=PASSWORD, by=system(), at=AT)
    assert enters().enrolled_at == AT
    assert not SignIn.objects.alive(AT).exists()
    entry = Entry.objects.get()
    assert (entry.act, entry.facts) == (
        Act.ACCESS_GIVEN,
        {"member": 4, "name": "Omar Águila", "way": "command line"},
    )


# --- devices ---


def test_a_sign_in_lives_two_weeks(member):
    device = sign_in.start(member=member, device="x" * 300, at=AT)
    assert len(device.device) == 80
    end = AT + timedelta(days=14)
    assert [SignIn.objects.alive(at).exists() for at in (AT, end - MINUTE, end)] == [True, True, False]


def test_one_ends_ones_own_devices_only(member, members):
    own, other = (sign_in.start(member=who, device="Teléfono", at=AT) for who in (member, members[4]))
    assert sign_in.end(key=other.key, member=member, at=AT) == 0
    assert sign_in.end(key=uuid.uuid4(), member=member, at=AT) == 0
    assert sign_in.end(key=own.key, member=member, at=AT) == 1
    assert sign_in.end(key=own.key, member=member, at=AT + MINUTE) == 0
    own.refresh_from_db()
    assert own.ended_at == AT
    assert list(SignIn.objects.alive(AT)) == [other]


def test_ending_all_ends_all_but_the_one_that_is_kept(member, members):
    devices = [sign_in.start(member=member, device=f"{number}", at=AT) for number in range(3)]
    other = sign_in.start(member=members[4], device="Teléfono", at=AT)
    assert sign_in.end_all(member=member, at=AT, keep=devices[1].key) == 2
    assert set(SignIn.objects.alive(AT)) == {devices[1], other}
    assert sign_in.end_all(member=member, at=AT) == 1
    assert sign_in.end_all(member=member, at=AT) == 0
    assert list(SignIn.objects.alive(AT)) == [other]


def test_only_what_served_the_throttle_or_is_long_gone_is_forgotten(member):
    for hours in (0, 25):
        FailedSignIn.objects.create(at=AT - timedelta(hours=hours), identifier="4", address=SHED)
    for days in (0, 103, 105):
        sign_in.start(member=member, device=f"{days}", at=AT - timedelta(days=days))
    assert sign_in.forget(AT) == 2
    assert [failed.at for failed in FailedSignIn.objects.all()] == [AT]
    assert [device.device for device in SignIn.objects.all()] == ["0", "103"]


def test_the_hourly_task_forgets_and_may_run_twice(member):
    now = timezone.now()
    FailedSignIn.objects.create(at=now - timedelta(days=2), identifier="4", address=SHED)
    RegisterUpload.objects.create(by=member, at=now - timedelta(days=2), name="padron.csv", content=b"")
    for _ in range(2):
        forget_ended_sign_ins()
    assert (FailedSignIn.objects.count(), RegisterUpload.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_chosen_password_is_taken_to_the_letter(member):
    give_account(member)
    with pytest.raises(SignInRefused):
        check_credentials(identifier="4", password=PASSWORD.upper(), address=None, at=AT)
    with pytest.raises(SignInRefused):
        check_credentials(identifier="4", password=PASSWORD.replace("-", ""), address=None, at=AT)
