"""A phone in the shed: by the plain door to the certificate, then by HTTPS to the doctor."""

import contextlib
import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography import x509
from playwright.sync_api import Browser, Page

from coop.members.models import Member
from launch import certificates, hall
from launch.ports import any_free
from launch.process import wait_until
from launch.supervise import healthy
from tests.support.browser import cookie_of
from tests.support.database import RealDatabase
from tests.support.live import _process, serving

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Hall:
    door: str
    site: str
    folder: Path


@pytest.fixture
def in_the_hall(real_database: RealDatabase, tmp_path: Path) -> Iterator[Hall]:
    """Both ports with the real server and a certificate of their own, as `HALL=1 make run` has them."""
    asked = hall.Hall(tmp_path, any_free(), any_free())
    certificates.own(
        tmp_path / "authority",
        asked.server,
        hostname="taller",
        names=["localhost"],
        addresses=["127.0.0.1"],
        now=datetime.datetime.now(datetime.UTC),
    )
    extra = hall.application(asked, []) | {"SITE_URL": f"https://taller.local:{asked.port}"}
    secure = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(asked.port), "--workers", "1", "--blocking-threads", "2"),
        *("--backpressure", "64", "--log-level", "warning"),
        *(*map(str, hall.tls_options(asked)), "coop.wsgi:application"),
    ]
    with (
        serving(real_database, port=asked.door, extra=extra),
        _process("web", secure, real_database, extra) as (process, log),
    ):
        up = wait_until(
            lambda: process.returncode() is not None or healthy(asked.port, secure=True), seconds=30
        )
        assert up, log.read_text()
        assert process.returncode() is None, log.read_text()
        yield Hall(f"http://localhost:{asked.door}", f"https://localhost:{asked.port}", tmp_path)


@contextlib.contextmanager
def phone(
    browser: Browser, width: int = 390, cookie: str = "", site: str = "", **options: object
) -> Iterator[Page]:
    """It takes the certificate as it comes: that OpenSSL trusts it is tried in tests/launch."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, ignore_https_errors=True, reduced_motion="reduce", **options
    )
    if cookie:
        context.add_cookies([{"name": "sesion", "value": cookie, "url": site, "secure": True}])
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert problems == []
    context.close()


def is_in_order(page: Page) -> bool:
    violations = Axe().run(page).response["violations"]
    assert violations == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_phone_gets_the_certificate_by_the_door_and_goes_on_by_https(
    in_the_hall: Hall, cooperative: object, browser: Browser
) -> None:
    agent = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120.0 Mobile"
    with phone(browser, user_agent=agent) as page:
        page.goto(f"{in_the_hall.door}/certificado/")
        assert page.locator("#android").get_attribute("open") is not None
        assert is_in_order(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Bajar para Android o computadora").click()
        found = x509.load_der_x509_certificate(Path(download.value.path()).read_bytes())
        kept = x509.load_pem_x509_certificate((in_the_hall.folder / "authority/certificate.pem").read_bytes())
        assert found == kept
        page.get_by_role("link", name="Entrar al sitio").click()
        page.wait_for_url(f"{in_the_hall.site}/ingresar/**")


def test_the_certificates_page_is_read_on_the_narrowest_phone_and_in_english(
    in_the_hall: Hall, cooperative: object, browser: Browser
) -> None:
    with phone(browser, 320) as page:
        page.goto(f"{in_the_hall.door}/certificado/")
        for summary in page.locator("summary").all():
            summary.click()
        assert is_in_order(page)
        page.get_by_role("link", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.context.cookies() == []


def test_by_the_plain_door_nobody_signs_in(in_the_hall: Hall, member: Member, browser: Browser) -> None:
    """A sign-in's cookie does not even leave the phone by a plain way; the door would not look at it."""
    with phone(browser) as page:
        page.goto(f"{in_the_hall.door}/ingresar/")
        assert page.url.startswith(in_the_hall.site)


def test_a_member_reads_what_their_phone_can_do_here(
    in_the_hall: Hall, member: Member, browser: Browser
) -> None:
    with phone(browser, cookie=cookie_of(member), site=in_the_hall.site) as page:
        page.goto(f"{in_the_hall.site}/doctor/")
        mine = page.locator("#this-phone")
        assert mine.get_by_text("Reconoce la conexión como protegida.", exact=True).is_visible()
        assert mine.get_by_text("Puede cifrar por sí mismo.", exact=True).is_visible()
        assert mine.get_by_text("Su reloj coincide con el del sitio.").is_visible()
        assert page.get_by_text("taller.local").first.is_visible()
        assert page.get_by_text("Un Android anterior al 13").is_visible()
        assert is_in_order(page)
