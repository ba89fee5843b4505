"""A code by e-mail: for the device that asked, once, soon; an address is trusted since its first use."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from coop.access import day
from coop.access.domain import mail_codes
from coop.access.errors import MailCodeRefused, NewAddressToday
from coop.access.models import MailAddress, MailCode
from coop.access.tasks import forget_unanswered, send_mail_code
from coop.members.errors import NotOnRegister, TooManyAttempts
from coop.members.models import Member, SignIn, Way
from coop.record.models import Act, Entry
from tests.support.people import Instants

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)


def ask(identifier="4", at=AT, address="192.0.2.7") -> MailCode:
    code = mail_codes.ask(identifier=identifier, address=address, at=at)
    assert code
    return code


def enter(code: MailCode, at=AT, typed: str | None = None) -> SignIn:
    typed = mail_codes.digits(code) if typed is None else typed
    return mail_codes.enter(key=code.pk, typed=typed, device="Android", at=at)


def test_by_number_or_by_address_the_code_opens_once(member):
    code = ask("persona4@ejemplo.coop")
    assert (code.member, code.email) == (member, "persona4@ejemplo.coop")
    started = enter(code, typed=f" {mail_codes.digits(code)[:4]} {mail_codes.digits(code)[4:]} ")
    assert (started.member, started.way) == (member, Way.EMAIL)
    with pytest.raises(MailCodeRefused):
        enter(code)


def test_it_holds_ten_minutes(member):
    assert enter(ask(), AT + timedelta(minutes=9, seconds=59))
    with pytest.raises(MailCodeRefused):
        enter(ask(at=AT + MINUTE), AT + 11 * MINUTE)


def test_nobody_to_send_to_is_no_code(member, members):
    Member.objects.filter(number=5).update(email="")
    Member.objects.filter(number=6).update(left_on=Instants.day)
    for identifier in ("5", "6", "999", "nadie@ejemplo.coop", "", "٤"):
        assert mail_codes.ask(identifier=identifier, address=None, at=AT) is None


def test_the_database_does_not_know_the_digits(member):
    digits = mail_codes.digits(ask())
    assert len(digits) == 8
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM access_mailcode c")
        assert digits not in cursor.fetchone()[0]


def test_five_wrong_codes_close_that_code_and_no_other(member):
    code = ask()
    for typed in ("00000000", "", "x", mail_codes.digits(code)[:7], mail_codes.digits(code) + "0"):
        with pytest.raises(MailCodeRefused):
            enter(code, typed=typed)
    with pytest.raises(TooManyAttempts):
        enter(code)
    assert enter(ask(address="192.0.2.8"))


def test_asking_is_throttled_by_place_and_mails_by_person(member, members):
    for _ in range(5):
        ask()
    with pytest.raises(TooManyAttempts):
        ask()
    assert ask("5")
    assert ask(address="192.0.2.8")
    assert mail_codes.ask(identifier="4", address="192.0.2.9", at=AT) is None


def test_an_address_opens_since_its_first_use_and_a_changed_one_begins_anew(member):
    assert enter(ask()).enrolled_at == AT
    assert enter(ask(at=AT + timedelta(days=3)), AT + timedelta(days=3)).enrolled_at == AT
    Member.objects.filter(pk=member.pk).update(email="otro@ejemplo.coop")
    later = AT + timedelta(days=4)
    assert enter(ask(at=later), later).enrolled_at == later
    assert [(one.email, one.since) for one in MailAddress.objects.order_by("since")] == [
        ("persona4@ejemplo.coop", AT),
        ("otro@ejemplo.coop", later),
    ]
    assert Entry.objects.filter(act=Act.DEVICE_ENROLLED).count() == 2


def test_a_code_sent_to_the_address_of_before_opens_nothing(member):
    code = ask()
    Member.objects.filter(pk=member.pk).update(email="otro@ejemplo.coop")
    with pytest.raises(MailCodeRefused):
        enter(code)


def test_on_an_assembly_day_an_address_never_used_does_not_open(member, monkeypatch):
    enter(ask())
    monkeypatch.setattr(day, "_answers", [lambda at: True])
    assert enter(ask(at=AT + MINUTE), AT + MINUTE).enrolled_at == AT
    Member.objects.filter(pk=member.pk).update(email="otro@ejemplo.coop")
    with pytest.raises(NewAddressToday):
        enter(ask(at=AT + 2 * MINUTE), AT + 2 * MINUTE)


def test_who_left_meanwhile_does_not_get_in(member):
    code = ask()
    Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    with pytest.raises(NotOnRegister):
        enter(code)


def test_the_worker_sends_the_code_that_the_row_gives(member, settings):
    settings.EMAIL_FROM = "coop@ejemplo.coop"
    code = mail_codes.ask(identifier="4", address=None, at=timezone.now())
    for _ in range(2):
        send_mail_code(str(code.pk))
    digits = mail_codes.digits(code)
    assert [one.to for one in mail.outbox] == [["persona4@ejemplo.coop"]] * 2
    assert all(f"{digits[:4]} {digits[4:]}" in one.body for one in mail.outbox)
    send_mail_code(str(uuid.uuid4()))
    assert len(mail.outbox) == 2


def test_codes_are_forgotten_after_a_day(member):
    mail_codes.ask(identifier="4", address=None, at=timezone.now() - timedelta(days=2))
    forget_unanswered()
    assert not MailCode.objects.exists()


def test_in_the_browser_nobody_learns_who_has_an_address(member, members, settings):
    settings.EMAIL_OFFERED = True
    Member.objects.filter(number=5).update(email="")
    answers = []
    for identifier in ("4", "5", "999"):
        client = Client()
        asked = client.post("/ingresar/correo/", {"identifier": identifier, "next": "/consejo/"})
        assert asked.headers["Location"] == "/ingresar/correo/codigo/"
        wrong = client.post("/ingresar/correo/codigo/", {"code": "00000000"})
        answers.append((wrong.status_code, "Ese código no sirve" in wrong.content.decode()))
        if identifier == "4":
            digits = mail_codes.digits(MailCode.objects.get())
            assert Client().post("/ingresar/correo/codigo/", {"code": digits}).status_code == 302
            right = client.post("/ingresar/correo/codigo/", {"code": digits})
            assert right.headers["Location"] == "/consejo/"
            assert client.get("/consejo/").status_code == 200
    assert answers == [(422, True)] * 3
