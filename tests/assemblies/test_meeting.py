"""The assembly's verbs: convened, attended, opened, led, closed."""

from datetime import timedelta

import pytest

from assemblies.domain import attendance, meeting
from assemblies.enums import AssemblyState, Channel, MotionState
from assemblies.errors import (
    AssemblyAlreadyOpen,
    AssemblyNotOpen,
    AssemblyStateChanged,
    EmptyAgenda,
    PollStillOpen,
    QuorumNotMet,
    StartsInThePast,
)
from assemblies.models import AgendaItem, Assembly, Attendance
from coop.common.errors import NotAllowed
from coop.council.models import SeatCode
from coop.members.errors import NotOnRegister
from coop.members.models import Member
from coop.powers import Actor, system
from coop.record.models import Act, Entry
from tests.support.people import Instants, give_seat, new_member

pytestmark = pytest.mark.django_db


def convened(by: Actor, **values) -> Assembly:
    told = {
        "starts_at": Instants.hour,
        "place": "Nave",
        "agenda": ["Uno"],
        "at": Instants.convening,
        **values,
    }
    return meeting.convene(by=by, **told)


def last_act() -> tuple[str, int | None, dict]:
    entry = Entry.objects.order_by("-position").first()
    return entry.act, entry.actor_number, entry.facts


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Assembly, AgendaItem, Attendance, Entry))


# --- convening ---


def test_an_assembly_is_convened_with_its_agenda_in_order(secretary):
    made = convened(secretary.actor, agenda=["  Lectura   del acta ", "", "  ", "Varios"])
    assert (made.state, made.starts_at, made.place) == (AssemblyState.CONVENED, Instants.hour, "Nave")
    assert (made.convened_by, made.convened_at) == (secretary, Instants.convening)
    assert [(item.position, item.title) for item in made.items.all()] == [
        (1, "Lectura del acta"),
        (2, "Varios"),
    ]
    assert last_act() == (
        Act.ASSEMBLY_CONVENED,
        2,
        {
            "assembly": made.pk,
            "kind": "weekly",
            "place": "Nave",
            "agenda": ["Lectura del acta", "Varios"],
            "starts_at": "2026-03-11T21:00:00+00:00",
        },
    )


@pytest.mark.parametrize("agenda", [[], [""], ["  ", "\t\n"]])
def test_an_agenda_has_at_least_one_item(secretary, agenda):
    before = written()
    with pytest.raises(EmptyAgenda):
        convened(secretary.actor, agenda=agenda)
    assert written() == before


@pytest.mark.parametrize("starts_at", [Instants.convening, Instants.convening - timedelta(seconds=1)])
def test_an_assembly_begins_later_than_it_is_convened(secretary, starts_at):
    before = written()
    with pytest.raises(StartsInThePast):
        convened(secretary.actor, starts_at=starts_at)
    assert written() == before


# --- powers: each verb, for whoever does not hold the power today ---


def strangers(members) -> dict[str, Actor]:
    """A member without a seat, one whose seat gives no power, and the server's command line."""
    midnight = Instants.hour.replace(hour=3)
    give_seat(
        members[5], SeatCode.ALTERNATE_1, midnight - timedelta(days=300), midnight + timedelta(days=300)
    )
    return {"member": members[4].actor, "another seat": members[5].actor, "administration": system()}


@pytest.fixture
def ended_yesterday(members):
    """Held both governing seats, one after the other, until the midnight that began the assembly's day."""
    midnight = Instants.hour.replace(hour=3)
    give_seat(members[6], SeatCode.PRESIDENT, midnight - timedelta(days=700), midnight - timedelta(days=350))
    give_seat(members[6], SeatCode.SECRETARY, midnight - timedelta(days=350), midnight)
    return members[6]


VERBS = {
    "convene": lambda assembly, members, by: convened(
        by, starts_at=Instants.closing + timedelta(days=1), at=Instants.opening
    ),
    "open": lambda assembly, members, by: meeting.open_session(
        assembly_id=assembly.pk, by=by, at=Instants.opening
    ),
    "go to item": lambda assembly, members, by: meeting.go_to_item(
        assembly_id=assembly.pk, item_id=assembly.items.last().pk, by=by, at=Instants.opening
    ),
    "close": lambda assembly, members, by: meeting.close_session(
        assembly_id=assembly.pk, by=by, at=Instants.opening
    ),
    "tick": lambda assembly, members, by: attendance.tick(
        assembly_id=assembly.pk, member=members[3], present=True, by=by, at=Instants.opening
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_of_the_desk_is_anybodys(cooperative, members, president, assembly, verb):
    for who, by in strangers(members).items():
        before = written()
        with pytest.raises(NotAllowed):
            VERBS[verb](assembly, members, by)
        assert (who, written()) == (who, before)


@pytest.mark.parametrize("verb", VERBS)
def test_a_power_that_ended_yesterday_is_none(cooperative, ended_yesterday, members, verb):
    give_seat(members[0], SeatCode.PRESIDENT, Instants.hour.replace(hour=3))
    assembly = convened(members[0].actor, at=Instants.hour.replace(hour=3))
    before = written()
    with pytest.raises(NotAllowed):
        VERBS[verb](assembly, members, ended_yesterday.actor)
    assert written() == before


def test_the_same_power_held_the_evening_before(cooperative, ended_yesterday):
    last_instant = Instants.hour.replace(hour=3) - timedelta(microseconds=1)
    assert convened(ended_yesterday.actor, at=last_instant).convened_by == ended_yesterday


def test_the_treasurer_neither_convenes_nor_presides(treasurer, president, assembly):
    with pytest.raises(NotAllowed):
        convened(treasurer.actor)
    with pytest.raises(NotAllowed):
        meeting.open_session(assembly_id=assembly.pk, by=treasurer.actor, at=Instants.opening)


def test_the_president_does_not_keep_the_attendance_book(president, assembly, member):
    with pytest.raises(NotAllowed):
        attendance.tick(
            assembly_id=assembly.pk, member=member, present=True, by=president.actor, at=Instants.hour
        )


# --- the attendance book ---


def book(assembly: Assembly) -> list[tuple]:
    rows = Attendance.objects.filter(assembly=assembly)
    return [(row.member_id, row.channel, row.arrived_at, row.left_at) for row in rows]


def test_a_member_signs_the_book_from_their_phone_and_twice_changes_nothing(assembly, member):
    first = attendance.check_in(assembly_id=assembly.pk, member=member, at=Instants.hour)
    again = attendance.check_in(assembly_id=assembly.pk, member=member, at=Instants.opening)
    assert again == first
    assert book(assembly) == [(member.pk, Channel.PHONE, Instants.hour, None)]


def test_the_secretary_ticks_who_has_no_phone_and_it_is_on_the_record(assembly, secretary, member):
    for _ in range(2):
        attendance.tick(
            assembly_id=assembly.pk, member=member, present=True, by=secretary.actor, at=Instants.hour
        )
    assert book(assembly) == [(member.pk, Channel.DESK, Instants.hour, None)]
    assert last_act() == (
        Act.ATTENDANCE_MARKED,
        2,
        {"assembly": assembly.pk, "member": 4, "name": "Omar Águila", "present": True},
    )
    assert Entry.objects.filter(act=Act.ATTENDANCE_MARKED).count() == 1


def test_who_leaves_and_comes_back_has_two_rows(assembly, secretary, member):
    attendance.check_in(assembly_id=assembly.pk, member=member, at=Instants.hour)
    for _ in range(2):
        attendance.tick(
            assembly_id=assembly.pk, member=member, present=False, by=secretary.actor, at=Instants.opening
        )
    assert Entry.objects.filter(act=Act.ATTENDANCE_MARKED).count() == 1
    attendance.check_in(assembly_id=assembly.pk, member=member, at=Instants.moving)
    assert book(assembly) == [
        (member.pk, Channel.PHONE, Instants.hour, Instants.opening),
        (member.pk, Channel.PHONE, Instants.moving, None),
    ]


def test_who_is_not_on_the_register_that_day_is_not_in_the_book(assembly, secretary, member):
    Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    member.refresh_from_db()
    later = new_member(40, "Sosa", "Luz", joined_on=Instants.day + timedelta(days=1))
    later.save()
    before = written()
    for person in (member, later):
        with pytest.raises(NotOnRegister) as refused:
            attendance.check_in(assembly_id=assembly.pk, member=person, at=Instants.hour)
        assert refused.value.name == person.name
        with pytest.raises(NotOnRegister):
            attendance.tick(
                assembly_id=assembly.pk, member=person, present=True, by=secretary.actor, at=Instants.hour
            )
    assert written() == before


def test_nobody_signs_the_book_of_a_session_that_is_over(desk, session, members, secretary):
    desk.close(session)
    with pytest.raises(AssemblyStateChanged):
        attendance.check_in(assembly_id=session.pk, member=members[3], at=Instants.closing)
    for present in (True, False):
        with pytest.raises(AssemblyStateChanged):
            attendance.tick(
                assembly_id=session.pk,
                member=members[3],
                present=present,
                by=secretary.actor,
                at=Instants.closing,
            )


# --- opening ---


def test_the_session_opens_with_its_quorum_and_freezes_the_roll(desk, assembly, members):
    desk.arrive(assembly, members[:4])
    opened = desk.open(assembly)
    assert (opened.state, opened.opened_at, opened.on_roll) == (AssemblyState.OPEN, Instants.opening, 7)
    assert opened.current_item == assembly.items.first()
    assert last_act() == (
        Act.ASSEMBLY_OPENED,
        1,
        {"assembly": assembly.pk, "present": 4, "required": 4, "call": 1, "on_register": 7},
    )


def test_without_quorum_the_session_does_not_open_and_says_how_many_are_missing(desk, assembly, members):
    desk.arrive(assembly, members[:3])
    with pytest.raises(QuorumNotMet) as refused:
        desk.open(assembly)
    assert (refused.value.present, refused.value.required) == (3, 4)
    assert str(refused.value) == "Todavía no hay quórum: hay 3 presentes y hacen falta 4."
    assembly.refresh_from_db()
    assert assembly.state == AssemblyState.CONVENED


def test_on_the_second_call_any_number_is_enough_but_not_nobody(desk, assembly, members):
    with pytest.raises(QuorumNotMet) as refused:
        desk.open(assembly, at=Instants.second_call)
    assert (refused.value.present, refused.value.required) == (0, 1)
    desk.arrive(assembly, members[:1])
    with pytest.raises(QuorumNotMet):
        desk.open(assembly, at=Instants.second_call - timedelta(microseconds=1))
    assert desk.open(assembly, at=Instants.second_call).is_open


def test_a_session_opens_once(desk, session):
    with pytest.raises(AssemblyStateChanged):
        desk.open(session)
    desk.close(session)
    with pytest.raises(AssemblyStateChanged):
        desk.open(session)


def test_only_one_assembly_is_in_session(desk, session, members):
    other = desk.convene(["Otra cosa"])
    desk.arrive(other, members)
    with pytest.raises(AssemblyAlreadyOpen):
        desk.open(other)
    desk.close(session)
    assert desk.open(other, at=Instants.closing).is_open


# --- leading and closing ---


def test_the_desk_puts_another_item_on_the_board(desk, session, president):
    item = session.items.get(position=3)
    went = meeting.go_to_item(assembly_id=session.pk, item_id=item.pk, by=president.actor, at=Instants.voting)
    assert went.current_item == item


def test_an_item_of_another_assembly_is_not_put_on_the_board(desk, session, president):
    other = desk.convene(["Otra cosa"])
    with pytest.raises(AgendaItem.DoesNotExist):
        meeting.go_to_item(
            assembly_id=session.pk, item_id=other.items.get().pk, by=president.actor, at=Instants.voting
        )


def test_while_a_poll_is_open_neither_the_item_changes_nor_the_session_ends(
    desk, open_poll, session, president
):
    with pytest.raises(PollStillOpen):
        meeting.go_to_item(
            assembly_id=session.pk,
            item_id=session.items.last().pk,
            by=president.actor,
            at=Instants.voting,
        )
    with pytest.raises(PollStillOpen):
        desk.close(session)
    desk.close_poll(open_poll)
    assert desk.close(session).is_closed


def test_only_an_open_session_is_led_or_closed(desk, assembly, president):
    for verb in (
        lambda: meeting.go_to_item(
            assembly_id=assembly.pk, item_id=assembly.items.first().pk, by=president.actor, at=Instants.voting
        ),
        lambda: desk.close(assembly),
    ):
        with pytest.raises(AssemblyNotOpen):
            verb()


def test_closing_withdraws_what_never_came_to_a_vote_and_sees_everybody_out(desk, session, members):
    moved = desk.move(session, members[3], "Pintar el frente")
    seconded = desk.seconded(session, members[3], members[4], "Comprar un torno")
    closed = desk.close(session)
    assert (closed.state, closed.closed_at) == (AssemblyState.CLOSED, Instants.closing)
    for motion in (moved, seconded):
        motion.refresh_from_db()
        assert motion.state == MotionState.WITHDRAWN
    assert set(Attendance.objects.values_list("left_at", flat=True)) == {Instants.closing}
    assert last_act() == (
        Act.ASSEMBLY_CLOSED,
        1,
        {"assembly": session.pk, "without_a_vote": ["Pintar el frente", "Comprar un torno"]},
    )


def test_a_session_closes_once(desk, session):
    desk.close(session)
    with pytest.raises(AssemblyNotOpen):
        desk.close(session)
