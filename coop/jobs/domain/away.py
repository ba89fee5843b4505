"""Days on which somebody takes no turns. No reason is asked, and none is kept."""

from datetime import date, datetime

from django.db import transaction

from coop.jobs.domain.tasks import today
from coop.jobs.errors import NotYourTurn, WrongDays
from coop.jobs.models import Away
from coop.powers import Actor


@transaction.atomic
def tell_away(*, first_day: date, last_day: date, by: Actor, at: datetime) -> Away:
    """Both days included, from today on. Raises WrongDays."""
    if last_day < first_day or last_day < today(at) or (last_day - first_day).days > 366:
        raise WrongDays
    return Away.objects.create(member_id=by.signature, first_day=first_day, last_day=last_day, at=at)


@transaction.atomic
def call_off_away(*, away_id: int, by: Actor, at: datetime) -> Away:
    """One's own. The same again changes nothing. Raises NotYourTurn."""
    away = Away.objects.select_for_update().get(pk=away_id)
    if away.member_id != by.signature:
        raise NotYourTurn
    if away.called_off_at is None:
        away.called_off_at = at
        away.save(update_fields=["called_off_at"])
    return away
