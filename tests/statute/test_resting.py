"""What rests on a resolution: asked of every room for one, counted in one statement for many."""

from datetime import date

import pytest

from coop.statute import resting
from coop.statute.models import PayUnit, Resolution
from tests.support.book import paper_resolution

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(monkeypatch):
    monkeypatch.setattr(resting, "_rooms", {})


def units(keys):
    return {
        unit.resolution_id: [("Una hora", "/x/")] for unit in PayUnit.objects.filter(resolution_id__in=keys)
    }


def test_a_room_says_what_rests_and_a_list_counts(president, secretary, rooms, django_assert_num_queries):
    one, other = (
        paper_resolution(date(2006, 1, day), f"Hora {day}", "pay_unit", by=secretary, confirmed_by=president)
        for day in (2, 3)
    )
    PayUnit.objects.create(holds_from=date(2006, 2, 1), cents_per_hour=100, resolution=one)

    def cited(keys):
        return PayUnit.objects.filter(resolution_id__in=keys).values_list("resolution_id")

    resting.rests_on("Horas", units, cited)
    resting.rests_on("Otra vez", lambda keys: {one.pk: [("Más", "")]})
    assert [(group.label, list(group.lines)) for group in resting.resting_on(one.pk)] == [
        ("Horas", [("Una hora", "/x/")]),
        ("Otra vez", [("Más", "")]),
    ]
    resting.rests_on("Y de nuevo", lambda keys: {}, cited)
    with django_assert_num_queries(1):
        counts = resting.counted([one.pk, other.pk])
    assert (counts[one.pk], counts[other.pk]) == (3, 0)


def test_nothing_is_asked_for_an_empty_page(rooms, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resting.counted([]) == {}


def test_registering_again_replaces(rooms):
    resting.rests_on("Horas", units)
    resting.rests_on("Horas", units)
    assert len(resting._rooms) == 1
    assert not Resolution.objects.exists()
