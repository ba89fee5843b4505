"""An assembly that is over, with something of everything in it, and what is done with its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assemblies.domain import minutes, motions
from assemblies.domain.minutes import Written
from assemblies.domain.minutes_draft import draft_of, sheet_of
from assemblies.enums import Choice
from assemblies.models import Assembly, Minutes
from coop.members.models import Member
from tests.support.desk import Desk

DEBATE = "Se leyó el presupuesto.\n\nÉlida preguntó por la garantía; son «seis meses» <sin cargo>."


@dataclass(frozen=True, slots=True)
class Book:
    """Verbs with their usual person: the secretary writes and names, the treasurer closes."""

    desk: Desk
    closer: Member

    @property
    def later(self) -> datetime:
        return self.desk.at.closing + timedelta(hours=1)

    def write(
        self, assembly: Assembly, key: str = "2", text: str = DEBATE, seen: int = 0, by: Member | None = None
    ) -> None:
        minutes.write_remarks(
            assembly_id=assembly.pk,
            written=[Written(key, text, seen)],
            by=(by or self.desk.secretary).actor,
            at=self.later,
        )

    def name(self, assembly: Assembly, signers: Sequence[Member], by: Member | None = None) -> None:
        minutes.name_signers(
            assembly_id=assembly.pk,
            members=signers,
            by=(by or self.desk.secretary).actor,
            at=self.later,
        )

    def text(self, assembly: Assembly, after: int = 0, folio: str = "") -> str:
        return sheet_of(draft_of(assembly), last_on_paper=after, folio=folio).text

    def seen(self, assembly: Assembly, after: int = 0, folio: str = "") -> str:
        return sheet_of(draft_of(assembly), last_on_paper=after, folio=folio).sha256

    def close(
        self,
        assembly: Assembly,
        *,
        after: int = 0,
        folio: str = "",
        seen: str | None = None,
        by: Member | None = None,
    ) -> Minutes:
        return minutes.close_minutes(
            assembly_id=assembly.pk,
            seen=self.seen(assembly, after, folio) if seen is None else seen,
            last_on_paper=after,
            folio=folio,
            by=(by or self.closer).actor,
            at=self.later,
        )

    def closed(self, assembly: Assembly, signers: Sequence[Member], after: int = 0) -> Minutes:
        """Written, signed and closed."""
        self.write(assembly)
        self.name(assembly, signers)
        return self.close(assembly, after=after)


def held(desk: Desk, members: Sequence[Member], *, later: timedelta = timedelta(0)) -> Assembly:
    """Over: a motion carried, one lost, one taken back, one that nobody seconded."""
    assembly = desk.convene(starts_at=desk.at.hour + later)
    desk.arrive(assembly, members, at=desk.at.hour + later)
    desk.open(assembly, at=desk.at.opening + later)
    for title, choices in (("Comprar un torno", "yyyna"), ("Trabajar los domingos", "nny")):
        poll = desk.open_poll(desk.seconded(assembly, members[3], members[4], title))
        for member, letter in zip(members, choices, strict=False):
            desk.vote(poll, member, {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN}[letter])
        desk.close_poll(poll)
    back = desk.move(assembly, members[5], "Pintar el portón")
    motions.withdraw(motion_id=back.pk, by=members[5].actor, at=desk.at.voting + later)
    desk.move(assembly, members[5], "Cambiar de proveedor")
    return desk.close(assembly, at=desk.at.closing + later)
