"""What waits out of the terms: a seat left empty, before whoever may see to it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row
from coop.council.models import SeatKind, Term, seat_name
from coop.council.vacancies import MAY_CALL
from coop.powers import powers_of_member

FILLED = (SeatKind.COUNCIL, SeatKind.AUDITOR)


# So long somebody else's word that their term ended stands on their home page.
TOLD_FOR = timedelta(days=30)
ENDED_BY = ("ended_by__given_names", "ended_by__family_name")


def _asks(member_id: int, at: datetime) -> Questions:
    mine = Term.objects.filter(member=member_id, ended_recorded_at__gt=at - TOLD_FOR).exclude(how_ended="")
    ended = mine.exclude(ended_by=member_id).order_by("pk")
    asked: dict[str, Question] = {"ended": ended.values("pk", "seat__code", "seat__name", *ENDED_BY)}
    if not MAY_CALL & powers_of_member(member_id, at):
        return asked
    later = Term.objects.filter(seat=OuterRef("seat"), during__endswith__gt=at)
    left = Term.objects.filter(
        ~Exists(later), seat__kind__in=FILLED, would_have_ended__gt=at, during__endswith__lte=at
    )
    # Of a chain of them the last, which begins last.
    asked["left"] = left.order_by("seat__position", "-during").values("seat__code", "pk")
    return asked


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    for row in answers["ended"]:
        seat = row["seat__name"] or seat_name(row["seat__code"])
        by = " ".join(row[name] for name in ENDED_BY if row[name])
        yield Card(
            rank=11,
            kicker=_("Consejo"),
            title=_("Se asentó que termina tu mandato en %(seat)s") % {"seat": seat},
            text=_("Lo asentó %(name)s. Fijate cómo y por qué papel.") % {"name": by}
            if by
            else _("Fijate cómo y por qué papel."),
            url=reverse("council:term", args=[row["pk"]]),
            action=_("Ver el mandato"),
        )
    seats: dict[str, Row] = {}
    for row in answers.get("left", []):
        seats.setdefault(row["seat__code"], row)
    for code, row in seats.items():
        yield Card(
            rank=12,
            kicker=_("Consejo"),
            title=_("%(seat)s quedó vacante") % {"seat": seat_name(code)},
            text=_("El estatuto dice quién cubre el cargo."),
            url=reverse("council:vacancy", args=[row["pk"]]),
            action=_("Ver quién sigue"),
        )


CARDS = Offer(_asks, _tells)
