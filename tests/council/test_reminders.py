"""That a term ends is told 90, 30 and 7 days before: once each, to everybody, on the page first."""

from datetime import timedelta

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from coop.common.home import cards_for
from coop.council.filings.opening import open_due as open_filings
from coop.council.handover.opening import open_due
from coop.council.mailing import mail_reminders
from coop.council.models import HowEnded, SeatCode, Term, TermReminder
from coop.council.reminders import endings, reached, remind
from coop.council.tasks import watch
from tests.council.handing import AFTER, BEGAN, CHANGE, ENDS, follow
from tests.support import people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def term(members) -> Term:
    return people.give_seat(members[3], SeatCode.TREASURER, BEGAN, CHANGE)


def test_each_of_the_three_is_told_once_whatever_the_day_it_is_asked(term):
    assert remind(CHANGE - 91 * DAY) == []
    for left, expected in ((90, 90), (89, None), (30, 30), (12, None), (7, 7), (1, None)):
        said = remind(CHANGE - left * DAY)
        assert [one.days for one in said] == ([expected] if expected else [])
        assert remind(CHANGE - left * DAY) == []
    assert remind(CHANGE) == []
    assert TermReminder.objects.count() == 3


def test_a_server_that_was_off_tells_only_the_nearest(term):
    assert [one.days for one in remind(CHANGE - 5 * DAY)] == [7]
    assert remind(CHANGE - 4 * DAY) == []


@given(days=st.lists(st.integers(0, 200), max_size=30))
def test_whatever_the_days_asked_no_reminder_is_late_and_the_last_reached_is_told(days):
    told: set[int] = set()
    for left in sorted(days, reverse=True):
        now = reached(timedelta(days=left))
        if now is not None and not any(one <= now for one in told):
            told.add(now)
    if days and min(days) <= 90:
        assert min(told) == reached(timedelta(days=min(days)))
    else:
        assert not told


def test_a_term_that_ended_before_its_day_is_told_no_more(term, secretary, at):
    remind(CHANGE - 90 * DAY)
    early = CHANGE - 60 * DAY
    Term.objects.filter(pk=term.pk).update(
        during=(BEGAN, early),
        how_ended=HowEnded.RESIGNED,
        would_have_ended=CHANGE,
        ended_recorded_at=early,
        ended_by=secretary,
    )
    assert remind(CHANGE - 30 * DAY) == []
    assert endings(CHANGE - 30 * DAY) == []


def test_everybody_sees_what_ends_and_who_follows(term, members):
    people.give_seat(members[4], SeatCode.TREASURER, CHANGE, ENDS)
    [ending] = endings(CHANGE - 8 * DAY)
    assert (ending.days, ending.next_name) == (7, members[4].name)
    for who in members:
        titles = [card.title for card in cards_for(who.pk, CHANGE - 8 * DAY)]
        assert "1 mandato termina en 7 días" in titles
        assert not any("termina" in title for title in _titles(who, CHANGE - 91 * DAY))


def _titles(who, at):
    return [card.title for card in cards_for(who.pk, at)]


def test_late_filings_are_on_everybodys_home_page(members):
    follow(members[3], members[4])
    open_filings(AFTER)
    assert not any("vencido" in title for title in _titles(members[5], AFTER))
    assert "1 trámite del consejo está vencido" in _titles(members[5], AFTER + 11 * DAY)
    assert "2 trámites del consejo están vencidos" in _titles(members[5], AFTER + 31 * DAY)


def test_a_handover_waits_for_its_two_sides_alone(members):
    follow(members[3], members[4])
    open_due(AFTER)
    seen = [who for who in members if any("Traspaso" in title for title in _titles(who, AFTER))]
    assert seen == [members[3], members[4]]


def test_mail_goes_once_to_those_who_have_one_and_shows_no_address_to_the_others(term, members, settings):
    settings.EMAIL_OFFERED, settings.EMAIL_FROM = True, "coop@ejemplo.coop"
    at = CHANGE - 30 * DAY
    remind(at)
    assert mail_reminders(at) == 1
    assert mail_reminders(at) == 0
    [sent] = mail.outbox
    assert sent.to == ["coop@ejemplo.coop"]
    assert sorted(sent.bcc) == sorted(one.email for one in members)
    assert "30/04/2026" in sent.body or "30/4/2026" in sent.body


def test_without_a_mail_server_nothing_is_sent_and_the_page_says_it_all_the_same(term, members, settings):
    settings.EMAIL_OFFERED = False
    remind(CHANGE - 30 * DAY)
    assert mail_reminders(CHANGE - 30 * DAY) == 0
    assert not mail.outbox
    assert any("termina" in title for title in _titles(members[6], CHANGE - 30 * DAY))


def test_the_task_may_run_before_there_is_a_cooperative_and_twice(db):
    watch()
    people.make_cooperative()
    watch()
    watch()
    assert not TermReminder.objects.exists()
