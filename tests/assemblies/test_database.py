"""What the database refuses about assemblies and votes, going round Python with the application's rights."""

from dataclasses import asdict
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from assemblies.domain import attendance
from assemblies.enums import AssemblyState, Channel, Choice, MotionState, PollState
from assemblies.models import AgendaItem, Assembly, Attendance, Ballot, Motion, Poll, RollEntry
from coop.statute.models import Resolution, StatuteVersion
from coop.statute.rules import Majority
from tests.support.people import Instants, signed_in
from tests.support.raw import refused, refused_rows, run, try_to_ignore_triggers
from tests.support.together import at_once

SQL_CLOSE = (
    "UPDATE assemblies_poll SET state = 'closed', closed_at = %s, closed_by_id = %s,"
    " yes = %s, no = %s, abstain = %s, adopted = false WHERE id = %s"
)


def entry_of(poll: Poll, member) -> RollEntry:
    return poll.roll.get(member=member)


def ballot(poll: Poll, member, choice: str = "yes") -> Ballot:
    key = signed_in(member, Instants.convening).key
    return Ballot(entry=entry_of(poll, member), choice=choice, cast_at=Instants.voting, sign_in=key)


@pytest.fixture
def committed_poll(real_database, open_poll) -> Poll:
    """Open, its opening committed: another transaction than the one that wrote its roll."""
    return open_poll


# --- ballots ---


@pytest.mark.django_db
def test_database_refuses_a_second_ballot_from_the_same_member(desk, open_poll, member):
    desk.vote(open_poll, member, Choice.NO)
    refused_rows(ballot(open_poll, member), match="duplicate key")
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["no"]


@pytest.mark.django_db
def test_database_accepts_an_honest_ballot_and_counts_it(desk, open_poll, member):
    Ballot.objects.bulk_create([ballot(open_poll, member)])
    assert desk.close_poll(open_poll).yes == 1


@pytest.mark.django_db
def test_database_refuses_a_ballot_after_closing(desk, open_poll, member):
    late = ballot(open_poll, member)
    desk.close_poll(open_poll)
    refused_rows(late, match="the poll is closed")


@pytest.mark.django_db
def test_database_refuses_a_change_of_vote_after_closing(desk, open_poll, member):
    desk.vote(open_poll, member, Choice.NO)
    desk.close_poll(open_poll)
    refused("UPDATE assemblies_ballot SET choice = 'yes'", match="the poll is closed")
    refused("UPDATE assemblies_ballot SET cast_at = now()", match="the poll is closed")


@pytest.mark.django_db
def test_database_refuses_a_ballot_of_somebody_who_is_not_on_the_roll(open_poll):
    refused_rows(Ballot(entry_id=10**9, choice="yes", cast_at=Instants.voting), match="the poll is closed")


@pytest.mark.django_db
def test_database_refuses_to_move_a_ballot_to_another_line(desk, open_poll, members):
    desk.vote(open_poll, members[3])
    line = entry_of(open_poll, members[4]).pk
    refused("UPDATE assemblies_ballot SET entry_id = %s", [line], match="denied")


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["", "si", "YES", "null"])
def test_database_refuses_a_choice_that_nobody_was_offered(open_poll, member, choice):
    refused_rows(ballot(open_poll, member, choice), match="ballot_choice_is_known")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["ballot", "rollentry", "poll", "motion", "attendance", "agendaitem", "assembly"]
)
def test_database_refuses_to_delete_or_truncate(desk, open_poll, member, table):
    desk.vote(open_poll, member)
    refused(f"DELETE FROM assemblies_{table}", match="denied")
    refused(f"TRUNCATE assemblies_{table} CASCADE", match="denied")


def test_not_even_the_owner_deletes_a_vote(committed_poll, desk, member, owner):
    desk.vote(committed_poll, member)
    for table in ("ballot", "rollentry", "poll", "motion", "attendance", "agendaitem", "assembly"):
        with pytest.raises(Exception, match=r"Cannot (update or )?delete"):
            owner.execute(f"DELETE FROM assemblies_{table}")


# --- triggers cannot be got round ---


@pytest.mark.django_db
def test_a_setting_does_not_let_a_ballot_in_after_closing(desk, open_poll, member):
    late = ballot(open_poll, member)
    desk.close_poll(open_poll)
    try_to_ignore_triggers("assemblies_ballot", "assemblies_poll", "assemblies_rollentry")
    refused_rows(late, match="the poll is closed")
    refused("UPDATE assemblies_poll SET yes = 5", match="Cannot update")


@pytest.mark.django_db
def test_a_temporary_table_does_not_let_a_ballot_in_after_closing(desk, open_poll, member):
    late = ballot(open_poll, member)
    desk.close_poll(open_poll)
    run("CREATE TEMPORARY TABLE assemblies_poll (id bigint, state text)")
    run("INSERT INTO pg_temp.assemblies_poll VALUES (%s, 'open')", [open_poll.pk])
    refused_rows(late, match="the poll is closed")
    run("DROP TABLE pg_temp.assemblies_poll")


@pytest.mark.django_db
def test_a_temporary_table_does_not_count_other_ballots(desk, open_poll, members, president):
    desk.vote(open_poll, members[3], Choice.NO)
    line = entry_of(open_poll, members[3]).pk
    run("CREATE TEMPORARY TABLE assemblies_ballot (entry_id bigint, choice text)")
    run("INSERT INTO pg_temp.assemblies_ballot VALUES (%s, 'yes')", [line])
    refused(
        SQL_CLOSE,
        [Instants.closing, president.pk, 1, 0, 0, open_poll.pk],
        match="not the count of its ballots",
    )
    run("DROP TABLE pg_temp.assemblies_ballot")


# --- the result ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    "counts", [(1, 2, 1), (1, 1, 1), (1, 3, 1), (0, 2, 1), (1, 2, 0), (0, 0, 0), (2, 1, 1)]
)
def test_a_result_is_the_count_of_its_ballots(desk, open_poll, members, president, counts):
    for member, choice in zip(members, ("yes", "no", "no", "abstain"), strict=False):
        desk.vote(open_poll, member, Choice(choice))
    params = [Instants.closing, president.pk, *counts, open_poll.pk]
    if counts == (1, 2, 1):
        assert run(SQL_CLOSE, params) == 1
    else:
        refused(SQL_CLOSE, params, match="not the count of its ballots")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("votes", "adopted"), [("yes yes no abstain", False), ("yes no", True), ("abstain", True), ("yes", False)]
)
def test_a_verdict_is_what_the_frozen_rule_says(desk, open_poll, members, president, votes, adopted):
    choices = votes.split()
    for member, choice in zip(members, choices, strict=False):
        desk.vote(open_poll, member, Choice(choice))
    counts = [choices.count(choice) for choice in ("yes", "no", "abstain")]
    statement = SQL_CLOSE.replace("adopted = false", f"adopted = {str(adopted).lower()}")
    refused(statement, [Instants.closing, president.pk, *counts, open_poll.pk], match="what its rule says")


RULES = [
    (1, 2, True),
    (1, 2, False),
    (2, 3, False),
    (2, 3, True),
    (1, 1, False),
    (0, 1, False),
    (3, 4, False),
]


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_databases_verdict_is_pythons_whatever_the_rule(
    desk, session, members, open_poll, president, rule
):
    """The arithmetic stands in two places: they agree on every count of a small assembly."""
    majority = Majority(*rule, source="ET 41")
    desk.close_poll(open_poll)
    resolution = Resolution.objects.create(
        year=2026, number=1, adopted_at=Instants.closing, matter="ordinary_decision", title="x", tally={}
    )
    motion = desk.seconded(session, members[3], members[4], "Otra")
    fresh = {
        "state": "open",
        "closed_by_id": None,
        **dict.fromkeys(RESULT),
        "majority_rule": asdict(majority),
    }
    phones = {one.pk: signed_in(one, Instants.convening).key for one in members}
    for yes, no in product(range(4), range(4)):
        carried = majority.carried(yes=yes, no=no)
        for adopted in (True, False):
            with transaction.atomic():
                (poll,) = Poll.objects.bulk_create([poll_like(open_poll, motion, **fresh)])
                roll = RollEntry.objects.bulk_create(RollEntry(poll=poll, member=one) for one in members)
                choices = ["yes"] * yes + ["no"] * no + ["abstain"]
                Ballot.objects.bulk_create(
                    Ballot(
                        entry=entry, choice=choice, cast_at=Instants.voting, sign_in=phones[entry.member_id]
                    )
                    for entry, choice in zip(roll, choices, strict=False)
                )
                resolved = f"adopted = {adopted}, resolution_id = {resolution.pk if adopted else 'NULL'}"
                statement = SQL_CLOSE.replace("adopted = false", resolved)
                params = [Instants.closing, president.pk, yes, no, 1, poll.pk]
                if adopted == carried:
                    assert run(statement, params) == 1
                else:
                    refused(statement, params, match="what its rule says")
                transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_closed_poll_never_changes(desk, open_poll, member, president):
    desk.vote(open_poll, member)
    closed = desk.close_poll(open_poll)
    for change in (
        "state = 'open', closed_at = NULL, yes = NULL, no = NULL, abstain = NULL, adopted = NULL,"
        " resolution_id = NULL",
        "closed_at = now()",
        "adopted = false, resolution_id = NULL",
        "yes = 7",
        "closed_by_id = closed_by_id",
    ):
        refused(f"UPDATE assemblies_poll SET {change} WHERE id = {closed.pk}", match="Cannot update")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", ["motion_id", "majority_rule", "quorum", "present", "opened_in", "statute_id"]
)
def test_what_was_frozen_when_the_poll_opened_is_not_the_applications_to_change(open_poll, column):
    refused(f"UPDATE assemblies_poll SET {column} = {column}", match="denied")


def poll_like(poll: Poll, motion: Motion, **changes) -> Poll:
    values = {
        field.attname: getattr(poll, field.attname)
        for field in Poll._meta.concrete_fields
        if field.attname != "id"
    }
    return Poll(**{**values, "motion_id": motion.pk, **changes})


RESULT = {"closed_at": Instants.closing, "yes": 0, "no": 0, "abstain": 0, "adopted": False}


@pytest.mark.django_db
def test_a_poll_cannot_be_born_closed(desk, session, members, open_poll, president):
    other = desk.seconded(session, members[3], members[4], "Otra")
    born = poll_like(open_poll, other, state=PollState.CLOSED, closed_by_id=president.pk, **RESULT)
    refused_rows(born, match="a poll begins open")


@pytest.mark.django_db
def test_database_refuses_two_open_polls_in_one_assembly(desk, session, members, open_poll):
    other = desk.seconded(session, members[3], members[4], "Otra")
    refused_rows(poll_like(open_poll, other), match="poll_one_open_at_a_time")


@pytest.mark.django_db
def test_database_refuses_a_second_poll_on_a_motion(desk, open_poll, motion):
    desk.close_poll(open_poll)
    fresh = {"state": "open", "closed_by_id": None, **dict.fromkeys(RESULT)}
    refused_rows(poll_like(open_poll, motion, **fresh), match="duplicate key")


@pytest.mark.django_db
def test_database_refuses_a_poll_without_quorum(desk, session, members, open_poll):
    desk.close_poll(open_poll)
    open_poll.refresh_from_db()
    other = desk.seconded(session, members[3], members[4], "Otra")
    fresh = {"state": "open", "closed_by_id": None, **dict.fromkeys(RESULT)}
    refused_rows(poll_like(open_poll, other, present=3, quorum=4, **fresh), match="poll_had_a_quorum")


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["closed_at", "closed_by_id", "yes", "no", "abstain", "adopted"])
def test_a_result_is_whole_or_absent(open_poll, president, missing):
    whole = {
        "closed_at": "now()",
        "closed_by_id": president.pk,
        "yes": 0,
        "no": 0,
        "abstain": 0,
        "adopted": "false",
    }
    whole[missing] = "NULL"
    changes = ", ".join(f"{name} = {value}" for name, value in whole.items())
    refused(
        f"UPDATE assemblies_poll SET state = 'closed', {changes}",
        match="poll_result_is_whole|count of its ballots|what its rule says",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["closed_at = now()", "yes = 1", "adopted = false"])
def test_an_open_poll_has_no_part_of_a_result(open_poll, part):
    refused(f"UPDATE assemblies_poll SET {part}", match="poll_result_is_whole|poll_adopted")


@pytest.mark.django_db
def test_adopted_and_a_resolution_go_together(desk, open_poll, members, president):
    adopted = SQL_CLOSE.replace("adopted = false", "adopted = true")
    desk.vote(open_poll, members[3])
    refused(
        adopted, [Instants.closing, president.pk, 1, 0, 0, open_poll.pk], match="adopted_has_a_resolution"
    )
    desk.vote(open_poll, members[3], Choice.NO)
    resolution = Resolution.objects.create(
        year=2026, number=1, adopted_at=Instants.closing, matter="ordinary_decision", title="x", tally={}
    )
    rejected = SQL_CLOSE.replace("adopted = false", f"adopted = false, resolution_id = {resolution.pk}")
    refused(
        rejected, [Instants.closing, president.pk, 0, 1, 0, open_poll.pk], match="adopted_has_a_resolution"
    )


# --- the roll ---


def test_the_roll_is_frozen_once_the_opening_is_committed(real_database, desk, session, members, secretary):
    attendance.tick(
        assembly_id=session.pk, member=members[6], present=False, by=secretary.actor, at=Instants.moving
    )
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    refused_rows(RollEntry(poll=poll, member=members[6]), match="is frozen")
    refused("UPDATE assemblies_rollentry SET member_id = %s", [members[6].pk], match="denied")
    refused("UPDATE assemblies_poll SET opened_in = 0", match="denied")
    desk.close_poll(poll)
    refused_rows(RollEntry(poll=poll, member=members[6]), match="is frozen")


def test_whoever_writes_a_poll_cannot_choose_the_transaction_that_opened_it(
    committed_poll, desk, session, members
):
    desk.close_poll(committed_poll)
    other = desk.seconded(session, members[3], members[4], "Otra")
    fresh = {"state": "open", "closed_by_id": None, **dict.fromkeys(RESULT)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint + 3")
        soon = cursor.fetchone()[0]
    forged = Poll.objects.bulk_create([poll_like(committed_poll, other, opened_in=soon, **fresh)])[0]
    refused_rows(RollEntry(poll=forged, member=members[0]), match="is frozen")
    refused_rows(RollEntry(poll=forged, member=members[0]), match="is frozen")
    refused_rows(RollEntry(poll=forged, member=members[0]), match="is frozen")


@pytest.mark.django_db
def test_database_refuses_the_same_member_twice_on_a_roll(open_poll, member):
    refused_rows(RollEntry(poll=open_poll, member=member), match="roll_lists_a_member_once")


# --- assembly, book, motions ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "state = 'open'",
        "state = 'open', opened_at = now()",
        "state = 'open', opened_at = now(), on_roll = 0",
        "state = 'closed'",
        "state = 'closed', opened_at = now(), closed_at = now() - interval '1 second', on_roll = 7",
        "state = 'convened', opened_at = now()",
        "state = 'other'",
    ],
)
def test_an_assembly_opens_before_it_closes(assembly, change):
    refused(f"UPDATE assemblies_assembly SET {change}", match="assembly_opens_before_it_closes")


@pytest.mark.django_db
def test_a_closed_assembly_never_changes(desk, session):
    desk.close(session)
    for change in ("state = 'open', closed_at = NULL", "on_roll = 3", "closed_at = now()"):
        refused(f"UPDATE assemblies_assembly SET {change}", match="Cannot update")


@pytest.mark.django_db
def test_what_was_convened_stays_as_it_was_convened(assembly):
    for column in ("convened_at", "convened_by_id", "kind", "place", "starts_at"):
        refused(f"UPDATE assemblies_assembly SET {column} = {column}", match="denied")
    refused_rows(AgendaItem(assembly=assembly, position=1, title="Otro"), match="agenda_position_taken_once")


@pytest.mark.django_db
def test_database_refuses_one_member_present_twice(desk, assembly, member):
    desk.arrive(assembly, [member])
    twice = Attendance(assembly=assembly, member=member, arrived_at=Instants.opening, channel=Channel.DESK)
    refused_rows(twice, match="attendance_present_once")


@pytest.mark.django_db
def test_who_left_does_not_come_back_in_the_same_row_nor_leave_before_arriving(desk, assembly, member):
    desk.arrive(assembly, [member])
    refused(
        "UPDATE assemblies_attendance SET left_at = arrived_at - interval '1 s'",
        match="leaves_after_arriving",
    )
    run("UPDATE assemblies_attendance SET left_at = %s", [Instants.moving])
    refused("UPDATE assemblies_attendance SET left_at = NULL", match="Cannot update")
    refused("UPDATE assemblies_attendance SET arrived_at = now()", match="denied")


@pytest.mark.django_db
def test_database_refuses_a_motion_that_its_mover_seconds(desk, session, members):
    motion = desk.move(session, members[3])
    refused(
        "UPDATE assemblies_motion SET state = 'seconded', seconder_id = mover_id",
        match="mover_does_not_second",
    )
    for state in (MotionState.SECONDED, MotionState.VOTING, MotionState.ADOPTED, MotionState.REJECTED):
        refused(
            "UPDATE assemblies_motion SET state = %s",
            [state],
            match="voted_only_when_seconded|what its poll says",
        )
    assert Motion.objects.get() == motion


@pytest.mark.django_db
@pytest.mark.parametrize("vote", ["yes", "no"])
def test_a_decided_motion_never_changes(desk, open_poll, member, vote):
    desk.vote(open_poll, member, Choice(vote))
    desk.close_poll(open_poll)
    refused("UPDATE assemblies_motion SET state = 'seconded'", match="Cannot update")
    refused("UPDATE assemblies_motion SET title = 'Otra'", match="denied")


@pytest.mark.django_db
def test_a_member_with_a_vote_stays_on_the_register(open_poll, member):
    refused("DELETE FROM members_member", match="denied")
    assert [model.objects.count() for model in (Assembly, StatuteVersion)] == [1, 1]


@pytest.mark.django_db
def test_a_ballot_sent_by_sql_waits_for_nothing_when_the_poll_is_open(open_poll, member):
    """The trigger repeats the check that the product's own statement makes; both agree on an open poll."""
    with transaction.atomic():
        key = signed_in(member, Instants.convening).key
        row = [entry_of(open_poll, member).pk, key]
        run("INSERT INTO assemblies_ballot VALUES (%s, 'yes', now(), 0, NULL, %s)", row)
    assert Ballot.objects.get().choice == "yes"
    assert Assembly.objects.get().state == AssemblyState.OPEN


def test_repeatable_read_does_not_let_a_ballot_slip_past_the_close(committed_poll, desk, members):
    """A transaction that saw the poll open keeps that picture; the row lock refuses it all the same."""

    @transaction.atomic
    def vote_late() -> None:
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert Poll.objects.get().is_open
        (closed,) = at_once([lambda: desk.close_poll(committed_poll)])
        assert closed.state == PollState.CLOSED
        Ballot.objects.bulk_create([late])

    late = ballot(committed_poll, members[3])
    with pytest.raises(DatabaseError, match="could not serialize"):
        vote_late()
    assert Ballot.objects.count() == 0
