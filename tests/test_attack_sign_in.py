"""Who knows an old password tries to be in the middle of signing in when it is replaced."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from coop.members import sign_in
from coop.members.errors import SignInRefused
from coop.members.models import Account, Member, SignIn
from tests.access.enrolling import enrol
from tests.support import people
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 21, tzinfo=UTC)
NEW = "torno-fresa-limadora"


@pytest.fixture
def account(member: Member) -> Account:
    return people.give_account(member)


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: `act` happens once, right after the next password was found to be right."""

    def arrange(act) -> None:
        check, done = sign_in.check_password, []

        def slow(password: str, stored: str) -> bool:
            right = check(password, stored)
            if not done:
                done.append(act())
            return right

        monkeypatch.setattr(sign_in, "check_password", slow)

    return arrange


def enters() -> int:
    return Client().post("/ingresar/", {"identifier": "4", "password": PASSWORD}).status_code


def test_a_password_replaced_while_it_was_checked_opens_nothing(account: Account, meanwhile) -> None:
    fresh = Account.objects.get(pk=account.pk)
    meanwhile(lambda: sign_in.choose_password(account=fresh, password=NEW, at=timezone.now()))
    assert enters() == 422
    assert SignIn.objects.count() == 0


def test_nor_does_one_that_a_card_took_away(account: Account, secretary: Member, meanwhile) -> None:
    holder = account.member
    meanwhile(lambda: enrol(holder, secretary, timezone.now()))
    assert enters() == 422
    assert SignIn.objects.filter(member=holder).count() == 0


def test_of_two_who_change_one_password_the_second_is_refused(account: Account) -> None:
    first, second = (Account.objects.get(pk=account.pk) for _ in range(2))
    sign_in.choose_password(account=first, password=NEW, at=AT)
    with pytest.raises(SignInRefused):
        sign_in.choose_password(account=second, password="otra-clave-distinta", at=AT)
    assert Account.objects.get(pk=account.pk).check_password(NEW)


def test_a_password_that_still_holds_opens(account: Account) -> None:
    assert enters() == 302
    assert SignIn.objects.filter(member=account.member).count() == 1
