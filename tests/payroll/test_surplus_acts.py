"""From figures to money in the books: who may, what is refused, what is posted, and only once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assemblies.enums import Choice, MotionState
from coop.common.errors import NotAllowed
from coop.documents.domain import find
from coop.ledger import chart
from coop.ledger.domain import Posting, balances, post, reverse
from coop.ledger.models import Entry
from coop.record.models import Act
from coop.record.models import Entry as Recorded
from coop.statute.models import Matter, Resolution
from coop.statute.proposals import page_of, seal
from payroll import errors_surplus as errors
from payroll.domain import surplus
from payroll.domain.surplus_adopting import check, postings, recomputed
from payroll.models import SurplusDistribution, SurplusDraft, SurplusProposal
from payroll.proofs_surplus import SURPLUS
from payroll.waterfall import NothingToSplitBy, Results, Worker
from tests.payroll import sharing
from tests.payroll.sharing import DRAFTED, Floor, presented, sample, small
from tests.support.people import Instants

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cooperative):
    """The sample's 24."""
    sharing.reform()
    return sharing.more_members()


@pytest.fixture
def floor(desk, session, members) -> Floor:
    return Floor(desk, session, members)


@pytest.fixture
def held(treasurer) -> SurplusProposal:
    return presented(sample(), treasurer)


# --- drafting and presenting ---


def test_only_who_keeps_the_accounts_drafts_presents_and_discards(member, treasurer):
    draft = surplus.draft(year=sample(), title="A", by=treasurer.actor, at=DRAFTED)
    with pytest.raises(NotAllowed):
        surplus.draft(year=sample(), title="A", by=member.actor, at=DRAFTED)
    with pytest.raises(NotAllowed):
        surplus.present(key=draft.key, by=member.actor, at=DRAFTED)
    with pytest.raises(NotAllowed):
        surplus.discard(key=draft.key, by=member.actor, at=DRAFTED)


def test_a_presented_proposal_seals_input_result_and_what_is_shown(held):
    assert held.facts["input"] == sample().to_json()
    assert held.facts["result"] == sharing.expected()
    assert held.sha256 == seal(held.facts)
    titles = [table["title"] for table in held.facts["shown"]["tables"]]
    assert titles == ["El camino del excedente de 2025", "Lo que le toca a cada asociado/a"]
    assert not SurplusDraft.objects.exists()
    told = Recorded.objects.get(act=Act.SURPLUS_PROPOSED).facts
    assert told == {"year": 2025, "title": "Todo en efectivo", "sha256": held.sha256}


def test_a_presented_proposal_has_its_document_and_its_page(held):
    document = find("surplus", str(held.pk))
    assert document is not None
    assert document.facts["shown"] == held.facts["shown"]
    assert page_of("surplus", held.pk) == f"/cuentas/excedente/{held.pk}/"


def test_advances_are_kept_beside_the_facts_and_never_in_them(treasurer):
    year = sample()
    workers = tuple(replace(worker, advances=worker.number * 111_111) for worker in year.members)
    held = presented(replace(year, members=workers), treasurer)
    assert held.advances["24"] == 24 * 111_111
    assert {worker["advances"] for worker in held.facts["input"]["members"]} == {0}
    assert "2.666.664" not in str(held.facts)
    assert held.facts["result"] == sharing.expected()


def test_a_surplus_is_proposed_once_its_year_is_over(treasurer):
    with pytest.raises(errors.YearNotOver):
        surplus.draft(year=sample(), title="A", by=treasurer.actor, at=datetime(2025, 12, 31, 23, tzinfo=UTC))
    assert surplus.draft(year=sample(), title="A", by=treasurer.actor, at=datetime(2026, 1, 1, 4, tzinfo=UTC))


def test_the_funds_are_the_statutes_of_the_years_last_day(treasurer):
    year = sample()
    fewer = replace(year, rules=replace(year.rules, funds=year.rules.funds[:2]))
    with pytest.raises(errors.OtherFunds, match=r"reserva legal 0\.05"):
        surplus.draft(year=fewer, title="A", by=treasurer.actor, at=DRAFTED)


def test_a_rate_written_otherwise_is_the_same_rate(treasurer):
    year = sample()
    funds = tuple(replace(fund, rate="1/20") for fund in year.rules.funds)
    assert surplus.draft(
        year=replace(year, rules=replace(year.rules, funds=funds)), title="A", by=treasurer.actor, at=DRAFTED
    )


def test_a_year_before_the_first_statute_is_refused(treasurer):
    with pytest.raises(errors.NoStatuteThen):
        surplus.draft(year=replace(sample(), period=1995), title="A", by=treasurer.actor, at=DRAFTED)


def test_members_who_are_not_on_the_register_are_named(treasurer):
    year = sample()
    stranger = Worker(900, "10", 0, 0, 0)
    with pytest.raises(errors.UnknownMembers, match="900"):
        surplus.draft(
            year=replace(year, members=(*year.members, stranger)), title="A", by=treasurer.actor, at=DRAFTED
        )


def test_nothing_to_split_by_is_refused_before_anybody_sees_it(treasurer):
    year = sample()
    idle = tuple(replace(worker, hours="0") for worker in year.members)
    with pytest.raises(NothingToSplitBy):
        surplus.draft(year=replace(year, members=idle), title="A", by=treasurer.actor, at=DRAFTED)


def test_a_year_that_left_nothing_can_be_looked_at_and_not_presented(treasurer):
    year = replace(sample(), results=Results(-500, 0, 0))
    draft = surplus.draft(year=year, title="A", by=treasurer.actor, at=DRAFTED)
    with pytest.raises(errors.NothingToShare):
        surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)


def test_several_proposals_of_a_year_are_allowed_and_the_very_same_is_not(held, treasurer):
    other = presented(sample(), treasurer, "Otra")
    assert other.sha256 != held.sha256
    with pytest.raises(errors.AlreadyPresented):
        presented(sample(), treasurer)


def test_a_draft_is_presented_once_and_by_its_drafter(treasurer):
    draft = surplus.draft(year=sample(), title="A", by=treasurer.actor, at=DRAFTED)
    surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)
    with pytest.raises(errors.DraftGone):
        surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)


def test_what_goes_beyond_the_statute_is_said_to_the_assembly(treasurer):
    year = sample()
    chosen = replace(year.rules, share_interest_rate="0.08", basis="head")
    held = presented(replace(year, rules=chosen), treasurer)
    told = " ".join(held.facts["shown"]["paragraphs"])
    assert "Paga 8\u00a0% de interés" in told
    assert "autoriza 3\u00a0%" in told
    assert "Reparte el retorno en partes iguales" in told
    assert "aunque las horas no son iguales" in told


# --- adopting ---


def test_an_adopted_proposal_is_posted_in_one_balanced_entry(held, floor):
    poll = floor.adopt(held)
    done = SurplusDistribution.objects.get()
    assert (done.proposal, done.resolution, done.year) == (held, poll.resolution, 2025)
    entry = done.entry
    assert (entry.key, entry.resolution, entry.day) == ("surplus:2025", poll.resolution, Instants.day)
    result = sharing.expected()
    codes = balances(prefix="3") | balances(prefix="2")
    assert codes["3.9.2025"] == result["check"]["in"]
    assert codes["3.8"] == -result["losses_made_up"]
    assert codes["3.1"] == -result["special_reserve"]
    assert codes["3.2.reserva-legal"] == -result["funds"][0]["amount"]
    for part in result["returns"]:
        assert codes[f"2.2.{part['number']}"] == -part["amount"]
    for part in result["share_interest"]:
        assert codes[f"2.3.{part['number']}"] == -part["amount"]
    assert sum(line.cents for line in entry.lines.all()) == 0
    told = Recorded.objects.get(act=Act.SURPLUS_DISTRIBUTED).facts
    assert told["total"] == result["check"]["in"]
    assert told["sha256"] == held.sha256


def test_a_rejected_proposal_posts_nothing(held, floor):
    poll = floor.open(held)
    floor.desk.vote(poll, floor.members[0], Choice.NO)
    floor.desk.close_poll(poll)
    assert not SurplusDistribution.objects.exists()
    assert not Entry.objects.exists()


def test_the_motion_says_which_proposal_and_carries_its_seal(held, floor):
    motion = floor.put(held)
    assert motion.matter == Matter.SURPLUS_DISTRIBUTION
    assert held.code in motion.text
    assert (motion.put.kind, motion.put.number, motion.put.sha256) == ("surplus", held.pk, held.sha256)
    assert motion.put.facts == held.facts


def test_a_second_proposal_of_the_year_cannot_be_opened_once_one_is_adopted(held, floor, treasurer):
    other = presented(sample(), treasurer, "Otra")
    waiting = floor.put(other)
    floor.adopt(held)
    with pytest.raises(errors.AlreadyShared):
        floor.desk.open_poll(waiting)
    waiting.refresh_from_db()
    assert waiting.state == MotionState.SECONDED
    with pytest.raises(errors.AlreadyShared):
        floor.put(other)
    assert SurplusDistribution.objects.count() == 1


def test_two_proposals_of_a_year_are_never_open_at_once(held, floor, treasurer):
    from assemblies.errors import PollStillOpen

    other = floor.put(presented(sample(), treasurer, "Otra"))
    floor.open(held)
    with pytest.raises(PollStillOpen):
        floor.desk.open_poll(other)


def test_a_draft_of_a_year_that_was_shared_is_refused(held, floor, treasurer):
    draft = surplus.draft(year=sample(), title="Tarde", by=treasurer.actor, at=DRAFTED)
    floor.adopt(held)
    with pytest.raises(errors.AlreadyShared):
        surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)
    with pytest.raises(errors.AlreadyShared):
        surplus.draft(year=sample(), title="B", by=treasurer.actor, at=DRAFTED)


def test_what_changes_while_the_poll_is_open_does_not_stop_its_close(held, floor, treasurer):
    """A new proposal, a new statute, a member who leaves or is called otherwise."""
    poll = floor.open(held)
    presented(sample(), treasurer, "Otra")
    sharing.reform(datetime(2026, 3, 11, tzinfo=UTC).date(), share_interest_rate="0")
    gone = floor.members[20]
    gone.family_name, gone.left_on = "Otro Apellido", Instants.day
    gone.save(update_fields=["family_name", "left_on"])
    floor.close(poll)
    assert SurplusDistribution.objects.get().proposal == held


def test_a_proposal_with_another_seal_is_not_voted(held):
    facts = {**held.facts, "title": "Otra cosa"}
    for wrong in (
        replace(held.proposal, sha256="0" * 64),
        replace(held.proposal, facts=facts),
        replace(held.proposal, id=held.pk + 1),
        replace(held.proposal, facts=facts, sha256=seal(facts)),
    ):
        with pytest.raises(errors.NotTheProposal):
            check(wrong, Instants.moving)


def test_an_entry_that_is_in_the_way_is_found_before_the_vote(held, treasurer):
    post(
        key="surplus:2025",
        day=Instants.day,
        memo="de antes",
        postings=[Posting(chart.cash(), 1), Posting(chart.past_losses(), -1)],
        by=treasurer.actor,
        at=Instants.convening,
    )
    with pytest.raises(errors.CannotBePosted):
        check(held.proposal, Instants.moving)


def test_an_account_that_is_something_else_is_found_before_the_vote(held, treasurer):
    wrong = replace(chart.special_reserve(), holder=7)
    post(
        key="otra",
        day=Instants.day,
        memo="mal",
        postings=[Posting(wrong, 1), Posting(chart.past_losses(), -1)],
        by=treasurer.actor,
        at=Instants.convening,
    )
    with pytest.raises(errors.CannotBePosted, match=r"3\.1"):
        check(held.proposal, Instants.moving)


def test_reserves_used_for_losses_are_restored_in_the_books(members):
    year = small(members[:2], losses=replace(sample().losses, reserves_used=5_000_000))
    facts = {"input": year.to_json(), "result": sharing.share(year)}
    figures, result = recomputed(facts)
    lines = postings(figures, result, {1: "A", 2: "B"})
    assert sum(line.cents for line in lines) == 0
    restored = [line for line in lines if line.memo == "Reservas repuestas"]
    assert [(line.account.code, line.cents) for line in restored] == [("3.2.reserva-legal", -5_000_000)]


def test_a_loss_of_the_members_is_carried_while_others_results_are_reserved(members):
    year = small(members[:2], results=Results(-900, 300, 100))
    figures, result = recomputed({"input": year.to_json(), "result": sharing.share(year)})
    lines = {line.account.code: line.cents for line in postings(figures, result, {1: "A", 2: "B"})}
    assert lines == {"3.9.2025": -500, "3.8": 900, "3.1": -400}


# --- proof ---


def test_the_proof_finds_an_adopted_year_whole(held, floor, treasurer):
    presented(sample(), treasurer, "Otra")
    floor.adopt(held)
    checked = SURPLUS.run()
    assert checked.broken is None
    assert checked.rows == 3


def test_the_proof_still_holds_after_a_reversal(held, floor, treasurer):
    floor.adopt(held)
    entry = SurplusDistribution.objects.get().entry
    reverse(entry_id=entry.pk, reason="error", by=treasurer.actor, at=Instants.closing)
    assert SURPLUS.run().broken is None


def test_the_proof_names_a_proposal_whose_figures_do_not_give_its_result(treasurer, members):
    facts = surplus.frozen(sample(), "A")
    facts["result"] = {**facts["result"], "surplus": 1}
    SurplusProposal.objects.create(
        year=2025,
        title="A",
        facts=facts,
        sha256=seal(facts),
        advances={},
        drafted_by=treasurer,
        drafted_at=DRAFTED,
    )
    broken = SURPLUS.run().broken
    assert broken is not None
    assert "el resultado no sale de sus cifras" in broken.says


def test_the_proof_names_a_proposal_that_is_not_what_its_seal_says(treasurer, members):
    facts = surplus.frozen(sample(), "A")
    SurplusProposal.objects.create(
        year=2025,
        title="A",
        facts=facts,
        sha256="1" * 64,
        advances={},
        drafted_by=treasurer,
        drafted_at=DRAFTED,
    )
    broken = SURPLUS.run().broken
    assert broken is not None
    assert "código de control" in broken.says


def test_the_proof_names_a_resolution_that_shared_nothing(held):
    Resolution.objects.create(
        year=2026,
        number=1,
        adopted_at=Instants.closing,
        matter=Matter.SURPLUS_DISTRIBUTION,
        title="Reparto",
        adopted_by="nadie",
        tally={},
        proposal_kind="surplus",
        proposal_id=held.pk,
        proposal_sha256=held.sha256,
    )
    broken = SURPLUS.run().broken
    assert broken is not None
    assert broken.row == "resolución 1/2026"


def test_the_proof_names_an_entry_that_nobody_adopted(treasurer):
    post(
        key="surplus:2024",
        day=Instants.day,
        memo="de nadie",
        postings=[Posting(chart.cash(), 1), Posting(chart.past_losses(), -1)],
        by=treasurer.actor,
        at=Instants.convening,
    )
    broken = SURPLUS.run().broken
    assert broken is not None
    assert "nadie aprobó" in broken.says
