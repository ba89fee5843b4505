"""A year's surplus on the home page: what is proposed, and then what it brought."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.common.home import Card
from coop.common.money import money
from payroll.models import SurplusDistribution, SurplusProposal

NEWS = timedelta(days=30)
MINE = """
SELECT COALESCE(sum((part->>'amount')::bigint), 0)
  FROM payroll_surplusproposal p,
       jsonb_array_elements(p.facts->'result'->'returns' || (p.facts->'result'->'share_interest')) part
 WHERE p.id = %(proposal)s
   AND (part->>'number')::bigint = (SELECT m.number FROM members_member m WHERE m.id = %(member)s)
"""


def surplus_cards(member_id: int, at: datetime) -> Iterator[Card]:
    """Two statements when there is nothing new."""
    shared = SurplusDistribution.objects.filter(at__gt=at - NEWS, at__lte=at).first()
    if shared is not None:
        yield _shared(shared, member_id)
    waiting = SurplusProposal.objects.filter(drafted_at__gt=at - NEWS, drafted_at__lte=at).exclude(
        year__in=SurplusDistribution.objects.values("year")
    )
    for proposal in waiting.only("year", "title")[:2]:
        yield _waiting(proposal)


def _shared(done: SurplusDistribution, member_id: int) -> Card:
    told = {"year": done.year, "mine": money(mine := _mine(done.proposal_id, member_id))}
    text = _("Te tocan %(mine)s.") % told if mine else _("Mirá a dónde fue cada peso.")
    return Card(
        rank=15,
        title=_("Se repartió el excedente de %(year)d") % told,
        text=text,
        url=reverse("payroll:surplus_proposal", args=[done.proposal_id]),
        action=_("Ver"),
    )


def _mine(proposal_id: int, member_id: int) -> int:
    """Cents of return and interest, picked out by the database: phones ask for this every few seconds."""
    with connection.cursor() as cursor:
        cursor.execute(MINE, {"proposal": proposal_id, "member": member_id})
        return int(cursor.fetchone()[0])


def _waiting(proposal: SurplusProposal) -> Card:
    return Card(
        rank=16,
        title=_("Cómo repartir el excedente de %(year)d") % {"year": proposal.year},
        text=_("Hay una propuesta: «%(title)s». La decide la asamblea.") % {"title": proposal.title},
        url=reverse("payroll:surplus_proposal", args=[proposal.pk]),
        action=_("Leer"),
    )
