"""The first visit on a poor connection."""

import pytest
from playwright.sync_api import CDPSession

from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support.browser import Person

pytestmark = pytest.mark.browser

MOST_BYTES = 120_000


def weighed(person: Person, name: str) -> int:
    """Bytes over the wire, headers and all, of everything a cold cache asks for."""
    session: CDPSession = person.context.new_cdp_session(person.page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(int(done["encodedDataLength"])))
    person.open(name)
    person.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 4
    return sum(sizes)


def test_the_sign_in_page_is_light(phone: Sit) -> None:
    assert weighed(phone(), "members:sign_in") <= MOST_BYTES


def test_the_home_page_is_light(phone: Sit, member: Member) -> None:
    assert weighed(phone(member), "portal:home") <= MOST_BYTES
