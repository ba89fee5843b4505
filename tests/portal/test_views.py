from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from coop.common import home as registry
from coop.common.home import Card
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """What the rooms offer, in place of what they would."""
    offered: list[Card] = []

    def offer(member_id: int, at: datetime) -> Iterator[Card]:
        yield from offered

    monkeypatch.setattr(registry, "_providers", [offer])
    return offered


def card(title: str, rank: int = 1, *, loud: bool = False) -> Card:
    return Card(rank=rank, title=title, text="texto", url="/consejo/", action="Ver", loud=loud)


def test_greets_and_says_what_to_do_when_nothing_waits(member: Member, cards: list[Card]) -> None:
    body = people.client_of(member).get("/").content.decode()
    assert "Hola, Omar" in body
    assert "No tenés nada pendiente" in body
    assert "Ver las asambleas" in body
    assert "Todavía nada. La primera moción que apruebe" in body


def test_only_the_first_card_is_loud(member: Member, cards: list[Card]) -> None:
    cards += [card("tercera", 3, loud=True), card("primera", 1, loud=True), card("segunda", 2)]
    body = people.client_of(member).get("/").content.decode()
    assert body.count('class="sheet call"') == 1
    assert "Hola, Omar. Esto te espera:" in body
    assert body.count("<h1") == 1
    assert body.index("primera") < body.index("segunda") < body.index("tercera")


def test_a_first_card_that_is_not_loud_is_a_quiet_row(member: Member, cards: list[Card]) -> None:
    cards += [card("primera", 1), card("segunda", 2, loud=True)]
    assert 'class="sheet call"' not in people.client_of(member).get("/").content.decode()


def test_a_card_with_a_script_is_text(member: Member, cards: list[Card]) -> None:
    cards.append(card(SCRIPT, loud=True))
    assert SCRIPT not in people.client_of(member).get("/").content.decode()


def test_the_live_cards_are_the_pages_and_change_with_what_they_show(
    member: Member, cards: list[Card]
) -> None:
    cards.append(card("una"))
    client = people.client_of(member)
    page, live = client.get("/"), client.get("/hoy/tarjetas/")
    tag = live.headers["ETag"]
    assert live.content.decode() in page.content.decode()
    assert f'data-etag="{tag.replace(chr(34), "&quot;")}"' in page.content.decode()
    same = client.get("/hoy/tarjetas/", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    cards.append(card("otra"))
    assert client.get("/hoy/tarjetas/", headers={"If-None-Match": tag}).status_code == 200


def test_an_officer_reads_what_the_seat_lets_them_do(
    member: Member, secretary: Member, treasurer: Member
) -> None:
    convene, load = reverse("assemblies:convene"), reverse("members:import_register")

    def links(reader: Member) -> tuple[bool, bool, bool]:
        body = people.client_of(reader).get("/").content.decode()
        return "Tu cargo hoy" in body, f'href="{convene}"' in body, f'href="{load}"' in body

    assert links(member) == (False, False, False)
    assert links(treasurer) == (True, False, False)
    assert links(secretary) == (True, True, True)


# --- language and colours ---


def test_the_language_stays_for_a_year(client: Client, cooperative: object) -> None:
    answer = client.post("/idioma/", {"language": "en", "next": "/componentes/"})
    assert answer.headers["Location"] == "/componentes/"
    cookie = client.cookies["idioma"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("en", 365 * 24 * 3600, True)
    assert client.get("/ingresar/").headers["Content-Language"] == "en"


def test_the_colours_stay_until_they_follow_the_device_again(client: Client, cooperative: object) -> None:
    client.post("/colores/", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in client.get("/ingresar/").content.decode()
    client.post("/colores/", {"theme": "auto"})
    assert client.cookies["tema"]["max-age"] == 0


@pytest.mark.parametrize("url", ["/idioma/", "/colores/"])
@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "", "evil"])
def test_a_switch_never_leads_elsewhere(client: Client, cooperative: object, url: str, wanted: str) -> None:
    answer = client.post(url, {"language": SCRIPT, "theme": SCRIPT, "next": wanted})
    assert answer.headers["Location"] == "/"
    assert dict(answer.cookies) == {}


def test_an_unknown_cookie_is_ignored(client: Client, cooperative: object) -> None:
    client.cookies["idioma"], client.cookies["tema"] = "xx", '"><script>'
    answer = client.get("/ingresar/")
    assert answer.headers["Content-Language"] == "es-ar"
    assert "data-theme" not in answer.content.decode()


# --- health and errors ---


def test_health_answers_without_a_cooperative(client: Client, db: None) -> None:
    answer = client.get("/salud/")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain",
    )


def test_health_says_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert client.get("/salud/").status_code == 503


def test_a_missing_page_is_ours(member: Member, client: Client) -> None:
    for reader in (client, people.client_of(member)):
        answer = reader.get("/no/existe/")
        assert answer.status_code == 404
        assert "Acá no hay nada" in answer.content.decode()


def test_a_broken_page_leans_on_nothing(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("coop.portal.home.cards_for", breaks)
    client = people.client_of(member, raise_request_exception=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Algo se rompió" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_huge_request_is_refused_unread(client: Client, cooperative: object) -> None:
    answer = client.generic("POST", "/ingresar/", b"x", CONTENT_LENGTH=str(3 * 1024**3))
    assert answer.status_code == 413
    assert "pesa 3.072 MB" in answer.content.decode() or "pesa 3072 MB" in answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_greeting_is_by_the_first_name(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(given_names="Ana Clara")
    assert "Hola, Ana\n" in people.client_of(member).get("/").content.decode().replace("</h1>", "\n")


def test_a_stale_form_sent_by_htmx_loads_the_page_again(member: Member) -> None:
    client = people.client_of(member, enforce_csrf_checks=True)
    answer = client.post("/salir/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (403, "true")


def test_a_refusal_is_a_page_or_a_notice_and_leads_back_only_to_us(member: Member) -> None:
    client = people.client_of(member)
    page = client.get("/registro/importar/", headers={"Referer": "https://evil.example/"})
    assert page.status_code == 403
    assert "evil" not in page.content.decode()
    notice = client.get("/registro/importar/", headers={"HX-Request": "true"})
    assert notice.headers["HX-Retarget"] == "#notices"
    assert "<html" not in notice.content.decode()
    assert "llevar el registro de asociados/as" in notice.content.decode()
