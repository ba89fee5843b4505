"""Every address of rotation, tried by a stranger, a member, the president and the secretary."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.council.models import Draw, DrawResult, Slate
from coop.council.rotation import slates
from coop.council.rotation.lapsing import spans_from
from coop.council.urls_rotation import urlpatterns
from coop.statute.domain import cooperative, rules_at
from tests.council.rotating import announced
from tests.support.people import client_of

pytestmark = pytest.mark.django_db

# name, what it is about, stranger's status, member's, president's, secretary's
PAGES = [
    ("rotation", "", 302, 200, 200, 200),
    ("standing", "", 302, 200, 200, 200),
    ("slates", "", 302, 200, 200, 200),
    ("slate", "slate", 302, 200, 200, 200),
    ("draws", "", 302, 200, 200, 200),
    ("draw_new", "", 302, 403, 403, 200),
    ("draw", "draw", 302, 200, 200, 200),
    ("draw_file", "draw", 302, 200, 200, 200),
]
ACTS = [
    ("standing", "", 302, 422, 422, 422),
    ("slate_keep", "", 302, 403, 404, 404),
    ("draw_new", "", 302, 403, 403, 422),
    ("draw_hold", "draw", 302, 403, 403, 422),
    ("draw_call_off", "draw", 302, 403, 403, 422),
]


@pytest.fixture
def about(secretary, president):
    now = timezone.now()
    held = announced(secretary, at=now - timedelta(hours=2), not_before=now - timedelta(hours=1))
    day = slates.days_to_plan(now, cooperative(), spans_from(now), rules_at(now))[0]
    world, found = slates.proposed(day, now, cooperative())
    code = slates.sealed_in(world, found[0], cooperative())
    slate = slates.keep(day=day, view=found[0].view, sha256=code, by=secretary.actor, at=now)
    return {"": [], "draw": [held.pk], "slate": [slate.pk]}


@pytest.mark.parametrize(("name", "what", "stranger", "member_", "president_", "secretary_"), PAGES)
def test_who_reads(
    about, member, president, secretary, name, what, stranger, member_, president_, secretary_
):
    url = reverse(f"council:{name}", args=about[what])
    clients = (Client(), client_of(member), client_of(president), client_of(secretary))
    found = [client.get(url).status_code for client in clients]
    assert found == [stranger, member_, president_, secretary_]


@pytest.mark.parametrize(("name", "what", "stranger", "member_", "president_", "secretary_"), ACTS)
def test_who_acts(about, member, president, secretary, name, what, stranger, member_, president_, secretary_):
    before = Draw.objects.count(), DrawResult.objects.count(), Slate.objects.count()
    url = reverse(f"council:{name}", args=about[what])
    clients = (Client(), client_of(member), client_of(president), client_of(secretary))
    found = [client.post(url, {}).status_code for client in clients]
    assert found == [stranger, member_, president_, secretary_]
    assert before == (Draw.objects.count(), DrawResult.objects.count(), Slate.objects.count())


def test_no_address_is_left_out():
    assert {one.name for one in urlpatterns} == {name for name, *_ in (*PAGES, *ACTS)}
    assert all(re.fullmatch(r"[a-z_]+", str(one.name)) for one in urlpatterns)
