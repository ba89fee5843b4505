import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assemblies.models import Assembly
from coop.common.time import midnight
from coop.council.domain import council_at
from coop.council.models import Seat, Term
from coop.members.models import Account, Member
from coop.portal import demo
from coop.record.models import Entry
from coop.statute.models import Cooperative, StatuteVersion

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


# --- found ---


def test_founds_a_cooperative_once(db: None) -> None:
    assert run("found", "La Chimenea", "--zone", "America/Montevideo") == "Fundada: La Chimenea.\n"
    assert run("found", "Otra") == "Ya estaba fundada: La Chimenea. No cambió nada.\n"
    made = Cooperative.objects.get()
    assert (made.name, made.zone) == ("La Chimenea", "America/Montevideo")
    assert (StatuteVersion.objects.get().holds_from, Seat.objects.count()) == (date(1900, 1, 1), 9)


def test_the_statute_may_begin_later(db: None) -> None:
    run("found", "La Chimenea", "--since", "2002-02-01")
    assert StatuteVersion.objects.get().holds_from == date(2002, 2, 1)


def test_an_unknown_zone_founds_nothing(db: None) -> None:
    with pytest.raises(CommandError, match="No existe la zona horaria Marte/Olympus"):
        run("found", "La Chimenea", "--zone", "Marte/Olympus")
    assert Cooperative.objects.count() == 0


# --- load_demo (into a database where it is already: test_load_demo.py) ---


def counts() -> list[int]:
    return [model.objects.count() for model in (Member, Term, Assembly, Account, Entry)]


def test_without_a_file_the_passwords_are_said_once(db: None) -> None:
    assert len(run("load_demo").splitlines()) == 5
    assert run("load_demo") == "Lista la demostración: Cerámica 20 de Febrero.\n"


def test_another_cooperative_is_left_alone(cooperative: Cooperative) -> None:
    assert run("load_demo") == f"Acá vive {cooperative.name}: la demostración no se carga.\n"
    assert counts() == [0] * 5


# Nine of council and audit, seven holders of positions outside them.
SEATS = 16


# The last day of the terms in the files and the first one after; the others in the long run.
ANY_DAYS = (date(2026, 11, 21), date(2031, 7, 9), date(2045, 1, 1))


@pytest.mark.parametrize(
    "day",
    [
        *(date(2028, 4, 30), date(2028, 5, 1)),
        *(pytest.param(day, marks=pytest.mark.long) for day in ANY_DAYS),
    ],
)
def test_every_seat_is_held_on_whatever_day_it_is_started(db: None, day: date) -> None:
    at = midnight(day, timezone.get_default_timezone())
    demo.load(at)
    assert [len(seat.holding) for seat in council_at(at)] == [1] * SEATS


def test_a_demonstration_kept_for_years_gets_its_next_terms(db: None) -> None:
    zone = timezone.get_default_timezone()
    demo.load(midnight(date(2026, 11, 21), zone))
    before = Term.objects.count()
    for day in (date(2027, 1, 1), date(2029, 1, 1), date(2029, 2, 1)):
        demo.load(midnight(day, zone))
        assert [len(seat.holding) for seat in council_at(midnight(day, zone))] == [1] * SEATS
    assert Term.objects.count() == before + SEATS
