"""The home page asks as much for three of everything as for one, and never more than twelve times."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.domain import mandates
from coop.access import day
from coop.common import home
from coop.common.errors import NotAllowed
from coop.common.together import rows_of
from coop.council.filings.acts import add_filing
from coop.council.handover.opening import open_due
from coop.council.models import HowEnded, SeatCode
from coop.council.seating import cut
from coop.jobs.domain import swaps, turns
from coop.jobs.models import Task, Turn
from coop.members import sanctioning
from coop.members.models import Member, MemberFact
from coop.powers import Actor, Power, may, powers, powers_of_member, reading, require
from coop.shares.domain import bank
from coop.statute import book
from coop.statute.models import Resolution, StatuteVersion
from tests.access.enrolling import enrol
from tests.journeys import town, town_handover, town_members
from tests.shares.sharing import CBU
from tests.support import people
from tests.support.book import copied
from tests.support.desk import Desk
from tests.support.people import Instants
from tests.support.reform import present

pytestmark = pytest.mark.django_db
MOST = 12
ROOMS = {
    *("coop.members.cards", "coop.access.home_cards", "coop.shares.cards", "coop.portal.paper_cards"),
    *("assemblies.cards", "assemblies.minutes_cards", "assemblies.mandate_cards"),
    *("payroll.cards_pay", "payroll.cards_surplus", "coop.statute.cards"),
    *("coop.council.cards_terms", "coop.council.cards_handover", "coop.jobs.cards"),
}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def everything(now: datetime) -> Iterator[list[Member]]:
    """The journeys' town, and one thing more of each that officers and members have to see to."""
    before = list(day._answers)
    town.populate(town.Town(), now)
    members = list(Member.objects.order_by("number"))
    day._answers[:] = [lambda at: True]
    one_more(1, members, now)
    yield members
    day._answers[:] = before


def one_more(nth: int, members: list[Member], now: datetime) -> None:
    """Of whatever may wait more than once, in every room; something of it for each officer."""
    president, secretary, treasurer = members[:3]
    today, decided = timezone.localdate(now), Resolution.objects.order_by("pk").first()
    town_members._asked(f"Nueva {nth}", "Ana", today, secretary.actor, now)
    trial = people.new_member(200 + nth, f"Prueba {nth}", "Ana", joined_on=today - timedelta(days=250))
    other = people.new_member(300 + nth, f"Cambia {nth}", "Ana")
    phone = people.new_member(400 + nth, f"Teléfono {nth}", "Ana")
    Member.objects.bulk_create([trial, other, phone])
    people.give_facts(other, phone)
    told = {"kind": "admitted", "day": trial.joined_on, "resolution": decided, "at": now}
    MemberFact.objects.create(member=trial, position=1, **told)
    trial.periods.create(state="trial", since=trial.joined_on)
    for officer, by in ((president, secretary), (secretary, president), (treasurer, secretary)):
        mandates.give(
            what=f"Encargo {nth}",
            due_on=today - timedelta(days=1),
            resolution=decided,
            members=[officer],
            by=by.actor,
            at=now - timedelta(days=9),
        )
        if officer is not secretary:
            file_on(officer, secretary, now)
    bank.ask(member_id=other.pk, account=CBU, by=secretary.actor, at=now)
    enrol(phone, secretary, now)
    book.enter(line=copied(date(2010, 5, nth), f"Copiada {nth}"), by=secretary.actor, at=now)
    Desk(president, secretary, Instants).convene(starts_at=now + timedelta(days=nth))
    statute = StatuteVersion.objects.last().document
    pay = {**statute["pay"], "label": f"retiro {nth}"}
    present({**statute, "pay": pay}, title=f"Reforma {nth}", at=now)
    in_the_council(nth, members, now)
    on_the_floor(nth, members, now)


def in_the_council(nth: int, members: list[Member], now: datetime) -> None:
    """A seat left empty, a handover the president receives (of a term that ends soon), a late filing."""
    secretary, then = members[1], now - timedelta(days=20)
    gone = people.new_member(500 + nth, f"Renuncia {nth}", "Ana", joined_on=date(2015, 1, 1))
    Member.objects.bulk_create([gone])
    people.give_facts(gone)
    code = (SeatCode.AUDITOR, SeatCode.MEMBER_1, SeatCode.MEMBER_2)[nth - 1]
    term = people.give_seat(gone, code, now - timedelta(days=99), now + timedelta(days=99))
    term.refresh_from_db()
    cut(term, HowEnded.RESIGNED, then, gone.actor, then)
    change = now - timedelta(days=3)
    town_handover._follow(f"grupo_{nth}", f"Comisión {nth}", members[7], members[0], change)
    open_due(now)
    due_on = timezone.localdate(then) + timedelta(days=1)
    add_filing(title=f"Trámite {nth}", due_on=due_on, by=secretary.actor, at=then)


def on_the_floor(nth: int, members: list[Member], now: datetime) -> None:
    """Two weeks more of the town's task, and who has one of them asks the reader to swap."""
    task = Task.objects.get(closed_on__isnull=True)
    for week in (2 * nth, 2 * nth + 1):
        day = timezone.localdate(now) + timedelta(weeks=week)
        turns.arrange(task_id=task.pk, day=day, by=members[1].actor, at=now)
    theirs, mine = (Turn.objects.filter(task=task, member=members[n]).latest("first_day") for n in (3, 4))
    swaps.offer_swap(turn_id=theirs.pk, other_id=mine.pk, by=members[3].actor, at=now)


def file_on(member: Member, secretary: Member, now: datetime) -> None:
    today, by = timezone.localdate(now), secretary.actor
    opened = sanctioning.open_file(member_id=member.pk, charge="Faltó.", opened_on=today, by=by, at=now)
    sanctioning.notify(file_id=opened.pk, day=today, due=today + timedelta(days=9), by=by, at=now)


def asked(member: Member, url: str) -> int:
    client = people.client_of(member)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(url).status_code == 200
    return len(statements)


def test_three_of_everything_in_every_room_ask_no_more_than_one(
    everything: list[Member], now: datetime
) -> None:
    """For each officer and a plain member, the page and what their phone asks every few seconds."""
    readers = [*everything[:3], everything[4]]
    pages = [(reader, url) for reader in readers for url in ("/", "/hoy/tarjetas/")]
    one = [asked(reader, url) for reader, url in pages]
    assert max(one) <= MOST
    before = [home.cards_for(reader.pk, now) for reader in readers]
    for nth in (2, 3):
        one_more(nth, everything, now)
    assert [asked(reader, url) for reader, url in pages] == one
    after = [home.cards_for(reader.pk, now) for reader in readers]
    # Otherwise the counts above count nothing.
    assert all(now_told != told for told, now_told in zip(before, after, strict=True))
    assert silent_rooms(readers, now) == set()


def silent_rooms(readers: list[Member], now: datetime) -> set[str]:
    rooms = {offer.tells.__module__: offer for offer in home._providers if isinstance(offer, home.Offer)}
    assert set(rooms) == ROOMS
    return {name for name, offer in rooms.items() if not any(offer(one.pk, now) for one in readers)}


def test_questions_are_answered_together_each_in_its_order(
    members: list[Member], django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    numbers = Member.objects.order_by("-number").values("number")
    with django_assert_num_queries(1):
        down, nothing, none, joined = rows_of(
            [numbers[:2], numbers.filter(number=0), numbers.none(), numbers.values("joined_on")[:1]]
        )
    assert down == [{"number": len(members)}, {"number": len(members) - 1}]
    assert (nothing, none, joined) == ([], [], [{"joined_on": "2003-03-01"}])
    with django_assert_num_queries(0):
        assert rows_of([]) == []
        assert rows_of([Member.objects.none().values("number")]) == [[]]


def test_a_page_asks_for_powers_once_and_an_act_always(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    somebody, asked_at = Actor(member_id=7, number=7, name="Hugo D'Amico"), []

    def answer(member_id: int, at: datetime) -> frozenset[Power]:
        asked_at.append(at)
        return frozenset({Power.CONVENE})

    monkeypatch.setattr(powers, "_answers", [answer])
    with reading():
        assert may(somebody, Power.CONVENE, now)
        with reading():
            assert not may(somebody, Power.KEEP_ACCOUNTS, now)
        assert powers_of_member(7, now) == {Power.CONVENE}
        assert asked_at == [now]
        assert may(somebody, Power.CONVENE, now + timedelta(seconds=1))
        assert len(asked_at) == 2
        monkeypatch.setattr(powers, "_answers", [])
        assert may(somebody, Power.CONVENE, now)
        with pytest.raises(NotAllowed):
            require(somebody, Power.CONVENE, now)
    assert not may(somebody, Power.CONVENE, now)
