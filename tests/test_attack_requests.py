"""Requests that no browser sends: none may break a page, fill the disk or lead out of the house."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.test.client import FakePayload

from coop.common.http import MOST_BYTES, safe_target
from coop.wsgi import application
from tests.support import people

pytestmark = pytest.mark.django_db

FIELD = b'--x\r\nContent-Disposition: form-data; name="next"\r\n\r\n/%s\r\n--x--\r\n'
ENCODINGS = ["hex", "rot13", "idna", "undefined", "unicode_escape", "utf-7", "latin-1", "nothing"]


CHARSETS = [f"charset={encoding}" for encoding in ENCODINGS]
OTHERS = [
    "charset*=hex''x",
    "charset*=nothing''utf-8",
    "boundary*=hex''%41",
    'charset="utf-7"',
    "CHARSET=hex",
]


def served(path: str, browser: Client, **more: object) -> tuple[int, dict[str, str]]:
    """By the whole application, as the server calls it: status and headers."""
    told: list[object] = []
    environ = RequestFactory().generic("GET", path).environ | more
    environ["HTTP_COOKIE"] = "; ".join(f"{name}={held.value}" for name, held in browser.cookies.items())
    # As Django's own client does: the test's transaction needs its connection.
    request_started.disconnect(close_old_connections)
    try:
        list(application(environ, lambda status, headers: told.extend((int(status[:3]), dict(headers)))))
    finally:
        request_started.connect(close_old_connections)
    return told[0], told[1]


@pytest.mark.parametrize("said", [*CHARSETS, *OTHERS])
@pytest.mark.parametrize("page", ["/ingresar/", "/registro/", "/libros/resoluciones/"])
def test_a_request_is_read_as_utf_8_whatever_it_says(member, page: str, said: str) -> None:
    strange = {"QUERY_STRING": "q=%5C%75%64%38%30%30%2B2AA-", "CONTENT_TYPE": f"x/y; {said}"}
    browser = Client() if page == "/ingresar/" else people.client_of(member)
    assert served(page, browser, **strange)[0] == 200


@pytest.mark.parametrize("said", [*CHARSETS, *OTHERS])
def test_so_is_a_form(client: Client, said: str) -> None:
    client.get("/ingresar/")
    form = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": f"multipart/form-data; boundary=x; {said}"}
    token = client.cookies["csrftoken"].value
    body = FIELD % "é".encode()
    sent = {"wsgi.input": FakePayload(body), "CONTENT_LENGTH": str(len(body)), "HTTP_X_CSRFTOKEN": token}
    status, headers = served("/idioma/", client, **form, **sent)
    assert (status, headers["Location"]) == (302, "/%C3%A9")


@pytest.mark.parametrize("zeros", [0, 1, 12, 40])
def test_what_is_too_much_is_refused_however_its_length_is_written(client: Client, zeros: int) -> None:
    length = "0" * zeros + str(MOST_BYTES + 1)
    answer = client.post("/idioma/", {"language": "en"}, CONTENT_LENGTH=length, **{"wsgi.input": BytesIO()})
    assert answer.status_code == 413


WORDS = ["http", "https", "httpx", "http:", "https:evil.example", "members:sign_in", "portal:home"]


@pytest.mark.parametrize("wanted", WORDS)
@pytest.mark.parametrize("page", ["/idioma/", "/colores/"])
def test_a_stranger_s_way_on_is_an_address_or_the_front_door(client: Client, page: str, wanted: str) -> None:
    answer = client.post(page, {"next": wanted, "language": "en", "theme": "dark"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("wanted", WORDS)
def test_who_is_in_already_goes_on_to_an_address_or_the_front_door(member, wanted: str) -> None:
    answer = people.client_of(member).get("/ingresar/", {"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "wanted",
    ["/\t/evil.example", "/\n/evil.example", "\t//evil.example", "///evil.example", "/\\evil.example"],
)
def test_no_sign_hides_another_house(wanted: str) -> None:
    assert safe_target(RequestFactory().get("/"), wanted) == "/"


def test_a_static_file_is_only_what_it_says_it_is() -> None:
    application.add_file_to_dictionary("/static/x.svg", f"{settings.BASE_DIR}/static/img/favicon.svg")
    status, told = served("/static/x.svg", Client())
    assert status == 200
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in told
