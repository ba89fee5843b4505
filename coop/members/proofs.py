"""What `manage.py verify` recomputes of the register: the line and its periods follow from the facts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import AT_A_TIME
from coop.members.enums import LEAVINGS, FactKind, StepKind
from coop.members.errors import ImpossibleFact
from coop.members.facts import check, in_order, stretches, summed
from coop.members.models import Member, MemberFact, Period
from coop.members.models.sanctions import SanctionFile
from coop.members.proofs_sealed import applications, imported, postings, resealed
from coop.members.proofs_told import undecided, untold, untold_files
from coop.members.sanction_steps import follows

Told = TypeVar("Told", MemberFact, Period)


def register() -> Checked:
    """Each member's facts are possible, and joining, leaving, reason and periods are what they say."""
    rows = 0
    for batch in _batches():
        facts = _by_member(MemberFact.objects.filter(member__in=batch).order_by("member_id", "position"))
        periods = _by_member(Period.objects.filter(member__in=batch).order_by("member_id", "since"))
        for member in batch:
            own, spans = facts.get(member.pk, []), periods.get(member.pk, [])
            rows += 1 + len(own)
            for says in _wrong(member, own, spans):
                return Checked(rows, Broken(_("asociado/a N.º %(n)s") % {"n": member.number}, says))
    for file in SanctionFile.objects.prefetch_related("steps"):
        rows += 1 + len(file.steps.all())
        for says in _wrong_file(file):
            return Checked(rows, Broken(_("sumario N.º %(n)s") % {"n": file.number}, says))
    found = (untold(), untold_files(), undecided(), resealed(), applications(), imported(), postings())
    for broken in chain.from_iterable(found):
        return Checked(rows, broken)
    return Checked(rows)


def _batches() -> Iterator[list[Member]]:
    batch: list[Member] = []
    for member in Member.objects.order_by("pk").iterator(chunk_size=AT_A_TIME):
        batch.append(member)
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _by_member(rows: Iterable[Told]) -> dict[int, list[Told]]:
    return {key: list(own) for key, own in groupby(rows, key=lambda row: row.member_id)}


def _wrong(member: Member, facts: Sequence[MemberFact], periods: Sequence[Period]) -> Iterator[str]:
    if [fact.position for fact in facts] != list(range(1, len(facts) + 1)):
        yield _("falta un hecho")
    annulled = {fact.annuls_id for fact in facts if fact.annuls_id}
    standing = [fact for fact in facts if fact.kind != FactKind.ANNULLED and fact.pk not in annulled]
    try:
        check(standing)
    except ImpossibleFact as error:
        yield str(error)
        return
    found = stretches(standing)
    told = summed(found)
    if told is None:
        yield _("ningún hecho dice desde cuándo es asociado/a")
        return
    if (member.joined_on, member.left_on, member.came_back) != (
        told.joined_on,
        told.left_on,
        told.came_back,
    ):
        yield _("su ingreso o su baja no son los que dicen los hechos")
    left = [fact for fact in in_order(standing) if fact.kind in LEAVINGS]
    reason = left[-1].note[:80] if left and told.left_on else ""  # type: ignore[attr-defined]
    if member.leaving_reason != reason:
        yield _("el motivo de la baja no es el que dicen los hechos")
    if [(one.state, one.since, one.until) for one in periods] != [
        (one.state, one.since, one.until) for one in found
    ]:
        yield _("lo que fue en cada fecha no sale de los hechos")


def _wrong_file(file: SanctionFile) -> Iterator[str]:
    before: set[str] = set()
    for position, step in enumerate(file.steps.all(), start=1):
        if step.position != position or not follows(StepKind(step.kind), frozenset(before)):
            yield _("sus pasos no siguen uno del otro")
        before.add(step.kind)


REGISTER = Proof(name="register", label=gettext_lazy("Registro de asociados/as"), run=register)
