"""What an assembly puts on a member's home page: open poll, session, next call, decisions."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assemblies.domain.attendance import CHECK_IN_OPENS
from assemblies.enums import AssemblyState, PollState
from assemblies.models import Assembly, Attendance, Ballot, Poll
from coop.common.home import Card

NEWS = timedelta(days=1)


def assembly_cards(member_id: int, at: datetime) -> Iterator[Card]:
    yield from _open_poll(member_id)
    here = Attendance.objects.filter(assembly=OuterRef("pk"), member_id=member_id, left_at__isnull=True)
    coming = Assembly.objects.exclude(state=AssemblyState.CLOSED).annotate(is_here=Exists(here))
    for assembly in coming.order_by("starts_at")[:4]:
        yield _coming(assembly, at, is_here=assembly.is_here)
    # What was adopted is a resolution, and the home page lists those.
    rejected = Poll.objects.filter(adopted=False, closed_at__gt=at - NEWS).select_related("motion")
    for poll in rejected[:3]:
        yield _rejected(poll)


def _open_poll(member_id: int) -> Iterator[Card]:
    poll = (
        Poll.objects.select_related("motion", "assembly")
        .filter(state=PollState.OPEN, roll__member_id=member_id)
        .first()
    )
    if poll is None:
        return
    ballot = Ballot.objects.filter(entry__poll=poll, entry__member_id=member_id).first()
    voted = Ballot.objects.filter(entry__poll=poll).count()
    counted = _("Ya votaron %(voted)d de %(of)d. Cierra cuando lo diga la mesa.") % {
        "voted": voted,
        "of": poll.entitled,
    }
    recorded = _("Tu voto quedó registrado: %(choice)s") % {
        "choice": ballot.get_choice_display() if ballot else ""
    }
    yield Card(
        rank=0 if ballot is None else 5,
        kicker=_("Votación abierta · %(kind)s") % {"kind": poll.assembly.get_kind_display().lower()},
        title=poll.motion.title,
        text=recorded if ballot else counted,
        url=reverse("assemblies:poll", args=[poll.pk]),
        action=_("Cambiar") if ballot else _("Votá ahora"),
        loud=ballot is None,
    )


def _coming(assembly: Assembly, at: datetime, *, is_here: bool) -> Card:
    """An assembly that is open or about to begin is loud until the reader has signed the attendance book."""
    when = date_format(localtime(assembly.starts_at), "DATETIME_FORMAT")
    now = assembly.is_open or at >= assembly.starts_at - CHECK_IN_OPENS
    kicker = _("Abierta ahora") if assembly.is_open else _("Empieza pronto")
    return Card(
        rank=1 if assembly.is_open else 10,
        kicker=kicker if now else _("Próxima asamblea"),
        title=str(assembly.get_kind_display()),
        text=f"{when} · {assembly.place}",
        url=reverse("assemblies:detail", args=[assembly.pk]),
        action=_("Leer") if not now else _("Entrar") if is_here else _("Anotate como presente"),
        loud=now and (assembly.is_open or not is_here),
    )


def _rejected(poll: Poll) -> Card:
    return Card(
        rank=20,
        title=poll.motion.title,
        text=_("Rechazada, %(yes)d a %(no)d") % {"yes": poll.yes, "no": poll.no},
        url=reverse("assemblies:poll", args=[poll.pk]),
        action=_("Ver"),
    )
