"""Handovers open by themselves, as soon as a term ends or it is known who comes next."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction

from coop.council.enums_handover import Side
from coop.council.handover.lists import kept, proposed
from coop.council.models import Handover, HandoverItem, Seat, Term
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import locked

# Nobody acts: a day came.
CALENDAR = Actor(member_id=None, number=None, name="el calendario")
# Before a term ends the two may begin already, when it is known who comes.
AHEAD = timedelta(days=30)
# What ended long before the register of terms was loaded was handed over without us.
BACK = timedelta(days=120)

Pair = tuple[Term, Term | None]


@transaction.atomic
def open_due(at: datetime) -> list[Handover]:
    """Opens what is to be handed over at `at`, and writes who comes next where that is new. Twice is fine."""
    locked("council:handovers")
    opened: list[Handover] = []
    there = {one.outgoing_id: one for one in Handover.objects.prefetch_related("signatures")}
    taken = {one.incoming_id for one in there.values()}
    for gone, come in _due(at):
        known = there.get(gone.pk)
        if known is None:
            if come is None or come.member_id != gone.member_id:
                opened.append(_open(gone.seat, gone, _free(come, taken), at))
        elif come is not None and known.incoming_id != come.pk:
            opened += _next(known, gone, come, taken, at)
    return [one for one in opened if one.pk]


def _free(come: Term | None, taken: set[int | None]) -> Term | None:
    return come if come and come.pk not in taken else None


def _next(
    known: Handover, gone: Term, come: Term, taken: set[int | None], at: datetime
) -> Iterator[Handover]:
    """Who comes is written where nobody signed; where the council took it in, it hands it over in turn."""
    if come.pk in taken:
        return
    sides = {one.side for one in known.signatures.all()}
    if not sides:
        known.incoming = come
        known.save(update_fields=["incoming"])
        facts = _facts(known, gone, come)
        write(Act.HANDOVER_CHANGED, by=CALENDAR, at=at, facts={"what": "incoming", **facts})
    elif known.incoming_id is None and Side.IN in sides and len(sides) > 1 and come.during.lower <= at:
        taken.add(come.pk)
        yield _open(gone.seat, None, come, at)


def _due(at: datetime) -> Iterator[Pair]:
    """Each term that ended, or is about to where it is known who comes, with the next of its seat."""
    terms = Term.objects.filter(during__isempty=False, during__endswith__gt=at - BACK)
    by_seat: dict[int, list[Term]] = {}
    for term in terms.select_related("seat", "member").order_by("seat__position", "during"):
        by_seat.setdefault(term.seat_id, []).append(term)
    for held in by_seat.values():
        for gone, come in _pairs(held):
            ended = gone.during.upper <= at
            soon = come is not None and gone.during.upper <= at + AHEAD
            if ended or soon:
                yield gone, come if come and come.during.lower <= at + AHEAD else None


def _pairs(held: Iterable[Term]) -> Iterator[Pair]:
    listed = list(held)
    yield from pairwise(listed)
    yield listed[-1], None


def _open(seat: Seat, gone: Term | None, come: Term | None, at: datetime) -> Handover:
    """Not kept, without a key, for a seat with nothing to hand over."""
    own = kept(seat)
    lines = (
        [(one["kind"], one["text"]) for one in own.items]
        if own
        else [(line.kind.value, line.text) for line in proposed(seat)]
    )
    if not lines:
        return Handover(seat=seat)
    made = Handover.objects.create(seat=seat, outgoing=gone, incoming=come, opened_at=at)
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=made, position=place, kind=kind, text=text, at=at)
        for place, (kind, text) in enumerate(lines, start=1)
    )
    write(Act.HANDOVER_BEGUN, by=CALENDAR, at=at, facts=_facts(made, gone, come))
    return made


def _facts(made: Handover, gone: Term | None, come: Term | None) -> dict[str, object]:
    return {
        "handover": made.pk,
        "seat": made.seat.code,
        "seat_name": made.seat.name,
        "out": {"number": gone.member.number, "name": gone.member.name} if gone else None,
        "in": {"number": come.member.number, "name": come.member.name} if come else None,
    }
