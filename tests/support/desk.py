"""The table at the front: what president and secretary do in an assembly, so that tests read as sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assemblies.domain import attendance, casting, meeting, motions, polls
from assemblies.domain.casting import Recorded
from assemblies.enums import Choice
from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member, SignIn
from tests.support.people import Instants, signed_in

AGENDA = ("Lectura del acta anterior", "Compra de un torno", "Turnos de fin de semana")


@dataclass(frozen=True, slots=True)
class Desk:
    """Every verb has its usual instant and its usual person; a test names only what it is about."""

    president: Member
    secretary: Member
    at: type[Instants] = Instants

    def convene(self, agenda: Sequence[str] = AGENDA, *, starts_at: datetime | None = None) -> Assembly:
        return meeting.convene(
            starts_at=starts_at or self.at.hour,
            place="Nave de montaje",
            agenda=agenda,
            by=self.secretary.actor,
            at=self.at.convening,
        )

    def arrive(self, assembly: Assembly, members: Iterable[Member], at: datetime | None = None) -> None:
        for member in members:
            attendance.check_in(assembly_id=assembly.pk, member=member, at=at or self.at.hour)

    def open(self, assembly: Assembly, at: datetime | None = None) -> Assembly:
        return meeting.open_session(
            assembly_id=assembly.pk, by=self.president.actor, at=at or self.at.opening
        )

    def close(self, assembly: Assembly, at: datetime | None = None) -> Assembly:
        return meeting.close_session(
            assembly_id=assembly.pk, by=self.president.actor, at=at or self.at.closing
        )

    def session(self, present: Iterable[Member]) -> Assembly:
        """Convened, everybody of `present` in, open."""
        assembly = self.convene()
        self.arrive(assembly, present)
        return self.open(assembly)

    def move(self, assembly: Assembly, mover: Member, title: str = "Comprar un torno usado") -> Motion:
        return motions.move(
            item_id=assembly.items.get(position=2).pk,
            title=title,
            text="Se paga en tres veces.",
            mover=mover,
            by=mover.actor,
            at=self.at.moving,
        )

    def second(self, motion: Motion, seconder: Member) -> Motion:
        return motions.second(motion_id=motion.pk, seconder=seconder, by=seconder.actor, at=self.at.moving)

    def seconded(
        self, assembly: Assembly, mover: Member, seconder: Member, title: str = "Comprar un torno"
    ) -> Motion:
        return self.second(self.move(assembly, mover, title), seconder)

    def open_poll(self, motion: Motion, at: datetime | None = None) -> Poll:
        return polls.open_poll(motion_id=motion.pk, by=self.president.actor, at=at or self.at.voting)

    def close_poll(self, poll: Poll, at: datetime | None = None) -> Poll:
        return polls.close_poll(poll_id=poll.pk, by=self.president.actor, at=at or self.at.closing)

    def vote(self, poll: Poll, voter: Member | SignIn, choice: Choice = Choice.YES) -> Recorded:
        """With the voter's own sign-in; a member who has none signs in first."""
        entry = voter if isinstance(voter, SignIn) else signed_in(voter, self.at.convening)
        return casting.cast(poll_id=poll.pk, sign_in=entry.key, choice=choice, at=self.at.voting)
