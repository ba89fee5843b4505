"""What the statute puts on the home page: a reform that was presented, to be read before it is voted."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.common.home import Answers, Card, Offer, Questions
from coop.statute.models import StatuteReform, StatuteVersion

# A reform that no assembly has adopted by then is on the page of reforms, and no news.
NEWS = timedelta(days=60)
RANK = 60


def _asks(member_id: int, at: datetime) -> Questions:
    """Those that may still be adopted: begun from the last version."""
    last = StatuteVersion.objects.order_by("-holds_from").values("pk")[:1]
    found = StatuteReform.objects.filter(version__isnull=True, base__in=last, presented_at__gt=at - NEWS)
    return {"reforms": found.filter(presented_at__lte=at).values("pk", "title")}


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    for held in answers["reforms"]:
        yield Card(
            rank=RANK,
            kicker=_("Reforma del estatuto"),
            title=held["title"],
            text=_("Está presentada. Leé qué cambia antes de que la asamblea la vote."),
            url=reverse("statute:reform", args=[held["pk"]]),
            action=_("Ver qué cambia"),
        )


statute_cards = Offer(_asks, _tells)
