"""The doctor's page, the plain door and the certificate page, in hall mode and without."""

import datetime
import hashlib
import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from coop.common import hall
from coop.common.hall import Address
from coop.documents.models import Document
from coop.members.models import Member
from coop.portal.hall.certificate import authority, server
from launch import certificates
from launch.ports import any_free
from tests.documents.support import frozen
from tests.support import people

pytestmark = pytest.mark.django_db
NOW = datetime.datetime.now(datetime.UTC)
FILES = ("portal:certificate_file", "portal:certificate_profile")


@pytest.fixture
def in_the_hall(settings: Settings, tmp_path: Path) -> certificates.Outcome:
    """As `HALL=1 make run` starts the site."""
    made = certificates.own(
        tmp_path / "authority",
        tmp_path / "server",
        hostname="taller",
        names=["taller.local", "localhost"],
        addresses=["192.168.0.7"],
        now=NOW,
    )
    settings.HALL = settings.HTTPS = True
    settings.HALL_PORT, settings.HALL_DOOR_PORT = 8443, 8000
    settings.HALL_CERTIFICATE = tmp_path / "server/certificate.pem"
    settings.HALL_AUTHORITY = tmp_path / "server/authority.pem"
    settings.SITE_URL = "https://192.168.0.7:8443"
    settings.ALLOWED_HOSTS = ["192.168.0.7", "taller.local", "localhost"]
    return made


@pytest.fixture(autouse=True)
def no_worker(settings: Settings) -> None:
    """Nothing listens there: what is asked is answered at once."""
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{any_free()}/0"
    cache.clear()


def by_door(path: str, host: str = "192.168.0.7:8000", **headers: str) -> HttpResponse:
    return Client().get(path, headers={"host": host, **headers})


# --- the door ---


@pytest.mark.parametrize(
    "path", ["/", "/ingresar/?next=/libros/", "/asambleas/", "/certificado/../libros/", "/no"]
)
def test_the_plain_port_sends_on_to_https_under_the_name_that_was_asked(
    in_the_hall: object, cooperative: object, path: str
) -> None:
    for host, to in (("192.168.0.7:8000", "192.168.0.7"), ("taller.local:8000", "taller.local")):
        answer = by_door(path, host)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"https://{to}:8443{path}")
        assert not answer.cookies


def test_a_form_sent_to_the_plain_port_does_nothing(in_the_hall: object, member: Member) -> None:
    client = people.client_of(member)
    answer = client.post("/salir/", headers={"host": "192.168.0.7:8000"})
    assert answer.headers["Location"] == "https://192.168.0.7:8443/salir/"
    assert client.get("/", headers={"host": "192.168.0.7:8443"}, secure=True).status_code == 200


def test_the_plain_port_gives_the_certificate_and_sets_no_cookie(
    in_the_hall: object, cooperative: object
) -> None:
    for path in ("/certificado/", "/certificado/?idioma=en", *(reverse(name) for name in FILES), "/salud/"):
        answer = by_door(path)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Strict-Transport-Security" not in answer.headers


def test_whoever_says_that_they_came_by_https_is_not_believed(
    in_the_hall: object, cooperative: object
) -> None:
    assert by_door("/libros/", **{"x-forwarded-proto": "https"}).status_code == 302


def test_without_hall_there_is_no_door(client_of: Callable[[Member], Client], member: Member) -> None:
    assert client_of(member).get("/").status_code == 200


# --- the certificate ---


def test_the_file_is_the_authority_and_nothing_secret(
    in_the_hall: certificates.Outcome, cooperative: object
) -> None:
    answer = by_door(reverse("portal:certificate_file"))
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert hashlib.sha256(answer.content).hexdigest() == in_the_hall.fingerprint
    assert (
        x509.load_der_x509_certificate(answer.content).subject
        == x509.load_der_x509_certificate(answer.content).issuer
    )


def test_the_profile_is_what_an_iphone_installs(
    in_the_hall: certificates.Outcome, cooperative: object
) -> None:
    answers = [by_door(reverse("portal:certificate_profile")) for _ in range(2)]
    assert answers[0].headers["Content-Type"] == "application/x-apple-aspen-config"
    profile = plistlib.loads(answers[0].content)
    (inside,) = profile["PayloadContent"]
    assert inside["PayloadType"] == "com.apple.security.root"
    assert hashlib.sha256(inside["PayloadContent"]).hexdigest() == in_the_hall.fingerprint
    assert profile["PayloadUUID"] == plistlib.loads(answers[1].content)["PayloadUUID"]
    assert profile["PayloadUUID"] != inside["PayloadUUID"]
    assert not profile["PayloadRemovalDisallowed"]


@pytest.mark.parametrize(
    ("agent", "opened"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)", "iphone"),
        ("Mozilla/5.0 (Linux; Android 13; SM-A135F)", "android"),
        ("Mozilla/5.0 (X11; Linux x86_64)", ""),
    ],
)
def test_the_page_opens_the_steps_of_the_phone_that_asks(
    in_the_hall: certificates.Outcome, cooperative: object, agent: str, opened: str
) -> None:
    answer = by_door("/certificado/", **{"user-agent": agent})
    said = answer.content.decode()
    for one in ("android", "iphone"):
        assert (f'<details id="{one}" open>' in said) == (one == opened)
    first = in_the_hall.fingerprint[:16].upper()
    assert " ".join(first[at : at + 2] for at in range(0, 16, 2)) in said
    assert "<form" not in said
    assert "https://192.168.0.7:8443/" in said


def test_the_pages_language_is_in_its_address(in_the_hall: object, cooperative: object) -> None:
    assert by_door("/certificado/?idioma=en").headers["Content-Language"] == "en"
    assert by_door("/certificado/?idioma=klingon").headers["Content-Language"] == "es-ar"


@pytest.mark.parametrize(
    ("https", "said"), [(True, "No hace falta instalar nada"), (False, "todavía habla sin")]
)
def test_where_there_is_nothing_to_install_the_page_says_so(
    cooperative: object, settings: Settings, https: bool, said: str
) -> None:
    assert said in Client().get("/certificado/", secure=https).content.decode()
    assert [Client().get(reverse(name), secure=https).status_code for name in FILES] == [404, 404]


def test_a_given_certificate_leaves_nothing_to_install(
    in_the_hall: object, cooperative: object, settings: Settings
) -> None:
    settings.HALL_AUTHORITY = None
    assert "No hay nada para instalar" in by_door("/certificado/").content.decode()
    assert by_door(reverse(FILES[0])).status_code == 404


@pytest.mark.parametrize("text", [None, "", "half a fi"])
def test_a_missing_or_broken_file_is_no_certificate(
    in_the_hall: object, settings: Settings, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "broken.pem"
    if text is not None:
        file.write_text(text)
    settings.HALL_AUTHORITY = settings.HALL_CERTIFICATE = file
    assert (authority(), server()) == (None, None)


# --- the address ---


def shown() -> str:
    return Template("{% load hall %}{% hall_address %}").render(Context())


@pytest.mark.parametrize(
    "url", ["", "http://localhost:8000", "https://localhost:8443", "http://127.0.0.1:8000"]
)
def test_an_address_that_leads_nowhere_from_a_phone_is_not_shown(settings: Settings, url: str) -> None:
    settings.SITE_URL = url
    assert hall.site() is None
    assert "<" not in shown()


@pytest.mark.parametrize("url", ["https://192.168.0.7:8443", "http://192.168.0.7:8000", "https://coop.org"])
def test_the_address_is_shown_with_its_qr(settings: Settings, url: str) -> None:
    settings.SITE_URL = url
    assert f">{url}<" in shown()
    assert "data:image/svg+xml" in shown()


def test_the_door_is_by_http_on_its_own_port(in_the_hall: object, settings: Settings) -> None:
    assert str(hall.door()) == "http://192.168.0.7:8000"
    settings.HALL_DOOR_PORT = 80
    assert str(hall.door()) == "http://192.168.0.7"
    settings.HALL = False
    assert hall.door() is None
    assert str(Address.of("https://[fd00::2]:8443")) == "https://[fd00::2]:8443"


# --- the doctor's page ---


def doctor(member: Member, **headers: str) -> str:
    answer = people.client_of(member).get(
        reverse("portal:doctor"), secure=True, headers={"host": "192.168.0.7:8443", **headers}
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].count("no-store") == 1
    return answer.content.decode()


def test_in_the_hall_every_member_reads_what_phones_can_and_compares_the_fingerprint(
    in_the_hall: certificates.Outcome, member: Member
) -> None:
    said = doctor(member)
    assert "http://192.168.0.7:8000/certificado/" in said
    assert "esta es una dirección de números" in said
    last = in_the_hall.fingerprint[-16:].upper()
    assert " ".join(last[at : at + 2] for at in range(0, 16, 2)) in said
    assert "No se llega a la cola de trabajos" in said


def test_the_page_tells_no_secret_no_path_and_no_server(
    in_the_hall: certificates.Outcome, member: Member, settings: Settings, tmp_path: Path
) -> None:
    said = doctor(member)
    database = settings.DATABASES["default"]
    for secret in (settings.SECRET_KEY, str(tmp_path), str(settings.BASE_DIR), "6399", "PRIVATE KEY"):
        assert secret not in said
    assert f":{database['PORT']}" not in said
    assert str(database["USER"]) not in said


def test_by_the_plain_network_the_page_says_what_is_at_stake(member: Member, settings: Settings) -> None:
    settings.SITE_URL = "http://192.168.0.7:8000"
    settings.ALLOWED_HOSTS = ["192.168.0.7"]
    answer = people.client_of(member).get(reverse("portal:doctor"), headers={"host": "192.168.0.7:8000"})
    said = answer.content.decode()
    assert "cualquiera en la misma red puede leer claves y votos" in said
    assert "HALL=1 make run" in said


@pytest.mark.parametrize("documents", [0, 3])
def test_the_page_costs_the_same_however_much_waits(
    in_the_hall: object,
    member: Member,
    documents: int,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(documents):
        frozen(member, key=f"waits-{number}")
    assert Document.objects.count() == documents
    client = people.client_of(member)
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:doctor"), secure=True, headers={"host": "192.168.0.7:8443"})
