"""Getting in, getting out, choosing a password: as the browser does it."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coop.members import session, sign_in
from coop.members.models import Account, FailedSignIn, Member, SignIn
from tests.support import people
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "una-clave-bien-larga"
WRONG = "otra-cosa-distinta"


@pytest.fixture
def account(member: Member) -> Account:
    return people.give_account(member)


def enter(client: Client, identifier: object, password: str = PASSWORD, **more: str) -> object:
    return client.post("/ingresar/", {"identifier": identifier, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/mi-cuenta/").status_code == 200


def test_signs_in_by_number_and_by_e_mail(account: Account, client: Client) -> None:
    other = Client()
    assert enter(client, account.member.number).headers["Location"] == "/"
    assert enter(other, f"  {account.member.email.upper()} ").headers["Location"] == "/"
    assert is_in(client)
    assert is_in(other)


def test_signing_in_changes_the_session_and_the_forms_token(account: Account, client: Client) -> None:
    client.get("/ingresar/")
    before = client.cookies["csrftoken"].value
    enter(client, account.member.number)
    assert client.cookies["csrftoken"].value != before
    held = client.session
    assert dict(held.items()) == {"sign_in": str(SignIn.objects.get().key)}


def test_a_refused_sign_in_keeps_what_was_typed_but_the_password(account: Account, client: Client) -> None:
    answer = enter(client, account.member.number, WRONG, next="/consejo/")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "El número o la clave no coinciden" in body
    assert f'value="{account.member.number}"' in body
    assert 'value="/consejo/"' in body
    assert WRONG not in body


@pytest.mark.parametrize("identifier", ["999", "nadie@ejemplo.coop", "9" * 200, "' OR 1=1 --", "٣"])
def test_an_unknown_number_reads_like_a_wrong_password(
    account: Account, client: Client, identifier: str
) -> None:
    answer = enter(client, identifier)
    assert answer.status_code == 422
    assert "El número o la clave no coinciden" in answer.content.decode()


@pytest.mark.parametrize("identifier", ["", "9" * 5000, "4\0"])
def test_what_no_one_types_is_refused_before_the_database(client: Client, identifier: str) -> None:
    assert enter(client, identifier).status_code == 422
    assert FailedSignIn.objects.count() == 0


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "evil",
    ],
)
def test_an_open_redirect_is_refused(account: Account, client: Client, elsewhere: str) -> None:
    form = client.get("/ingresar/", {"next": elsewhere}).context["form"]
    assert form["next"].value() == "/"
    assert enter(client, account.member.number, next=elsewhere).headers["Location"] == "/"
    assert client.get("/ingresar/", {"next": elsewhere}).headers["Location"] == "/"


def test_goes_on_to_where_the_reader_was_going(account: Account, client: Client) -> None:
    assert enter(client, account.member.number, next="/registro/?q=x").headers["Location"] == "/registro/?q=x"


def test_five_failures_wait_for_that_person_from_that_address_only(
    account: Account, members: list[Member]
) -> None:
    colleague = people.give_account(members[4])
    here, there = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    assert [enter(here, account.member.number, WRONG).status_code for _ in range(6)] == [422] * 5 + [429]
    refused = enter(here, account.member.number)
    assert refused.status_code == 429
    assert "Esperá 15 minutos" in refused.content.decode()
    assert enter(here, colleague.member.number).status_code == 302
    assert enter(there, account.member.number).status_code == 302


def test_the_wait_ends(account: Account, client: Client) -> None:
    past = timezone.now() - sign_in.WINDOW
    FailedSignIn.objects.bulk_create(
        FailedSignIn(at=past, identifier=str(account.member.number), address="127.0.0.1") for _ in range(5)
    )
    assert enter(client, account.member.number).status_code == 302


def test_the_address_is_the_proxys_word_only_behind_a_proxy(
    account: Account, settings: object, rf: object
) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.9.8.7", REMOTE_ADDR="127.0.0.1")
    assert session.address_of(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert session.address_of(request) == "10.9.8.7"
    assert session.address_of(rf.get("/", HTTP_X_FORWARDED_FOR="rubbish")) is None


def test_a_device_is_called_by_its_system_and_browser(rf: object) -> None:
    agents = {
        "Mozilla/5.0 (Linux; Android 13; SM-A03) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36": (
            "Android · Chrome"
        ),
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1": "iPhone · Safari",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0": "Windows · Edge",
        "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0": "Linux · Firefox",
        "curl/8": "Otro aparato",
        "": "Otro aparato",
        "<script>" * 100: "Otro aparato",
    }
    assert {agent: session.device_of(rf.get("/", HTTP_USER_AGENT=agent)) for agent in agents} == agents


def test_a_former_member_cannot_sign_in(account: Account, client: Client) -> None:
    Member.objects.filter(pk=account.member.pk).update(left_on=timezone.localdate())
    answer = enter(client, account.member.number)
    assert answer.status_code == 422
    assert "no figura hoy en el registro" in answer.content.decode()


def test_signing_out_ends_this_device_only(account: Account, client: Client) -> None:
    other = Client()
    enter(client, account.member.number)
    enter(other, account.member.number)
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post("/salir/").headers["Location"] == "/ingresar/"
    client.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert (is_in(client), is_in(other)) == (False, True)


def test_a_browser_where_one_signed_in_is_known_and_keeps_its_own_count(account: Account) -> None:
    mine, stranger = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.1")
    enter(mine, account.member.number)
    mine.post("/salir/")
    assert [enter(stranger, account.member.number, WRONG).status_code for _ in range(6)] == [422] * 5 + [429]
    assert enter(mine, account.member.number, WRONG).status_code == 422
    assert enter(mine, account.member.number).status_code == 302


@pytest.mark.parametrize("forged", ["x", "eyJuIjoiYSIsIm0iOls0XX0:1abc:xyz", "\0"])
def test_a_forged_cookie_is_no_known_browser(account: Account, forged: str) -> None:
    # As it comes over the wire: the newest Python writes no such cookie itself.
    stranger = Client(HTTP_COOKIE=f"conocido={forged}")
    assert [enter(stranger, account.member.number, WRONG).status_code for _ in range(6)] == [422] * 5 + [429]


# --- changing it ---


@pytest.mark.parametrize(
    ("password", "sentence"), [("corta", "10"), ("9182736450", "números"), ("", "Completá este dato.")]
)
def test_a_weak_password_is_refused_beside_its_field(
    account: Account, client: Client, password: str, sentence: str
) -> None:
    enter(client, account.member.number)
    answer = change(client, password=password)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_who_has_no_password_is_told_how_to_get_one(member: Member) -> None:
    answer = people.client_of(member).get("/clave/")
    assert "No tenés clave" in answer.content.decode()
    assert people.client_of(member).post("/clave/", {"password": NEW, "again": NEW}).status_code == 200
    assert Account.objects.count() == 0


def change(client: Client, current: str = PASSWORD, password: str = NEW) -> object:
    return client.post("/clave/", {"current": current, "password": password, "again": password})


def test_changing_the_password_ends_every_other_device_at_once(account: Account, client: Client) -> None:
    other = Client()
    enter(client, account.member.number)
    enter(other, account.member.number)
    assert change(client).headers["Location"] == "/mi-cuenta/"
    assert (is_in(client), is_in(other)) == (True, False)
    assert enter(Client(), account.member.number, NEW).status_code == 302


def test_changing_it_needs_the_current_one_and_is_throttled(account: Account, client: Client) -> None:
    enter(client, account.member.number)
    statuses = [change(client, current=WRONG).status_code for _ in range(6)]
    assert statuses == [422] * 6
    last = change(client)
    assert last.status_code == 422
    assert "demasiados intentos" in last.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_signed_in_reader_has_no_use_for_the_sign_in_page(account: Account, client: Client) -> None:
    enter(client, account.member.number)
    assert client.get("/ingresar/", {"next": "/consejo/"}).headers["Location"] == "/consejo/"


def test_before_the_cooperative_is_founded_nobody_gets_in(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/ingresar/")
    assert client.get("/ingresar/").status_code == 200
    assert enter(client, 1).status_code == 422


def test_who_wrote_while_the_sign_in_ended_is_given_the_words_back(
    cooperative: object, client: Client
) -> None:
    summary = "Se habló del horno.\r\n<script>Y de la prensa.</script>"
    sent = {"text-1": summary, "seen-1": "12", "new_password": "una clave larga", "csrfmiddlewaretoken": "x"}
    page = "/asambleas/1/acta/redactar/"
    answer = client.post(page, sent, headers={"referer": f"http://testserver{page}"})
    body = answer.content.decode()
    assert answer.status_code == 401
    assert "Se habló del horno.\r\n&lt;script&gt;Y de la prensa.&lt;/script&gt;" in body
    assert "una clave larga" not in body
    assert "/ingresar/?next=" in body
    assert "acta%2Fredactar" in body


def test_who_only_pressed_a_button_is_sent_to_sign_in(cooperative: object, client: Client) -> None:
    assert client.post("/cuentas/recibos/1/visto/", {"sha256": "a" * 64}).status_code == 302
