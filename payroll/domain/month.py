"""Everything a month's pay rests on, read once: hours, answers, register, last month, unit, rules, debts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import cached_property

from coop.ledger import chart
from coop.ledger.domain import balances
from coop.members.models import Member
from coop.shares.domain.position import withholding
from coop.statute.models import PayUnit, StatuteVersion
from coop.statute.rules import PayRules
from payroll.domain.arithmetic import Worked
from payroll.domain.questions import Asked, Given, Person, ask, ask_advances, effective
from payroll.enums import Answer, Question, RunState
from payroll.models import HoursSheet, PayRun, Payslip
from payroll.periods import Period, read_period


def register() -> dict[int, Person]:
    """Everybody who is or was a member, by number."""
    rows = Member.objects.values_list(
        *("pk", "number", "family_name", "given_names", "sort_name", "tax_number", "joined_on", "left_on")
    ).order_by()
    return {
        number: Person(pk, number, f"{given} {family}".strip(), sort_name, tax_number, joined_on, left_on)
        for pk, number, family, given, sort_name, tax_number, joined_on, left_on in rows
    }


def last_approved(period: Period) -> PayRun | None:
    """The latest approved run of an earlier month."""
    return PayRun.objects.filter(state=RunState.APPROVED, period__lt=str(period)).first()


def hours_of(run: PayRun | None) -> dict[int, int]:
    """All hours of each payslip, paid or not, in hundredths, by member's number."""
    if run is None:
        return {}
    rows = Payslip.objects.filter(run=run).values_list("number", "worked", "sick", "holiday").order_by()
    return {number: worked + sick + holiday for number, worked, sick, holiday in rows}


def unit_of(period: Period) -> PayUnit | None:
    """What an hour of that month is worth: the unit in force on the month's last day."""
    held = PayUnit.objects.select_related("resolution").filter(holds_from__lte=period.last_day)
    return held.order_by("-holds_from", "-pk").first()


def pay_rules(day: date) -> PayRules:
    return StatuteVersion.objects.in_force(day).rules.pay


def debts() -> dict[int, int]:
    """Cents that members owe of earlier advances, by number: the ledger says it."""
    held = balances(prefix=chart.ADVANCES)
    return {int(code.rpartition(".")[2]): cents for code, cents in held.items() if cents > 0}


@dataclass
class Month:
    """One sheet and what stands around it. Each part is read when it is first asked for, and once."""

    sheet: HoursSheet

    @cached_property
    def period(self) -> Period:
        return read_period(self.sheet.period)

    @cached_property
    def file(self) -> list[Worked]:
        """The file's own lines."""
        rows = self.sheet.lines.values_list("member__number", "worked", "sick", "holiday", "advance")
        return [Worked(*row) for row in rows.order_by("member__number")]

    @cached_property
    def answers(self) -> list[Given]:
        return [
            Given(
                number=one.member.number,
                question=Question(one.question),
                answer=Answer(one.answer),
                reason=one.reason,
                hours=one.hours,
            )
            for one in self.sheet.answers.select_related("member").order_by("pk")
        ]

    @cached_property
    def people(self) -> dict[int, Person]:
        return register()

    @cached_property
    def last_run(self) -> PayRun | None:
        return last_approved(self.period)

    @cached_property
    def last_hours(self) -> dict[int, int]:
        return hours_of(self.last_run)

    @cached_property
    def unit(self) -> PayUnit | None:
        return unit_of(self.period)

    @cached_property
    def rules(self) -> PayRules:
        return pay_rules(self.period.last_day)

    @property
    def paid_kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, rule in self.rules.hours.items() if rule.paid)

    @cached_property
    def lines(self) -> list[Worked]:
        """What is paid: the file as answered, with what each one owes already, by number."""
        owed = debts()
        found = effective(self.file, self.answers)
        return [replace(line, before=owed.get(number, 0)) for number, line in sorted(found.items())]

    @cached_property
    def lines_with_shares(self) -> list[Worked]:
        """The same, each with the instalments that its pay is asked for."""
        shares = withholding(self.period.last_day)
        return [replace(line, shares=shares.get(line.number, 0)) for line in self.lines]

    @cached_property
    def questions(self) -> list[Asked]:
        asked = ask(
            lines=self.file,
            people=self.people,
            period=self.period,
            last=self.last_hours,
            answers=self.answers,
        )
        return asked + self._advances()

    @property
    def open_questions(self) -> Sequence[Asked]:
        return [one for one in self.questions if one.given is None]

    def _advances(self) -> list[Asked]:
        if self.unit is None:
            return []
        return ask_advances(
            self.lines,
            people=self.people,
            unit=self.unit.cents_per_hour,
            paid=self.paid_kinds,
            answers=self.answers,
        )
