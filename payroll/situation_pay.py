"""A run as its page shows it: to everybody what everybody earns, to officers what each one owes too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from coop.documents.domain import find
from coop.documents.models import Document
from coop.members.models import Member
from coop.powers import Power, powers_of
from coop.statute.meanings.words import decimal
from payroll.domain.accounts_changed import Flag, flags
from payroll.domain.approving import may_be_approved_by
from payroll.domain.comparing import Difference, Part, differences
from payroll.domain.month import last_approved
from payroll.domain.questions import Given, standing
from payroll.domain.ratio import apart
from payroll.domain.receipts import RECEIPTS
from payroll.enums import Answer, HourKind, MarkKind, Question, RunState
from payroll.models import HoursAnswer, PayRun, Payslip, ReceiptMark
from payroll.periods import read_period


@dataclass(frozen=True, slots=True)
class Row:
    """Plain values: the page draws hundreds of them. Hundredths of an hour, cents."""

    number: int
    name: str
    hours: int
    paid: int
    gross: int
    taken: int
    deducted: int
    net: int
    owed: int


@dataclass(frozen=True, slots=True)
class HourRule:
    kind: str
    paid: bool
    source: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """`officer`: may see what each one owes. The rest of the flags are what this reader may do now.

    `apart`: how many times the lowest value of an hour the highest is, `ceiling` how many the statute of that
    month allows ("" for a run from before that was kept with it), `ceiling_source` where.
    """

    run: PayRun
    rows: Sequence[Row]
    officer: bool
    may_approve: bool
    must_be_another: bool
    may_withdraw: bool
    differences: Sequence[Difference]
    before: PayRun | None
    answers: Sequence[HoursAnswer]
    objections: Sequence[ReceiptMark]
    seen: int
    document: Document | None
    rules: Sequence[HourRule]
    flags: Sequence[Flag]
    keeps: bool
    apart: str
    ceiling: str
    ceiling_source: str


def run_page(run_id: int, member: Member, at: datetime) -> RunPage:
    """PayRun.DoesNotExist for a run that is not there."""
    run = PayRun.objects.select_related("sheet__by", "prepared_by", "approved_by", "withdrawn_by").get(
        pk=run_id
    )
    powers = powers_of(member.actor, at)
    officer = not powers.isdisjoint({Power.APPROVE_PAY, Power.KEEP_ACCOUNTS})
    keeps = Power.KEEP_ACCOUNTS in powers
    waiting = run.state == RunState.PREPARED
    second = waiting and Power.APPROVE_PAY in powers and may_be_approved_by(run, member.pk)
    before = last_approved(read_period(run.period))
    rows = _rows(run)
    marks = _marks(run) if officer else []
    return RunPage(
        run=run,
        rows=rows,
        officer=officer,
        may_approve=second,
        must_be_another=waiting and Power.APPROVE_PAY in powers and not second,
        may_withdraw=waiting and keeps,
        differences=_differences(rows, before) if officer else (),
        before=before,
        answers=_answers(run) if officer else (),
        objections=[mark for mark in marks if mark.kind == MarkKind.OBJECTED] if keeps else (),
        seen=sum(mark.kind == MarkKind.SEEN for mark in marks),
        document=find(RECEIPTS, f"receipts:{run.pk}") if officer else None,
        rules=_rules(run),
        flags=flags(run, before) if officer else (),
        keeps=keeps,
        apart=decimal(apart((row.paid, row.gross) for row in rows), 2),
        ceiling=decimal(Fraction(run.rules["ceiling"]), 2) if "ceiling" in run.rules else "",
        ceiling_source=run.rules["source"],
    )


def _marks(run: PayRun) -> list[ReceiptMark]:
    return list(ReceiptMark.objects.filter(payslip__run=run).select_related("payslip"))


def _rows(run: PayRun) -> list[Row]:
    names = (
        "number",
        "name",
        "worked",
        "sick",
        "holiday",
        "paid",
        "gross",
        "taken",
        "deducted",
        "net",
        "owed",
    )
    return [
        Row(number, name, worked + sick + holiday, *figures)
        for number, name, worked, sick, holiday, *figures in Payslip.objects.filter(run=run).values_list(
            *names
        )
    ]


def _differences(rows: Sequence[Row], before: PayRun | None) -> list[Difference]:
    if before is None:
        return []
    now = [Part(row.number, row.name, row.hours, row.gross) for row in rows]
    then = [Part(row.number, row.name, row.hours, row.gross) for row in _rows(before)]
    return differences(now, then)


def _answers(run: PayRun) -> list[HoursAnswer]:
    """Those that stand, by member's number."""
    given = list(run.sheet.answers.select_related("member", "by").order_by("pk"))
    keys = standing(
        Given(one.member.number, Question(one.question), Answer(one.answer), one.reason) for one in given
    )
    last = {(one.member.number, Question(one.question)): one for one in given}
    return [last[key] for key in sorted(keys, key=lambda key: (key[0], key[1].value))]


def _rules(run: PayRun) -> list[HourRule]:
    rules = run.rules["hours"]
    return [
        HourRule(str(kind.label), rules[kind.value]["paid"], rules[kind.value]["source"])
        for kind in HourKind
        if kind.value in rules
    ]
