"""A sanction file: told, defended, decided, appealed; and what comes of it."""

from datetime import date, timedelta

import pytest

from coop.common.errors import NotAllowed
from coop.members import sanction_steps, sanctioning
from coop.members.enums import FactKind, Measure, Outcome, State
from coop.members.errors import BelongsToFile, WrongMatter
from coop.members.errors_sanctions import (
    AppealRanOut,
    AppealTooLate,
    DecidedBefore,
    DefenceRunsStill,
    NeedsDefence,
    SaysNothing,
    StepDoesNotFollow,
    SuspensionTooLong,
)
from coop.members.lifecycle import status_of, take_back
from coop.members.models import Member, MemberFact, SanctionFile, SanctionStep
from coop.members.proofs import register
from coop.members.telling_facts import next_position, rewrite
from coop.members.voice import without_vote
from coop.powers import Power, may
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.models import Matter, StatuteVersion
from tests.members.books import decided, noon
from tests.support.raw import refused, refused_rows
from tests.support.reform import reform

pytestmark = pytest.mark.django_db
START = date(2026, 4, 1)


class Case:
    """One file, step by step; days are counted from its opening."""

    def __init__(self, member: Member, secretary: Member) -> None:
        self.member, self.secretary = member, secretary
        self.file = sanctioning.open_file(
            member_id=member.pk,
            charge="Faltó tres turnos sin aviso.",
            opened_on=START,
            by=secretary.actor,
            at=noon(START),
        )

    def on(self, days: int) -> date:
        return START + timedelta(days=days)

    def act(self, verb, after: int, by: Member | None = None, **values):
        actor = (by or self.secretary).actor
        return verb(file_id=self.file.pk, by=actor, at=noon(self.on(after)), **values)

    def notified(self) -> "Case":
        self.act(sanctioning.notify, 1, day=self.on(1), due=self.on(11))
        return self

    def heard(self) -> "Case":
        self.notified()
        self.act(sanctioning.defend, 5, by=self.member, text="Estuve internado.")
        return self

    def decide(self, measure: Measure, after: int = 20, **values) -> SanctionStep:
        resolution = decided(self.secretary, self.on(after))
        return self.act(
            sanctioning.decide, after, measure=measure, day=self.on(after), resolution=resolution, **values
        )

    def appeal(self, days: int, by: Member | None = None) -> SanctionStep:
        return self.act(sanctioning.appeal, days, by=by or self.member, text="No es justo.")

    def settled(self, outcome: Outcome, days: int, matter: Matter = Matter.EXCLUSION_APPEAL) -> SanctionStep:
        resolution = decided(self.secretary, self.on(days), matter)
        return self.act(
            sanctioning.decide_appeal, days, outcome=outcome, day=self.on(days), resolution=resolution
        )

    def state(self, days: int) -> State:
        return status_of(self.member, self.on(days)).state


@pytest.fixture
def case(member: Member, secretary: Member) -> Case:
    return Case(member, secretary)


@pytest.mark.parametrize("measure", [Measure.SUSPENSION, Measure.EXCLUSION])
def test_nobody_is_suspended_or_excluded_unheard(case, measure):
    more = {"days": 10} if measure == Measure.SUSPENSION else {}
    with pytest.raises(NeedsDefence, match=str(measure.label)):
        case.decide(measure, **more)
    case.notified()
    with pytest.raises(NeedsDefence):
        case.decide(measure, **more)
    with pytest.raises(DefenceRunsStill):
        case.act(sanctioning.give_up_waiting, 11)
    case.act(sanctioning.give_up_waiting, 12)
    assert case.decide(measure, **more).measure == measure


def test_a_call_to_attention_needs_no_defence_and_changes_nothing(case):
    case.decide(Measure.CALL)
    assert case.state(21) == State.ACTIVE
    assert MemberFact.objects.filter(sanction=case.file).count() == 0


def test_a_suspension_has_its_days_and_takes_vote_seat_and_powers_meanwhile(case, president):
    case.heard()
    with pytest.raises(SuspensionTooLong, match="30"):
        case.decide(Measure.SUSPENSION, days=31)
    case.decide(Measure.SUSPENSION, days=10, starts_on=case.on(22))
    assert [case.state(day) for day in (21, 22, 31, 32)] == ["active", "suspended", "suspended", "active"]
    told = without_vote([case.member.pk, president.pk], noon(case.on(25)))
    assert list(told) == [case.member.pk]
    assert without_vote([case.member.pk], noon(case.on(32))) == {}
    there = [Member.objects.in_assembly(case.on(n)).filter(pk=case.member.pk).exists() for n in (21, 25, 32)]
    assert there == [True, False, True]
    assert case.member.is_on_register(case.on(25))


def test_an_exclusion_waits_for_the_days_of_appeal(case):
    step = case.heard().decide(Measure.EXCLUSION)
    assert step.due == case.on(50)
    assert [case.state(day) for day in (20, 50, 51)] == ["active", "active", "excluded"]
    held = Member.objects.get(pk=case.member.pk)
    assert (held.left_on, held.leaving_reason) == (case.on(51), "Exclusión")


def test_an_appeal_in_time_keeps_the_member_until_the_assembly_has_spoken(case):
    case.heard().decide(Measure.EXCLUSION)
    case.appeal(50)
    assert case.state(80) == State.ACTIVE
    assert Member.objects.get(pk=case.member.pk).left_on is None
    case.settled(Outcome.UPHELD, 70)
    assert [case.state(day) for day in (69, 70)] == ["active", "excluded"]


def test_an_appeal_that_is_won_leaves_no_trace_on_the_line(case):
    case.heard().decide(Measure.EXCLUSION)
    case.appeal(30)
    case.settled(Outcome.REVOKED, 60)
    assert case.state(90) == State.ACTIVE


def test_an_appeal_too_late_is_refused_with_the_day(case):
    case.heard().decide(Measure.EXCLUSION)
    with pytest.raises(AppealTooLate, match="21/05/2026"):
        case.appeal(51)
    assert case.state(51) == State.EXCLUDED


def test_where_the_statute_does_not_wait_an_exclusion_holds_at_once_and_is_undone_by_the_assembly(case):
    version = StatuteVersion.objects.get()
    membership = {**version.document["membership"], "exclusion_waits_for_appeal": False}
    reform(START, {**version.document, "membership": membership})
    case.heard().decide(Measure.EXCLUSION)
    assert [case.state(day) for day in (19, 20)] == ["active", "excluded"]
    case.appeal(30, by=case.secretary)
    assert case.state(31) == State.EXCLUDED
    case.settled(Outcome.REVOKED, 60)
    assert [case.state(day) for day in (59, 60)] == ["excluded", "active"]


def test_a_suspension_revoked_while_it_runs_ends_that_day(case):
    case.heard().decide(Measure.SUSPENSION, days=30)
    case.appeal(22)
    case.settled(Outcome.REVOKED, 30)
    assert [case.state(day) for day in (29, 30)] == ["suspended", "active"]


def test_an_appeal_is_decided_by_a_resolution_on_an_appeal(case):
    case.heard().decide(Measure.EXCLUSION)
    case.appeal(30)
    with pytest.raises(WrongMatter):
        case.settled(Outcome.UPHELD, 60, Matter.MEMBERSHIP)


def test_what_came_of_a_file_is_not_taken_back_by_hand(case):
    case.heard().decide(Measure.EXCLUSION)
    fact = MemberFact.objects.get(sanction=case.file)
    with pytest.raises(BelongsToFile):
        take_back(fact_id=fact.pk, reason="x", by=case.secretary.actor, at=noon(case.on(22)))


def test_steps_come_once_and_in_order(case):
    with pytest.raises(StepDoesNotFollow):
        case.act(sanctioning.defend, 2, by=case.member, text="antes de tiempo")
    case.notified()
    with pytest.raises(StepDoesNotFollow):
        case.notified()
    case.act(sanctioning.defend, 5, by=case.member, text="Estuve internado.")
    for verb, values in (
        (sanctioning.defend, {"text": "otra vez"}),
        (sanctioning.give_up_waiting, {}),
        (sanctioning.appeal, {"text": "sin decisión"}),
    ):
        with pytest.raises(StepDoesNotFollow):
            case.act(verb, 30, **values)
    with pytest.raises(StepDoesNotFollow):
        case.decide(Measure.CALL, after=4)


def test_words_that_say_nothing_are_refused(case):
    case.notified()
    with pytest.raises(SaysNothing):
        case.act(sanctioning.defend, 5, by=case.member, text=" \u200b\n ")


def test_nobody_keeps_their_own_file_and_the_council_keeps_the_secretarys(members, secretary, treasurer):
    for by in (secretary, members[4]):
        with pytest.raises(NotAllowed):
            sanctioning.open_file(
                member_id=secretary.pk, charge="x", opened_on=START, by=by.actor, at=noon(START)
            )
    file = sanctioning.open_file(
        member_id=secretary.pk, charge="No asentó.", opened_on=START, by=treasurer.actor, at=noon(START)
    )
    with pytest.raises(NotAllowed):
        sanctioning.notify(
            file_id=file.pk, day=START, due=START + timedelta(days=9), by=secretary.actor, at=noon(START)
        )
    assert may(secretary.actor, Power.KEEP_REGISTER, noon(START))


def test_a_file_is_read_by_the_person_the_council_and_the_audit(case, president, members):
    at = noon(START)
    readers = {one: sanction_steps.may_read(case.file, one.actor, at) for one in members}
    assert [readers[one] for one in (case.member, case.secretary, president)] == [True] * 3
    assert [readers[one] for one in members[4:]] == [False] * 3


def test_the_record_never_says_whose_file_it_is(case):
    case.heard().decide(Measure.WARNING)
    entries = Entry.objects.filter(act=Act.SANCTION_FILE)
    assert [entry.facts["step"] for entry in entries] == ["opened", "notified", "defence", "decided"]
    for entry in entries:
        assert case.member.name not in entry.sealed.replace(entry.actor_name, "")
        assert "N.º 1" in teller(entry.act)(entry.facts)


def test_the_database_refuses_a_suspension_undefended_and_an_effect_nobody_decided(case):
    resolution = decided(case.secretary, case.on(2))
    step = {
        "file": case.file,
        "day": case.on(2),
        "at": noon(case.on(2)),
        "by": case.secretary,
        "resolution": resolution,
    }
    refused_rows(SanctionStep(position=1, kind="decided", measure="exclusion", **step), match="undefended")
    refused_rows(SanctionStep(position=2, kind="notified", **step), match="does not follow")
    refused_rows(
        MemberFact(
            member=case.member,
            position=2,
            kind="excluded",
            day=case.on(3),
            sanction=case.file,
            at=noon(START),
        ),
        match="decided no such thing",
    )
    refused("UPDATE members_sanctionfile SET charge = 'x'", match="denied")
    refused("DELETE FROM members_sanctionstep", match="denied")
    assert SanctionFile.objects.get().charge == "Faltó tres turnos sin aviso."


def test_a_suspension_does_not_begin_before_it_is_written_down(case):
    case.heard()
    values = {"measure": Measure.SUSPENSION, "days": 10, "resolution": decided(case.secretary, case.on(20))}
    with pytest.raises(StepDoesNotFollow):
        case.act(sanctioning.decide, 25, day=case.on(20), starts_on=case.on(20), **values)
    assert case.act(sanctioning.decide, 25, day=case.on(20), **values).starts_on == case.on(25)


def test_an_exclusion_is_not_written_down_once_nobody_can_appeal_it(case):
    case.heard()
    resolution = decided(case.secretary, case.on(20))
    with pytest.raises(AppealRanOut):
        case.act(sanctioning.decide, 90, measure=Measure.EXCLUSION, day=case.on(20), resolution=resolution)


def test_a_resolution_older_than_the_defence_decides_nothing_on_it(case):
    old = decided(case.secretary, START)
    case.heard()
    with pytest.raises(DecidedBefore):
        case.act(sanctioning.decide, 20, measure=Measure.EXCLUSION, day=case.on(20), resolution=old)


def test_the_proof_names_a_suspension_that_no_act_tells(case):
    case.heard().decide(Measure.SUSPENSION, days=5)
    assert register().broken is None
    MemberFact.objects.create(
        member=case.member,
        position=next_position(case.member),
        kind=FactKind.SUSPENDED,
        day=case.on(40),
        until=case.on(50),
        sanction=case.file,
        at=noon(START),
    )
    rewrite(case.member)
    assert register().broken
