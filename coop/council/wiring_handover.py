"""What handovers, filings and reminders tell the rooms below, once, when the application starts."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.home import offers_cards
from coop.common.proof import Proof, proves
from coop.council.cards_handover import handover_cards
from coop.council.handover import paper
from coop.council.models import FilingStep, HandoverItem, HandoverMark, HandoverSignature
from coop.council.proofs_handover import prove_filings, prove_handovers
from coop.council.telling_handover import TOLD
from coop.documents import kinds
from coop.members.held import Held, holds
from coop.record.telling import tells


def wire() -> None:
    tells(TOLD)
    offers_cards(handover_cards)
    holds(held)
    proves(Proof("handovers", gettext_lazy("Traspasos de cargos"), prove_handovers))
    proves(Proof("filings", gettext_lazy("Trámites del consejo"), prove_filings))
    kinds.register(
        kinds.Kind(
            paper.KIND,
            gettext_lazy("Traspaso de un cargo"),
            "council/pdf/handover.html",
            paper.may_read,
            page=paper.page,
            room="council",
        )
    )


def held(member_id: int, at: datetime) -> Iterator[Held]:
    """What was said and signed under somebody's name."""
    rows = sorted(_rows(member_id), key=lambda row: row[0])
    yield Held(
        name="handovers",
        title=_("Lo que dijiste y firmaste en traspasos y trámites del consejo"),
        columns=(_("Cuándo"), _("Dónde"), _("Qué")),
        rows=[
            (date_format(localtime(when), "SHORT_DATETIME_FORMAT"), where, what) for when, where, what in rows
        ],
        why=_("Lo lee cada asociado/a."),
    )


def _rows(member_id: int) -> Iterator[tuple[datetime, str, str]]:
    marks = HandoverMark.objects.filter(by=member_id).select_related("item__handover__seat")
    for mark in marks:
        said = f"{mark.item.text}: {mark.get_said_display()}"
        yield mark.at, str(mark.item.handover.seat), f"{said}. {mark.note}" if mark.note else said
    for item in HandoverItem.objects.filter(added_by=member_id).select_related("handover__seat"):
        yield item.at, str(item.handover.seat), _("sumaste: %(text)s") % {"text": item.text}
    for one in HandoverSignature.objects.filter(by=member_id).select_related("handover__seat"):
        said = _("firma: %(side)s") % {"side": one.get_side_display()}
        yield one.at, str(one.handover.seat), f"{said}. {one.remark}" if one.remark else said
    for step in FilingStep.objects.filter(by=member_id).select_related("filing"):
        said = str(step.get_kind_display())
        yield step.at, step.filing.title, f"{said}. {step.note}" if step.note else said
    for step in FilingStep.objects.filter(who=member_id).exclude(by=member_id).select_related("filing"):
        yield step.at, step.filing.title, _("quedó a tu cargo")
