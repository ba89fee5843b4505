"""Empty seats: which, who fills them by the statute (ET 51), and the acts that do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from coop.common.errors import NotAllowed
from coop.common.time import midnight
from coop.council import errors
from coop.council.models import Basis, HowEnded, Seat, SeatKind, Term
from coop.council.rotation import check as rotation_check
from coop.council.seating import cut, must_be_free, must_be_member, put_down
from coop.council.seats import codes_of
from coop.members.models import Member
from coop.powers import Actor, Power, powers_of, require
from coop.record.domain import wait_turn
from coop.statute.domain import cooperative, locked, rules_at
from coop.statute.models import day_of

# Calling the next alternate leaves no choice to whoever does it, so whoever is left of these may.
MAY_CALL = frozenset({Power.KEEP_TERMS, Power.FILL_VACANCIES, Power.PRESIDE})
WEEKLY = "weekly"


class Filler(StrEnum):
    ALTERNATE = "alternate"
    AUDITOR = "auditor"
    ASSEMBLY = "assembly"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """`left`: the term cut short whose rest can be held. `alternate`: the term of whoever is next in order.
    `coming`: a term that begins later.
    """

    seat: Seat
    filler: Filler
    left: Term | None = None
    alternate: Term | None = None
    coming: Term | None = None


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything that bears on the seats at an instant: three statements however many there are."""

    at: datetime
    rule: str
    codes: frozenset[str]
    terms: tuple[Term, ...]
    able: frozenset[int]

    def held(self, seat: Seat) -> bool:
        return any(term.seat_id == seat.pk and _holds(term, self.at) for term in self.terms)

    def left(self, seat: Seat) -> Term | None:
        """The last term of the seat, if it was cut short and the time it had is not over."""
        gone = [
            term
            for term in self.terms
            if term.seat_id == seat.pk and not term.during.isempty and term.during.upper <= self.at
        ]
        last = max(gone, key=lambda term: (term.during.upper, term.pk), default=None)
        if last is None or last.would_have_ended is None or last.would_have_ended <= self.at:
            return None
        return last

    def next_alternate(self, seat: Seat) -> Term | None:
        """In their order; who is suspended that day is passed over."""
        kind = {SeatKind.COUNCIL: SeatKind.ALTERNATE, SeatKind.AUDITOR: SeatKind.ALTERNATE_AUDITOR}
        wanted = kind.get(SeatKind(seat.kind))
        able = [
            term
            for term in self.terms
            if term.seat.kind == wanted and _holds(term, self.at) and term.member_id in self.able
        ]
        return min(able, key=lambda term: term.seat.rank, default=None)

    def coming(self, seat: Seat) -> Term | None:
        later = [
            term
            for term in self.terms
            if term.seat_id == seat.pk and not term.during.isempty and term.during.lower > self.at
        ]
        return min(later, key=lambda term: term.during.lower, default=None)

    def vacancy(self, seat: Seat) -> Vacancy:
        left, coming = self.left(seat), self.coming(seat)
        if left is None or self.rule == "assembly":
            return Vacancy(seat, Filler.ASSEMBLY, left, coming=coming)
        assert left.would_have_ended is not None
        # Elected for the next term: what is left of this one is still to be filled.
        if coming is not None and coming.during.lower < left.would_have_ended:
            return Vacancy(seat, Filler.ASSEMBLY, left, coming=coming)
        if (alternate := self.next_alternate(seat)) is not None:
            return Vacancy(seat, Filler.ALTERNATE, left, alternate)
        # The auditor names until an assembly meets: one that met and chose nobody is not the auditor's again.
        met = left.basis == Basis.AUDITOR and left.how_ended == HowEnded.ASSEMBLY_MET
        named = self.rule == "alternates_then_auditor" and seat.kind == SeatKind.COUNCIL and not met
        return Vacancy(seat, Filler.AUDITOR if named else Filler.ASSEMBLY, left)


def vacant(at: datetime) -> list[Vacancy]:
    """Seats of the statute in force that nobody holds at `at`, in order, each with who fills it."""
    scene = _scene(at)
    seats = Seat.objects.filter(code__in=scene.codes)
    return [scene.vacancy(seat) for seat in seats if not scene.held(seat)]


def next_for(seat: Seat, at: datetime) -> Vacancy | None:
    """None while somebody holds it, or the statute does not have it."""
    scene = _scene(at)
    return None if seat.code not in scene.codes or scene.held(seat) else scene.vacancy(seat)


@transaction.atomic
def call_alternate(*, term_id: int, by: Actor, at: datetime) -> Term:
    """The alternate next in order leaves that seat and holds what was left of the term `term_id`.

    Raises NotAllowed, NothingToFill or FilledOtherwise.
    """
    if not MAY_CALL & powers_of(by, at):
        raise NotAllowed(str(Power.KEEP_TERMS.label))
    vacancy, left = _vacancy(term_id, at)
    if vacancy.filler != Filler.ALTERNATE or vacancy.alternate is None:
        raise errors.FilledOtherwise(told(vacancy))
    alternate = (
        Term.objects.select_for_update(of=("self",))
        .select_related("seat", "member")
        .get(pk=vacancy.alternate.pk)
    )
    cut(alternate, HowEnded.MOVED, at, by, at)
    return _fill(left, alternate.member, Basis.ALTERNATE, str(alternate.seat), by, at)


@transaction.atomic
def name_until_assembly(*, term_id: int, member: Member, by: Actor, at: datetime) -> Term:
    """When no alternate is left: whom the auditor names, until an assembly meets.

    Raises NotAllowed, NothingToFill, FilledOtherwise, NotMemberThroughout, OtherSeat or MayNotStand.
    """
    require(by, Power.FILL_VACANCIES, at)
    vacancy, left = _vacancy(term_id, at)
    if vacancy.filler != Filler.AUDITOR:
        raise errors.FilledOtherwise(told(vacancy))
    member = Member.objects.select_for_update().get(pk=member.pk)
    until = _until(left, member)
    must_be_member(member, at, until)
    must_be_free(left.seat, member, at, until)
    rotation_check(seat=left.seat, member=member, first=at, at=at)
    return _fill(left, member, Basis.AUDITOR, by.name, by, at)


@transaction.atomic
def assembly_met(*, kind: str, by: Actor, at: datetime) -> list[Term]:
    """A general assembly closes: whom the auditor named until then goes. A weekly one changes nothing."""
    if kind == WEEKLY:
        return []
    wait_turn()
    locked("terms")
    held = Term.objects.at(at).filter(basis=Basis.AUDITOR)
    named = list(held.select_for_update(of=("self",)).select_related("seat", "member"))
    return [cut(term, HowEnded.ASSEMBLY_MET, at, by, at) for term in named]


def told(vacancy: Vacancy) -> str:
    """Who fills it, as a sentence."""
    if vacancy.coming is not None:
        return _("Ya está asentado quién lo ocupa después: %(name)s.") % {"name": vacancy.coming.member.name}
    if vacancy.filler == Filler.ALTERNATE and vacancy.alternate is not None:
        names = {"name": vacancy.alternate.member.name, "seat": str(vacancy.alternate.seat)}
        return _("Lo cubre quien sigue en orden: %(name)s, de %(seat)s.") % names
    if vacancy.filler == Filler.AUDITOR:
        return _("No queda suplente: la sindicatura nombra a alguien hasta la próxima asamblea.")
    return _("Lo cubre la asamblea con una elección.")


def _scene(at: datetime) -> _Scene:
    rules = rules_at(at)
    return _Scene(
        at=at,
        rule=rules.council.vacancies,
        codes=codes_of(rules),
        terms=tuple(Term.objects.select_related("seat", "member")),
        able=frozenset(Member.objects.in_assembly(day_of(at)).values_list("pk", flat=True)),
    )


def _holds(term: Term, at: datetime) -> bool:
    return not term.during.isempty and term.during.lower <= at < term.during.upper


def _vacancy(term_id: int, at: datetime) -> tuple[Vacancy, Term]:
    """The vacancy that the term left, with the terms locked against everybody. Raises NothingToFill."""
    wait_turn()
    locked("terms")
    asked = Term.objects.select_related("seat").get(pk=term_id)
    found = next_for(asked.seat, at)
    if found is None or found.left is None or found.left.pk != term_id:
        raise errors.NothingToFill(str(asked.seat))
    return found, found.left


def _until(left: Term, member: Member) -> datetime:
    """To the end that the term had, or to the day on which the member leaves, if that is known."""
    assert left.would_have_ended is not None
    if member.left_on is None:
        return left.would_have_ended
    return min(left.would_have_ended, midnight(member.left_on, cooperative().tz))


def _fill(left: Term, member: Member, basis: Basis, called: str, by: Actor, at: datetime) -> Term:
    return put_down(
        Term(
            seat=left.seat,
            member=member,
            during=(at, _until(left, member)),
            elected_by=called,
            basis=basis,
            fills=left,
        ),
        by,
        at,
    )
