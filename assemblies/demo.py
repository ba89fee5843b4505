"""Assemblies of the demonstration cooperative: several that were held, one in session with its poll open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from assemblies.domain import meeting, minutes, motions, polls
from assemblies.domain.minutes import Written
from assemblies.domain.minutes_draft import draft_of, last_number, sheet_of
from assemblies.domain.minutes_facts import table_of
from assemblies.enums import Channel, Choice
from assemblies.models import AgendaItem, Assembly, Attendance, Ballot, Motion, Poll
from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.members.models import Member, SignIn
from coop.powers import Actor
from coop.statute.domain import cooperative

PLACE = "Galpón 2"
PHONE_STAYS = timedelta(days=14)
# The demonstration had a paper book before.
LAST_ON_PAPER = 211
Put = Callable[[AgendaItem, list[Member], datetime], Motion]


@dataclass(frozen=True, slots=True)
class Scene:
    """One assembly: agenda (the motion comes under the second item), motion, votes out of ten, debate."""

    agenda: tuple[str, ...]
    title: str
    text: str
    votes: tuple[Choice, ...]
    debate: str = ""


CARRIED = (Choice.YES,) * 6 + (Choice.NO,) * 3 + (Choice.ABSTAIN,)
WIDELY = (Choice.YES,) * 9 + (Choice.ABSTAIN,)
LOST = (Choice.YES,) * 3 + (Choice.NO,) * 6 + (Choice.ABSTAIN,)
SIGNERS = "Designación de dos asociados/as para firmar el acta"
OVEN = Scene(
    (SIGNERS, "Reparación del horno 3"),
    "¿Contratamos la reparación del horno 3?",
    "Hasta $ 4.200.000, antes de fin de mes.",
    CARRIED,
    "El taller presentó dos presupuestos. Hornos pidió que la reparación no pase de un fin de semana.",
)
SHIFTS = Scene(
    (SIGNERS, "Turnos de verano"),
    "¿Pasamos a un solo turno en enero?",
    "De 6 a 14, con guardia rotativa en hornos.",
    LOST,
    "Esmaltado explicó que con un turno no llega a los pedidos de febrero. Se habló de probarlo antes.",
)
PRESS = Scene(
    (SIGNERS, "Compra de la prensa", "Horario de las fiestas", "Varios"),
    "¿Compramos la prensa usada de Cañuelas?",
    "Hasta $ 18.500.000, de la reserva de maquinaria.",
    CARRIED,
)


def morning(at: datetime, days: int) -> datetime:
    """Eight o'clock at the cooperative, that many days before `at`."""
    local = (at - timedelta(days=days)).astimezone(cooperative().tz)
    return local.replace(hour=8, minute=0, second=0, microsecond=0)


def hold(scene: Scene, begins: datetime, put: Put | None = None) -> Assembly:
    """From the call to the end, by the same verbs that the screens use; `put` moves what is voted."""
    poll = _under_vote(scene, begins, put)
    president = holder(SeatCode.PRESIDENT, begins)
    polls.close_poll(poll_id=poll.pk, by=president, at=begins + timedelta(minutes=20))
    return meeting.close_session(
        assembly_id=poll.assembly_id, by=president, at=begins + timedelta(minutes=40)
    )


def write_minutes(assembly: Assembly, scene: Scene, at: datetime, *, close: bool) -> None:
    """The secretary names the signers and writes the debate; with `close` the president closes."""
    secretary, president = holder(SeatCode.SECRETARY, at), holder(SeatCode.PRESIDENT, at)
    numbers = [person.number for person in table_of(assembly).free[3:5]]
    signers = [Member.objects.get(number=number) for number in numbers]
    minutes.name_signers(assembly_id=assembly.pk, members=signers, by=secretary, at=at)
    names = " y ".join(member.name for member in signers)
    written = [
        Written(key="1", text=f"La asamblea designa a {names}.", seen=0),
        Written(key="2", text=scene.debate, seen=0),
    ]
    minutes.write_remarks(assembly_id=assembly.pk, written=written, by=secretary, at=at)
    if not close:
        return
    before = 0 if last_number() else LAST_ON_PAPER
    sheet = sheet_of(draft_of(Assembly.objects.get(pk=assembly.pk)), last_on_paper=before, folio="")
    minutes.close_minutes(
        assembly_id=assembly.pk,
        seen=sheet.sha256,
        last_on_paper=before,
        by=president,
        at=at + timedelta(hours=3),
    )


def begin(scene: Scene, begins: datetime) -> Poll:
    """An assembly in session whose poll waits for the reader."""
    return _under_vote(scene, begins, None)


def holder(seat: SeatCode, at: datetime) -> Actor:
    return Term.objects.at(at).select_related("member").get(seat__code=seat).member.actor


def _under_vote(scene: Scene, begins: datetime, put: Put | None) -> Poll:
    """From the call to an open poll in which most have voted."""
    called = begins - timedelta(days=3)
    # Whoever held the seat then: a new council may have come in between.
    secretary, president = holder(SeatCode.SECRETARY, called), holder(SeatCode.PRESIDENT, begins)
    held = meeting.convene(starts_at=begins, place=PLACE, agenda=scene.agenda, by=secretary, at=called)
    register = Member.objects.on_register(local_day(begins, cooperative().tz)).order_by("number")
    # Number 1 and the officers are in the hall; of the others, eight in nine.
    here = [member for index, member in enumerate(register) if index % 9 != 5]
    arrived = begins - timedelta(minutes=10)
    Attendance.objects.bulk_create(
        Attendance(assembly=held, member=member, arrived_at=arrived, channel=Channel.PHONE) for member in here
    )
    meeting.open_session(assembly_id=held.pk, by=president, at=begins)
    second_item = held.items.get(position=2)
    meeting.go_to_item(assembly_id=held.pk, item_id=second_item.pk, by=president, at=begins)
    motion = (put or _moved(scene))(second_item, here, begins + timedelta(minutes=10))
    opened = polls.open_poll(motion_id=motion.pk, by=president, at=begins + timedelta(minutes=15))
    _vote(opened, scene.votes, begins + timedelta(minutes=17))
    return opened


def _moved(scene: Scene) -> Put:
    def move(item: AgendaItem, here: list[Member], at: datetime) -> Motion:
        return motions.record(
            item_id=item.pk,
            title=scene.title,
            text=scene.text,
            mover=here[3],
            seconder=here[11],
            by=holder(SeatCode.SECRETARY, at),
            at=at,
        )

    return move


def _vote(poll: Poll, votes: tuple[Choice, ...], at: datetime) -> None:
    """Four in five of the roll; not number 1 nor an officer: whoever tries it out votes for them."""
    officers = Term.objects.at(at).values("member_id")
    entries = poll.roll.exclude(member__number=1).exclude(member_id__in=officers).order_by("pk")
    voting = [line for index, line in enumerate(entries.values_list("pk", "member_id")) if index % 5 < 4]
    phones = SignIn.objects.bulk_create(
        SignIn(member_id=member, started_at=at, seen_at=at, expires_at=at + PHONE_STAYS, device="Teléfono")
        for _pk, member in voting
    )
    Ballot.objects.bulk_create(
        Ballot(entry_id=pk, choice=choice, cast_at=at, sign_in=phone.key)
        for (pk, _member), choice, phone in zip(voting, cycle(votes), phones, strict=False)
    )
