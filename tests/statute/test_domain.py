"""Statute versions by day; resolutions numbered within their year, carried out with their adoption."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from coop.powers import system
from coop.record.domain import first_break
from coop.record.models import Act, Entry
from coop.statute import domain
from coop.statute.domain import adopt, rules_at
from coop.statute.models import Cooperative, Matter, Resolution, StatuteVersion
from coop.statute.rules import MODEL_STATUTE, Call
from tests.support.people import Instants
from tests.support.raw import refused_rows
from tests.support.reform import reform as adopt_reform
from tests.support.together import at_once, failed


def resolve(title: str = "Comprar un torno", at: datetime = Instants.closing) -> Resolution:
    return adopt(
        matter=Matter.ORDINARY_DECISION,
        title=title,
        text="",
        adopted_by="Asamblea de trabajo 11/03/2026",
        tally={"yes": 4, "no": 2, "abstain": 1},
        by=system(),
        at=at,
    )


@pytest.fixture
def handlers(monkeypatch):
    held = {}
    monkeypatch.setattr(domain, "_handlers", held)
    return held


@pytest.mark.django_db
def test_a_version_holds_from_its_day_until_the_next_one(cooperative):
    changed = MODEL_STATUTE.to_json() | {"minutes": {"signers_named": 3, "source": "art. 9"}}
    reform = adopt_reform(date(2020, 7, 1), changed)
    first = StatuteVersion.objects.get(holds_from=date(2002, 2, 1))
    in_force = StatuteVersion.objects.in_force
    assert [
        in_force(day) for day in (date(2002, 2, 1), date(2020, 6, 30), date(2020, 7, 1), date(2099, 1, 1))
    ] == [
        first,
        first,
        reform,
        reform,
    ]


@pytest.mark.django_db
def test_before_the_first_version_there_are_no_rules(cooperative):
    with pytest.raises(StatuteVersion.DoesNotExist):
        StatuteVersion.objects.in_force(date(2002, 1, 31))


@pytest.mark.django_db
def test_a_reform_begins_at_midnight_where_the_cooperative_is(cooperative):
    document = MODEL_STATUTE.to_json()
    document["assemblies"]["weekly"]["calls"] = [
        {"numerator": 1, "denominator": 1, "plus": 0, "wait_minutes": 0}
    ]
    adopt_reform(date(2026, 3, 11), document)
    midnight = datetime(2026, 3, 11, 3, tzinfo=UTC)
    assert rules_at(midnight - timedelta(microseconds=1)) == MODEL_STATUTE
    assert rules_at(midnight).assemblies["weekly"].calls == (Call(1, 1, 0, 0),)


@pytest.mark.django_db
def test_there_is_one_cooperative(cooperative):
    with pytest.raises(IntegrityError, match="cooperative_is_one"), transaction.atomic():
        Cooperative.objects.bulk_create([Cooperative(id=2, name="Otra")])


@pytest.mark.django_db
def test_two_versions_cannot_begin_on_one_day(cooperative):
    row = StatuteVersion.objects.get()
    row.pk = None
    refused_rows(row, match="rests on a resolution")


@pytest.mark.django_db
def test_resolutions_are_numbered_from_one_in_each_year(cooperative):
    dates = [datetime(2025, 12, 30, 15, tzinfo=UTC)] * 2 + [datetime(2026, 1, 2, 15, tzinfo=UTC)] * 2
    assert [str(resolve(at=at)) for at in dates] == ["1/2025", "2/2025", "1/2026", "2/2026"]


@pytest.mark.django_db
def test_the_year_is_the_cooperatives_and_not_greenwichs(cooperative):
    """The last minutes of the year in Buenos Aires are the next year's in UTC."""
    assert str(resolve(at=datetime(2026, 1, 1, 2, 59, tzinfo=UTC))) == "1/2025"
    assert str(resolve(at=datetime(2026, 1, 1, 3, 0, tzinfo=UTC))) == "1/2026"


@pytest.mark.django_db
def test_adopting_is_on_the_record(cooperative):
    resolve("Cambiar el turno")
    entry = Entry.objects.get()
    assert (entry.act, entry.actor_number, entry.facts) == (
        Act.RESOLUTION_ADOPTED,
        None,
        {
            "resolution": "1/2026",
            "matter": "ordinary_decision",
            "title": "Cambiar el turno",
            "adopted_by": "Asamblea de trabajo 11/03/2026",
            "tally": {"yes": 4, "no": 2, "abstain": 1},
        },
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 0])
def test_database_refuses_a_resolution_out_of_order(cooperative, number):
    first = resolve()
    values = {
        "adopted_at": Instants.closing,
        "title": "x",
        "adopted_by": "x",
        "tally": {},
        "matter": first.matter,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Resolution.objects.bulk_create([Resolution(year=2026, number=number, **values)])
    assert [str(held) for held in Resolution.objects.all()] == ["1/2026"]


@pytest.mark.django_db
def test_handlers_are_carried_out_in_order_with_the_resolution(cooperative, handlers):
    seen = []
    for name in ("first", "second"):
        domain.on_adopted(
            Matter.ORDINARY_DECISION,
            lambda resolution, by, at, name=name: seen.append((name, resolution, by, at)),
        )
    resolution = resolve()
    assert seen == [(name, resolution, system(), Instants.closing) for name in ("first", "second")]


def test_a_failing_handler_leaves_nothing(real_database, cooperative, handlers):
    def rename(resolution, by, at):
        Cooperative.objects.update(name="Otra")

    def fail(resolution, by, at):
        raise ZeroDivisionError

    domain.on_adopted(Matter.ORDINARY_DECISION, rename)
    domain.on_adopted(Matter.ORDINARY_DECISION, fail)
    with pytest.raises(ZeroDivisionError):
        resolve()
    assert (Resolution.objects.count(), Entry.objects.count()) == (0, 0)
    assert Cooperative.objects.get().name == cooperative.name
    handlers.clear()
    assert str(resolve()) == "1/2026"


def test_eight_who_adopt_at_once_leave_no_gap(real_database, cooperative):
    def adopt_three(number):
        for _ in range(3):
            resolve(f"moción {number}")

    assert failed(at_once([lambda number=number: adopt_three(number) for number in range(8)])) == []
    assert sorted(Resolution.objects.values_list("number", flat=True)) == list(range(1, 25))
    assert Entry.objects.count() == 24
    assert first_break(Entry.objects.all()) is None


def test_an_adoption_that_is_undone_leaves_no_gap(real_database, cooperative):
    resolve()
    with transaction.atomic():
        resolve()
        transaction.set_rollback(True)
    assert str(resolve()) == "2/2026"


def test_not_even_the_owner_changes_a_resolution_or_a_version(real_database, cooperative, owner):
    resolve()
    for table in ("statute_resolution", "statute_statuteversion"):
        for statement in (f"UPDATE {table} SET title = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="Cannot update or delete"):
                owner.execute(statement)
