"""Recomputing what the data say, from the data alone: every room's proof, on one state of the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from coop.common.proof import Broken, Checked, Proof, proofs


@dataclass(frozen=True, slots=True)
class Check:
    proof: Proof
    checked: Checked

    @property
    def holds(self) -> bool:
        return self.checked.broken is None


def verify() -> Iterator[Check]:
    """Runs every proof in one transaction that reads one state and can write nothing.

    A proof that cannot even read its rows (a rule that is no rule any more) is broken too.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for proof in proofs():
            yield Check(proof, _run(proof))


def _run(proof: Proof) -> Checked:
    try:
        with transaction.atomic():
            return proof.run()
    except Exception as error:
        says = _("no se puede recalcular: %(error)s") % {"error": f"{type(error).__name__}: {error}"}
        return Checked(rows=0, broken=Broken(row=str(proof.label), says=says))
