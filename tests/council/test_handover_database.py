"""What the database keeps of handovers, filings and reminders, whatever SQL goes round Python."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from coop.common.proof import proofs
from coop.council import errors_handover as errors
from coop.council.enums_handover import Said, Side, StepKind
from coop.council.filings import acts as filing_acts
from coop.council.filings.acts import Step
from coop.council.filings.opening import open_due as open_filings
from coop.council.handover import acts
from coop.council.handover.opening import open_due
from coop.council.models import (
    Filing,
    FilingStep,
    Handover,
    HandoverItem,
    HandoverMark,
    HandoverSignature,
    SeatCode,
)
from coop.council.reminders import remind
from tests.council.handing import AFTER, BEGAN, CHANGE, ENDS, answer, finished, follow, opened, state_of
from tests.support import people
from tests.support.raw import refused, refused_rows
from tests.support.together import at_once, failed, succeeded

DAY = timedelta(days=1)
TABLES = (
    *("council_handover", "council_handoveritem", "council_handovermark", "council_handoversignature"),
    *("council_filing", "council_filingstep", "council_filingrule", "council_checklist"),
    "council_termreminder",
)


@pytest.fixture
def gone(members):
    return members[3]


@pytest.fixture
def come(members):
    return members[4]


@pytest.fixture
def handover(gone, come):
    return opened(gone, come)


def mark(handover, side, said, by, note=""):
    return HandoverMark(item=handover.items.first(), side=side, said=said, note=note, at=AFTER, by=by)


def signature(handover, side, by, seal="a" * 64):
    return HandoverSignature(handover=handover, side=side, by=by, at=AFTER, sha256=seal)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_nothing_of_it_is_deleted_or_emptied(handover, table):
    open_filings(AFTER)
    remind(ENDS - DAY)
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
        refused(statement, match="denied|permission")


@pytest.mark.django_db
def test_nothing_of_it_changes_but_who_comes_and_that_a_reminder_went(handover, gone):
    for statement in (
        "UPDATE council_handover SET opened_at = now()",
        "UPDATE council_handoveritem SET text = 'nada'",
        "UPDATE council_handovermark SET said = 'given'",
        "UPDATE council_handoversignature SET remark = ''",
        "UPDATE council_filing SET due_on = due_on + 9",
        "UPDATE council_filingstep SET note = ''",
        "UPDATE council_filingrule SET days = 300",
        "UPDATE council_checklist SET items = '[]'",
        "UPDATE council_termreminder SET days = 7",
    ):
        refused(statement, match="denied|permission")


@pytest.mark.django_db
def test_nobody_speaks_or_signs_for_another_side(handover, gone, come, members):
    match = "each side of a handover speaks for itself"
    refused_rows(mark(handover, Side.OUT, Said.GIVEN, come), match=match)
    refused_rows(mark(handover, Side.IN, Said.RECEIVED, members[5]), match=match)
    refused_rows(mark(handover, Side.IN, Said.RECEIVED, gone), match=match)
    refused_rows(mark(handover, Side.OUT, Said.RECEIVED, gone), match="handover_mark_is_of_its_side")
    refused_rows(mark(handover, Side.IN, Said.MISSING, come), match="handover_mark_says_why")
    for side, by in (
        (Side.OUT, come),
        (Side.IN, gone),
        (Side.IN, members[5]),
        (Side.WITNESS, gone),
        (Side.WITNESS, come),
    ):
        refused_rows(signature(handover, side, by), match="signed by its two sides")


@pytest.mark.django_db
def test_all_sign_the_same_each_once_and_nothing_follows(handover, gone, come, members):
    HandoverSignature.objects.bulk_create([signature(handover, Side.OUT, gone)])
    for wrong in (
        signature(handover, Side.IN, come, "b" * 64),
        signature(handover, Side.WITNESS, members[5]),
    ):
        refused_rows(wrong, match="sign the same")
    refused_rows(signature(handover, Side.OUT, gone), match="handover_signed_once")
    refused_rows(mark(handover, Side.IN, Said.RECEIVED, come), match="signed does not change")
    line = HandoverItem(handover=handover, position=99, kind="keys", text="x", at=AFTER)
    refused_rows(line, match="signed does not change")
    refused("UPDATE council_handover SET incoming_id = incoming_id", match="signed does not change")


@pytest.mark.django_db
def test_a_seat_is_handed_over_by_who_held_it_to_who_holds_it_next(gone, come, members):
    first, second = follow(gone, come)
    other = people.give_seat(members[5], SeatCode.PRESIDENT, BEGAN, CHANGE)
    match = "handed over by who held it"
    for out, into in ((other, second), (first, other), (second, first)):
        refused_rows(Handover(seat=first.seat, outgoing=out, incoming=into, opened_at=AFTER), match=match)
    refused_rows(Handover(seat=first.seat, opened_at=AFTER), match="handover_has_somebody")


@pytest.mark.django_db
def test_a_filing_closes_once_and_each_step_is_whole(gone, come, secretary):
    follow(gone, come)
    filing = open_filings(AFTER)[0]
    about = {"filing": filing, "at": AFTER, "by": secretary}
    for wrong in (
        FilingStep(kind=StepKind.DONE, day=AFTER.date(), **about),
        FilingStep(kind=StepKind.TAKEN, **about),
        FilingStep(kind=StepKind.PUT_OFF, due_on=AFTER.date(), **about),
        FilingStep(kind=StepKind.NOTE, **about),
        FilingStep(kind=StepKind.NOTE, note="x", number="7", **about),
    ):
        refused_rows(wrong, match="filing_step_is_whole")
    filing_acts.write_step(
        filing_id=filing.pk, step=Step(StepKind.DROPPED, note="no va"), by=secretary.actor, at=AFTER
    )
    refused_rows(FilingStep(kind=StepKind.NOTE, note="x", **about), match="closed does not change")
    again = Filing(
        kind=filing.kind, title="x", changed_on=filing.changed_on, due_on=filing.due_on, opened_at=AFTER
    )
    refused_rows(again, match="filing_once_a_renewal")


@pytest.mark.django_db
def test_a_reminder_is_sent_once(members):
    people.give_seat(members[3], SeatCode.TREASURER, BEGAN, CHANGE)
    [said] = remind(CHANGE - DAY)
    said.mailed_at = CHANGE
    said.save(update_fields=["mailed_at"])
    refused("UPDATE council_termreminder SET mailed_at = now()", match="sent once")
    refused("UPDATE council_termreminder SET mailed_at = NULL", match="sent once")


# --- what the owner falsifies, verify names ---

SPOILS = {
    "handovers": (
        ("UPDATE council_handoveritem SET text = 'Otra cosa' WHERE position = 1", "lo que se firmó"),
        ("UPDATE council_handovermark SET said = 'missing', note = 'x' WHERE side = 'in'", "lo que se firmó"),
        ("UPDATE council_handoversignature SET by_id = by_id + 1 WHERE side = 'in'", "otra persona"),
        ("DELETE FROM council_handoversignature WHERE side = 'in'", "falta una firma"),
        ("UPDATE council_handover SET seat_id = seat_id + 1", "como empezó"),
    ),
    "filings": (
        ("UPDATE council_filing SET due_on = due_on + 60", "libro de actos"),
        ("UPDATE council_filingstep SET number = 'EX-8' WHERE kind = 'done'", "libro de actos"),
        ("UPDATE council_filingstep SET day = day + 1 WHERE kind = 'done'", "libro de actos"),
        ("UPDATE council_filingstep SET by_id = by_id + 1 WHERE kind = 'done'", "libro de actos"),
        ("DELETE FROM council_filingstep", "libro de actos"),
    ),
}


@pytest.fixture
def history(real_database, gone, come, secretary):
    """A handover that is signed and one that nobody answered; a filing that is done."""
    handover = opened(gone, come)
    finished(handover, gone, come)
    bank = open_filings(AFTER)[0]
    step = Step(StepKind.DONE, day=AFTER.date(), number="EX-7")
    filing_acts.write_step(filing_id=bank.pk, step=step, by=secretary.actor, at=AFTER)
    open_due(AFTER)
    assert broken() == {}


def broken() -> dict[str, str]:
    found = {proof.name: proof.run().broken for proof in proofs() if proof.name in SPOILS}
    return {name: one.says for name, one in found.items() if one}


@pytest.mark.parametrize(("name", "statement", "says"), [(n, s, w) for n, x in SPOILS.items() for s, w in x])
def test_what_the_owner_changes_by_hand_is_named(history, owner, name, statement, says):
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(statement).rowcount > 0
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert list(broken()) == [name]
    assert says in broken()[name]
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", stdout=out)
    assert not json.loads(out.getvalue())["ok"]


def test_of_a_signature_and_a_word_at_the_same_instant_one_is_refused(real_database, gone, come):
    handover = opened(gone, come)
    answer(handover, gone, Said.GIVEN)
    answer(handover, come, Said.RECEIVED)
    seen, item = state_of(handover).sha256, handover.items.first()
    outcomes = at_once(
        [
            lambda: acts.sign(handover_id=handover.pk, seen=seen, remark="", by=gone.actor, at=AFTER),
            lambda: acts.say(item_id=item.pk, said=Said.MISSING, note="no", by=come.actor, at=AFTER),
        ]
    )
    assert len(succeeded(outcomes)) == 1
    assert failed(outcomes) in ([errors.ReadItAgain], [errors.HandoverSigned])
    assert all(one.sha256 == state_of(handover).sha256 for one in handover.signatures.all())


def test_opening_at_the_same_instant_from_two_workers_opens_one(real_database, gone, come):
    follow(gone, come)
    outcomes = at_once([lambda: open_due(AFTER), lambda: open_due(AFTER)])
    assert sorted(map(len, succeeded(outcomes))) == [0, 1]
    assert Handover.objects.count() == 1
