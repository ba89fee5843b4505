"""The ground every room stands on: days and instants, home cards, and the tests' own footing."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common import home
from coop.common.home import Card, cards_for, offers_cards
from coop.common.time import local_day, midnight
from tests.conftest import FLUSHES, pytest_collection_modifyitems

BUENOS_AIRES = ZoneInfo("America/Argentina/Buenos_Aires")
# It moved its clocks at midnight: the day began at one o'clock.
SANTIAGO = ZoneInfo("America/Santiago")


def test_a_day_begins_at_midnight_where_the_cooperative_is():
    assert midnight(date(2026, 3, 11), BUENOS_AIRES) == datetime(2026, 3, 11, 3, tzinfo=UTC)
    assert local_day(datetime(2026, 3, 11, 2, 59, tzinfo=UTC), BUENOS_AIRES) == date(2026, 3, 10)


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from([BUENOS_AIRES, SANTIAGO, ZoneInfo("UTC")])
)
def test_the_first_instant_of_a_day_is_in_it_and_the_one_before_is_not(day, zone):
    first = midnight(day, zone)
    assert local_day(first, zone) == day
    assert local_day(first - timedelta(hours=2), zone) == day - timedelta(days=1)


def test_cards_come_by_rank_from_every_room_once(monkeypatch):
    monkeypatch.setattr(home, "_providers", [])
    late, soon = (Card(rank, "", "", "/", "") for rank in (9, 1))

    def assemblies(member_id, at):
        return [late] if member_id == 4 else []

    for _ in range(2):
        offers_cards(assemblies)
    offers_cards(lambda member_id, at: iter([soon]))
    assert cards_for(4, datetime(2026, 3, 11, tzinfo=UTC)) == [soon, late]
    assert cards_for(5, datetime(2026, 3, 11, tzinfo=UTC)) == [soon]


def asks(*fixtures: str, **marked: object) -> SimpleNamespace:
    marker = SimpleNamespace(kwargs=marked) if marked else None
    return SimpleNamespace(
        nodeid="tests/x.py::test_x", fixturenames=fixtures, get_closest_marker=lambda name: marker
    )


@pytest.mark.parametrize(
    "item",
    [
        *(asks(name) for name in sorted(FLUSHES)),
        asks("db", transaction=True),
        asks("db", reset_sequences=True),
    ],
)
def test_a_test_that_would_end_in_truncate_is_refused_by_name(item):
    with pytest.raises(pytest.UsageError, match=r"tests/x.py::test_x.*|real_database"):
        pytest_collection_modifyitems([asks("db", databases=["default"]), item])


def test_a_test_that_rolls_back_is_welcome():
    pytest_collection_modifyitems([asks("db"), asks("real_database"), asks("db", transaction=False)])
