"""What an assembly puts on a member's home page: open poll, session, next call, decisions."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assemblies.domain.attendance import CHECK_IN_OPENS
from assemblies.enums import AssemblyKind, AssemblyState, Choice, PollState
from assemblies.models import Assembly, Attendance, Ballot, Poll
from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row

NEWS = timedelta(days=1)


def _asks(member_id: int, at: datetime) -> Questions:
    here = Attendance.objects.filter(assembly=OuterRef("pk"), member_id=member_id, left_at__isnull=True)
    coming = Assembly.objects.exclude(state=AssemblyState.CLOSED).annotate(is_here=Exists(here))
    # What was adopted is a resolution, and the home page lists those.
    rejected = Poll.objects.filter(adopted=False, closed_at__gt=at - NEWS).annotate(title=F("motion__title"))
    return {
        "poll": _open_poll(member_id),
        "coming": coming.order_by("starts_at").values("id", "kind", "state", "starts_at", "place", "is_here")[
            :4
        ],
        "rejected": rejected.values("id", "title", "yes", "no")[:3],
    }


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    yield from map(_to_vote, answers["poll"])
    for assembly in answers["coming"]:
        yield _coming(assembly, at)
    yield from map(_rejected, answers["rejected"])


def _open_poll(member_id: int) -> Question:
    """On whose roll the member is, with their `choice` if they voted and how many `voted`."""
    ballots = Ballot.objects.filter(entry__poll=OuterRef("pk")).order_by()
    polls = Poll.objects.filter(state=PollState.OPEN, roll__member_id=member_id).annotate(
        kind=F("assembly__kind"),
        title=F("motion__title"),
        on_roll=F("present") - F("voice_only"),
        choice=Subquery(ballots.filter(entry__member_id=member_id).values("choice")[:1]),
        voted=Subquery(ballots.values("entry__poll").annotate(n=Count("pk")).values("n")),
    )
    return polls.values("id", "kind", "title", "on_roll", "choice", "voted")[:1]


def _to_vote(poll: Row) -> Card:
    choice = Choice(poll["choice"]) if poll["choice"] else None
    counted = _("Ya votaron %(voted)d de %(of)d. Cierra cuando lo diga la mesa.") % {
        "voted": poll["voted"] or 0,
        "of": poll["on_roll"],
    }
    recorded = _("Tu voto quedó registrado: %(choice)s") % {"choice": choice.label if choice else ""}
    return Card(
        rank=5 if choice else 0,
        kicker=_("Votación abierta · %(kind)s") % {"kind": AssemblyKind(poll["kind"]).label.lower()},
        title=poll["title"],
        text=recorded if choice else counted,
        url=reverse("assemblies:poll", args=[poll["id"]]),
        action=_("Cambiar") if choice else _("Votá ahora"),
        loud=not choice,
    )


def _coming(assembly: Row, at: datetime) -> Card:
    """An assembly that is open or about to begin is loud until the reader has signed the attendance book."""
    starts_at, is_here = datetime.fromisoformat(assembly["starts_at"]), assembly["is_here"]
    is_open = assembly["state"] == AssemblyState.OPEN
    when = date_format(localtime(starts_at), "DATETIME_FORMAT")
    now = is_open or at >= starts_at - CHECK_IN_OPENS
    kicker = _("Abierta ahora") if is_open else _("Empieza pronto")
    return Card(
        rank=1 if is_open else 10,
        kicker=kicker if now else _("Próxima asamblea"),
        title=str(AssemblyKind(assembly["kind"]).label),
        text=f"{when} · {assembly['place']}",
        url=reverse("assemblies:detail", args=[assembly["id"]]),
        action=_("Leer") if not now else _("Entrar") if is_here else _("Anotate como presente"),
        loud=now and (is_open or not is_here),
    )


def _rejected(poll: Row) -> Card:
    return Card(
        rank=20,
        title=poll["title"],
        text=_("Rechazada, %(yes)d a %(no)d") % poll,
        url=reverse("assemblies:poll", args=[poll["id"]]),
        action=_("Ver"),
    )


assembly_cards = Offer(_asks, _tells)
