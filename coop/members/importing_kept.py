"""What a register file says otherwise than the books, and does not change: a warning for each line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef
from django.utils.translation import gettext as _

from coop.common.spreadsheet import Problem
from coop.common.time import local_day
from coop.members.enums import STARTS, FactKind, Measure, StepKind
from coop.members.importing_facts import TELLS, facts_held, new_leaving, replaced
from coop.members.kept import kept
from coop.members.models import Member, MemberFact, SanctionFile, SanctionStep
from coop.members.register_file import RegisterRow
from coop.members.register_file.rows import BANK_ACCOUNT, LEFT, PAID_IN, SUBSCRIBED
from coop.statute.domain import cooperative

_COLUMNS = {"bank_account": BANK_ACCOUNT, "shares_subscribed": SUBSCRIBED, "shares_paid_in": PAID_IN}


class Books:
    """What the books keep, read once for a whole file."""

    def __init__(self, rows: Iterable[RegisterRow], register: Mapping[int, Member]) -> None:
        self._register = register
        self._kept = [(one, one.members()) for one in kept()]
        told = [row for row in rows if row.number in register and self._tells(row)]
        self._facts = facts_held({row.number for row in told})
        keys = [register[row.number].pk for row in told]
        self._settling = set(_settling().filter(member__in=keys).values_list("member", flat=True))
        starts = MemberFact.objects.filter(member__in=keys, kind__in=STARTS, resolution__isnull=True)
        began: dict[int, datetime] = dict(
            starts.order_by().values_list("member").annotate(Min("at")).values_list("member", "at__min")
        )
        zone = cooperative().tz
        self._began = {key: local_day(at, zone) for key, at in began.items()}
        self.warnings: list[Problem] = []

    def _tells(self, row: RegisterRow) -> bool:
        member = self._register[row.number]
        return any(getattr(member, field) != getattr(row, field) for field in TELLS)

    def keep(self, row: RegisterRow) -> RegisterRow:
        """The row with what the books say in the place of what it may not change."""
        member = self._register.get(row.number)
        if member is None:
            return row
        held: dict[str, Any] = {}
        for column, fields, says in self._over(member, row):
            differ = [field for field in fields if getattr(member, field) != getattr(row, field)]
            held |= {field: getattr(member, field) for field in differ}
            if differ:
                value = str(getattr(row, differ[0]) or "")
                self.warnings.append(Problem(row.row, column, "kept by the books", says, value))
        return replace(row, **held) if held else row

    def _over(self, member: Member, row: RegisterRow) -> Iterator[tuple[str, tuple[str, ...], str]]:
        for one, members in self._kept:
            if member.pk in members:
                for field in one.fields:
                    yield _COLUMNS[field], (field,), str(one.says)
        if self._tells(row) and (says := self._life(member, row)):
            yield LEFT, tuple(sorted(TELLS, reverse=True)), says

    def _life(self, member: Member, row: RegisterRow) -> str:
        """Why the line cannot say when this person joined or left; empty if it may."""
        facts = self._facts.get(member.number, [])
        if any(fact.resolution_id or fact.sanction_id for fact in replaced(facts, row)):
            return _("Su ingreso o su baja está asentado por una resolución o un sumario: queda como está.")
        leaving = new_leaving(facts, row)
        if leaving is None:
            return ""
        if member.pk in self._settling:
            return _("Hay un sumario que decidió su exclusión: la baja sale de ahí, no de la planilla.")
        if leaving == FactKind.EXCLUDED and not self._is_history(member.pk, row.left_on):
            return _("Nadie queda excluido/a por una planilla: hace falta un sumario. Queda como está.")
        return ""

    def _is_history(self, member_id: int, day: date | None) -> bool:
        """From before the spreadsheet first brought them here."""
        began = self._began.get(member_id)
        return began is not None and day is not None and day <= began


def _settling() -> "Any":
    """Files that decided an exclusion which the assembly has not settled yet."""
    steps = SanctionStep.objects.filter(file=OuterRef("pk"))
    return SanctionFile.objects.filter(
        Exists(steps.filter(kind=StepKind.DECIDED, measure=Measure.EXCLUSION)),
        ~Exists(steps.filter(kind=StepKind.APPEAL_DECIDED)),
    )
