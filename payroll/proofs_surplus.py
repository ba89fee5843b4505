"""What `manage.py verify` recomputes of the surplus: proposals from their figures, sharings from both."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.errors import DomainError
from coop.common.proof import Broken, Checked, Proof
from coop.ledger.models import Entry, Line
from coop.statute.models import Matter, Resolution, Source
from coop.statute.proposals import seal
from payroll.domain.surplus_adopting import key_of, postings, recomputed
from payroll.models import SurplusDistribution, SurplusProposal

AT_A_TIME = 20


def surplus() -> Checked:
    """Proposals first, then sharings, then whether any resolution or entry stands without one."""
    counted = 0
    for checks in (_proposals, _sharings, _strays):
        for row, says in checks():
            counted += 1
            if says:
                return Checked(counted, Broken(row, says))
    return Checked(counted)


def _proposals() -> Iterator[tuple[str, str]]:
    for held in SurplusProposal.objects.order_by("pk").iterator(AT_A_TIME):
        yield _("propuesta %(n)s") % {"n": held.pk}, _of_proposal(held)


def _of_proposal(held: SurplusProposal) -> str:
    if seal(held.facts) != held.sha256:
        return _("no coincide con su código de control")
    try:
        year, _result = recomputed(held.facts)
    except DomainError:
        return _("el resultado no sale de sus cifras")
    if (year.period, held.facts["title"]) != (held.year, held.title):
        return _("es de otro año o tiene otro nombre que el que sella")
    return ""


def _sharings() -> Iterator[tuple[str, str]]:
    done = SurplusDistribution.objects.select_related("proposal", "resolution", "entry").order_by("pk")
    for sharing in done.iterator(AT_A_TIME):
        yield _("reparto de %(year)s") % {"year": sharing.year}, _of_sharing(sharing)


def _of_sharing(sharing: SurplusDistribution) -> str:
    held, resolution, entry = sharing.proposal, sharing.resolution, sharing.entry
    adopted = (resolution.matter, resolution.proposal_id, resolution.proposal_sha256)
    if adopted != (Matter.SURPLUS_DISTRIBUTION, held.pk, held.sha256) or sharing.year != held.year:
        return _("su resolución aprobó otra cosa")
    if (entry.key, entry.resolution_id) != (key_of(sharing.year), resolution.pk):
        return _("su asiento es otro")
    year, result = recomputed(held.facts)
    names = dict(held.facts["names"])
    wanted = sorted((line.account.code, line.cents) for line in postings(year, result, names))
    posted = Line.objects.filter(entry=entry).values_list("account__code", "cents")
    if sorted(posted) != wanted:
        return _("el asiento %(entry)s no dice lo que se aprobó") % {"entry": entry.pk}
    return ""


def _strays() -> Iterator[tuple[str, str]]:
    """A resolution that shares a surplus, or an entry that does, with nothing shared beside it.

    What the paper book tells of old years was shared on paper: no proposal, nothing to post.
    """
    shared = Resolution.objects.exclude(source=Source.PAPER, proposal_kind="")
    alone = shared.filter(matter=Matter.SURPLUS_DISTRIBUTION, distribution__isnull=True)
    for resolution in alone.order_by("pk"):
        yield _("resolución %(n)s") % {"n": resolution}, _("aprobó un reparto que no se hizo")
    for entry in Entry.objects.filter(key__startswith=key_of(0)[:-1], distribution__isnull=True):
        yield _("asiento %(n)s") % {"n": entry.pk}, _("reparte un excedente que nadie aprobó")


SURPLUS = Proof(name="surplus", label=gettext_lazy("Reparto del excedente"), run=surplus)
