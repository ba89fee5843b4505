"""What `manage.py verify` recomputes of the hour's value: each one is what its resolution adopted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.record.models import Act, Entry
from coop.statute.models import PayUnit, Resolution
from coop.statute.proposals import seal
from payroll.domain.units import says_what_it_sets
from payroll.models import PayUnitProposal
from payroll.models.unit import KIND


def units() -> Checked:
    """Value and day as proposed, the proposal as adopted and sealed, and on the record."""
    checked = 0
    for unit in PayUnit.objects.select_related("resolution").order_by("pk"):
        checked += 1
        if says := _wrong(unit):
            return Checked(checked, Broken(_row(unit.resolution), says))
    alone = Resolution.objects.filter(proposal_kind=KIND, pay_unit__isnull=True).order_by("pk").first()
    if alone is not None:
        return Checked(checked, Broken(_row(alone), _("aprobó un valor que no está")))
    return Checked(checked)


def _row(resolution: Resolution) -> str:
    return _("valor de la hora de la resolución %(n)s") % {"n": resolution}


def _wrong(unit: PayUnit) -> str:
    resolution = unit.resolution
    drafted = PayUnitProposal.objects.filter(pk=resolution.proposal_id or 0).first()
    if drafted is None or resolution.proposal_kind != KIND:
        return _("no sale de ninguna propuesta")
    if not seal(drafted.facts) == drafted.sha256 == resolution.proposal_sha256:
        return _("la resolución aprobó otra propuesta")
    proposed = (drafted.cents_per_hour, drafted.holds_from)
    if not says_what_it_sets(drafted) or proposed != (unit.cents_per_hour, unit.holds_from):
        return _("no es el valor que se propuso, o no es desde ese día")
    told = {"resolution": str(resolution), "cents": unit.cents_per_hour}
    if not Entry.objects.filter(act=Act.PAY_UNIT_SET, facts__contains=told).exists():
        return _("no está en el libro de actos")
    return ""


UNITS = Proof(name="pay_units", label=gettext_lazy("Valor de la hora"), run=units)
