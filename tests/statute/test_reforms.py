"""A reform: drafted by the council, sealed, voted or adopted on paper, in force from the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assemblies.domain import polls
from assemblies.domain.putting import put as put_in_assembly
from assemblies.enums import Choice
from coop.common.errors import NotAllowed
from coop.council.models import SeatCode
from coop.members.models import Member
from coop.powers import system
from coop.record.models import Act, Entry
from coop.statute import drafting, errors, proposals, reforming
from coop.statute.domain import adopt, named, numbered, rules_at
from coop.statute.models import Matter, Resolution, StatuteDraft, StatuteReform, StatuteVersion
from coop.statute.models.reforms import KIND
from coop.statute.rules import MODEL_STATUTE, BadStatute
from tests.support.desk import Desk
from tests.support.people import Instants, give_seat, make_members
from tests.support.reform import present, reform

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cooperative) -> list[Member]:
    found = make_members()
    for member, seat in zip(
        found, (SeatCode.PRESIDENT, SeatCode.SECRETARY, SeatCode.TREASURER), strict=False
    ):
        give_seat(member, seat)
    return found


@pytest.fixture
def desk(members) -> Desk:
    return Desk(members[0], members[1])


def changed(document=None, **council):
    document = document or drafting.complete(MODEL_STATUTE)
    return document | {"council": document["council"] | (council or {"seats": 5})}


def drafted(by: Member, at=Instants.convening, **council) -> StatuteDraft:
    draft = drafting.begin(title="Reforma de 2026", by=by.actor, at=at)
    return drafting.edit(
        key=draft.key, turn=draft.turn, document=changed(draft.document, **council), by=by.actor, at=at
    )


def presented(by: Member, at=Instants.convening, **council) -> StatuteReform:
    draft = drafted(by, at, **council)
    return reforming.present(key=draft.key, turn=draft.turn, by=by.actor, at=at)


def adopted(held: StatuteReform, at=Instants.closing) -> Resolution:
    return adopt(
        matter=Matter.STATUTE_REFORM,
        title=held.title,
        text="",
        adopted_by="Asamblea extraordinaria",
        tally={"yes": 6, "no": 1, "abstain": 0},
        by=system(),
        at=at,
        proposal=held.proposal,
    )


# --- on the desk ---


def test_a_draft_begins_as_the_last_version_says(members):
    draft = drafting.begin(title="  Reforma \n de 2026 ", by=members[0].actor, at=Instants.convening)
    assert (draft.title, draft.document, drafting.changes_of(draft)) == (
        "Reforma de 2026",
        MODEL_STATUTE.to_json(),
        (),
    )


def test_only_the_council_drafts(members):
    for act in (
        lambda: drafting.begin(title="x", by=members[4].actor, at=Instants.convening),
        lambda: drafting.discard(
            key=drafting.begin(title="x", by=members[0].actor, at=Instants.convening).key,
            by=members[4].actor,
            at=Instants.convening,
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    draft = drafted(members[0])
    with pytest.raises(NotAllowed):
        reforming.present(key=draft.key, turn=draft.turn, by=members[4].actor, at=Instants.convening)


def test_what_changes_is_told_before_and_after_with_sources(members):
    draft = drafted(members[0], seats=5, term_years=2)
    told = [
        (one.title, one.label, one.before.sentence, one.after.sentence) for one in drafting.changes_of(draft)
    ]
    assert told == [
        (
            "Consejo y sindicatura",
            "Consejo de administración",
            "3 titulares y 2 suplentes.",
            "5 titulares y 2 suplentes.",
        ),
        (
            "Consejo y sindicatura",
            "Mandato",
            "Dura 3 ejercicios y termina solo.",
            "Dura 2 ejercicios y termina solo.",
        ),
    ]


def test_a_fund_that_goes_and_one_that_comes_are_changes(members):
    draft = drafting.begin(title="x", by=members[0].actor, at=Instants.convening)
    funds = draft.document["surplus"]["funds"]
    draft.document["surplus"]["funds"] = [
        *funds[:2],
        {"name": "fondo solidario", "rate": "1/20", "cap_of_capital": None, "source": "art. 40", "steps": []},
    ]
    saved = drafting.edit(
        key=draft.key, turn=0, document=draft.document, by=members[0].actor, at=Instants.convening
    )
    (change,) = drafting.changes_of(saved)
    assert (change.before.label, change.after.label) == (
        "educación y capacitación cooperativas",
        "fondo solidario",
    )


def test_a_draft_keeps_nothing_of_a_document_with_a_problem(members):
    draft = drafting.begin(title="x", by=members[0].actor, at=Instants.convening)
    with pytest.raises(BadStatute) as refused:
        drafting.edit(
            key=draft.key, turn=0, document=changed(seats=1), by=members[0].actor, at=Instants.convening
        )
    # With one seat there is neither secretary nor treasurer to sign.
    places = ["council.seats", "council.signers.1", "council.signers.2"]
    assert [one.place for one in refused.value.problems] == places
    draft.refresh_from_db()
    assert (draft.turn, draft.document) == (0, MODEL_STATUTE.to_json())


def test_the_law_above_it_is_not_reformed(members):
    draft = drafting.begin(title="x", by=members[0].actor, at=Instants.convening)
    document = changed(draft.document) | {"law": {"country": "XX", "source": "nadie"}}
    saved = drafting.edit(
        key=draft.key, turn=0, document=document, by=members[0].actor, at=Instants.convening
    )
    assert saved.document["law"] == {"country": "AR", "source": "ley 20.337"}


def test_of_two_who_write_nobody_loses_a_word(members):
    draft = drafted(members[0])
    with pytest.raises(errors.DraftChanged, match=members[0].name):
        drafting.edit(
            key=draft.key, turn=0, document=changed(seats=7), by=members[1].actor, at=Instants.convening
        )
    with pytest.raises(errors.DraftChanged):
        reforming.present(key=draft.key, turn=0, by=members[1].actor, at=Instants.convening)
    draft.refresh_from_db()
    assert draft.document["council"]["seats"] == 5


def test_what_changes_nothing_is_not_presented(members):
    draft = drafting.begin(title="x", by=members[0].actor, at=Instants.convening)
    with pytest.raises(errors.NothingChanges):
        reforming.present(key=draft.key, turn=0, by=members[0].actor, at=Instants.convening)


# --- presented ---


def test_presenting_seals_the_document_and_is_on_the_record(members):
    held = presented(members[0])
    assert not StatuteDraft.objects.exists()
    assert held.sha256 == proposals.seal(held.facts)
    entry = Entry.objects.get(act=Act.STATUTE_PROPOSED)
    assert entry.facts == {
        "reform": held.pk,
        "title": "Reforma de 2026",
        "sha256": held.sha256,
        "changes": 1,
    }
    table = held.facts["shown"]["tables"][0]
    assert (table["columns"], len(table["rows"])) == (["Regla", "Antes", "Después"], 1)


def test_the_same_reform_is_presented_once(members):
    presented(members[0])
    draft = drafted(members[1])
    with pytest.raises(errors.AlreadyPresented):
        reforming.present(key=draft.key, turn=draft.turn, by=members[1].actor, at=Instants.moving)


def test_it_waits_to_be_named_by_a_resolution_until_another_is_adopted(members):
    first, second = presented(members[0]), presented(members[0], seats=7)
    assert {one.id for one, _title in proposals.waiting_for("statute_reform")} == {first.pk, second.pk}
    adopted(second)
    assert proposals.waiting_for("statute_reform") == []
    with pytest.raises(errors.StaleReform, match="Reforma de 2026"):
        proposals.check(first.proposal, Instants.closing)


# --- adopted ---


def test_it_holds_from_the_day_after_its_adoption(members):
    held = presented(members[0])
    resolution = adopted(held)
    version = StatuteVersion.objects.get(reform=held)
    assert (version.holds_from, version.resolution) == (date(2026, 3, 12), resolution)
    assert rules_at(Instants.closing).council.seats == 3
    midnight = datetime(2026, 3, 12, 3, tzinfo=UTC)
    assert rules_at(midnight - timedelta(seconds=1)).council.seats == 3
    assert rules_at(midnight).council.seats == 5
    entry = Entry.objects.get(act=Act.STATUTE_REFORMED)
    assert entry.facts == {
        "title": "Reforma de 2026",
        "resolution": str(resolution),
        "holds_from": "2026-03-12",
        "sha256": version.sha256,
        "changes": 1,
    }


@pytest.mark.parametrize(
    ("stated", "holds"),
    [
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 3, 11), date(2026, 3, 12)),
        (date(2020, 1, 1), date(2026, 3, 12)),
    ],
)
def test_or_from_a_later_day_that_it_states_and_never_from_an_earlier(members, stated, holds):
    draft = drafted(members[0])
    draft = drafting.describe(
        key=draft.key,
        turn=draft.turn,
        title=draft.title,
        why="Porque sí.",
        holds_from=stated,
        by=members[0].actor,
        at=Instants.convening,
    )
    held = reforming.present(key=draft.key, turn=draft.turn, by=members[0].actor, at=Instants.convening)
    adopted(held)
    assert StatuteVersion.objects.get(reform=held).holds_from == holds


def test_a_day_before_the_statute_of_now_is_refused(members):
    draft = drafted(members[0])
    with pytest.raises(errors.HoldsTooSoon, match="01/02/2002"):
        drafting.describe(
            key=draft.key,
            turn=draft.turn,
            title="x",
            why="",
            holds_from=date(2002, 2, 1),
            by=members[0].actor,
            at=Instants.convening,
        )


def test_a_reform_of_one_that_does_not_hold_yet_holds_after_it(members):
    far = drafted(members[0])
    far = drafting.describe(
        key=far.key,
        turn=far.turn,
        title="Lejana",
        why="",
        holds_from=date(2027, 1, 1),
        by=members[0].actor,
        at=Instants.convening,
    )
    adopted(reforming.present(key=far.key, turn=far.turn, by=members[0].actor, at=Instants.convening))
    near = presented(members[0], seats=7)
    adopted(near)
    assert StatuteVersion.objects.get(reform=near).holds_from == date(2027, 1, 2)


def test_the_assembly_adopts_it_by_two_thirds(members, desk):
    held = presented(members[0])
    assembly = desk.session(members)
    motion = put_in_assembly(
        kind=KIND,
        number=held.pk,
        item_id=assembly.items.get(position=2).pk,
        mover=members[3],
        seconder=members[4],
        by=members[1].actor,
        at=Instants.moving,
    )
    assert motion.title == "Reformar el estatuto: «Reforma de 2026»"
    poll = desk.open_poll(motion)
    assert (poll.majority.numerator, poll.majority.denominator) == (2, 3)
    for member, choice in zip(members, [Choice.YES] * 4 + [Choice.NO] * 2, strict=False):
        desk.vote(poll, member, choice)
    closed = desk.close_poll(poll)
    assert closed.adopted
    assert StatuteVersion.objects.get(reform=held).resolution == closed.resolution


def test_the_assembly_rejects_it_by_less_and_nothing_changes(members, desk):
    held = presented(members[0])
    assembly = desk.session(members)
    motion = put_in_assembly(
        kind=KIND,
        number=held.pk,
        item_id=assembly.items.get(position=2).pk,
        mover=members[3],
        seconder=members[4],
        by=members[1].actor,
        at=Instants.moving,
    )
    poll = desk.open_poll(motion)
    for member, choice in zip(members, [Choice.YES] * 3 + [Choice.NO] * 2, strict=False):
        desk.vote(poll, member, choice)
    assert not desk.close_poll(poll).adopted
    assert StatuteVersion.objects.count() == 1


def test_a_stale_reform_is_not_put_to_the_vote(members, desk):
    held = presented(members[0])
    assembly = desk.session(members)
    motion = put_in_assembly(
        kind=KIND,
        number=held.pk,
        item_id=assembly.items.get(position=2).pk,
        mover=members[3],
        seconder=members[4],
        by=members[1].actor,
        at=Instants.moving,
    )
    reform(date(2026, 3, 10), changed(seats=9))
    with pytest.raises(errors.StaleReform):
        polls.open_poll(motion_id=motion.pk, by=members[0].actor, at=Instants.voting)


def test_what_happens_while_its_poll_is_open_cannot_stop_its_close(members, desk):
    """Somebody confirms another reform out of the paper book in that very minute."""
    held = presented(members[0])
    assembly = desk.session(members)
    motion = put_in_assembly(
        kind=KIND,
        number=held.pk,
        item_id=assembly.items.get(position=2).pk,
        mover=members[3],
        seconder=members[4],
        by=members[1].actor,
        at=Instants.moving,
    )
    poll = desk.open_poll(motion)
    for member in members:
        desk.vote(poll, member)
    reform(date(2026, 3, 20), changed(seats=9))
    assert desk.close_poll(poll).adopted
    assert StatuteVersion.objects.get(reform=held).holds_from == date(2026, 3, 21)


def test_a_resolution_of_the_paper_book_without_a_reform_is_history(members):
    adopt(
        matter=Matter.STATUTE_REFORM,
        title="Cambio del artículo 5",
        text="",
        adopted_by="Acta 12",
        tally={},
        by=system(),
        at=Instants.closing,
    )
    assert StatuteVersion.objects.count() == 1


def test_a_reform_whose_words_are_not_its_document_is_not_voted(members):
    """A row that somebody wrote by SQL: sealed, and showing the assembly something else."""
    held = presented(members[0])
    facts = held.facts | {"shown": {"paragraphs": ["No cambia nada."], "tables": []}}
    forged = StatuteReform.objects.create(
        base=held.base,
        title=held.title,
        facts=facts,
        sha256=proposals.seal(facts),
        presented_at=Instants.convening,
        presented_by="nadie",
    )
    with pytest.raises(errors.NotTheReform):
        proposals.check(forged.proposal, Instants.moving)


def test_the_next_reform_is_drafted_from_the_one_before(members):
    first = reform(date(2025, 1, 1), changed(seats=5), title="Primera")
    held = present(changed(first.document, seats=7), title="Segunda", at=Instants.convening)
    (row,) = held.facts["changes"]
    assert (held.base, row["before"]) == (first, "5 titulares y 2 suplentes. (ET 54 a 70)")


def test_a_reform_of_long_ago_holds_from_the_day_after_it_is_written_down(members):
    """What was done meanwhile was judged by the version before it."""
    held = presented(members[0])
    resolution = numbered(
        adopted_at=Instants.closing - timedelta(days=300),
        matter=Matter.STATUTE_REFORM,
        title="Reforma",
        text="",
        adopted_by="Acta 12",
        tally={},
        **named(held.proposal),
    )
    reforming.take_effect(resolution, members[0].actor, Instants.closing)
    assert StatuteVersion.objects.get(reform=held).holds_from == date(2026, 3, 12)
