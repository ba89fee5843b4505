"""The certificate of somebody's shares, on paper: what they have on that day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.money import money
from coop.common.time import local_day
from coop.documents.domain import freeze
from coop.documents.models import Document
from coop.members.models import Member
from coop.powers import Actor
from coop.shares.domain.position import Position, position_of
from coop.shares.errors import NothingPaid
from coop.shares.models import Subscription
from coop.statute.domain import cooperative

KIND = "shares"


def key_of(member: Member, held: Position, day: date) -> str:
    """One for each day and state: paying in, or subscribing, makes room for another."""
    return f"shares:{member.number}:{day.isoformat()}:{held.subscribed}:{held.paid}"


@transaction.atomic
def certify(*, member: Member, by: Actor, at: datetime) -> Document:
    """Freezes it; the same one however often it is asked for on that day. Raises NothingPaid."""
    day = local_day(at, cooperative().tz)
    held = position_of(member.pk)
    if not held.paid:
        raise NothingPaid
    with translation.override(cooperative().language):
        title = _("Certificado de cuotas sociales de %(name)s") % {"name": member.name}
        facts = {
            "name": member.name,
            "number": member.number,
            "document": member.document,
            "day": date_format(day, "DATE_FORMAT"),
            "shares": held.shares,
            "subscribed": money(held.subscribed),
            "paid": money(held.paid),
            "left": money(held.left) if held.left else "",
            "lines": [
                _line(one) for one in Subscription.objects.filter(member=member).select_related("resolution")
            ],
        }
        return freeze(kind=KIND, key=key_of(member, held, day), title=title, facts=facts, by=by, at=at)


def _line(one: Subscription) -> dict[str, str]:
    basis = str(one.get_basis_display())
    told = {"resolution": one.resolution}
    return {
        "day": date_format(one.day, "SHORT_DATE_FORMAT"),
        "shares": str(one.shares),
        "value": money(one.value),
        "cents": money(one.cents),
        "basis": _("por la resolución %(resolution)s") % told if one.resolution else basis,
    }


def may_read(document: Document, member_id: int, at: datetime) -> bool:
    """Its owner's alone."""
    return Member.objects.filter(pk=member_id, number=document.facts["number"]).exists()
