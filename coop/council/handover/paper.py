"""The paper of a handover that both sides signed: a frozen document, for every member to read."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council.enums_handover import ItemKind, Side
from coop.council.handover.state import LineState, State
from coop.council.models import HandoverMark, HandoverSignature
from coop.documents.domain import find, freeze
from coop.documents.models import Document
from coop.members.models import Member
from coop.powers import Actor
from coop.statute.domain import cooperative

KIND = "handover"


def key_of(handover_id: int) -> str:
    return f"handover:{handover_id}"


def paper_of(handover_id: int) -> Document | None:
    return find(KIND, key_of(handover_id))


def may_read(document: Document, member_id: int, at: datetime) -> bool:
    """Every member."""
    return True


def page(document: Document, member_id: int) -> str:
    return reverse("council:handover", args=[document.facts["handover"]])


def freeze_handover(state: State, by: Actor, at: datetime) -> Document:
    house = cooperative()
    with translation.override(house.language):
        title = _("Traspaso de %(seat)s, %(day)s") % {
            "seat": state.handover.seat,
            "day": date_format(localtime(at, house.tz), "SHORT_DATE_FORMAT"),
        }
        facts = _facts(state, at)
    return freeze(kind=KIND, key=key_of(state.handover.pk), title=title, facts=facts, by=by, at=at)


def _facts(state: State, at: datetime) -> dict[str, Any]:
    zone = cooperative().tz
    return {
        "handover": state.handover.pk,
        "seat": str(state.handover.seat),
        "day": date_format(localtime(at, zone), "DATE_FORMAT"),
        "out": _person(state.outgoing) or _("el consejo de administración"),
        "in": _person(state.incoming) or _("el consejo de administración, con el cargo vacante"),
        "lines": [_line(line) for line in state.lines],
        "differences": state.differences,
        "signatures": [_signature(one, zone) for one in state.signatures.values()],
        "sha256": state.sha256,
    }


def _person(member: Member | None) -> str:
    return _("%(name)s, N.º %(number)s") % {"name": member.name, "number": member.number} if member else ""


def _line(line: LineState) -> dict[str, str]:
    return {
        "n": str(line.item.position),
        "kind": str(ItemKind(line.item.kind).label),
        "text": line.text,
        "out": _said(line.out),
        "in": _said(line.taken),
    }


def _said(mark: HandoverMark | None) -> str:
    if mark is None:
        return "—"
    word = str(mark.get_said_display())
    return f"{word}: {mark.note}" if mark.note else word


def _signature(one: HandoverSignature, zone: Any) -> dict[str, str]:
    return {
        "side": str(Side(one.side).label),
        "who": _person(one.by),
        "at": date_format(localtime(one.at, zone), "SHORT_DATETIME_FORMAT"),
        "remark": one.remark,
    }
