"""Pay in the town that is only read: a month that is paid, one that waits, hours with open questions."""

from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from coop.members.models import Member
from payroll.domain import receipts, units
from payroll.enums import Answer, Question
from payroll.periods import Period
from tests.payroll.paying import PayDesk, same_hours

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("payroll:accounts",),
    ("payroll:accounts", "treasurer"),
    ("payroll:accounts", "late", (), "", "no receipt yet"),
    ("payroll:runs",),
    ("payroll:run", "unvoted", ("paid_run",)),
    ("payroll:run", "treasurer", ("paid_run",)),
    ("payroll:run", "president", ("waiting_run",)),
    ("payroll:run", "treasurer", ("waiting_run",)),
    ("payroll:receipts",),
    ("payroll:receipts", "late", (), "", "none yet"),
    ("payroll:receipt", "unvoted", ("receipt",)),
    ("payroll:receipt", "voted", ("marked_receipt",), "", "marked"),
    ("payroll:receipt", "late", ("receipt",), "", "somebody else's", 404),
    ("payroll:unit",),
    ("payroll:draft_unit", "treasurer"),
    ("payroll:unit_proposal", "unvoted", ("unit_proposal",)),
    ("payroll:unit_proposal", "treasurer", ("unit_proposal",)),
    ("payroll:import_hours", "treasurer"),
    ("payroll:import_hours", "unvoted", (), "", "refused", 403),
    ("payroll:hours", "treasurer", ("asking_hours",), "", "questions"),
    ("payroll:hours", "president", ("answered_hours",), "", "answered"),
)


def populate(members: list[Member], now: datetime) -> dict[str, int]:
    """The seventh, who reads as `late`, has no receipt; the fourth has marked theirs."""
    this = Period.of(timezone.localdate(now))
    last = this.before
    desk = PayDesk(members[2], members[1], last.before, now)
    desk.set_unit()
    working = [one for one in members if one is not members[6]]
    advance = (members[4].number, "172,00", "4,00", "", "120.500,00")
    others = [one for one in working if one is not members[4]]
    sheet = desk.bring([advance, *same_hours(others)])
    desk.answer(sheet, members[6], Question.MISSING, Answer.NONE, "licencia sin goce")
    paid = desk.approve(desk.prepare(sheet))
    marked = paid.slips.get(member=members[3])
    receipts.see(payslip_id=marked.pk, by=members[3].actor, at=now)
    receipts.object_to(payslip_id=marked.pk, text="Falta el sábado 14.", by=members[3].actor, at=now)
    desk.period = last
    answered = desk.bring(
        [*same_hours(others, "168,00"), (members[4].number, "80,50", "", "", "1.500.000,00")]
    )
    desk.answer(answered, members[6], Question.MISSING, Answer.NONE, "licencia sin goce")
    desk.answer(answered, members[4], Question.FAR, Answer.AS_IS, "")
    desk.answer(answered, members[4], Question.ADVANCE, Answer.AS_IS, "")
    waiting = desk.prepare(answered)
    asking = desk.bring(same_hours(others, "40,00"), this)
    drafted = units.draft(
        cents=980_000,
        holds_from=date(now.year + 1, 1, 1),
        why="Por la inflación.",
        by=desk.treasurer.actor,
        at=now,
    )
    return {
        "paid_run": paid.pk,
        "waiting_run": waiting.pk,
        "receipt": paid.slips.get(member=members[4]).pk,
        "marked_receipt": marked.pk,
        "unit_proposal": drafted.pk,
        "asking_hours": asking.pk,
        "answered_hours": answered.pk,
    }
