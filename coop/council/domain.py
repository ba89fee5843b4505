"""Who holds which seat, and so which powers, at an instant."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from coop.council.models import Seat, SeatCode, Term
from coop.council.powers import SEAT_POWERS
from coop.members.models import Member
from coop.powers import Power
from coop.statute.models import day_of


def powers_held(member_id: int, at: datetime) -> frozenset[Power]:
    """The powers of every seat the member holds at `at`; none while suspended or off the register.

    The term goes on by itself: an assembly ends it. One statement.
    """
    in_force = Member.objects.in_assembly(day_of(at))
    held = Term.objects.at(at).filter(member_id=member_id, member__in=in_force)
    codes = held.values_list("seat__code", flat=True)
    return frozenset[Power]().union(*(SEAT_POWERS.get(code, frozenset()) for code in codes))


def seats_held(member_id: int, at: datetime) -> list[Seat]:
    return list(Seat.objects.filter(terms__member_id=member_id, terms__during__contains=at))


def council_at(at: datetime) -> Iterable[Seat]:
    """Every seat in order, each with `holding`: the list of its term at `at` (one or none)."""
    holding = Term.objects.at(at).select_related("member")
    return Seat.objects.prefetch_related(Prefetch("terms", queryset=holding, to_attr="holding"))


@transaction.atomic
def ensure_seats() -> None:
    """The nine seats of the statute's council and audit. Running it again changes nothing."""
    for position, code in enumerate(SeatCode, start=1):
        Seat.objects.get_or_create(code=code, defaults={"position": position})
