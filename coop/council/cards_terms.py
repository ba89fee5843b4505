"""What waits out of the terms: a seat left empty, before whoever may see to it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Row
from coop.council.models import SeatKind, Term, seat_name
from coop.council.vacancies import MAY_CALL
from coop.powers import powers_of_member

FILLED = (SeatKind.COUNCIL, SeatKind.AUDITOR)


def _asks(member_id: int, at: datetime) -> Questions:
    if not MAY_CALL & powers_of_member(member_id, at):
        return {}
    later = Term.objects.filter(seat=OuterRef("seat"), during__endswith__gt=at)
    left = Term.objects.filter(
        ~Exists(later), seat__kind__in=FILLED, would_have_ended__gt=at, during__endswith__lte=at
    )
    # Of a chain of them the last, which begins last.
    return {"left": left.order_by("seat__position", "-during").values("seat__code", "pk")}


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
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
