"""Assemblies of the demonstration cooperative: two that were held, one that begins shortly."""

from datetime import datetime, timedelta
from itertools import cycle, islice

from assemblies.domain import attendance, meeting, motions, polls
from assemblies.enums import Choice
from assemblies.models import Assembly, Ballot, Poll
from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.members.models import Member
from coop.powers import Actor
from coop.statute.domain import cooperative

PLACE = "Galpón 2"
PAST = (
    (
        14,
        "Reparación del horno 3",
        "¿Contratamos la reparación del horno 3?",
        "Hasta $ 4.200.000, antes de fin de mes.",
    ),
    (
        7,
        "Turnos de verano",
        "¿Pasamos a un solo turno en enero?",
        "De 6 a 14, con guardia rotativa en hornos.",
    ),
)
COMING = ("Informe de la semana", "Compra de la prensa usada de Cañuelas", "Horario de las fiestas", "Varios")
# Out of every ten: the first motion is carried, the second is not.
VOTES = (
    (Choice.YES,) * 6 + (Choice.NO,) * 3 + (Choice.ABSTAIN,),
    (Choice.YES,) * 3 + (Choice.NO,) * 6 + (Choice.ABSTAIN,),
)


def load(at: datetime) -> None:
    """Idempotent: nothing is added to a database that already has an assembly."""
    if Assembly.objects.exists():
        return
    for (days, item, title, text), votes in zip(PAST, VOTES, strict=True):
        _held(at - timedelta(days=days), item, title, text, votes)
    begins = (at + timedelta(minutes=30)).replace(second=0, microsecond=0)
    meeting.convene(
        starts_at=begins,
        place=PLACE,
        agenda=COMING,
        by=_holder(SeatCode.SECRETARY, at),
        at=at - timedelta(days=3),
    )


def _held(day: datetime, item: str, title: str, text: str, votes: tuple[Choice, ...]) -> None:
    """One assembly from call to close, by the same verbs that the screens use."""
    zone = cooperative().tz
    begins = day.astimezone(zone).replace(hour=8, minute=0, second=0, microsecond=0)
    secretary, president = _holder(SeatCode.SECRETARY, begins), _holder(SeatCode.PRESIDENT, begins)
    held = meeting.convene(
        starts_at=begins,
        place=PLACE,
        agenda=("Informe de la semana", item),
        by=secretary,
        at=begins - timedelta(days=3),
    )
    here = list(Member.objects.on_register(local_day(begins, zone)).order_by("number"))
    here = [member for index, member in enumerate(here) if index % 9]
    for member in here:
        attendance.check_in(assembly_id=held.pk, member=member, at=begins - timedelta(minutes=10))
    meeting.open_session(assembly_id=held.pk, by=president, at=begins)
    second_item = held.items.last()
    if second_item is None:
        return
    meeting.go_to_item(assembly_id=held.pk, item_id=second_item.pk, by=president, at=begins)
    motion = motions.record(
        item_id=second_item.pk,
        title=title,
        text=text,
        mover=here[3],
        seconder=here[11],
        by=secretary,
        at=begins + timedelta(minutes=10),
    )
    opened = polls.open_poll(motion_id=motion.pk, by=president, at=begins + timedelta(minutes=15))
    _vote(opened, votes, begins + timedelta(minutes=17))
    polls.close_poll(poll_id=opened.pk, by=president, at=begins + timedelta(minutes=20))
    meeting.close_session(assembly_id=held.pk, by=president, at=begins + timedelta(minutes=40))


def _vote(poll: Poll, votes: tuple[Choice, ...], at: datetime) -> None:
    """Four in five of the roll vote."""
    entries = [
        pk for index, pk in enumerate(poll.roll.order_by("pk").values_list("pk", flat=True)) if index % 5
    ]
    choices = islice(cycle(votes), len(entries))
    Ballot.objects.bulk_create(
        Ballot(entry_id=pk, choice=choice, cast_at=at) for pk, choice in zip(entries, choices, strict=True)
    )


def _holder(seat: SeatCode, at: datetime) -> Actor:
    return Term.objects.at(at).select_related("member").get(seat__code=seat).member.actor
