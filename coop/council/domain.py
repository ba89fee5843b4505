"""Who holds which seat, and so which powers, at an instant."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Prefetch, QuerySet

from coop.common.compiled import Compiled
from coop.council.models import Seat, Term
from coop.council.powers import powers_of_seat
from coop.members.models import Member
from coop.powers import Power
from coop.statute.models import day_of


def powers_held(member_id: int, at: datetime) -> frozenset[Power]:
    """The powers of every seat the member holds at `at`; none while suspended or off the register.

    The term goes on by itself: an assembly ends it. One statement, at every act and every page.
    """
    return frozenset[Power]().union(*(powers_of_seat(*seat) for seat in _SEATS_HELD.rows(member_id, at)))


def _seats_held(member_id: int, at: datetime) -> QuerySet[Term, tuple[str, str, str]]:
    in_force = Member.objects.in_assembly(day_of(at))
    held = Term.objects.at(at).filter(member_id=member_id, member__in=in_force)
    return held.values_list("seat__code", "seat__kind", "seat__position_kind")


_SEATS_HELD = Compiled(_seats_held, -1, datetime.min.replace(tzinfo=UTC))


def seats_held(member_id: int, at: datetime) -> list[Seat]:
    return list(Seat.objects.filter(terms__member_id=member_id, terms__during__contains=at))


def council_at(at: datetime) -> Iterable[Seat]:
    """Every seat in order, each with `holding`: the list of its term at `at` (one or none)."""
    holding = Term.objects.at(at).select_related("member")
    return Seat.objects.prefetch_related(Prefetch("terms", queryset=holding, to_attr="holding"))
