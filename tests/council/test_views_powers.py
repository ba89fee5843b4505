"""Seat by power for every member to read; who holds it by which decision; what the server did."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import PermissionsMixin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coop.council.models import Seat, SeatCode, Term
from coop.council.powers_told import LIMITS, carried_by, table_at
from coop.council.seats import seats_of
from coop.council.start_only import TermsAreKept, only_at_the_start
from coop.members.models import Account, Member
from coop.powers import Actor, Power, may, powers_of, system
from coop.powers.powers import SYSTEM_POWERS
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import rules_at
from coop.statute.models import Cooperative
from tests.support.people import client_of, give_seat, make_members
from tests.support.raw import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cooperative: Cooperative) -> list[Member]:
    found = make_members()
    for member, seat in zip(
        found, (SeatCode.PRESIDENT, SeatCode.SECRETARY, SeatCode.TREASURER), strict=False
    ):
        give_seat(member, seat)
    return found


# --- who may read them ---


@pytest.mark.parametrize(
    ("name", "args", "status"),
    [
        ("powers", (), 200),
        ("powers_of", ("treasurer",), 200),
        ("powers_of", ("member_25",), 404),
        ("powers_of", ("nadie",), 404),
        ("technical", (), 200),
    ],
)
def test_every_member_reads_them_and_nobody_else(members, name, args, status):
    url = reverse(f"council:{name}", args=args)
    assert Client().get(url).status_code == 302
    for reader in (members[1], members[5]):
        assert client_of(reader).get(url).status_code == status
    assert client_of(members[5]).post(url).status_code == 405


# --- the table is the one that is asked ---


def test_the_page_shows_exactly_what_is_answered_at_the_moment_of_the_act(members):
    now = timezone.now()
    columns, rows = table_at(now)
    by_code = {column.code: place for place, column in enumerate(columns)}
    for member, code in zip(members, ("president", "secretary", "treasurer"), strict=False):
        shown = {power for power, row in zip(Power, rows, strict=True) if row.cells[by_code[code]].carried}
        assert shown == powers_of(member.actor, now)
    assert len(rows) == len(Power)
    assert {column.carries for column in columns} >= {carried_by(one) for one in seats_of(rules_at(now))}


def test_every_limit_is_of_a_power_there_is():
    assert set(LIMITS) <= set(Power)


def test_a_seat_tells_who_holds_it_until_when_and_by_which_decision(members):
    page = client_of(members[5]).get(reverse("council:powers_of", args=["treasurer"])).content.decode()
    for told in (
        "¿Qué puede hacer la tesorería?",
        members[2].name,
        "Asamblea Ordinaria 2024",
        "llevar las cuentas",
    ):
        assert told in page
    assert "redactar las actas" not in page


def test_a_vacant_seat_says_that_nobody_may_today(members):
    page = client_of(members[5]).get(reverse("council:powers_of", args=["auditor"])).content.decode()
    assert "Está vacante" in page


def test_what_was_done_in_office_is_told_and_not_what_any_member_does(members):
    now = timezone.now()
    write(Act.PAY_RUN_PREPARED, by=members[1].actor, at=now, facts={})
    write(Act.STANDING_DECLARED, by=members[1].actor, at=now, facts={})
    write(Act.PAY_RUN_APPROVED, by=members[4].actor, at=now, facts={})
    answer = client_of(members[5]).get(reverse("council:powers_of", args=["secretary"]))
    assert [one.entry.act for one in answer.context["seat"].lately] == [Act.PAY_RUN_PREPARED]


def test_what_was_done_in_office_is_told_in_the_words_of_the_record(members, desk):
    """Of an assembly and of pay too: the facts only point at their names, and the page gives them."""
    assembly = desk.convene()
    desk.arrive(assembly, members)
    desk.open(assembly)
    desk.close_poll(desk.open_poll(desk.seconded(assembly, members[4], members[5], "Comprar un torno")))
    desk.close(assembly)
    month = {"period": "2026-10", "payslips": 6, "net": 123_456_00, "gross": 123_456_00}
    write(Act.PAY_RUN_APPROVED, by=members[0].actor, at=timezone.now(), facts=month)
    reader = client_of(members[5])
    page = reader.get(reverse("council:powers_of", args=["president"])).content.decode()
    for told in ("Cerró la votación de «Comprar un torno»", "Abrió la asamblea de trabajo del", "octubre"):
        assert told in page
    assert "Cerró la votación de «Comprar un torno»" in reader.get(reverse("portal:record")).content.decode()


def test_what_was_done_before_the_term_is_not_of_the_seat(members):
    term = Term.objects.get(member=members[1])
    write(Act.PAY_RUN_PREPARED, by=members[1].actor, at=term.during.lower - timedelta(days=1), facts={})
    answer = client_of(members[5]).get(reverse("council:powers_of", args=["secretary"]))
    assert answer.context["seat"].lately == []


@pytest.mark.parametrize(("name", "args"), [("powers", ()), ("powers_of", ("secretary",)), ("technical", ())])
def test_a_page_costs_the_same_with_one_act_and_with_three(members, name, args):
    reader, counts = client_of(members[5]), []
    for _time in range(2):
        for by in (members[1].actor, system()):
            write(Act.PAY_RUN_PREPARED, by=by, at=timezone.now(), facts={})
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(reverse(f"council:{name}", args=args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- the technical administration ---


def test_every_act_of_the_technical_administration_is_read_page_by_page(members):
    now = timezone.now()
    for _number in range(26):
        write(Act.REGISTER_IMPORTED, by=system(), at=now, facts={"new": 1, "changed": 0})
    write(Act.PAY_RUN_PREPARED, by=members[1].actor, at=now, facts={})
    reader = client_of(members[5])
    first = reader.get(reverse("council:technical"))
    second = reader.get(reverse("council:technical") + "?page=2")
    assert (len(first.context["acts"]), len(second.context["acts"])) == (25, 1)
    assert {one.entry.actor_number for one in first.context["acts"]} == {None}


def test_the_technical_administration_holds_no_power_to_govern():
    governing = set(Power) - SYSTEM_POWERS
    assert {Power.CONVENE, Power.PRESIDE, Power.APPROVE_PAY, Power.CLOSE_MINUTES} <= governing
    assert not any(may(system(), power, timezone.now()) for power in governing)


def test_the_command_line_seats_nobody_once_somebody_keeps_the_terms(members):
    now = timezone.now()
    with pytest.raises(TermsAreKept) as refused:
        only_at_the_start(system(), now)
    assert members[1].name in str(refused.value)
    only_at_the_start(members[1].actor, now)


def test_where_nobody_keeps_the_terms_the_command_line_may_begin_again(cooperative):
    only_at_the_start(system(), timezone.now())
    members = make_members()
    give_seat(members[0], SeatCode.PRESIDENT)
    only_at_the_start(system(), timezone.now())


# --- no stored grants ---


def test_there_is_no_place_where_a_right_could_be_stored():
    """Of the library's three tables nobody writes a row, no account is joined to them, and nothing asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        columns = cursor.fetchall()
    library = {"auth_group", "auth_permission", "auth_group_permissions"}
    words = ("permission", "group", "grant", "superuser", "staff", "admin", "role")
    ours = [(table, column) for table, column in columns if table not in library]
    assert len(ours) > 100
    assert [one for one in ours if any(word in part for part in one for word in words)] == []
    assert not issubclass(Account, PermissionsMixin)
    assert not any("contrib.auth.middleware" in name for name in settings.MIDDLEWARE)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO auth_group (name) VALUES ('jefes')",
        "INSERT INTO auth_permission (name, content_type_id, codename) SELECT 'x', min(id), 'x' "
        "FROM django_content_type",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
    ],
)
def test_the_application_cannot_even_write_the_librarys_own_grants(statement):
    refused(statement, match="permission denied")


def test_no_line_of_ours_asks_for_a_stored_right():
    asking = re.compile(r"has_perm|is_superuser|is_staff|permission_required|user_passes_test")
    rooms = [settings.BASE_DIR / name for name in ("coop", "assemblies", "payroll", "templates")]
    files = [file for room in rooms for file in room.rglob("*") if file.suffix in (".py", ".html")]
    assert len(files) > 300
    assert [file.name for file in files if asking.search(file.read_text(encoding="utf-8"))] == []


def test_a_member_without_a_term_holds_nothing_whoever_they_were(members):
    assert powers_of(members[4].actor, timezone.now()) == frozenset()
    nobody = Actor(member_id=10**6, number=10**6, name="")
    assert powers_of(nobody, timezone.now()) == frozenset()


def test_a_right_ends_at_the_instant_the_term_ends(members):
    end = timezone.now() - timedelta(days=1)
    seat = Seat.objects.get(code=SeatCode.AUDITOR)
    Term.objects.create(
        seat=seat, member=members[4], during=(end - timedelta(days=30), end), elected_by="Asamblea 2025"
    )
    instant = timedelta(microseconds=1)
    assert may(members[4].actor, Power.WITNESS, end - instant)
    assert not may(members[4].actor, Power.WITNESS, end)
