"""What minutes put on a member's home page: to be written, to be closed, just closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assemblies.enums import AssemblyKind, AssemblyState
from assemblies.models import Assembly, Remark, Signer
from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row
from coop.powers import Power, powers_of_member

NEWS = timedelta(days=3)
SHOWN = 3


def _asks(member_id: int, at: datetime) -> Questions:
    return {"latest": _latest(at, member_id)}


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    """Drafts only for those who write or close; news for everybody."""
    latest = answers["latest"]
    drafts = [assembly for assembly in latest if assembly["number"] is None][:SHOWN]
    powers = powers_of_member(member_id, at) if drafts else frozenset()
    for assembly in drafts:
        # Whoever wrote in it is not asked to close; nobody is asked to close what nobody has written.
        ready = assembly["writer"] is not None and assembly["signed"]
        if not ready and Power.WRITE_MINUTES in powers:
            yield _to_write(assembly)
        elif ready and Power.CLOSE_MINUTES in powers and not assembly["own"]:
            yield _to_close(assembly)
    for assembly in [one for one in latest if one["number"] is not None][:SHOWN]:
        yield _closed(assembly)


def _latest(at: datetime, member_id: int) -> Question:
    """The latest assemblies without minutes or with new ones, with their `number`, the last `writer`, whether
    the reader's `own` words are in them, and whether anybody was `signed` in."""
    over = Assembly.objects.filter(state=AssemblyState.CLOSED)
    found = over.filter(Q(minutes__isnull=True) | Q(minutes__closed_at__gt=at - NEWS))
    wrote = Remark.objects.filter(assembly=OuterRef("pk")).order_by("-pk").values("author_id")[:1]
    own = Remark.objects.filter(assembly=OuterRef("pk"), author=member_id).exclude(text="")
    told = found.annotate(
        number=F("minutes__number"),
        writer=Subquery(wrote),
        own=Exists(own),
        signed=Exists(Signer.objects.filter(assembly=OuterRef("pk"))),
    ).order_by("-starts_at")
    return told.values("id", "kind", "starts_at", "number", "writer", "own", "signed")[: 2 * SHOWN]


def _of(assembly: Row) -> str:
    told = {
        "kind": AssemblyKind(assembly["kind"]).label,
        "when": date_format(localtime(datetime.fromisoformat(assembly["starts_at"])), "SHORT_DATE_FORMAT"),
    }
    return _("%(kind)s del %(when)s") % told


def _to_write(assembly: Row) -> Card:
    return Card(
        rank=8,
        title=_("Acta para redactar"),
        text=_("%(assembly)s. Falta la síntesis del debate o anotar quiénes firman.")
        % {"assembly": _of(assembly)},
        url=reverse("assemblies:minutes_write", args=[assembly["id"]]),
        action=_("Redactar"),
    )


def _to_close(assembly: Row) -> Card:
    return Card(
        rank=7,
        title=_("Hay un acta para cerrar"),
        text=_("%(assembly)s. Leela entera antes de cerrarla.") % {"assembly": _of(assembly)},
        url=reverse("assemblies:minutes_close", args=[assembly["id"]]),
        action=_("Leer y cerrar"),
    )


def _closed(assembly: Row) -> Card:
    return Card(
        rank=25,
        title=_("Se cerró el acta N.º %(number)d") % assembly,
        text=_of(assembly),
        url=reverse("assemblies:minutes", args=[assembly["id"]]),
        action=_("Leer"),
    )


minutes_cards = Offer(_asks, _tells)
