"""Declaring, proposing, drawing: the verbs, what they refuse, what the record says of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.common.errors import NotAllowed
from coop.council.models import Declaration, Draw, DrawResult, DrawSeed, SeatCode, Slate, Term
from coop.council.rotation import draws, errors, slates
from coop.council.rotation.drawing import reproduce, sha256
from coop.council.rotation.holding import about
from coop.council.rotation.lapsing import Runs, lapses
from coop.council.rotation.proving import prove_rotation
from coop.council.rotation.told import TOLD
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.statute import proposals
from coop.statute.domain import cooperative
from tests.council.rotating import LATER, NOW, announced, says
from tests.support.people import give_seat

pytestmark = pytest.mark.django_db
END = datetime(2026, 5, 1, 3, tzinfo=UTC)


def told(act: Act) -> str:
    entry = Entry.objects.filter(act=act).latest("pk")
    return TOLD[act](entry.facts)


# --- declarations ---


def test_the_last_word_holds_and_the_earlier_ones_stay(member):
    says(member, "treasurer", skills=["accounts", "soldadura"])
    says(member, willing=False)
    assert [one.position for one in Declaration.objects.order_by("position")] == [1, 2]
    assert "por ahora no" in told(Act.STANDING_DECLARED)
    with pytest.raises(errors.NothingChanges):
        says(member, willing=False)


def test_gender_and_kin_are_on_no_act_and_the_member_reads_them(member):
    says(member, gender="non_binary", kin=[1])
    assert Entry.objects.get(act=Act.STANDING_DECLARED).facts.keys() == {
        *("number", "name", "willing", "offices", "skills")
    }
    (held,) = about(member.pk, NOW)
    assert "no binaria" in held.rows[0]
    assert "1" in held.rows[0]
    assert list(about(member.pk + 1, NOW)) == []


def test_kin_is_somebody_else_who_is_there(member):
    with pytest.raises(errors.NoSuchKin, match="4, 99"):
        says(member, kin=[1, 4, 99])


def test_who_left_declares_nothing(member):
    Member.objects.filter(pk=member.pk).update(left_on=date(2026, 1, 1))
    with pytest.raises(errors.MayNotDeclare):
        says(member)


# --- slates ---


def kept(by: Member) -> Slate:
    world, found = slates.proposed(date(2026, 5, 1), NOW, cooperative())
    return slates.keep(
        day=date(2026, 5, 1),
        view=found[0].view,
        sha256=slates.sealed_in(world, found[0], cooperative()),
        by=by.actor,
        at=NOW,
    )


@pytest.fixture
def ending(members) -> None:
    for place, code in enumerate((SeatCode.PRESIDENT, SeatCode.SECRETARY, SeatCode.TREASURER)):
        give_seat(members[place], code, end=END)


def test_a_kept_slate_is_what_was_read_and_goes_to_the_assembly(ending, members):
    says(members[3], "president")
    slate = kept(members[0])
    (pick,) = [one for one in slate.facts["picks"] if one["seat"] == "president"]
    assert pick["number"] == 4
    assert "contemos" in pick["reason"]
    matter, proposal, title, text = proposals.to_put(slates.KIND, slate.pk)
    assert (matter, proposal.sha256) == (
        "election",
        slate.sha256 == proposals.seal(slate.facts) and slate.sha256,
    )
    assert "01/05/2026" in title
    assert "Omar Águila" in text
    proposals.check(proposal, NOW)
    assert "lista" in told(Act.SLATE_PROPOSED)
    assert prove_rotation().broken is None


def test_a_slate_that_changed_since_it_was_read_is_not_kept(ending, members):
    world, found = slates.proposed(date(2026, 5, 1), NOW, cooperative())
    code = slates.sealed_in(world, found[0], cooperative())
    says(members[3], "president")
    with pytest.raises(errors.SlateStale):
        slates.keep(day=world.day, view=found[0].view, sha256=code, by=members[0].actor, at=NOW)
    assert not Slate.objects.exists()


def test_a_slate_whose_seat_was_taken_is_not_put_to_the_vote(ending, members):
    says(members[3], "president")
    slate = kept(members[0])
    give_seat(members[4], SeatCode.PRESIDENT, END)
    with pytest.raises(errors.SlateNoLonger, match="Presidencia"):
        proposals.check(slates.proposal_of(slate), NOW)


def test_nobody_without_the_power_keeps_a_slate_or_holds_a_draw(member, members):
    with pytest.raises(NotAllowed):
        slates.keep(day=date(2026, 5, 1), view="turn", sha256="", by=member.actor, at=NOW)
    with pytest.raises(NotAllowed):
        announced(member)
    give_seat(members[1], SeatCode.SECRETARY)
    held = announced(members[1])
    with pytest.raises(NotAllowed):
        draws.hold(draw_id=held.pk, public_value="1", by=member.actor, at=LATER)


def test_proposing_asks_as_much_for_many_members_as_for_few(ending, members):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            slates.proposed(date(2026, 5, 1), NOW, cooperative())
        return len(queries)

    before = asked()
    for one in members:
        says(one)
    assert asked() == before <= 9


# --- what runs out ---


def test_it_warns_before_a_seat_a_signature_and_the_quorum_lapse(ending):
    found = {lapse.kind: lapse for lapse in lapses(NOW, 90) if lapse.on == END}
    assert found.keys() == {Runs.SEAT, Runs.QUORUM, Runs.SIGNATURE}
    assert "no puede sesionar" in found[Runs.QUORUM].says
    assert [lapse.on for lapse in lapses(NOW, 10) if lapse.kind is not Runs.SEAT] == []


def test_a_seat_that_somebody_takes_at_that_instant_does_not_lapse(ending, members):
    for place, code in enumerate(("president", "secretary"), start=3):
        give_seat(members[place], code, END)
    found = [lapse for lapse in lapses(NOW, 90) if lapse.on == END]
    assert {(lapse.kind, lapse.seats) for lapse in found} == {
        (Runs.SEAT, ("treasurer",)),
        (Runs.SIGNATURE, ("treasurer",)),
    }


def test_a_seat_that_is_empty_today_is_told_today(ending):
    Term.objects.all()
    empty = {lapse.seats[0] for lapse in lapses(NOW, 1) if lapse.kind is Runs.SEAT}
    assert empty == {"alternate_1", "alternate_2", "auditor", "alternate_auditor"}


def test_what_somebody_will_learn_stands_beside_their_name_in_few_words(ending, members):
    says(members[3], "president")
    slate = kept(members[0])
    (pick,) = [one for one in slate.facts["picks"] if one["seat"] == "president"]
    assert pick["learns"].startswith("Aprende en el cargo: ")
    assert "hay que acompañar" in " ".join(slate.facts["undone"])
    assert max(len(one) for one in slate.facts["undone"]) < 160


# --- draws ---


def test_a_draw_is_announced_held_and_drawn_again_from_its_file(secretary):
    held = announced(secretary)
    assert "seed" not in draws.file_of(held)
    assert held.commitment == sha256(DrawSeed.objects.get().seed)
    result = draws.hold(draw_id=held.pk, public_value="4 7 1 9 2", by=secretary.actor, at=LATER)
    again = reproduce(draws.file_of(held))
    assert again["commitment_holds"]
    assert again["as_published"]
    assert [one["number"] for one in again["order"]] == result.drawn
    assert str(result.drawn[0]) in told(Act.DRAW_HELD)
    assert prove_rotation().broken is None


def test_a_draw_is_held_once_and_not_before_its_hour(secretary):
    held = announced(secretary)
    with pytest.raises(errors.TooSoon):
        draws.hold(draw_id=held.pk, public_value="1", by=secretary.actor, at=NOW)
    with pytest.raises(errors.NoValue):
        draws.hold(draw_id=held.pk, public_value=" - ", by=secretary.actor, at=LATER)
    draws.hold(draw_id=held.pk, public_value="1", by=secretary.actor, at=LATER)
    with pytest.raises(errors.AlreadyDrawn):
        draws.hold(draw_id=held.pk, public_value="2", by=secretary.actor, at=LATER + timedelta(hours=1))
    assert DrawResult.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"numbers": (4,)}, errors.TooFewParticipants),
        ({"places": 5}, errors.TooFewParticipants),
        ({"numbers": (4, 5, 99)}, errors.NotTakingPart),
        ({"not_before": NOW}, errors.TooSoon),
    ],
)
def test_a_draw_that_draws_nothing_is_not_announced(secretary, values, error):
    with pytest.raises(error):
        announced(secretary, **values)
    assert not Draw.objects.exists()


def test_one_draw_is_open_for_a_purpose_among_the_same_people(secretary):
    first = announced(secretary)
    with pytest.raises(errors.OpenAlready, match="Dos firmantes del acta"):
        announced(secretary, title="  dos FIRMANTES  del acta ", numbers=(3, 4))
    announced(secretary, title="Comisión de prensa")
    announced(secretary, numbers=(1, 2, 3))
    draws.hold(draw_id=first.pk, public_value="1", by=secretary.actor, at=LATER)
    assert announced(secretary, at=LATER, not_before=LATER + timedelta(hours=1)).pk


def test_a_draw_is_called_off_with_its_reason_and_is_not_held(secretary, member):
    held = announced(secretary)
    with pytest.raises(NotAllowed):
        draws.call_off(draw_id=held.pk, reason="No", by=member.actor, at=NOW)
    with pytest.raises(errors.NoReason):
        draws.call_off(draw_id=held.pk, reason="  ", by=secretary.actor, at=NOW)
    draws.call_off(draw_id=held.pk, reason="Faltó la sección Hornos.", by=secretary.actor, at=NOW)
    said = told(Act.DRAW_ANNOUNCED)
    assert said == (
        "Quedó sin efecto el sorteo «Dos firmantes del acta», sin hacerse: Faltó la sección Hornos."
    )
    with pytest.raises(errors.CalledOff):
        draws.hold(draw_id=held.pk, public_value="1", by=secretary.actor, at=LATER)
    with pytest.raises(errors.CalledOff):
        draws.call_off(draw_id=held.pk, reason="Otra vez", by=secretary.actor, at=LATER)
    file = draws.file_of(held)
    assert file["called_off_because"] == "Faltó la sección Hornos."
    assert "seed" not in file
    assert announced(secretary).pk != held.pk
    assert prove_rotation().broken is None


def test_a_draw_that_was_held_is_not_called_off(secretary):
    held = announced(secretary)
    draws.hold(draw_id=held.pk, public_value="1", by=secretary.actor, at=LATER)
    with pytest.raises(errors.AlreadyDrawn):
        draws.call_off(draw_id=held.pk, reason="No gustó quién salió", by=secretary.actor, at=LATER)
