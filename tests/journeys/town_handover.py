"""Handovers and filings in the town that is only read: one open, one signed, a filing that is late."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Max

from coop.council.enums_handover import Said, StepKind
from coop.council.filings import acts as filings
from coop.council.filings.acts import Step
from coop.council.handover import acts
from coop.council.handover.opening import open_due
from coop.council.models import Handover, Seat, SeatKind, Term
from coop.members.models import Member
from tests.council.handing import BEGAN, finished

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("council:handovers",),
    ("council:handover", "unvoted", ("handover",)),
    ("council:handover", "late", ("handover",), "", "hands over"),
    ("council:handover", "voted", ("handover_done",), "", "signed"),
    ("council:handover_list", "unvoted", ("auditor",)),
    ("council:handover_list", "secretary", ("auditor",)),
    ("council:filings",),
    ("council:filings", "secretary"),
    ("council:filing", "unvoted", ("filing_late",), "", "late"),
    ("council:filing", "secretary", ("filing_late",)),
    ("council:filing", "unvoted", ("filing_done",), "", "done"),
)
NO_PAGES: Final = frozenset(
    {
        "council:handover_add",
        "council:handover_sign",
        "council:handover_say",
        "council:filing_add",
        "council:filing_days",
    }
)
DAY = timedelta(days=1)


def populate(members: list[Member], now: datetime) -> dict[str, int]:
    """The seventh, who reads as `late`, left a responsibility three days ago; another is signed for."""
    secretary, reader = members[1], members[6]
    _follow("herramientas", "Pañol de herramientas", reader, members[5], now - 3 * DAY)
    _follow("feria", "Comisión de la feria", members[7], members[8], now - 20 * DAY)
    open_due(now)
    handover = Handover.objects.get(outgoing__member=reader)
    done = Handover.objects.get(outgoing__member=members[7])
    item = handover.items.first()
    acts.say(item_id=item.pk, said=Said.GIVEN, note="", by=reader.actor, at=now)
    acts.say(item_id=item.pk, said=Said.MISSING, note="Falta la del portón.", by=members[5].actor, at=now)
    finished(done, members[7], members[8], now)
    return {
        "handover": handover.pk,
        "handover_done": done.pk,
        "handover_item": item.pk,
        **_filings(secretary, now),
    }


def _filings(secretary: Member, now: datetime) -> dict[str, int]:
    """One is ten days late though it was put off; one is done."""
    then = now - 20 * DAY
    late, over = (
        filings.add_filing(title=title, due_on=(then + DAY).date(), by=secretary.actor, at=then)
        for title in ("Registrar el reglamento interno", "Presentar el balance")
    )
    step = Step(StepKind.PUT_OFF, due_on=(now - 10 * DAY).date(), note="El banco dio otro turno.")
    filings.write_step(filing_id=late.pk, step=step, by=secretary.actor, at=then)
    ended = Step(StepKind.DONE, day=(then + DAY).date(), number="EX-2026-114")
    filings.write_step(filing_id=over.pk, step=ended, by=secretary.actor, at=now)
    return {"filing_late": late.pk, "filing_done": over.pk}


def _follow(key: str, name: str, gone: Member, come: Member, change: datetime) -> None:
    """A seat that no other page of the town has, held by one until `change` and by the other after."""
    place = (Seat.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    seat = Seat.objects.create(
        code=f"p_{key}_1",
        position=place,
        kind=SeatKind.POSITION,
        rank=1,
        key=key,
        position_kind="delegate",
        name=name,
    )
    for member, first, end in ((gone, BEGAN, change), (come, change, change + 80 * DAY)):
        Term.objects.create(seat=seat, member=member, during=(first, end), elected_by="Asamblea de trabajo")
