"""What a spreadsheet may not write over: what the books say stays, and a warning tells it line by line."""

from datetime import date
from decimal import Decimal

import pytest

from coop.members.enums import FactKind, Measure, Outcome
from coop.members.importing import Preview, import_register
from coop.members.lifecycle import put_on_the_books
from coop.members.models import Member, MemberFact
from coop.members.proofs import register
from coop.powers import system
from coop.statute.models import Matter
from tests.members.books import decided, noon
from tests.members.test_sanctions import Case
from tests.shares.sharing import CBU, NOW, OTHER, Drawer
from tests.support.files import register_file, register_line

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def case(member: Member, secretary: Member) -> Case:
    return Case(member, secretary)


def take(number: int, day: date = DAY, **cells: str) -> Preview:
    """The register as it is now, with other cells for one member."""
    lines = [register_line(one) for one in Member.objects.order_by("number")]
    lines = [line | cells if line["N° Socio"] == str(number) else line for line in lines]
    return import_register(content=register_file(lines), by=system(), at=noon(day))


def said(seen: Preview) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.kind) for one in seen.warnings if one.kind == "kept by the books"]


LEFT = {"Fecha de baja": "01/05/2026", "Motivo de baja": "Exclusión"}
STAYS = {"Fecha de baja": "", "Motivo de baja": ""}
KEPT = [(5, "Fecha de baja", "kept by the books")]


def test_an_exclusion_that_a_file_decided_is_not_undone_by_a_line(case: Case) -> None:
    case.heard().decide(Measure.EXCLUSION)
    before = Member.objects.get(number=4).left_on
    seen = take(4, **STAYS)
    assert (said(seen), seen.does_nothing, seen.problems) == (KEPT, True, ())
    assert take(4, **LEFT).does_nothing
    assert Member.objects.get(number=4).left_on == before == case.on(51)
    assert not MemberFact.objects.filter(kind="annulled").exists()


def test_a_member_who_appealed_is_not_ended_by_a_line(case: Case) -> None:
    case.heard().decide(Measure.EXCLUSION)
    case.appeal(30)
    for cells in (LEFT, LEFT | {"Motivo de baja": "Renuncia"}):
        seen = take(4, **cells, Celular="0299 15-637-5345")
        assert said(seen) == KEPT
        assert Member.objects.get(number=4).left_on is None
    assert Member.objects.get(number=4).mobile == "+54 9 299 637-5345"
    case.settled(Outcome.REVOKED, 60)
    assert said(take(4, **LEFT)) == KEPT


def test_nobody_is_excluded_by_a_line_and_whoever_resigned_is_let_go(
    member: Member, secretary: Member
) -> None:
    assert said(take(4, **LEFT)) == KEPT
    assert take(4, **LEFT | {"Motivo de baja": "Renuncia"}).changed_members == 1
    assert Member.objects.get(number=4).left_on == date(2026, 5, 1)
    assert register().broken is None


def test_what_happened_before_the_first_spreadsheet_may_still_be_told(member: Member) -> None:
    """The members of these tests came with a file of 1 May 2024."""
    seen = take(4, **LEFT | {"Fecha de baja": "30/04/2024"})
    assert (said(seen), seen.changed_members) == ([], 1)
    assert MemberFact.objects.filter(kind="excluded").count() == 1


def test_who_came_back_by_a_resolution_is_not_sent_away_by_a_line(member: Member, secretary: Member) -> None:
    take(4, **LEFT | {"Motivo de baja": "Renuncia"})
    resolution = decided(secretary, date(2026, 6, 1), Matter.MEMBERSHIP)
    put_on_the_books(
        member_id=member.pk,
        kind=FactKind.READMITTED,
        day=date(2026, 6, 1),
        resolution=resolution,
        by=secretary.actor,
        at=noon(date(2026, 6, 2)),
    )
    resigned = put_on_the_books(
        member_id=member.pk,
        kind=FactKind.RESIGNED,
        day=date(2026, 6, 20),
        noticed_on=date(2026, 6, 19),
        resolution=resolution,
        by=secretary.actor,
        at=noon(date(2026, 6, 20)),
    )
    assert said(take(4, **STAYS)) == KEPT
    assert Member.objects.get(number=4).left_on == resigned.day


def test_an_account_that_two_people_confirmed_stays_and_another_may_come(
    drawer_of_shares: Drawer, members: list[Member], president: Member
) -> None:
    from coop.shares.domain import bank

    change = bank.ask(member_id=members[3].pk, account=CBU, by=members[3].actor, at=NOW)
    assert take(4, CBU=OTHER).changed_members == 1
    bank.drop(change_id=change.pk, why="x", by=members[3].actor, at=NOW)
    change = bank.ask(member_id=members[3].pk, account=CBU, by=members[3].actor, at=NOW)
    bank.confirm_second(change_id=change.pk, by=president.actor, at=NOW)
    seen = take(4, CBU=OTHER)
    assert said(seen) == [(5, "CBU", "kept by the books")]
    assert "dos personas" in seen.warnings[-1].message
    assert Member.objects.get(number=4).bank_account == CBU


def test_shares_that_are_in_the_books_stay(drawer_of_shares: Drawer, members: list[Member]) -> None:
    drawer_of_shares.whole(members[3], 100)
    cells = {"Cuotas suscriptas": "3", "Cuotas integradas": "1,50"}
    seen = take(4, **cells)
    assert [column for _row, column, _kind in said(seen)] == ["Cuotas suscriptas", "Cuotas integradas"]
    held = Member.objects.get(number=4)
    assert (held.shares_subscribed, held.shares_paid_in) == (100, Decimal(100))
    take(5, **cells)
    assert Member.objects.get(number=5).shares_subscribed == 3


@pytest.fixture
def drawer_of_shares(treasurer: Member) -> Drawer:
    return Drawer(treasurer)
