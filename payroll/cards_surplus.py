"""A year's surplus on the home page: what is proposed, and then what it brought."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.money import money
from coop.common.together import Row
from payroll.models import SurplusDistribution, SurplusProposal

NEWS = timedelta(days=30)
# Cents of return and interest, picked out by the database: phones ask for this every few seconds.
MINE = """
SELECT COALESCE(sum((part->>'amount')::bigint), 0)::bigint
  FROM payroll_surplusproposal p,
       jsonb_array_elements(p.facts->'result'->'returns' || (p.facts->'result'->'share_interest')) part
 WHERE p.id = payroll_surplusdistribution.proposal_id
   AND (part->>'number')::bigint = (SELECT m.number FROM members_member m WHERE m.id = %s)
"""


def _asks(member_id: int, at: datetime) -> Questions:
    new = SurplusDistribution.objects.filter(at__gt=at - NEWS, at__lte=at)
    shared = new.annotate(mine=RawSQL(MINE, [member_id], BigIntegerField()))  # noqa: S611 - constant
    waiting = SurplusProposal.objects.filter(drafted_at__gt=at - NEWS, drafted_at__lte=at).exclude(
        year__in=SurplusDistribution.objects.values("year")
    )
    return {
        "shared": shared.values("proposal_id", "year", "mine")[:1],
        "waiting": waiting.values("id", "year", "title")[:2],
    }


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    yield from map(_shared, answers["shared"])
    yield from map(_waiting, answers["waiting"])


def _shared(done: Row) -> Card:
    told = {"year": done["year"], "mine": money(done["mine"])}
    text = _("Te tocan %(mine)s.") % told if done["mine"] else _("Mirá a dónde fue cada peso.")
    return Card(
        rank=15,
        title=_("Se repartió el excedente de %(year)d") % told,
        text=text,
        url=reverse("payroll:surplus_proposal", args=[done["proposal_id"]]),
        action=_("Ver"),
    )


def _waiting(proposal: Row) -> Card:
    return Card(
        rank=16,
        title=_("Cómo repartir el excedente de %(year)d") % proposal,
        text=_("Hay una propuesta: «%(title)s». La decide la asamblea.") % proposal,
        url=reverse("payroll:surplus_proposal", args=[proposal["id"]]),
        action=_("Leer"),
    )


surplus_cards = Offer(_asks, _tells)
