"""Assemblies of the demonstration cooperative: two that were held, one in session with its poll open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from assemblies.domain import attendance, meeting, motions, polls
from assemblies.enums import Choice
from assemblies.models import Assembly, Ballot, Poll
from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.members.models import Member
from coop.powers import Actor
from coop.statute.domain import cooperative

PLACE = "Galpón 2"


@dataclass(frozen=True, slots=True)
class Scene:
    """One assembly: agenda (the motion comes under the second item), motion, votes out of ten."""

    agenda: tuple[str, ...]
    title: str
    text: str
    votes: tuple[Choice, ...]


CARRIED = (Choice.YES,) * 6 + (Choice.NO,) * 3 + (Choice.ABSTAIN,)
LOST = (Choice.YES,) * 3 + (Choice.NO,) * 6 + (Choice.ABSTAIN,)
OVEN = Scene(
    ("Informe de la semana", "Reparación del horno 3"),
    "¿Contratamos la reparación del horno 3?",
    "Hasta $ 4.200.000, antes de fin de mes.",
    CARRIED,
)
SHIFTS = Scene(
    ("Informe de la semana", "Turnos de verano"),
    "¿Pasamos a un solo turno en enero?",
    "De 6 a 14, con guardia rotativa en hornos.",
    LOST,
)
PRESS = Scene(
    ("Informe de la semana", "Compra de la prensa", "Horario de las fiestas", "Varios"),
    "¿Compramos la prensa usada de Cañuelas?",
    "Hasta $ 18.500.000, de la reserva de maquinaria.",
    CARRIED,
)


def load(at: datetime) -> None:
    """Idempotent: nothing is added to a database that already has an assembly."""
    if Assembly.objects.exists():
        return
    for days, scene in ((14, OVEN), (7, SHIFTS)):
        morning = (at - timedelta(days=days)).astimezone(cooperative().tz)
        begins = morning.replace(hour=8, minute=0, second=0, microsecond=0)
        poll = _under_vote(scene, begins)
        president = _holder(SeatCode.PRESIDENT, begins)
        polls.close_poll(poll_id=poll.pk, by=president, at=begins + timedelta(minutes=20))
        meeting.close_session(assembly_id=poll.assembly_id, by=president, at=begins + timedelta(minutes=40))
    _under_vote(PRESS, (at - timedelta(minutes=20)).replace(second=0, microsecond=0))


def _under_vote(scene: Scene, begins: datetime) -> Poll:
    """From the call to an open poll in which most have voted, by the same verbs that the screens use."""
    secretary, president = _holder(SeatCode.SECRETARY, begins), _holder(SeatCode.PRESIDENT, begins)
    called = begins - timedelta(days=3)
    held = meeting.convene(starts_at=begins, place=PLACE, agenda=scene.agenda, by=secretary, at=called)
    register = Member.objects.on_register(local_day(begins, cooperative().tz)).order_by("number")
    # Number 1 and the officers are in the hall; of the others, eight in nine.
    here = [member for index, member in enumerate(register) if index % 9 != 5]
    for member in here:
        attendance.check_in(assembly_id=held.pk, member=member, at=begins - timedelta(minutes=10))
    meeting.open_session(assembly_id=held.pk, by=president, at=begins)
    second_item = held.items.get(position=2)
    meeting.go_to_item(assembly_id=held.pk, item_id=second_item.pk, by=president, at=begins)
    motion = motions.record(
        item_id=second_item.pk,
        title=scene.title,
        text=scene.text,
        mover=here[3],
        seconder=here[11],
        by=secretary,
        at=begins + timedelta(minutes=10),
    )
    opened = polls.open_poll(motion_id=motion.pk, by=president, at=begins + timedelta(minutes=15))
    _vote(opened, scene.votes, begins + timedelta(minutes=17))
    return opened


def _vote(poll: Poll, votes: tuple[Choice, ...], at: datetime) -> None:
    """Four in five of the roll; not number 1 nor an officer: whoever tries it out votes for them."""
    officers = Term.objects.at(at).values("member_id")
    entries = poll.roll.exclude(member__number=1).exclude(member_id__in=officers).order_by("pk")
    voting = [pk for index, pk in enumerate(entries.values_list("pk", flat=True)) if index % 5 < 4]
    Ballot.objects.bulk_create(
        Ballot(entry_id=pk, choice=choice, cast_at=at)
        for pk, choice in zip(voting, cycle(votes), strict=False)
    )


def _holder(seat: SeatCode, at: datetime) -> Actor:
    return Term.objects.at(at).select_related("member").get(seat__code=seat).member.actor
