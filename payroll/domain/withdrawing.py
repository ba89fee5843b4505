"""Taking back a run that nobody has approved yet."""

from datetime import datetime

from django.db import transaction

from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import locked
from payroll.enums import RunState
from payroll.errors_pay import RunNotWaiting
from payroll.models import PayRun


@transaction.atomic
def withdraw(*, run_id: int, by: Actor, at: datetime) -> PayRun:
    """Whoever keeps the accounts takes the run back; then the month can be prepared anew. RunNotWaiting."""
    require(by, Power.KEEP_ACCOUNTS, at)
    run = waiting_run(run_id)
    run.state = RunState.WITHDRAWN
    run.withdrawn_at = at
    run.withdrawn_by_id = by.signature
    run.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    write(Act.PAY_RUN_WITHDRAWN, by=by, at=at, facts={"period": run.period, "run": run.pk})
    return run


def withdraw_waiting(*, period: str, by: Actor, at: datetime) -> None:
    """The month's run that waits for approval, if there is one."""
    for run_id in PayRun.objects.filter(period=period, state=RunState.PREPARED).values_list("pk", flat=True):
        withdraw(run_id=run_id, by=by, at=at)


def waiting_run(run_id: int) -> PayRun:
    """The run, its month and its row locked: no corrected file comes in meanwhile. Raises RunNotWaiting."""
    locked(f"pay:{PayRun.objects.values_list('period', flat=True).get(pk=run_id)}")
    run = PayRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state != RunState.PREPARED:
        raise RunNotWaiting(str(run.get_state_display()))
    return run
