"""Bank and registry are told of each change: it opens by itself, and stays in sight until it is done."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from coop.common.errors import NotAllowed
from coop.council import errors_handover as errors
from coop.council.enums_handover import FilingKind, StepKind
from coop.council.filings import acts
from coop.council.filings.acts import Step
from coop.council.filings.opening import open_due
from coop.council.filings.state import FilingState, read, standing
from coop.council.models import Filing, FilingStep, SeatCode
from coop.council.telling_handover import TOLD
from coop.record.models import Act, Entry
from tests.council.handing import AFTER, BEGAN, CHANGE, ENDS, follow
from tests.support import people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 5, 1)


@pytest.fixture
def filing(members) -> Filing:
    follow(members[3], members[4])
    bank, _registry = open_due(AFTER)
    return bank


def wrote(filing: Filing, by, kind: StepKind, at=AFTER, **values) -> FilingStep:
    return acts.write_step(filing_id=filing.pk, step=Step(kind, **values), by=by.actor, at=at)


def state_of(filing: Filing, today: date = TODAY) -> FilingState:
    return FilingState(read().get(pk=filing.pk), today)


def test_each_renewal_opens_bank_and_registry_once_with_their_days(members):
    follow(members[3], members[4])
    follow(members[5], members[6], SeatCode.PRESIDENT)
    opened = open_due(AFTER)
    assert [(one.kind, one.changed_on, one.due_on) for one in opened] == [
        (FilingKind.BANK, TODAY, TODAY + 10 * DAY),
        (FilingKind.REGISTRY, TODAY, TODAY + 30 * DAY),
    ]
    assert open_due(AFTER) == open_due(AFTER + DAY) == []


def test_who_does_not_sign_is_nothing_to_the_bank(members):
    follow(members[3], members[4], SeatCode.MEMBER_1)
    assert [one.kind for one in open_due(AFTER)] == [FilingKind.REGISTRY]


def test_an_alternate_is_told_to_nobody_and_an_old_change_neither(members):
    follow(members[3], members[4], SeatCode.ALTERNATE_1)
    people.give_seat(members[5], SeatCode.PRESIDENT, BEGAN, ENDS)
    assert open_due(AFTER) == []


def test_the_councils_own_days_hold_for_the_next_change(members, secretary):
    with pytest.raises(NotAllowed):
        acts.keep_days(kind=FilingKind.BANK, days=5, source="Banco", by=members[5].actor, at=BEGAN + DAY)
    acts.keep_days(kind=FilingKind.BANK, days=5, source="Banco", by=secretary.actor, at=CHANGE - DAY)
    follow(members[3], members[4])
    assert open_due(AFTER)[0].due_on == TODAY + 5 * DAY


def test_it_is_done_with_the_number_of_the_proceeding_and_closed_once(filing, secretary):
    with pytest.raises(errors.FilingNeeds):
        wrote(filing, secretary, StepKind.DONE, day=TODAY)
    for wrong in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(errors.FilingNotOn):
            wrote(filing, secretary, StepKind.DONE, day=wrong, number="EX-7")
    wrote(filing, secretary, StepKind.DONE, day=TODAY, number="EX-7")
    with pytest.raises(errors.FilingClosed):
        wrote(filing, secretary, StepKind.NOTE, note="otra cosa")
    assert filing not in standing()
    assert state_of(filing, TODAY + 99 * DAY).overdue == 0


def test_it_is_late_the_day_after_and_shows_the_day_it_was_put_off_from(filing, secretary):
    assert state_of(filing, filing.due_on).overdue == 0
    assert state_of(filing, filing.due_on + DAY).overdue == 1
    with pytest.raises(errors.FilingNeeds):
        wrote(filing, secretary, StepKind.PUT_OFF, due_on=filing.due_on + 5 * DAY)
    wrote(filing, secretary, StepKind.PUT_OFF, due_on=filing.due_on + 5 * DAY, note="turno del banco")
    state = state_of(filing, filing.due_on + DAY)
    assert (state.overdue, state.due, state.filing.due_on) == (0, filing.due_on + 5 * DAY, filing.due_on)


def test_who_has_it_in_charge_says_how_it_goes_and_nothing_else(filing, secretary, members):
    with pytest.raises(errors.FilingNotYours):
        wrote(filing, members[6], StepKind.NOTE, note="fui")
    wrote(filing, secretary, StepKind.TAKEN, who=members[6])
    wrote(filing, members[6], StepKind.NOTE, note="fui")
    with pytest.raises(errors.FilingNotYours):
        wrote(filing, members[6], StepKind.PUT_OFF, due_on=TODAY + 50 * DAY, note="no llego")
    wrote(filing, members[6], StepKind.DONE, day=TODAY, number="9")
    assert state_of(filing).done


def test_another_filing_is_added_by_who_keeps_them(secretary, members):
    day = TODAY + 40 * DAY
    with pytest.raises(NotAllowed):
        acts.add_filing(title="Balance", due_on=day, by=members[5].actor, at=AFTER)
    with pytest.raises(errors.FilingNotOn):
        acts.add_filing(title="Balance", due_on=TODAY - DAY, by=secretary.actor, at=AFTER)
    made = acts.add_filing(title="Balance", due_on=day, by=secretary.actor, at=AFTER)
    assert (made.kind, made.opened_by) == (FilingKind.OTHER, secretary)


def test_each_step_is_on_the_record_without_its_note(filing, secretary):
    wrote(filing, secretary, StepKind.NOTE, note="el gerente no vino")
    told = Entry.objects.filter(act=Act.FILING_KEPT)
    assert told.count() == 3
    assert not told.filter(sealed__contains="gerente").exists()


def test_a_title_of_ours_follows_the_reader_and_one_that_was_typed_stays(filing, secretary):
    bank = filing
    typed = acts.add_filing(title="Renovar el seguro", due_on=AFTER.date(), by=secretary.actor, at=AFTER)
    assert bank.title.startswith("Firmas en el banco")
    with translation.override("en"):
        assert state_of(bank).title.startswith("Signatures at the bank")
        assert state_of(typed).title == "Renovar el seguro"
        first = Entry.objects.filter(act=Act.FILING_KEPT, facts__filing=bank.pk).get()
        assert "Signatures at the bank" in TOLD[Act.FILING_KEPT](first.facts)
