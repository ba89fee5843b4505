"""What handovers, filings and reminders tell the rooms below, once, when the application starts."""

from django.utils.translation import gettext_lazy as _

from coop.council.handover import paper
from coop.documents import kinds


def wire() -> None:
    kinds.register(
        kinds.Kind(
            paper.KIND,
            _("Traspaso de un cargo"),
            "council/pdf/handover.html",
            paper.may_read,
            page=paper.page,
            room="council",
        )
    )
