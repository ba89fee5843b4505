"""What the surplus puts on other rooms' boards when the application starts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coop.common.home import offers_cards
from coop.common.proof import proves
from coop.documents import kinds as documents
from coop.documents.models import Document
from coop.statute import proposals
from coop.statute.domain import on_adopted
from coop.statute.models import Matter
from payroll.cards_surplus import surplus_cards
from payroll.domain.surplus_adopting import check, distribute
from payroll.models.surplus import KIND
from payroll.proofs_surplus import SURPLUS


def every_member(document: Document, member_id: int, at: datetime) -> bool:
    return True


def furnish() -> None:
    offers_cards(surplus_cards)
    proves(SURPLUS)
    proposals.register(KIND, proposals.Kind(page=_page, check=check))
    on_adopted(Matter.SURPLUS_DISTRIBUTION, distribute)
    documents.register(
        documents.Kind(
            name=KIND,
            label=_("Propuesta de reparto"),
            template="payroll/pdf/surplus.html",
            may_read=every_member,
            public_title=True,
            page=_printed_from,
            room="accounts",
        )
    )


def _printed_from(document: Document, member_id: int) -> str:
    return _page(int(document.key.rpartition(":")[2]))


def _page(proposal_id: int) -> str:
    return reverse("payroll:surplus_proposal", args=[proposal_id])
