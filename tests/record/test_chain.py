"""The record: in order, without gaps, each entry sealed with the one before it."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.powers import Actor, system
from coop.record.domain import canonical, first_break, seal, write
from coop.record.models import GENESIS, Act, Entry
from tests.support.people import Instants
from tests.support.together import at_once, failed

AT = Instants.opening


def note(number: int) -> Entry:
    return write(Act.TERMS_IMPORTED, by=system(), at=AT, facts={"new": number, "name": "Ñandú «torno»"})


def copy_of(entry: Entry, **changes: object) -> Entry:
    values = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    return Entry(**{**values, **changes})


def following(entry: Entry, **changes: object) -> Entry:
    """An honest next entry, unless `changes` says otherwise; its seal follows from whatever it says."""
    position = changes.pop("position", entry.position + 1)
    previous = changes.pop("previous", entry.sha256)
    sealed = canonical(
        position=position, at=AT, act=entry.act, number=None, name=entry.actor_name, facts=entry.facts
    )
    sealed = changes.pop("sealed", sealed)
    return copy_of(
        entry,
        **{
            "position": position,
            "previous": previous,
            "sealed": sealed,
            "sha256": seal(previous, sealed),
            "at": AT,
            **changes,
        },
    )


def refused(entry: Entry, match: str | None = None) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        Entry.objects.bulk_create([entry])


@pytest.mark.django_db
def test_the_first_entry_follows_the_genesis_and_each_other_the_one_before():
    first, second, third = note(1), note(2), note(3)
    assert [first.position, second.position, third.position] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [GENESIS, first.sha256, second.sha256]
    assert first_break(Entry.objects.all()) is None


@pytest.mark.django_db
def test_an_honest_entry_written_round_python_is_accepted():
    Entry.objects.bulk_create([following(note(1))])
    assert first_break(Entry.objects.all()) is None


@pytest.mark.django_db
def test_database_refuses_a_gap():
    refused(following(note(1), position=3), "does not follow")


@pytest.mark.django_db
def test_database_refuses_a_fork():
    first = note(1)
    note(2)
    refused(following(first))


@pytest.mark.django_db
def test_database_refuses_a_second_beginning():
    first = note(1)
    refused(copy_of(first, position=0, sealed="{}", sha256=seal(GENESIS, "{}")))


@pytest.mark.django_db
def test_database_refuses_an_entry_that_follows_another_than_the_last():
    first = note(1)
    second = note(2)
    refused(following(second, previous=first.sha256), "does not follow")


@pytest.mark.django_db
def test_database_refuses_a_seal_that_is_not_the_seal_of_its_text():
    refused(following(note(1), sha256="a" * 64), "does not follow")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"facts": {"new": 9}},
        {"act": Act.POLL_CLOSED},
        {"actor_name": "otra persona"},
        {"actor_number": 7},
        {"at": Instants.closing},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_database_refuses_an_entry_that_shows_something_else_than_it_seals(changes):
    refused(following(note(1), **changes), "does not show what it seals")


@pytest.mark.django_db
def test_database_refuses_a_text_that_says_another_position():
    first = note(1)
    text = following(first, position=5).sealed
    refused(following(first, sealed=text), "does not show what it seals")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE record_entry SET act = act", "DELETE FROM record_entry", "TRUNCATE record_entry"]
)
def test_the_application_cannot_touch_what_is_written(statement):
    note(1)
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_not_even_the_owner_updates_or_deletes(real_database, owner):
    note(1)
    for statement in ("UPDATE record_entry SET act = act", "DELETE FROM record_entry"):
        with pytest.raises(Exception, match="Cannot update or delete"):
            owner.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "pgtrigger.ignored"])
def test_the_chain_is_not_switched_off_by_a_setting(setting):
    first = note(1)
    names = "{" + ",".join(row for row in triggers_of("record_entry")) + "}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s::text, %s::text, false)", [setting, names])
    refused(following(first, position=3), "does not follow")


@pytest.mark.django_db
def test_the_chain_is_not_led_astray_by_a_temporary_table():
    first = note(1)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE record_entry (position bigint, sha256 text)")
        cursor.execute("INSERT INTO pg_temp.record_entry VALUES (8, %s::text)", ["b" * 64])
        cursor.execute("SELECT current_schema()::text")
        schema = cursor.fetchone()[0]
        fake = following(first, position=9, previous="b" * 64)
        with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
            cursor.execute(
                f"INSERT INTO {schema}.record_entry VALUES (%s, %s, %s, NULL, %s, %s::jsonb, %s, %s, %s)",
                [9, AT, fake.act, fake.actor_name, "{}", fake.sealed, fake.previous, fake.sha256],
            )
        cursor.execute("DROP TABLE pg_temp.record_entry")


def triggers_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::text::regclass AND NOT tgisinternal",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("position", "changes", "breaks_at"),
    [
        (2, {"facts": {"new": 99, "name": "Ñandú «torno»"}}, 2),
        (2, {"act": Act.POLL_CLOSED}, 2),
        (1, {"actor_name": "otra persona"}, 1),
        (3, {"actor_number": 4}, 3),
        (2, {"at": Instants.closing}, 2),
        (2, {"sealed": "{}"}, 2),
        (2, {"previous": GENESIS}, 2),
        (2, {"sha256": "c" * 64}, 2),
        (2, {"sealed": "{}", "sha256": "recomputed"}, 2),
    ],
)
def test_first_break_finds_the_entry_that_was_tampered_with(position, changes, breaks_at):
    entries = [note(1), note(2), note(3)]
    entry = entries[position - 1]
    if changes.get("sha256") == "recomputed":
        changes = {**changes, "sha256": seal(entry.previous, changes["sealed"])}
    entries[position - 1] = copy_of(entry, **changes)
    assert first_break(entries) == breaks_at


@pytest.mark.django_db
def test_first_break_finds_a_forger_who_sealed_again_from_there_on():
    """A forger must rewrite all that follows; the last seal, kept elsewhere, then gives it away."""
    first, second, third = note(1), note(2), note(3)
    text = second.sealed.replace('"new":2', '"new":20')
    forged = copy_of(second, facts={**second.facts, "new": 20}, sealed=text, sha256=seal(first.sha256, text))
    assert first_break([first, forged, third]) == 3
    after = copy_of(third, previous=forged.sha256, sha256=seal(forged.sha256, third.sealed))
    assert first_break([first, forged, after]) is None
    assert after.sha256 != third.sha256


@pytest.mark.django_db
def test_first_break_finds_what_is_missing_or_out_of_order():
    first, second, third = note(1), note(2), note(3)
    assert first_break([]) is None
    assert first_break([first, third]) == 2
    assert first_break([second, third]) == 1
    assert first_break([second, first, third]) == 1
    assert first_break([first, second, second, third]) == 3


@pytest.mark.django_db
def test_the_seal_survives_the_way_through_the_database():
    by = Actor(member_id=1, number=12, name='Élida "la Negra" Ñañez\\')
    facts = {"z": 1, "a": [True, None, "ü", {"n": -5, "b": "\u2028"}], "long": "x" * 5000, "big": 2**53 + 1}
    write(Act.POLL_CLOSED, by=by, at=AT.replace(microsecond=123456), facts=facts)
    assert first_break(Entry.objects.all()) is None
    assert Entry.objects.get().facts == facts


_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_facts = st.dictionaries(
    _text,
    st.recursive(
        st.none() | st.booleans() | st.integers() | _text,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@pytest.mark.django_db
def test_whatever_text_and_whole_numbers_the_facts_hold_the_seal_holds():
    @given(_facts, _text)
    def holds(facts, name):
        with transaction.atomic():
            write(Act.MOTION_MOVED, by=Actor(member_id=None, number=None, name=name), at=AT, facts=facts)
            assert first_break(Entry.objects.all()) is None
            transaction.set_rollback(True)

    holds()


def test_eight_who_write_at_once_leave_no_gap(real_database):
    def write_five(number):
        for _ in range(5):
            with transaction.atomic():
                note(number)

    outcomes = at_once([lambda number=number: write_five(number) for number in range(8)])
    assert failed(outcomes) == []
    assert list(Entry.objects.values_list("position", flat=True)) == list(range(1, 41))
    assert first_break(Entry.objects.all()) is None


def test_an_entry_of_a_transaction_that_fails_leaves_no_gap(real_database):
    note(1)
    with transaction.atomic():
        note(2)
        transaction.set_rollback(True)
    assert note(3).position == 2
    assert first_break(Entry.objects.all()) is None
