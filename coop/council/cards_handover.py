"""On the home page: for all, terms that end and filings that are late; for each, a handover to finish."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row
from coop.council.enums_handover import Side
from coop.council.filings.state import standing
from coop.council.filings.titles import title_of
from coop.council.models import Handover, HandoverSignature, Term
from coop.council.models.seats import seat_name
from coop.council.reminders import FIRST
from coop.statute.models import day_of

NEAR = 7


def _asks(member_id: int, at: datetime) -> Questions:
    return {"ending": ending(at), "late": late(at), "mine": _mine(member_id, at)}


def ending(at: datetime) -> Question:
    """Terms of today that end within 90 days, whoever reads."""
    soon = Term.objects.at(at).filter(during__endswith__lte=at + FIRST).order_by("during__endswith")
    return soon.annotate(
        ends=F("during__endswith"),
        code=F("seat__code"),
        called=F("seat__name"),
    ).values("ends", "code", "called")


def late(at: datetime) -> Question:
    found = standing().prefetch_related(None).annotate(today=day_of(at))
    told: Question = found.filter(due__lt=F("today")).values("id", "kind", "changed_on", "title", "due")
    return told


def _mine(member_id: int, at: datetime) -> Question:
    """Open ones in which it is this member's turn to sign or to say something."""
    signed = HandoverSignature.objects.filter(handover=OuterRef("pk"))
    gives = Q(~Exists(signed.filter(side__in=[Side.OUT, Side.WITNESS])), outgoing__member=member_id)
    takes = Q(~Exists(signed.filter(side=Side.IN)), incoming__member=member_id)
    held = Handover.objects.filter(gives | takes).exclude(outgoing__member=F("incoming__member"))
    told = held.annotate(code=F("seat__code"), called=F("seat__name"))
    return told.values("id", "code", "called")


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    yield from map(_handover, answers["mine"])
    if overdue := answers["late"]:
        yield _filings(overdue)
    if ends := answers["ending"]:
        yield _ends(ends, at)


def seat_of(row: Row) -> str:
    return row["called"] or seat_name(row["code"])


def _handover(row: Row) -> Card:
    return Card(
        rank=7,
        kicker=_("Traspaso"),
        title=_("Traspaso de %(seat)s") % {"seat": seat_of(row)},
        text=_("Falta lo tuyo: decir qué pasó con cada cosa, y firmar."),
        url=reverse("council:handover", args=[row["id"]]),
        action=_("Abrir el traspaso"),
        loud=True,
    )


def _filings(late: list[Row]) -> Card:
    title = ngettext(
        "%(n)d trámite del consejo está vencido", "%(n)d trámites del consejo están vencidos", len(late)
    )
    first = late[0]
    told = {
        "title": title_of(first["kind"], _day(first["changed_on"]), first["title"]),
        "day": date_format(date.fromisoformat(first["due"]), "SHORT_DATE_FORMAT"),
    }
    return Card(
        rank=11,
        title=title % {"n": len(late)},
        text=_("%(title)s: vencía el %(day)s.") % told,
        url=reverse("council:filings"),
        action=_("Ver los trámites"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ends(ending: list[Row], at: datetime) -> Card:
    """Those that end together with the first."""
    ends = datetime.fromisoformat(ending[0]["ends"])
    together = [row for row in ending if row["ends"] == ending[0]["ends"]]
    last = localtime(ends) - timedelta(microseconds=1)
    days = max(0, (last.date() - localtime(at).date()).days)
    when = ngettext("en %(n)d día", "en %(n)d días", days) % {"n": days} if days else _("hoy")
    title = ngettext("%(n)d mandato termina %(when)s", "%(n)d mandatos terminan %(when)s", len(together)) % {
        "n": len(together),
        "when": when,
    }
    names = ", ".join(seat_of(row) for row in together[:3])
    more = len(together) - 3
    if more > 0:
        names = _("%(names)s y %(n)d más") % {"names": names, "n": more}
    return Card(
        rank=10 if days <= NEAR else 22,
        title=title,
        text=_("%(names)s: hasta el %(day)s.")
        % {"names": names, "day": date_format(last, "SHORT_DATE_FORMAT")},
        url=reverse("council:handovers"),
        action=_("Ver qué termina"),
    )


handover_cards = Offer(_asks, _tells)
