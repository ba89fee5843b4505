"""The cooperative's logo heads its pages and its papers; without one nothing changes."""

from collections.abc import Callable

import pytest
from django.test import Client

from coop.documents import rendering
from coop.members.models import Member
from coop.statute.cooperative import set_logo
from tests.documents.support import frozen
from tests.statute.test_views import png
from tests.support.people import Instants

pytestmark = pytest.mark.django_db


def test_the_logo_is_in_the_masthead_and_at_the_head_of_papers(
    president: Member, member: Member, client_of: Callable[[Member], Client]
) -> None:
    document = frozen(member)
    before = rendering.pages_of(document, [document.facts])[0]
    assert "data:image/png" not in before.replace(rendering.qr.picture(document) or "-", "")
    assert "/cooperativa/logo" not in client_of(member).get("/").content.decode()
    set_logo(content=png(), by=president.actor, at=Instants.convening)
    page = client_of(member).get("/").content.decode()
    assert '<img src="/cooperativa/logo' in page
    after = rendering.pages_of(document, [document.facts])[0]
    assert 'class="logo"' in after
    assert rendering.draw(document, [document.facts]).startswith(b"%PDF")
