"""Cheating with terms: what a scheming officer tries, and what whoever owns the database falsifies."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from coop.common.errors import NotAllowed
from coop.council import errors
from coop.council.importing import import_terms
from coop.council.models import HowEnded, Term
from coop.council.seating import end_term
from coop.council.vacancies import assembly_met, name_until_assembly, next_for
from coop.members.errors import FileHasProblems
from coop.statute.models import Matter
from tests.support import people
from tests.support.files import terms_file
from tests.support.people import Instants
from tests.support.raw import refused
from tests.support.seats import decided, ended, instant, seated

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 15, tzinfo=UTC)


def test_one_election_seats_one_person_in_a_seat(members):
    told = decided()
    term = seated("treasurer", members[3], resolution=told)
    ended(term, HowEnded.RESIGNED, NOW)
    with pytest.raises(errors.SeatedAlready, match=term.member.name):
        seated("treasurer", members[4], SEPTEMBER + timedelta(days=1), resolution=told, at=NOW)
    assert seated("secretary", members[4], SEPTEMBER + timedelta(days=1), resolution=told, at=NOW).pk


def test_what_never_began_may_be_put_right_by_the_same_election(members):
    told = decided()
    ended(seated("treasurer", members[3], resolution=told), HowEnded.RESIGNED, instant(date(2026, 4, 25)))
    assert seated("treasurer", members[4], resolution=told).pk


def test_an_election_seats_nobody_years_later(members):
    told, late = decided(), date(2027, 5, 1)
    with pytest.raises(errors.DecidedLongBefore, match="21/04/2027"):
        seated("treasurer", members[3], late, date(2028, 4, 30), resolution=told)


def test_the_database_says_so_too(members):
    told = decided()
    term = seated("treasurer", members[3], resolution=told)
    ended(term, HowEnded.RESIGNED, NOW)
    insert = (
        "INSERT INTO council_term (seat_id, member_id, during, elected_by, basis, resolution_id,"
        " council_or_audit, how_ended, ended_note) VALUES (%s, %s, tstzrange(%s, %s), 'x', 'elected', %s,"
        " true, '', '')"
    )
    for first in (NOW + timedelta(days=1), instant(date(2029, 1, 1))):
        values = [term.seat_id, members[4].pk, first, first + timedelta(days=30), told.pk]
        refused(insert, values, match="seats somebody once")


def test_a_recall_from_before_the_term_recalls_nobody(members):
    term = seated("treasurer", members[3])
    old = decided(Matter.RECALL, instant(date(2026, 4, 25)), title="Revocar a otra persona")
    with pytest.raises(errors.RecalledBefore):
        ended(term, HowEnded.RECALLED, NOW, resolution=old)


def test_a_recall_is_not_kept_for_later(members):
    term = seated("treasurer", members[3])
    kept = decided(Matter.RECALL, NOW)
    with pytest.raises(errors.DecidedLongBefore):
        ended(term, HowEnded.RECALLED, NOW + timedelta(days=40), resolution=kept)
    update = (
        "UPDATE council_term SET how_ended = 'recalled', ended_resolution_id = %s, ended_recorded_at = %s,"
        " would_have_ended = upper(during), during = tstzrange(lower(during), %s) WHERE id = %s"
    )
    later = NOW + timedelta(days=40)
    refused(update, [kept.pk, later, later, term.pk], match="another time")


@pytest.mark.parametrize("how", [HowEnded.RESIGNED, HowEnded.MOVED])
def test_the_secretary_resigns_for_nobody(members, secretary, how):
    term = seated("treasurer", members[3])
    with pytest.raises(errors.TheirOwnToSay, match=members[3].name):
        ended(term, how, NOW, note="Nota del 28/08", by=secretary.actor)
    accepted = decided(Matter.ORDINARY_DECISION, NOW)
    ended(term, how, NOW, resolution=accepted, by=secretary.actor)
    assert Term.objects.get(pk=term.pk).ended_resolution == accepted


def test_who_holds_a_seat_resigns_from_it_and_ends_nothing_else(members):
    term = seated("treasurer", members[3])
    other = seated("alternate_1", members[4])
    ended(term, HowEnded.RESIGNED, NOW, by=members[3].actor)
    assert Term.objects.get(pk=term.pk).ended_by == members[3]
    for asked, how in ((other, HowEnded.RESIGNED), (term, HowEnded.MOVED)):
        with pytest.raises(NotAllowed):
            end_term(term_id=asked.pk, how=how, ends_at=NOW, by=members[3].actor, at=NOW)


def test_a_resignation_in_the_browser_is_ones_own_and_another_reads_it_on_the_home_page(
    members, president, secretary, treasurer
):
    own = Term.objects.get(seat__code="treasurer")
    url = f"/consejo/mandatos/{own.pk}/"
    data = {"how": "resigned", "day": timezone.localdate().isoformat(), "note": "Nota"}
    keeper = people.client_of(secretary)
    answer = keeper.post(f"{url}terminar/", data)
    assert (answer.status_code, "renuncia la propia persona" in answer.content.decode()) == (422, True)
    assert "Renunciar a este cargo" not in keeper.get(url).content.decode()
    mine = people.client_of(treasurer)
    assert "Renunciar a este cargo" in mine.get(url).content.decode()
    assert "revocó" not in mine.get(f"{url}terminar/").content.decode()
    assert mine.post(f"{url}terminar/", data | {"how": "recalled"}).status_code == 422
    told = decided(Matter.ORDINARY_DECISION, timezone.now())
    accepted = data | {"resolution": f"{told.number}/{told.year}"}
    assert keeper.post(f"{url}terminar/", accepted).status_code == 302
    assert "Se asentó que termina tu mandato en Tesorería" in mine.get("/").content.decode()
    assert "termina tu mandato" not in keeper.get("/").content.decode()
    assert f"Lo asentó {secretary.name}" in mine.get(url).content.decode()


def test_nobody_is_seated_by_a_file_for_days_after_the_start(members, secretary):
    seated("treasurer", members[3], resolution=decided())
    begun = Instants.hour
    late = terms_file(("Presidencia", 5, "01/06/2027", "30/04/2029"))
    running = terms_file(("Presidencia", 5, "01/05/2024", "30/04/2027"))
    past = terms_file(("Presidencia", 5, "01/05/2020", "30/04/2022"))
    for content, at in ((late, begun), (running, begun + timedelta(days=120))):
        with pytest.raises(FileHasProblems):
            import_terms(content=content, by=secretary.actor, at=at)
    assert import_terms(content=past, by=secretary.actor, at=begun + timedelta(days=120)).new == 1


def test_the_auditor_names_until_one_assembly_and_not_again(members):
    seated("auditor", members[2])
    left = seated("treasurer", members[3])
    ended(left, HowEnded.RESIGNED, NOW)
    at = NOW + timedelta(days=1)
    name_until_assembly(term_id=left.pk, member=members[4], by=members[2].actor, at=at)
    assembly_met(kind="extraordinary", by=members[0].actor, at=at + timedelta(days=9))
    later = at + timedelta(days=10)
    found = next_for(left.seat, later)
    assert found is not None
    assert found.filler == "assembly"
    named = Term.objects.get(basis="auditor")
    with pytest.raises(errors.FilledOtherwise):
        name_until_assembly(term_id=named.pk, member=members[4], by=members[2].actor, at=later)
