"""What the register itself knows of voice without vote: a suspension, a trial that does not vote yet."""

from collections.abc import Collection
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.members.enums import State
from coop.members.models import Period
from coop.statute.domain import rules_at
from coop.statute.models import day_of


def hindered(member_ids: Collection[int], at: datetime) -> dict[int, str]:
    """Registered in `coop.members.voice`. One statement for the periods, one for the rules if they matter."""
    day = day_of(at)
    found = Period.objects.filter(
        member_id__in=member_ids, state__in=(State.SUSPENDED, State.TRIAL), since__lte=day
    ).exclude(until__lte=day)
    periods = list(found)
    source = ""
    if any(period.state == State.TRIAL for period in periods):
        rules = rules_at(at).membership
        source = rules.source
        if rules.trial_votes:
            periods = [period for period in periods if period.state != State.TRIAL]
    return {period.member_id: _reason(period, source) for period in periods}


def _reason(period: Period, source: str) -> str:
    if period.state == State.TRIAL:
        told = {"source": source}
        return (
            _("Estás a prueba: el estatuto da voz, y el voto recién con la confirmación (%(source)s).") % told
        )
    until = date_format(period.until, "SHORT_DATE_FORMAT") if period.until else ""
    return _("Tenés una suspensión hasta el %(day)s.") % {"day": until}
