"""From the card in the hand to signed in, as the browser does it."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coop.access import day
from coop.access.domain import witnessing
from coop.access.models import Card, Device
from coop.members.models import Account, FailedSignIn, Member, SignIn
from tests.access.enrolling import OTHER_PIN, PIN, enrol, give_card
from tests.access.phone import Phone
from tests.support import people
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db
LOST = {"before": "lost"}
HALL_PIN_STEP = "/alta/pin-de-sala/"


@pytest.fixture
def code(member: Member, secretary: Member) -> str:
    return give_card(member, secretary, timezone.now()).code


def is_in(client: Client) -> bool:
    return client.get("/consejo/").status_code == 200


def choosing(code: str, **options: object) -> Client:
    """A phone that has scanned the card and said "I am"."""
    client = Client(**options)
    assert client.post(f"/alta/{code}/").headers["Location"] == "/alta/elegir/"
    return client


def pin(client: Client, pin: str = PIN, again: str | None = None, **more: str) -> object:
    return client.post(
        "/alta/elegir/", {"pin": pin, "again": pin if again is None else again, **LOST, **more}
    )


def enter(client: Client, typed: str = PIN, **more: str) -> object:
    device = re.search(r'name="device" value="([^"]+)"', client.get("/ingresar/").content.decode())
    assert device
    return client.post("/ingresar/pin/", {"device": device[1], "pin": typed, **more})


def test_looking_at_a_card_spends_nothing_and_says_whose_it_is(member: Member, code: str) -> None:
    client = Client()
    for _ in range(3):
        assert member.name in client.get(f"/alta/{code}/").content.decode()
    assert Card.objects.get().used_at is None
    assert client.get("/alta/elegir/").headers["Location"] == "/alta/"


def test_the_code_may_be_typed(member: Member, code: str) -> None:
    typed = f" {code[:5].upper()}-{code[5:]} "
    assert member.name in Client().post("/alta/", {"code": typed}).content.decode()


def test_a_wrong_code_says_so_and_a_right_one_always_opens(member: Member, code: str) -> None:
    client = Client()
    for _ in range(3):
        answer = client.post("/alta/", {"code": "aaaaaaaaaa"})
        assert answer.status_code == 422
        assert "Ese código no es de ninguna tarjeta" in answer.content.decode()
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=timezone.now(), identifier="card:127.0.0.1") for _ in range(500)
    )
    assert client.get("/alta/aaaaaaaaaa/").status_code == 429
    assert client.get(f"/alta/{code}/").status_code == 200
    assert FailedSignIn.objects.count() == 503


def test_a_pin_signs_in_at_once_and_from_then_on_opens_this_phone(member: Member, code: str) -> None:
    client = choosing(code)
    answer = pin(client)
    assert answer.headers["Location"] == HALL_PIN_STEP
    assert is_in(client)
    cookie = client.cookies["aparato"]
    assert (cookie["httponly"], cookie["samesite"], len(cookie.value)) == (True, "Lax", 43)
    client.post("/salir/")
    page = client.get("/ingresar/").content.decode()
    assert member.name in page
    assert "<details" in page
    assert enter(client, next="/consejo/").headers["Location"] == "/consejo/"
    assert is_in(client)
    assert [one.way for one in SignIn.objects.order_by("started_at")] == ["pin", "pin"]


def test_on_another_phone_the_pin_is_worth_nothing(member: Member, code: str) -> None:
    pin(choosing(code))
    device = Device.objects.get()
    stranger = Client()
    assert member.name not in stranger.get("/ingresar/").content.decode()
    sent = {"device": str(device.pk), "pin": PIN}
    assert stranger.post("/ingresar/pin/", sent).headers["Location"] == "/ingresar/"
    stranger.cookies["aparato"] = "x" * 43
    assert stranger.post("/ingresar/pin/", sent).headers["Location"] == "/ingresar/"
    assert not is_in(stranger)


def test_of_a_shared_phone_each_opens_their_own(members: list[Member], secretary: Member) -> None:
    first = give_card(members[3], secretary, timezone.now()).code
    client = choosing(first)
    pin(client)
    second = give_card(members[4], secretary, timezone.now()).code
    answer = client.get(f"/alta/{second}/").content.decode()
    assert f"está la sesión de {members[3].name}" in answer
    client.post(f"/alta/{second}/")
    pin(client, OTHER_PIN)
    client.post("/salir/")
    page = client.get("/ingresar/").content.decode()
    assert members[3].name in page
    assert members[4].name in page
    other = Device.objects.get(member=members[4])
    assert client.post("/ingresar/pin/", {"device": str(other.pk), "pin": PIN}).status_code == 422
    client.post("/ingresar/pin/", {"device": str(other.pk), "pin": OTHER_PIN})
    assert SignIn.objects.latest("started_at").member == members[4]


def test_wrong_pins_are_said_and_lock_this_phone_only(member: Member, code: str) -> None:
    people.give_account(member)
    client = choosing(code)
    pin(client, before="another")
    client.post("/salir/")
    answers = [enter(client, OTHER_PIN) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Ese no es tu PIN" in answers[0].content.decode()
    assert OTHER_PIN not in answers[0].content.decode()
    assert "demasiados intentos" in enter(client).content.decode()
    assert Client().post("/ingresar/", {"identifier": "4", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "again", "sentence"),
    [
        ("123456", None, "de los primeros que alguien probaría"),
        ("12345", None, "6 números"),
        (PIN, OTHER_PIN, "Los dos PIN no son iguales"),
    ],
)
def test_a_weak_pin_is_refused_beside_its_field(code: str, typed: str, again: str, sentence: str) -> None:
    client = choosing(code)
    answer = pin(client, typed, again)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Device.objects.exists()
    assert pin(client).status_code == 302


def test_nobody_is_asked_what_becomes_of_a_device_they_never_had(code: str) -> None:
    assert "Ya tenías con qué ingresar" not in choosing(code).get("/alta/elegir/").content.decode()


def test_who_lost_the_phone_shuts_it_out_and_who_has_two_keeps_both(
    member: Member, secretary: Member
) -> None:
    first = choosing(give_card(member, secretary, timezone.now()).code)
    pin(first)
    second = choosing(give_card(member, secretary, timezone.now()).code)
    page = second.get("/alta/elegir/").content.decode()
    assert "Ya tenías con qué ingresar" in page
    assert re.search(r'value="lost"[^>]*checked', page)
    pin(second, before="another")
    assert (is_in(first), is_in(second)) == (True, True)
    third = choosing(give_card(member, secretary, timezone.now()).code)
    pin(third)
    assert (is_in(first), is_in(second), is_in(third)) == (False, False, True)
    assert "Tu PIN" not in first.get("/ingresar/").content.decode()


def test_choosing_must_be_done_soon_and_with_a_card_that_still_holds(member: Member, code: str) -> None:
    client = choosing(code)
    held = client.session
    held["card"] = {**held["card"], "until": timezone.now().timestamp() - 1}
    held.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = held.session_key
    assert pin(client).headers["Location"] == "/alta/"
    late, other = choosing(code), choosing(code)
    pin(other)
    assert pin(late).headers["Location"] == "/alta/"
    assert Device.objects.count() == 1


def test_a_used_card_says_when_and_what_to_do(code: str) -> None:
    pin(choosing(code))
    answer = Client().get(f"/alta/{code}/")
    assert answer.status_code == 422
    assert "ya se usó" in answer.content.decode()
    assert "avisale ya a la secretaría" in answer.content.decode()


def test_a_password_is_the_small_print(member: Member, code: str) -> None:
    client = choosing(code)
    assert "/alta/clave/" in client.get("/alta/elegir/").content.decode()
    weak = client.post("/alta/clave/", {"password": "corta", "again": "corta"})
    assert weak.status_code == 422
    sent = {"password": PASSWORD, "again": PASSWORD, **LOST}
    assert client.post("/alta/clave/", sent).headers["Location"] == HALL_PIN_STEP
    assert is_in(client)
    assert Account.objects.get(member=member).check_password(PASSWORD)


# --- passkeys ---


def secure(code: str) -> Client:
    client = Client()
    client.defaults["wsgi.url_scheme"] = "https"
    client.post(f"/alta/{code}/", secure=True)
    return client


def test_without_https_or_a_name_there_is_no_passkey_and_the_page_says_so(code: str) -> None:
    page = choosing(code).get("/alta/elegir/").content.decode()
    assert "data-passkey" not in page
    assert "hace falta que empiece con https" in page
    numbers = choosing(code, HTTP_HOST="127.0.0.1").get("/alta/elegir/", secure=True)
    assert "data-passkey" not in numbers.content.decode()
    assert choosing(code).post("/alta/llave/pedir/").status_code == 409
    assert Client().post("/ingresar/llave/pedir/").status_code == 409


def test_a_passkey_enrols_and_signs_in_without_a_number(member: Member, code: str) -> None:
    client, phone = secure(code), Phone()
    assert 'data-passkey="create"' in client.get("/alta/elegir/", secure=True).content.decode()
    asked = client.post("/alta/llave/pedir/", secure=True).json()
    sent = {"passkey": json.dumps(phone.makes(asked))}
    assert client.post("/alta/llave/", sent, secure=True).headers["Location"] == HALL_PIN_STEP
    assert SignIn.objects.get().way == "passkey"
    client.post("/salir/", secure=True)
    asked = client.post("/ingresar/llave/pedir/", secure=True).json()
    sent = {"passkey": json.dumps(phone.signs(asked)), "next": "/consejo/"}
    assert client.post("/ingresar/llave/", sent, secure=True).headers["Location"] == "/consejo/"
    assert client.get("/consejo/", secure=True).status_code == 200
    client.post("/salir/", secure=True)
    assert client.post("/ingresar/llave/", sent, secure=True).headers["Location"] == "/ingresar/"
    assert "La llave del teléfono no sirvió" in client.get("/ingresar/", secure=True).content.decode()


# --- on an assembly day ---


@pytest.fixture
def assembly_today(monkeypatch):
    monkeypatch.setattr(day, "_answers", [lambda at: True])


def test_on_an_assembly_day_the_phone_waits_for_its_witness(
    member: Member, code: str, president: Member, assembly_today: None
) -> None:
    client = choosing(code)
    page = client.get("/alta/elegir/").content.decode()
    assert "Hoy hay asamblea" in page
    assert "/alta/clave/" not in page
    assert pin(client).headers["Location"] == "/alta/espera/"
    assert not is_in(client)
    number = witnessing.shown_number(Device.objects.get())
    assert number in client.get("/alta/espera/").content.decode()
    assert number in client.get("/alta/espera/estado/").content.decode()
    desk = people.client_of(president)
    listed = desk.get("/alta/testigos/").content.decode()
    assert member.name in listed
    assert number not in listed
    url = f"/alta/testigos/{Device.objects.get().pk}/"
    assert desk.post(url, {"number": "x"}).status_code == 422
    assert desk.post(url, {"number": number}).headers["Location"] == "/alta/testigos/"
    live = client.get("/alta/espera/estado/", headers={"HX-Request": "true"})
    assert live.headers["HX-Redirect"] == "/ingresar/"
    assert client.get("/alta/espera/").headers["Location"] == "/ingresar/"
    assert enter(client).headers["Location"] == "/"
    assert is_in(client)


def test_a_phone_turned_away_is_told_so(
    member: Member, code: str, president: Member, assembly_today: None
) -> None:
    client = choosing(code)
    pin(client)
    url = f"/alta/testigos/{Device.objects.get().pk}/"
    assert people.client_of(president).post(f"{url}rechazar/").status_code == 302
    assert "Este teléfono no se dio de alta" in client.get("/alta/espera/").content.decode()
    gone = people.client_of(president).post(url, {"number": "1234"})
    assert gone.status_code == 422
    assert "ya no está dado de alta" in gone.content.decode()


def test_nobody_who_waits_for_nothing_has_a_waiting_page(cooperative: object) -> None:
    assert Client().get("/alta/espera/").headers["Location"] == "/alta/"


# --- my devices ---


def test_my_devices_and_my_sign_ins_are_listed_and_each_can_be_ended(
    member: Member, members: list[Member], secretary: Member
) -> None:
    client = choosing(give_card(member, secretary, timezone.now()).code)
    pin(client)
    enrol(members[4], secretary, timezone.now())
    people.signed_in(member)
    answer = client.get("/mi-cuenta/aparatos/")
    assert [one.member for one in answer.context["devices"]] == [member]
    assert {one.member_id for one in answer.context["sign_ins"]} == {member.pk}
    assert len(answer.context["sign_ins"]) == 2
    assert "este aparato" in answer.content.decode()
    key = Device.objects.get(member=member).pk
    assert client.post(f"/mi-cuenta/aparatos/{key}/baja/").headers["Location"] == "/ingresar/"
    assert not is_in(client)
    assert "Tu PIN" not in client.get("/ingresar/").content.decode()


def test_the_secretary_voids_a_reported_phone_and_nobody_else_does(
    member: Member, members: list[Member], secretary: Member
) -> None:
    device, _key = enrol(member, secretary, timezone.now() - timedelta(hours=1))
    url = f"/mi-cuenta/aparatos/{device.pk}/baja/"
    assert people.client_of(members[4]).post(url).status_code == 403
    assert people.client_of(secretary).post(url).headers["Location"] == "/registro/4/tarjeta/"
    device.refresh_from_db()
    assert device.voided_by == secretary
