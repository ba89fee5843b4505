"""Every address by every reader, against the table that people read: tests/data/matrix.txt."""

import contextlib
import os
from collections.abc import Iterator

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from coop.portal.doctor import queue
from tests.support import matrix
from tests.support.database import Databases, cloned
from tests.support.matrix import FILE, GO, IN, NEVER, NO, NONE, OK, PROVE, READERS, SEATS, WRONG, Line, World
from tests.support.matrix_world import build

TABLE = matrix.table()
# What answers a stranger with more than the way to the sign-in page. Each view says so with `@public`, and
# looks itself who is there: a card in hand, a kiosk's cookie, the key of a beginning.
FOR_EVERYBODY = {
    *("members:sign_in", "portal:components", "portal:health", "portal:set_language", "portal:set_theme"),
    *("documents:ask", "documents:verify", "statute:logo"),
    *("portal:certificate", "portal:certificate_file", "portal:certificate_profile"),
    *("access:type_code", "access:enrol", "access:choose", "access:choose_passkey", "access:choose_password"),
    *("access:new_passkey_options", "access:passkey_options", "access:waiting", "access:waiting_live"),
    *("assemblies:kiosk", "assemblies:kiosk_cast", "assemblies:kiosk_check_in", "assemblies:kiosk_done"),
    *("assemblies:kiosk_leave", "assemblies:kiosk_live", "assemblies:kiosk_turn"),
    # Its one statement looks for the sign-in, and says that there is none.
    "assemblies:cast",
    *("portal:begin", "portal:begin_house", "portal:begin_statute", "portal:begin_statute_model"),
    *("portal:begin_people", "portal:begin_person", "portal:begin_drop_person", "portal:begin_council"),
    *("portal:begin_terms", "portal:begin_drop_terms", "portal:begin_resolutions"),
    *("portal:begin_drop_resolutions", "portal:begin_review", "portal:begin_done"),
}

# What is for one person alone, whatever seat anybody holds, and none of the readers is that person: the tests
# of those rooms open these doors.
ONE_PERSONS_OWN = {"council:handover_say", "jobs:answer_swap", "jobs:away_off"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases) -> Iterator[World]:
    """A database of its own for all lines; every question is undone."""
    with contextlib.ExitStack() as house, django_db_blocker.unblock():
        house.enter_context(cloned(databases))
        # No worker runs here: nobody needs to wait long for it to be missing.
        house.enter_context(pytest.MonkeyPatch.context()).setattr(queue, "SECONDS", 0.05)
        yield build(timezone.now())
        connections["default"].close()


@pytest.mark.skipif("MATRIX" in os.environ, reason="the table is being written")
@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.asked)
def test_each_address_answers_each_reader_as_the_table_says(world: World, line: Line) -> None:
    assert str(world.asked(line)) == str(line)


@pytest.mark.skipif("MATRIX" in os.environ, reason="the table is being written")
def test_every_address_is_in_the_table_with_both_methods() -> None:
    """A new address fails here until somebody has written down who may do what with it."""
    known = {(line.method, line.name) for line in TABLE}
    here = {(method, name) for name, _kinds in matrix.addresses() for method in matrix.METHODS}
    assert here - known == set(), "not in tests/data/matrix.txt (see tests/support/matrix.py)"
    assert known - here == set(), "in tests/data/matrix.txt, but no address any more"


def test_the_table_is_written_as_it_is_read() -> None:
    assert matrix.written(TABLE) == FILE.read_text(encoding="utf-8")


# --- what holds whatever the table says ---


def test_nothing_breaks_for_anybody() -> None:
    assert [line.asked for line in TABLE if matrix.BROKEN in line.outcomes] == []


@pytest.mark.parametrize("reader", ["stranger", "applicant"])
def test_who_has_no_sign_in_gets_what_is_for_everybody_and_nothing_else(reader: str) -> None:
    open_to = {line.name for line in TABLE if line.of(reader) not in (IN, NEVER)}
    assert open_to - FOR_EVERYBODY == set()


def test_whoever_held_a_seat_is_a_member_like_any_other() -> None:
    differ = [line.asked for line in TABLE if line.of("former") != line.of("member")]
    assert differ == []


@pytest.mark.parametrize("seat", ["alternate_1", "alternate_2", "alternate_auditor"])
def test_who_only_stands_in_may_do_nothing_yet(seat: str) -> None:
    assert [line.asked for line in TABLE if line.of(seat) != line.of("member")] == []


def test_who_is_suspended_can_do_no_more_than_a_member() -> None:
    """They read everything; what they may not do is said with a reason."""
    worse = {OK: 0, GO: 1, PROVE: 1, WRONG: 2, NONE: 2, NO: 3, IN: 4, NEVER: 5}
    more = [line.asked for line in TABLE if worse[line.of("suspended")] < worse[line.of("member")]]
    assert more == []


def test_a_kiosk_leads_to_no_other_page() -> None:
    shown = {line.name for line in TABLE if line.of("kiosk") not in (GO, NEVER)}
    assert {name for name in shown if not name.startswith("assemblies:kiosk")} == {"portal:health"}


def test_what_only_officers_may_do_is_forbidden_to_a_member_and_not_hidden_from_all() -> None:
    """A line that forbids everybody is a door that nobody can open: then why is it there."""
    shut = {line.name for line in TABLE if all(line.of(one) == NO for one in ("member", *SEATS))}
    assert shut == ONE_PERSONS_OWN


@pytest.mark.skipif(os.environ.get("MATRIX") != "write", reason="MATRIX=write writes the table anew")
def test_write_the_table(world: World) -> None:
    lines = [world.asked(line) for line in matrix.wanted(TABLE)]
    FILE.write_text(matrix.written(lines), encoding="utf-8")
    assert all(len(line.outcomes) == len(READERS) for line in lines)
