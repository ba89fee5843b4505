"""Handing a seat over: it opens by itself, each side speaks for itself, signed it does not change."""

from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coop.common.errors import NotAllowed
from coop.council import errors_handover as errors
from coop.council.enums_handover import ItemKind, Said, Side
from coop.council.handover import acts, lists
from coop.council.handover.lists import Line
from coop.council.handover.opening import open_due
from coop.council.handover.paper import paper_of
from coop.council.models import Handover, HandoverItem, HandoverMark, Seat, SeatCode
from coop.record.models import Act, Entry
from tests.council.handing import AFTER, BEGAN, CHANGE, ENDS, answer, finished, follow, opened, sign, state_of
from tests.support import people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def gone(members):
    return members[3]


@pytest.fixture
def come(members):
    return members[4]


@pytest.fixture
def handover(gone, come):
    return opened(gone, come)


# --- it opens by itself ---


def test_it_opens_when_a_term_ends_and_only_once(handover, gone, come):
    assert (handover.outgoing.member, handover.incoming.member) == (gone, come)
    assert handover.items.count() == len(lists.BY_SEAT["treasurer"])
    assert open_due(AFTER) == open_due(AFTER + DAY) == []
    assert Entry.objects.filter(act=Act.HANDOVER_BEGUN).count() == 1


def test_it_opens_a_month_ahead_when_it_is_known_who_comes(gone, come):
    follow(gone, come)
    assert open_due(CHANGE - 31 * DAY) == []
    assert len(open_due(CHANGE - 30 * DAY)) == 1


def test_who_is_elected_again_hands_nothing_over(gone):
    follow(gone, gone)
    assert open_due(AFTER) == []


def test_what_ended_long_ago_was_handed_over_without_us(gone, come):
    follow(gone, come)
    assert open_due(CHANGE + 121 * DAY) == []


def test_alternates_have_nothing_to_hand_over(gone, come):
    follow(gone, come, SeatCode.ALTERNATE_1)
    assert open_due(AFTER) == []


def test_an_empty_seat_is_handed_to_the_council_and_by_it_to_who_comes(gone, come, secretary, president):
    people.give_seat(gone, SeatCode.TREASURER, BEGAN, CHANGE)
    [to_council] = open_due(AFTER)
    answer(to_council, gone, Said.GIVEN)
    answer(to_council, secretary, Said.RECEIVED)
    sign(to_council, gone)
    sign(to_council, secretary)
    assert state_of(to_council).signed
    people.give_seat(come, SeatCode.TREASURER, CHANGE + 5 * DAY, ENDS)
    later = CHANGE + 6 * DAY
    [to_holder] = open_due(later)
    assert (to_holder.outgoing, to_holder.incoming.member) == (None, come)
    answer(to_holder, come, Said.RECEIVED, later)
    sign(to_holder, come, later)
    assert not state_of(to_holder, later).signed
    sign(to_holder, president, later, witness=True)
    assert state_of(to_holder, later).signed
    assert open_due(later) == []


def test_who_comes_late_takes_the_place_of_the_council_and_says_it_all_again(gone, come, secretary):
    people.give_seat(gone, SeatCode.TREASURER, BEGAN, CHANGE)
    [handover] = open_due(AFTER)
    answer(handover, secretary, Said.RECEIVED)
    people.give_seat(come, SeatCode.TREASURER, CHANGE + 5 * DAY, ENDS)
    open_due(CHANGE + 6 * DAY)
    state = state_of(handover, CHANGE + 6 * DAY)
    assert state.incoming == come
    assert all(line.taken is None for line in state.lines)
    with pytest.raises(errors.NotYourHandover):
        answer(handover, secretary, Said.RECEIVED, CHANGE + 6 * DAY)


# --- each side speaks for itself ---


def test_each_side_says_its_own_and_nobody_elses(handover, gone, come, secretary):
    item = handover.items.first()
    for who, said in ((gone, Said.RECEIVED), (come, Said.GIVEN), (secretary, Said.GIVEN)):
        with pytest.raises(errors.NotYourHandover):
            acts.say(item_id=item.pk, said=said, note="", by=who.actor, at=AFTER)


def test_what_is_missing_says_why_and_both_words_stay(handover, gone, come):
    item = handover.items.first()
    acts.say(item_id=item.pk, said=Said.GIVEN, note="", by=gone.actor, at=AFTER)
    with pytest.raises(errors.NeedsANote):
        acts.say(item_id=item.pk, said=Said.MISSING, note=" ", by=come.actor, at=AFTER)
    acts.say(item_id=item.pk, said=Said.MISSING, note="Falta la del portón", by=come.actor, at=AFTER)
    line = state_of(handover).lines[0]
    assert line.differs
    acts.say(item_id=item.pk, said=Said.RECEIVED, note="", by=come.actor, at=AFTER + DAY)
    assert state_of(handover).lines[0].agreed
    assert HandoverMark.objects.count() == 3


@pytest.mark.parametrize("text", ["Clave: 1234", "pin=77", "La contraseña: abc", "Password : x"])
def test_a_secret_is_written_nowhere(handover, gone, come, text):
    item = handover.items.first()
    with pytest.raises(errors.SaysAPassword):
        acts.add_line(handover_id=handover.pk, kind=ItemKind.ACCESS, text=text, by=gone.actor, at=AFTER)
    with pytest.raises(errors.SaysAPassword):
        acts.say(item_id=item.pk, said=Said.MISSING, note=text, by=come.actor, at=AFTER)
    with pytest.raises(errors.SaysAPassword):
        lists.keep_list(seat=handover.seat, lines=[Line(ItemKind.ACCESS, text)], by=come.actor, at=AFTER)
    assert not HandoverMark.objects.exists()


def test_both_sides_and_the_secretary_add_lines_and_nobody_else(handover, gone, come, secretary, members):
    for who in (gone, come, secretary):
        acts.add_line(handover_id=handover.pk, kind=ItemKind.KEYS, text="Otra", by=who.actor, at=AFTER)
    with pytest.raises(errors.NotYourHandover):
        acts.add_line(handover_id=handover.pk, kind=ItemKind.KEYS, text="X", by=members[5].actor, at=AFTER)
    with pytest.raises(errors.NeedsWords):
        acts.add_line(handover_id=handover.pk, kind=ItemKind.KEYS, text=" \u200b", by=gone.actor, at=AFTER)


# --- signing ---


def test_it_is_signed_when_every_line_is_answered_by_both(handover, gone, come):
    with pytest.raises(errors.LinesUnanswered):
        sign(handover, gone)
    answer(handover, gone, Said.GIVEN)
    with pytest.raises(errors.LinesUnanswered) as refused:
        sign(handover, gone)
    assert refused.value.missing == handover.items.count()
    answer(handover, come, Said.RECEIVED)
    sign(handover, gone)
    assert not state_of(handover).signed
    sign(handover, come, remark="Falta cambiar la cerradura")
    assert state_of(handover).signed


def test_it_is_not_signed_before_the_term_ends(gone, come):
    early = CHANGE - DAY
    handover = opened(gone, come, early)
    answer(handover, gone, Said.GIVEN, early)
    answer(handover, come, Said.RECEIVED, early)
    with pytest.raises(errors.HandoverTooEarly):
        sign(handover, gone, early)


def test_what_was_not_read_is_not_signed(handover, gone, come):
    answer(handover, gone, Said.GIVEN)
    answer(handover, come, Said.RECEIVED)
    read_before = state_of(handover).sha256
    acts.say(item_id=handover.items.first().pk, said=Said.MISSING, note="No está", by=come.actor, at=AFTER)
    with pytest.raises(errors.ReadItAgain):
        acts.sign(handover_id=handover.pk, seen=read_before, remark="", by=gone.actor, at=AFTER)


def test_nothing_changes_after_the_first_signature(handover, gone, come):
    answer(handover, gone, Said.GIVEN)
    answer(handover, come, Said.RECEIVED)
    sign(handover, gone)
    with pytest.raises(errors.HandoverSigned):
        answer(handover, come, Said.MISSING, note="x")
    with pytest.raises(errors.HandoverSigned):
        acts.add_line(handover_id=handover.pk, kind=ItemKind.KEYS, text="Otra", by=come.actor, at=AFTER)
    with pytest.raises(errors.HandoverSigned):
        sign(handover, gone)


def test_a_witness_signs_for_who_does_not_come_after_fifteen_days(handover, come, secretary, members):
    answer(handover, come, Said.RECEIVED)
    with pytest.raises(errors.OtherSideComes):
        sign(handover, secretary, witness=True)
    late = AFTER + 15 * DAY
    with pytest.raises(errors.NoWitness):
        sign(handover, members[5], late, witness=True)
    with pytest.raises(errors.NoWitness):
        sign(handover, come, late, witness=True)
    sign(handover, come, late)
    sign(handover, secretary, late, witness=True)
    assert state_of(handover, late).signed


def test_the_paper_says_what_both_said(handover, gone, come):
    assert paper_of(handover.pk) is None
    answer(handover, gone, Said.GIVEN)
    answer(handover, come, Said.MISSING, note="Nunca la vi")
    sign(handover, come)
    sign(handover, gone, remark="Se la di al sereno")
    paper = paper_of(handover.pk)
    assert paper.facts["sha256"] == state_of(handover).sha256
    assert "Nunca la vi" in paper.facts["lines"][0]["in"]
    assert [one["side"] for one in paper.facts["signatures"]] == ["recibe", "entrega"]
    assert paper.facts["differences"] == handover.items.count()


def test_the_record_tells_the_steps_and_no_note(handover, gone, come):
    answer(handover, gone, Said.NOT_GIVEN, note="Está en mi casa")
    answer(handover, come, Said.MISSING, note="No está")
    sign(handover, gone)
    sign(handover, come)
    told = Entry.objects.filter(act__in=[Act.HANDOVER_CHANGED, Act.HANDOVER_SIGNED])
    assert told.filter(act=Act.HANDOVER_SIGNED).count() == 2
    assert all("casa" not in entry.sealed and "No está" not in entry.sealed for entry in told)


# --- the lists ---


def test_who_sits_there_and_who_keeps_the_terms_keep_the_list(treasurer, secretary, president, at):
    seat = Seat.objects.get(code="treasurer")
    for who in (treasurer, secretary):
        lists.keep_list(seat=seat, lines=[Line(ItemKind.MONEY, "La caja")], by=who.actor, at=at.hour)
    with pytest.raises(NotAllowed):
        lists.keep_list(seat=seat, lines=[Line(ItemKind.MONEY, "x")], by=president.actor, at=at.hour)
    with pytest.raises(errors.NeedsWords):
        lists.keep_list(seat=seat, lines=[Line(ItemKind.MONEY, " ")], by=treasurer.actor, at=at.hour)
    with pytest.raises(errors.ListTooLong):
        lists.keep_list(seat=seat, lines=[Line(ItemKind.KEYS, "x")] * 31, by=treasurer.actor, at=at.hour)


def test_a_handover_opens_with_the_list_of_that_day_and_keeps_it(gone, come, secretary):
    seat = Seat.objects.get(code="treasurer")
    lists.keep_list(seat=seat, lines=[Line(ItemKind.MONEY, "La caja")], by=secretary.actor, at=BEGAN + DAY)
    handover = opened(gone, come)
    lists.keep_list(seat=seat, lines=[Line(ItemKind.KEYS, "Nada")], by=secretary.actor, at=AFTER)
    assert [item.text for item in handover.items.all()] == ["La caja"]


# --- whatever they do ---


WORDS = st.lists(
    st.tuples(
        st.sampled_from(["gone", "come", "secretary"]),
        st.integers(0, 5),
        st.sampled_from(list(Said)),
        st.booleans(),
    ),
    max_size=25,
)


@given(steps=WORDS)
def test_whatever_they_say_a_signed_handover_has_every_line_answered_by_both(steps):
    from django.db import transaction

    with transaction.atomic():
        people.make_cooperative()
        members = people.make_members()
        parties = {"gone": members[3], "come": members[4], "secretary": members[1]}
        people.give_seat(members[1], SeatCode.SECRETARY)
        handover = opened(parties["gone"], parties["come"])
        items = list(handover.items.all())
        for who, place, said, signs in steps:
            try:
                if signs:
                    sign(handover, parties[who], witness=who == "secretary")
                else:
                    note = "x" if said in (Said.MISSING, Said.NOT_GIVEN) else ""
                    acts.say(item_id=items[place].pk, said=said, note=note, by=parties[who].actor, at=AFTER)
            except (errors.DomainError, NotAllowed):
                pass
            state = state_of(handover)
            if state.signatures:
                assert state.unanswered == 0
                assert {one.sha256 for one in state.signatures.values()} == {state.sha256}
        transaction.set_rollback(True)


def test_finishing_leaves_one_paper_and_two_signatures(handover, gone, come):
    finished(handover, gone, come)
    assert Handover.objects.count() == 1
    assert HandoverItem.objects.count() == handover.items.count()
    assert Side.WITNESS not in state_of(handover).signatures


def test_a_line_of_ours_follows_the_reader_and_one_that_was_typed_stays(members, secretary):
    ours, own = "Caja contada, cheques y valores", "La planta del patio"
    handover = opened(members[3], members[4])
    acts.add_line(handover_id=handover.pk, kind=ItemKind.OTHER, text=own, by=members[3].actor, at=AFTER)
    assert ours in [one.text for one in state_of(handover).lines]
    sealed = state_of(handover).sha256
    with translation.override("en"):
        texts = [one.text for one in state_of(handover).lines]
        assert own in texts
        assert ours not in texts
        # What is signed is the same in every language.
        assert state_of(handover).sha256 == sealed
        english = lists.told(ours)
    seat = handover.seat
    # Whoever keeps the list in English leaves it readable in Spanish.
    lines = [Line(ItemKind.MONEY, english), Line(ItemKind.OTHER, own)]
    kept = lists.keep_list(seat=seat, lines=lines, by=secretary.actor, at=AFTER)
    assert [one["text"] for one in kept.items] == [ours, own]
