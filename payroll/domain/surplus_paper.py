"""The proposal on paper: its facts go to coop.documents, which draws them."""

from datetime import datetime

from django.utils import translation

from coop.documents.domain import find, freeze
from coop.documents.models import Document
from coop.powers import Actor
from coop.statute.domain import cooperative
from coop.statute.proposals import Facts
from payroll.models import SurplusProposal
from payroll.models.surplus import KIND


def freeze_paper(held: SurplusProposal, *, by: Actor, at: datetime) -> Document:
    """In the transaction that presents it. Advances are no part of the facts."""
    with translation.override(cooperative().language):
        named = translation.gettext("Excedente de %(year)d: %(title)s")
    return freeze(
        kind=KIND,
        key=str(held.pk),
        title=named % {"year": held.year, "title": held.title},
        facts=paper_facts(held),
        by=by,
        at=at,
    )


def paper_facts(held: SurplusProposal) -> Facts:
    return {"year": held.year, "title": held.title, "sha256": held.sha256, "shown": held.facts["shown"]}


def paper_of(held: SurplusProposal) -> Document | None:
    return find(KIND, str(held.pk))
