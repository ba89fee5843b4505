# ruff: noqa: E501 - one falsification a line
"""What the owner of the database falsifies with the triggers asleep, `verify` names."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from coop.common.proof import proofs
from coop.ledger.domain import reverse
from coop.members.models import Member
from payroll.domain.receipts import freeze_receipt, freeze_receipts
from payroll.enums import Answer, Question
from payroll.models import PayRun
from payroll.periods import Period
from tests.payroll.paying import PAY_DAY, PayDesk, same_hours
from tests.support import people
from tests.support.database import Databases, cloned
from tests.support.people import new_member
from tests.support.raw import run as sql

TABLES = (
    *("payroll_payrun", "payroll_payslip", "payroll_hoursline", "payroll_hoursanswer", "payroll_hourssheet"),
    *("payroll_payunitproposal", "statute_payunit", "statute_resolution", "ledger_account", "ledger_entry"),
    *("ledger_line", "documents_document", "documents_part", "documents_file", "members_member"),
)
Spoil = Callable[[str], None]


def broken() -> dict[str, str]:
    """What says so, by the proof's name."""
    found = {proof.name: proof.run().broken for proof in proofs()}
    return {name: f"{one.row}: {one.says}" for name, one in found.items() if one}


@pytest.fixture(scope="module")
def written_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned(databases) as kept:
        pay(people.make_house())
        yield kept.name


@pytest.fixture
def paid(real_database: object) -> PayRun:
    return PayRun.objects.get(period="2026-10")


def pay(members: list[Member]) -> None:
    """September with an advance that did not fit, October with what was still owed; both on paper."""
    _, secretary, treasurer, *_ = members
    pay = PayDesk(treasurer, secretary)
    pay.set_unit(cents=100_000)
    first = [(1, "10,00", "0,00", "0,00", "15.000,00"), *same_hours(members[1:], "10,00")]
    sheet = pay.bring(first, Period(2026, 9))
    pay.answer(sheet, 1, Question.ADVANCE, Answer.AS_IS)
    pay.approve(pay.prepare(sheet))
    run = pay.paid(same_hours(members, "12,00"))
    freeze_receipts(run_id=run.pk, by=secretary.actor, at=PAY_DAY)
    freeze_receipt(payslip_id=run.slips.get(number=4).pk, by=members[3].actor, at=PAY_DAY)
    assert broken() == {}


@pytest.fixture
def spoil(owner: psycopg.Connection) -> Spoil:
    def statement(text: str) -> None:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for one in text.split(";"):
            assert owner.execute(one).rowcount > 0, one
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return statement


OCT = "(SELECT id FROM payroll_payrun WHERE period = '2026-10')"
ENTRY = "(SELECT entry_id FROM payroll_payrun WHERE period = '2026-10')"


@pytest.mark.parametrize(
    ("proof", "statement"),
    [
        ("pay", f"UPDATE payroll_hoursline SET worked = worked + 100 WHERE sheet_id IN (SELECT sheet_id FROM payroll_payrun WHERE id = {OCT})"),
        ("pay", "DELETE FROM payroll_hoursline WHERE member_id = (SELECT id FROM members_member WHERE number = 4)"),
        ("pay", "UPDATE payroll_payslip SET member_id = (SELECT id FROM members_member WHERE number = 900) WHERE number = 4"),
        ("pay", f"UPDATE payroll_payrun SET approved_by_id = (SELECT id FROM members_member WHERE number = 5) WHERE id = {OCT}"),
        ("pay", f"DELETE FROM payroll_payslip WHERE run_id = {OCT}; DELETE FROM payroll_payrun WHERE period = '2026-10'"),
        ("pay", "UPDATE payroll_payrun SET unit_cents = unit_cents + 1"),
        ("pay", f"UPDATE ledger_line SET cents = cents * 2 WHERE entry_id = {ENTRY}"),
        ("pay", f"UPDATE ledger_line SET account_id = (SELECT id FROM ledger_account WHERE code = '2.1.5') WHERE entry_id = {ENTRY} AND account_id = (SELECT id FROM ledger_account WHERE code = '2.1.4')"),
        ("pay", "UPDATE ledger_line SET cents = cents * 2 WHERE entry_id = (SELECT entry_id FROM payroll_payrun WHERE period = '2026-09')"),
        ("pay", "UPDATE documents_part SET facts = jsonb_set(facts, '{0,net}', '\"$ 1,00\"')"),
        ("documents", "UPDATE documents_document SET facts = jsonb_set(facts, '{net}', '\"$ 1,00\"') WHERE kind = 'receipt'"),
        ("pay", "UPDATE documents_document SET facts = jsonb_set(facts, '{net}', '\"$ 1,00\"') WHERE kind = 'receipt'"),
        ("pay_units", "UPDATE statute_payunit SET cents_per_hour = cents_per_hour + 1"),
        ("pay_units", "UPDATE statute_payunit SET holds_from = holds_from - 1"),
        ("pay_units", "UPDATE payroll_payunitproposal SET cents_per_hour = cents_per_hour + 1; UPDATE statute_payunit SET cents_per_hour = cents_per_hour + 1"),
        ("entries", "UPDATE ledger_account SET holder = 5 WHERE code = '2.1.4'"),
        ("entries", "UPDATE ledger_account SET kind = 'asset' WHERE code = '5.1'"),
        ("entries", f"UPDATE ledger_entry SET by_number = 7 WHERE id = {ENTRY}"),
        ("entries", f"UPDATE ledger_entry SET at = at + interval '1 day' WHERE id = {ENTRY}"),
    ],
)  # fmt: skip
def test_a_falsification_is_named(
    paid: PayRun, members: list[Member], spoil: Spoil, proof: str, statement: str
) -> None:
    if "900" in statement:
        new_member(900, "Otra", "Persona").save()
    spoil(statement)
    assert proof in broken()


def test_an_entry_that_only_sql_posted_is_named(paid: PayRun, members: list[Member]) -> None:
    """The application's role may add a balanced entry: nobody's act stands beside it."""
    with transaction.atomic():
        sql(
            "INSERT INTO ledger_entry (id, key, at, day, memo, by_number, by_name, size, opened_in)"
            " VALUES (9000, 'pay:2019-01', now(), now(), 'x', 3, 'x', 2, 0)"
        )
        for place, code, cents in ((1, "5.1", 5), (2, "2.1.4", -5)):
            sql(
                "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo)"
                " SELECT 9000, %s::integer, id, %s::bigint, '' FROM ledger_account WHERE code = %s::text",
                [place, cents, code],
            )
    assert list(broken()) == ["entries"]
    assert "asiento 9000" in broken()["entries"]


def test_a_reversal_by_its_verb_is_nobodys_falsification(paid: PayRun, treasurer: Member) -> None:
    reverse(entry_id=paid.entry_id or 0, reason="otra", by=treasurer.actor, at=PAY_DAY)
    assert broken() == {}
