"""Terms from a file: all of them go in, or none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.council.importing import SPANISH_SEATS, TermsImported, import_terms
from coop.council.models import SeatCode, Term
from coop.council.powers import SEAT_POWERS
from coop.council.terms_told import sealed
from coop.members.errors import FileHasProblems
from coop.members.importing import import_register
from coop.powers import powers_of, system
from coop.record.models import Act, Entry
from tests.support.files import terms_file
from tests.support.people import Instants
from tests.support.together import at_once, failed, succeeded

DATA = Path(settings.BASE_DIR) / "tests" / "data"
FIRST = ("Presidencia", 1, "01/05/2024", "30/04/2026")
SECOND = ("Secretaría", 2, "01/05/2024", "30/04/2026")


def take(*terms, by=None) -> TermsImported:
    return import_terms(content=terms_file(*terms), by=by or system(), at=Instants.hour)


@pytest.mark.django_db
def test_terms_hold_from_the_first_midnight_to_the_one_after_the_last_day(members):
    assert take(FIRST) == TermsImported(new=1, unchanged=0)
    (term,) = Term.objects.all()
    assert (term.during.lower, term.during.upper) == (
        datetime(2024, 5, 1, 3, tzinfo=UTC),
        datetime(2026, 5, 1, 3, tzinfo=UTC),
    )
    assert (term.seat.code, term.member, term.elected_by) == (SeatCode.PRESIDENT, members[0], "Asamblea 2026")
    assert powers_of(members[0].actor, Instants.hour) == SEAT_POWERS["president"]


@pytest.mark.django_db
def test_an_import_is_on_the_record_once(members):
    take(FIRST, SECOND)
    assert take(FIRST, SECOND) == TermsImported(new=0, unchanged=2)
    there = list(Term.objects.order_by("pk").select_related("seat", "member"))
    keys = [term.pk for term in there]
    assert [(entry.act, entry.facts) for entry in Entry.objects.all()] == [
        (Act.TERMS_IMPORTED, {"new": 2, "first": keys[0], "last": keys[1], "seal": sealed(there)})
    ]
    third = ("Tesorería", 3, "01/05/2024", "30/04/2026")
    assert take(FIRST, SECOND, third, by=members[1].actor) == TermsImported(1, 2)


@pytest.mark.django_db
def test_one_wrong_line_keeps_every_line_out(members):
    with pytest.raises(FileHasProblems):
        take(FIRST, ("Presidencia", 99, "01/05/2026", "30/04/2028"))
    assert (Term.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "clash",
    [
        ("Presidencia", 2, "30/04/2026", "30/04/2028"),
        ("Tesorería", 1, "01/01/2026", "30/04/2028"),
        ("Presidencia", 1, "01/05/2024", "30/04/2030"),
    ],
    ids=["another holder", "another seat", "the same term made longer"],
)
def test_a_term_that_clashes_with_one_on_the_books_keeps_every_line_out(members, clash):
    take(FIRST)
    with pytest.raises(FileHasProblems), transaction.atomic():
        take(("Secretaría", 3, "01/05/2024", "30/04/2026"), clash)
    assert (Term.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_only_who_keeps_the_terms_takes_them_in(members, president, secretary):
    with pytest.raises(NotAllowed):
        take(("Tesorería", 3, "01/05/2024", "30/04/2026"), by=president.actor)
    assert take(("Tesorería", 3, "01/05/2024", "30/04/2026"), by=secretary.actor).new == 1
    assert Entry.objects.get().actor_number == 2


def test_the_same_file_twice_at_once_goes_in_once(real_database, members):
    told = at_once([lambda: take(FIRST, SECOND)] * 4)
    assert failed(told) == []
    assert sorted(one.new for one in succeeded(told)) == [0, 0, 0, 2]
    assert (Term.objects.count(), Entry.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_the_cooperatives_own_file_goes_in_and_again_changes_nothing(cooperative):
    import_register(content=(DATA / "padron.csv").read_bytes(), by=system(), at=Instants.hour)
    content = (DATA / "mandatos.csv").read_bytes()
    done = import_terms(content=content, by=system(), at=Instants.hour)
    assert done.new == Term.objects.count() > 0
    assert import_terms(content=content, by=system(), at=Instants.hour) == TermsImported(0, done.new)
    day = local_day(Term.objects.order_by("-during").first().during.lower, cooperative.tz)
    assert day > date(2020, 1, 1)


def test_every_seat_has_a_spanish_name():
    assert set(SPANISH_SEATS.values()) == set(SeatCode)
