"""What the database itself keeps of a beginning, tried with SQL as the application's role."""

import pytest
from django.db import connection

from coop.portal.beginning.finishing import finish
from coop.portal.beginning.house import keep_house
from coop.portal.beginning.opening import invite
from coop.portal.models import Beginning
from coop.statute.models import Cooperative
from tests.portal.test_beginning import HOUSE, NOW, filled, opened
from tests.support.raw import refused, run, try_to_ignore_triggers

pytestmark = pytest.mark.django_db

COLUMNS = "id, code, key, touched_at, house, statute, people, council, terms, resolutions"


@pytest.fixture
def begun() -> Beginning:
    key = opened()
    filled(key)
    finish(key=key, at=NOW)
    return Beginning.objects.get()


def test_a_second_beginning_has_no_place() -> None:
    invite(at=NOW)
    refused(
        f"INSERT INTO portal_beginning ({COLUMNS})"
        " VALUES (2, '', '', now(), '{}', '{}', '[]', '{}', '[]', '[]')",
        match="beginning_is_one",
    )


def test_what_is_over_stays_over(begun: Beginning) -> None:
    try_to_ignore_triggers("portal_beginning")
    refused("UPDATE portal_beginning SET begun_at = NULL, secretary_id = NULL", match="begun once")
    refused("UPDATE portal_beginning SET key = repeat('a', 64)", match="Cannot update")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('portal_beginning', 'DELETE')")
        assert cursor.fetchone() == (False,)


def test_no_draft_is_written_where_there_is_a_cooperative(cooperative: Cooperative) -> None:
    refused(
        f"INSERT INTO portal_beginning ({COLUMNS})"
        " VALUES (1, '', '', now(), '{}', '{}', '[]', '{}', '[]', '[]')",
        match="begun once, where there is none yet",
    )


def test_nothing_ends_without_a_cooperative() -> None:
    invite(at=NOW)
    refused("UPDATE portal_beginning SET begun_at = now()", match="begun once|beginning_ends_empty")


def test_a_draft_is_not_left_behind(cooperative: Cooperative) -> None:
    """Names and documents of everybody are in it."""
    refused(
        f"INSERT INTO portal_beginning ({COLUMNS}, begun_at)"
        " VALUES (1, '', '', now(), '{}', '{}', '[{\"DNI\": \"1\"}]', '{}', '[]', '[]', now())",
        match="beginning_ends_empty_with_a_secretary",
    )


def test_a_code_or_a_key_as_it_is_read_is_refused() -> None:
    key = opened()
    keep_house(key=key, house=HOUSE, at=NOW)
    refused("UPDATE portal_beginning SET key = 'abcd'", match="beginning_keeps_digests_only")
    refused("UPDATE portal_beginning SET code = repeat('a', 64)", match="beginning_code_has_its_end")
    assert run("UPDATE portal_beginning SET touched_at = now()") == 1
