"""One cooperative with something on every page, served once for all tests that only read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse

from assemblies.domain import motions
from assemblies.enums import Choice
from assemblies.models import Assembly
from coop.council.models import SeatCode
from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.domain import reverse as reverse_entry
from coop.members.models import Member
from tests.documents.support import PARTED, failed, frozen, made
from tests.journeys import (
    town_access,
    town_beginning,
    town_books,
    town_doctor,
    town_hall,
    town_handover,
    town_members,
    town_pay,
    town_powers,
    town_rotation,
    town_shares,
    town_statute,
    town_surplus,
    town_terms,
    town_work,
)
from tests.ledger.books import bought, moves, paid
from tests.support import people
from tests.support.browser import Person, cookie_of
from tests.support.desk import Desk
from tests.support.minutes import Book
from tests.support.people import Instants

LONG: Final = (
    "¿Compramos la prensa usada de Cañuelas con la reserva de maquinaria, en tres cuotas sin interés, "
    "siempre que el taller electromecánico la revise antes de firmar?"
)
# Who reads the pages: `voted` and `unvoted` are on the open poll's roll, `late` is not.
MEMBERS: Final = {
    "president": 0,
    "secretary": 1,
    "treasurer": 2,
    "voted": 3,
    "unvoted": 4,
    "late": 6,
}


@dataclass(frozen=True, slots=True)
class Page:
    """`args` are keys of Town.keys, or themselves; `who` is None for a stranger."""

    name: str
    who: str | None = "unvoted"
    args: tuple[str | int, ...] = ()
    query: str = ""
    note: str = ""
    status: int = 200

    def __str__(self) -> str:
        parts = (self.name, self.note, *map(str, self.args), self.query, self.who or "stranger")
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class Town:
    address: str = ""
    keys: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def url(self, page: Page) -> str:
        args = [self.keys.get(arg, arg) if isinstance(arg, str) else arg for arg in page.args]
        return f"{self.address}{reverse(page.name, args=args)}{page.query}"

    def show(self, person: Person, page: Page) -> None:
        """The page itself, not one that it sent the reader to."""
        response = person.page.goto(self.url(page))
        assert response is not None
        assert (response.status, response.url) == (page.status, self.url(page))


PAGES: Final = (
    Page("members:sign_in", None),
    Page("portal:components", None),
    Page("portal:home"),
    Page("portal:home", "voted"),
    Page("portal:home", "secretary"),
    Page("assemblies:list"),
    Page("assemblies:list", "secretary"),
    Page("assemblies:detail", args=("running",)),
    Page("assemblies:detail", "voted", ("running",)),
    Page("assemblies:detail", "late", ("running",)),
    Page("assemblies:detail", "secretary", ("running",)),
    Page("assemblies:detail", args=("coming",)),
    Page("assemblies:detail", "president", ("coming",)),
    Page("assemblies:detail", args=("held",)),
    Page("assemblies:board", args=("running",)),
    Page("assemblies:board", args=("coming",)),
    Page("assemblies:board", args=("held",)),
    Page("assemblies:attendance", "secretary", ("running",)),
    Page("assemblies:attendance", "secretary", ("held",)),
    Page("assemblies:attendance", "secretary", ("running",), "?q=nadie", "nobody found"),
    Page("assemblies:attendance", "unvoted", ("running",), note="refused", status=403),
    Page("assemblies:convene", "secretary"),
    Page("assemblies:move", args=("running",)),
    Page("assemblies:move", "secretary", ("running",)),
    Page("assemblies:poll", args=("open",)),
    Page("assemblies:poll", "voted", ("open",)),
    Page("assemblies:poll", "voted", ("open",), "?cambiar"),
    Page("assemblies:poll", "late", ("open",)),
    Page("assemblies:poll", "secretary", ("open",)),
    Page("assemblies:poll", args=("adopted",)),
    Page("assemblies:poll", args=("rejected",)),
    Page("assemblies:poll", args=("nobody",)),
    Page("assemblies:named_list", args=("adopted",)),
    Page("assemblies:minutes", args=("held",), note="draft"),
    Page("assemblies:minutes", "secretary", ("held",), note="draft"),
    Page("assemblies:minutes", args=("written",), note="closed"),
    Page("assemblies:minutes", args=("running",), note="not yet"),
    Page("assemblies:minutes_write", "secretary", ("held",)),
    Page("assemblies:minutes_signers", "secretary", ("held",)),
    Page("assemblies:minutes_close", "treasurer", ("held",)),
    Page("assemblies:minutes_book"),
    Page("council:seats"),
    Page("portal:books"),
    Page("portal:resolutions"),
    Page("portal:resolutions", query="?q=nada+de+eso", note="nothing found"),
    Page("portal:resolution", args=("year", "number")),
    Page("portal:record"),
    Page("portal:record", query="?acto=assembly_closed", note="one act"),
    Page("members:register"),
    Page("members:register", "secretary"),
    Page("members:register", query="?q=nadie", note="nobody found"),
    Page("members:register", query="?bajas=1", note="nobody left"),
    Page("members:member", args=(1,)),
    Page("members:member", "secretary", (4,)),
    Page("members:import_register", "secretary"),
    Page("members:account"),
    Page("members:choose_password"),
    Page("members:member", args=(999,), note="not there", status=404),
    Page("documents:document", args=("printed",)),
    Page("documents:document", args=("printing",), note="on its way"),
    Page("documents:document", args=("unprinted",), note="failed"),
    Page("documents:document", "voted", ("private",), note="not theirs", status=403),
    Page("documents:ask", None),
    Page("documents:verify", None, ("code",)),
    Page("documents:verify", None, ("abcd-efgh-ijkl-mnop",), note="not there", status=404),
    Page("ledger:accounts"),
    Page("ledger:accounts", "treasurer"),
    Page("ledger:mine"),
    Page("ledger:mine", "late", note="nothing yet"),
    Page("ledger:account", args=("1.1",)),
    Page("ledger:account", "treasurer", ("2.1.5",)),
    Page("ledger:group", "treasurer", ("2.1",)),
    Page("ledger:entry", args=("entry",)),
    Page("ledger:entry", "treasurer", ("entry",)),
    Page("ledger:entry", args=("reversed",), note="reversed"),
    *(Page(*page) for page in town_books.PAGES),
    *(Page(*page) for page in town_access.PAGES),
    *(Page(*page) for page in town_hall.PAGES),
    *(Page(*page) for page in town_surplus.PAGES),
    *(Page(*page) for page in town_powers.PAGES),
    *(Page(*page) for page in town_pay.PAGES),
    *(Page(*page) for page in town_members.PAGES),
    *(Page(*page) for page in town_beginning.PAGES),
    *(Page(*page) for page in town_statute.PAGES),
    *(Page(*page) for page in town_doctor.PAGES),
    *(Page(*page) for page in town_shares.PAGES),
    *(Page(*page) for page in town_handover.PAGES),
    *(Page(*page) for page in town_terms.PAGES),
    *(Page(*page) for page in town_rotation.PAGES),
    *(Page(*page) for page in town_work.PAGES),
)
# Answers that are a piece of a page, or no page at all.
NO_PAGES: Final = (
    town_access.NO_PAGES
    | town_handover.NO_PAGES
    | town_beginning.NO_PAGES
    | town_statute.NO_PAGES
    | town_terms.NO_PAGES
    | town_rotation.NO_PAGES
    | town_work.NO_PAGES
    | frozenset(
        {
            "payroll:hours_form",
            "payroll:surplus_input",
            "payroll:payments",
            "assemblies:attendance_live",
            "assemblies:board_live",
            "assemblies:kiosk_done",  # shown once, after an act
            "assemblies:kiosk_live",
            "assemblies:live",
            "assemblies:poll_live",
            "documents:pdf",
            "documents:state",
            "portal:cards",
            "portal:paper_sample",
            "portal:health",
            "members:held_json",
            "members:register_csv",
            "portal:certificate_file",
            "portal:certificate_profile",
        }
    )
)


def populate(town: Town, now: datetime) -> None:
    """A held assembly with three results, one in session with a motion in every state, one to come."""
    people.make_cooperative()
    members = people.make_members(10)
    for seat, member in zip(
        (SeatCode.PRESIDENT, SeatCode.SECRETARY, SeatCode.TREASURER), members[:3], strict=True
    ):
        people.give_seat(member, seat)
    written = _written(members, _instants(now - timedelta(days=14)))
    held = _held(members, _instants(now - timedelta(days=7)))
    running = _running(members, _instants(now))
    coming = Desk(members[0], members[1], _instants(now)).convene(starts_at=now + timedelta(minutes=45))
    _ledger(town, members, adopted_in=held, now=now)
    town.cookies |= town_hall.populate(members, running, now)
    town.keys |= town_surplus.populate(members, now)
    town.keys |= town_pay.populate(members, now)
    town.keys |= town_rotation.populate(members, now)
    town.keys |= town_work.populate(members, now)
    # Before the tenth leaves with their shares.
    town.keys |= town_access.populate(members, now)
    town.keys |= town_members.populate(members, now)
    town_shares.populate(members, now)
    town.keys |= town_statute.populate(members, now)
    town.keys |= town_terms.populate(members, now)
    town.keys |= town_handover.populate(members, now)
    _documents(town, members)
    polls = {poll.motion.title: poll for poll in held.polls.select_related("motion", "resolution")}
    adopted = polls[LONG]
    town.keys |= town_books.populate(members, adopted.resolution, now)
    town.keys |= {
        "held": held.pk,
        "written": written.pk,
        "running": running.pk,
        "coming": coming.pk,
        "open": running.polls.get().pk,
        "adopted": adopted.pk,
        "rejected": polls["Trabajar los domingos"].pk,
        "nobody": polls["Sin votos"].pk,
        "year": adopted.resolution.year,
        "number": adopted.resolution.number,
    }
    town.cookies |= {who: cookie_of(members[index]) for who, index in MEMBERS.items()}


def _instants(began: datetime) -> type[Instants]:
    class Then(Instants):
        convening = began - timedelta(days=3)
        hour = began - timedelta(hours=1)
        opening = hour + timedelta(minutes=5)
        moving = hour + timedelta(minutes=10)
        voting = hour + timedelta(minutes=20)
        closing = hour + timedelta(minutes=50)

    return Then


def _written(members: list[Member], at: type[Instants]) -> Assembly:
    """Its minutes are closed."""
    desk = Desk(members[0], members[1], at)
    assembly = desk.session(members[:6])
    desk.seconded(assembly, members[3], members[4], LONG)
    over = desk.close(assembly)
    Book(desk, members[2]).closed(over, members[3:5], after=211)
    return over


def _held(members: list[Member], at: type[Instants]) -> Assembly:
    desk = Desk(members[0], members[1], at)
    assembly = desk.session(members[:9])
    for title, choices in (
        (LONG, "yynya"),
        ("Trabajar los domingos", "nnny"),
        ("Sin votos", ""),
    ):
        poll = desk.open_poll(desk.seconded(assembly, members[3], members[4], title))
        for member, letter in zip(members[2:], choices, strict=False):
            desk.vote(poll, member, {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN}[letter])
        desk.close_poll(poll)
    return desk.close(assembly)


def _ledger(town: Town, members: list[Member], adopted_in: Assembly, now: datetime) -> None:
    """A month's pay for three people, an advance, and an entry that was taken back."""
    cited = adopted_in.polls.get(motion__title=LONG).resolution
    due = [(one.number, one.name, 123_456_78) for one in members[3:6]]
    paid_entry = paid(due, by=members[2].actor, day=now.date(), at=now, resolution=cited)
    advance = moves((chart.advances(5, members[4].name), 5_000_00), (chart.cash(), -5_000_00))
    post(key="advance", day=now.date(), memo="Adelanto", postings=advance, by=members[2].actor, at=now)
    wrong = bought("wrong", 99_999_99, at=now, day=now.date(), by=members[2].actor)
    reverse_entry(entry_id=wrong.pk, reason="Se cargó dos veces", by=members[2].actor, at=now)
    town.keys |= {"entry": paid_entry.pk, "reversed": wrong.pk}


def _documents(town: Town, members: list[Member]) -> None:
    """One that is ready, one on its way, one that failed, one that is somebody else's."""
    printed = made(frozen(members[1], key="town", title=LONG))
    parts = [{"text": str(number)} for number in range(60)]
    town.keys |= {
        "printed": printed.pk,
        "code": printed.code,
        "printing": frozen(members[1], key="town-2", title="Recibos de marzo", parts=parts).pk,
        "unprinted": failed(frozen(members[1], key="town-3", title="Acta con un error")).pk,
        "private": frozen(members[0], kind=PARTED.name, key="town").pk,
    }


def _running(members: list[Member], at: type[Instants]) -> Assembly:
    desk = Desk(members[0], members[1], at)
    assembly = desk.session(members[:6])
    desk.move(assembly, members[5], "Pintar el portón")
    desk.seconded(assembly, members[3], members[4], "Comprar pintura")
    dropped = desk.move(assembly, members[3], "Cambiar de proveedor")
    motions.withdraw(motion_id=dropped.pk, by=members[3].actor, at=at.moving)
    poll = desk.open_poll(desk.seconded(assembly, members[3], members[4], LONG))
    desk.vote(poll, members[3])
    return Assembly.objects.get(pk=assembly.pk)
