"""One person in front of one screen: a real Chromium, with everything that went wrong in it written down."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from assemblies.enums import Choice
from coop.members.models import Member, SignIn
from tests.support.people import PASSWORD, client_of

PATIENCE_MS: Final = 30_000
ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A person looks at each of these windows, whichever of them is in front.
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)

Screen = dict[str, Any]
PHONE: Final[Screen] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
LAPTOP: Final[Screen] = {"viewport": {"width": 1280, "height": 800}}
PROJECTOR: Final[Screen] = {"viewport": {"width": 1920, "height": 1080}}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Playwright's loop runs in this thread, so that Django must be told that its queries are no mistake."""
    path = shutil.which("chromium")
    if path is None:
        raise RuntimeError("chromium is missing: apt-get install chromium")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        if before is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def cookie_of(member: Member | SignIn) -> str:
    """What the browser of a signed-in member holds."""
    return str(client_of(member).cookies[settings.SESSION_COOKIE_NAME].value)


@dataclass(frozen=True, slots=True)
class Answer:
    method: str
    path: str
    status: int


@dataclass(slots=True)
class Person:
    """Opens pages by the name of their address, presses buttons by their words, reads what is there."""

    context: BrowserContext
    address: str
    page: Page
    touches: bool = False
    answers: list[Answer] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    # --- doing ---

    def open(self, name: str, *args: object, query: str = "") -> Response | None:
        return self.page.goto(f"{self.address}{reverse(name, args=args)}{query}")

    def press(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """A button or a link that says so."""
        self._touch(self.control(words, within=within))

    def choose(self, choice: Choice) -> None:
        """The choice's whole card is its label."""
        self._touch(self.page.locator(f"label.choice.{choice.value}"))

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).fill(value)

    def proves(self) -> None:
        """That it is them, with the password, where the page asks before it goes on."""
        self.expects("^status 403: POST ")
        self.title_is("Confirmá que sos vos")
        self.page.locator("#confirm-secret").fill(PASSWORD)
        self.press("Confirmar y seguir")

    def tab(self) -> "Person":
        """Another tab of the same browser; its troubles are this person's."""
        return replace(self, page=self.context.new_page())

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def expects(self, pattern: str) -> None:
        """A problem that this journey is about."""
        self.expected.append(pattern)

    # --- reading ---

    def control(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> Locator:
        """Whole words, but for a shortcut's letter at the end."""
        name = words if isinstance(words, re.Pattern) else re.compile(rf"^{re.escape(words)}( Alt .*)?$")
        place: Page | Locator = within or self.page
        return place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()

    def sees_no(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).filter(visible=True)).to_have_count(0)

    def title_is(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("h1")).to_have_text(words)

    def statuses(self, path: str) -> list[int]:
        """Of every answer whose address ends so, in order."""
        return [answer.status for answer in self.answers if answer.path.endswith(path)]

    def complaints(self) -> list[str]:
        return [one for one in self.problems if not any(re.search(known, one) for known in self.expected)]

    def look(self, name: str, *, whole: bool = True) -> None:
        """A picture into the folder SHOTS, for whoever wants to see the journey."""
        if folder := os.environ.get("SHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)

    def _touch(self, what: Locator) -> None:
        what.tap() if self.touches else what.click()


@contextlib.contextmanager
def seated(
    browser: Browser, address: str, screen: Screen, cookie: str | None = None, **options: Any
) -> Iterator[Person]:
    """A person with a browser of their own, signed in by `cookie`. Fails if anything went wrong."""
    context = browser.new_context(locale="es-AR", **{**screen, **options})
    context.set_default_timeout(PATIENCE_MS)
    for one in (cookie or "").split("; "):
        # A kiosk holds no session: its cookies say their own names.
        name, _equals, value = one.rpartition("=")
        if value:
            name = name or settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": value, "url": address}])
    person = Person(context, address, context.new_page(), touches=bool(screen.get("has_touch")))
    _listen(context, person)
    try:
        yield person
        assert not person.complaints(), "\n".join(person.complaints())
    finally:
        context.close()


def _listen(context: BrowserContext, person: Person) -> None:
    def said(message: ConsoleMessage) -> None:
        # What was not served is in `problems` with its address already.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            person.problems.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        path = urlsplit(response.url).path
        person.answers.append(Answer(response.request.method, path, response.status))
        if response.status >= 400:
            person.problems.append(f"status {response.status}: {response.request.method} {path}")

    def failed(request: Request) -> None:
        # A page that is left drops what it was still asking for.
        if request.failure != "net::ERR_ABORTED":
            person.problems.append(f"request: {request.failure} {urlsplit(request.url).path}")

    context.on("console", said)
    context.on("weberror", lambda error: person.problems.append(f"script: {error.error}"))
    context.on("response", answered)
    context.on("requestfailed", failed)
