"""Round Python, as the application's role: what was declared, sealed and drawn stays; nobody fixes a draw."""

import hashlib
from datetime import date, timedelta

import psycopg
import pytest

from coop.council.models import Declaration, Draw, DrawCalledOff, DrawResult, DrawSeed, SeatCode, Slate
from coop.council.rotation import draws, slates
from coop.council.rotation.drawing import draw, sha256
from coop.council.rotation.proving import prove_rotation
from coop.statute.domain import cooperative
from tests.council.rotating import LATER, NOW, announced, says
from tests.support import people
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers

TABLES = ("declaration", "slate", "draw", "drawseed", "drawresult", "drawcalledoff")


@pytest.fixture
def held(secretary):
    made = announced(secretary)
    draws.hold(draw_id=made.pk, public_value="47192", by=secretary.actor, at=LATER)
    other = announced(secretary, title="Otro")
    draws.call_off(draw_id=other.pk, reason="Cambió la fecha", by=secretary.actor, at=LATER)
    says(secretary)
    Slate.objects.create(
        begins_on=date(2026, 5, 1), title="x", facts={}, sha256="0" * 64, at=NOW, by=secretary
    )
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_nothing_of_it_ever_changes(held, table):
    column = {"declaration": "willing", "slate": "title", "draw": "title"}.get(table, "draw_id")
    try_to_ignore_triggers(f"council_{table}")
    refused(f"UPDATE council_{table} SET {column} = {column}", match="permission denied")
    refused(f"DELETE FROM council_{table}", match="permission denied")


@pytest.mark.django_db
def test_a_draw_gives_what_its_seed_gives_and_nothing_else(secretary):
    made = announced(secretary)
    seed = DrawSeed.objects.get().seed
    order = list(draw(seed=seed, value="47192", numbers=(4, 5, 6, 7)).order)
    row = {"draw": made, "seed": seed, "public_value": "47192", "drawn": order, "at": LATER, "by": secretary}
    refused_rows(DrawResult(**row | {"drawn": order[::-1]}), match="another order")
    refused_rows(DrawResult(**row | {"drawn": order[:2]}), match="another order")
    refused_rows(DrawResult(**row | {"public_value": "47193"}), match="another order")
    refused_rows(DrawResult(**row | {"seed": "otra"}), match="not the seed")
    refused_rows(DrawResult(**row | {"at": NOW}), match="at its time")
    refused_rows(DrawResult(**row | {"public_value": ""}), match="at its time")
    DrawResult.objects.create(**row)
    refused_rows(DrawResult(**row), match="duplicate key")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        [{"number": 4}],
        [{"number": 4}, {"number": 4}, {"number": 5}],
        [{"number": "x"}, {"number": 5}],
        {"number": 4},
        [],
    ],
)
def test_a_draw_has_participants_each_once(secretary, wrong):
    made = Draw(
        title="x",
        places=2,
        participants=wrong,
        public_value="y",
        not_before=LATER,
        commitment=sha256("a"),
        at=NOW,
        by=secretary,
    )
    refused_rows(made, match="as many participants")


@pytest.mark.django_db
def test_a_seed_is_the_one_that_was_announced(secretary):
    row = {
        "title": "x",
        "places": 1,
        "participants": [{"number": 4, "name": "a"}, {"number": 5, "name": "b"}],
        "public_value": "y",
        "not_before": LATER,
        "at": NOW,
        "by": secretary,
    }
    made = Draw.objects.create(commitment=hashlib.sha256(b"a").hexdigest(), **row)
    refused_rows(DrawSeed(draw=made, seed="b"), match="not the seed")
    refused_rows(Draw(commitment="no", **row | {"title": "z"}), match="draw_has_its_code")
    late = row | {"title": "z", "not_before": NOW - timedelta(hours=1)}
    refused_rows(Draw(commitment=sha256("c"), **late), match="draw_is_announced_before")


@pytest.mark.django_db
def test_a_draw_is_called_off_or_held_and_only_one_is_open_for_a_purpose(secretary):
    held = announced(secretary)
    row = {"places": 1, "public_value": "y", "not_before": LATER, "at": NOW, "by": secretary}
    same = {"title": " DOS firmantes  del acta", "participants": [{"number": 7}, {"number": 1}]}
    refused_rows(Draw(commitment=sha256("a"), **row, **same), match="still open")
    refused_rows(DrawCalledOff(draw=held, reason="", at=NOW, by=secretary), match="says_why")
    draws.call_off(draw_id=held.pk, reason="Cambió la fecha", by=secretary.actor, at=NOW)
    seed = held.seed.seed
    result = draw(seed=seed, value="1", numbers=(4, 5, 6, 7))
    late = DrawResult(
        draw=held, seed=seed, public_value="1", drawn=list(result.order), at=LATER, by=secretary
    )
    refused_rows(late, match="called off")
    other = announced(secretary)
    draws.hold(draw_id=other.pk, public_value="1", by=secretary.actor, at=LATER)
    refused_rows(DrawCalledOff(draw=other, reason="x", at=LATER, by=secretary), match="stands")


@pytest.mark.django_db
def test_declarations_follow_each_other(member):
    says(member)
    row = {"member": member, "willing": True, "at": NOW}
    refused_rows(Declaration(position=1, **row), match="follows the one before")
    refused_rows(Declaration(position=3, **row), match="follows the one before")
    refused_rows(Declaration(position=2, gender="x", **row), match="gender_is_known")
    no = row | {"willing": False, "offices": ["treasurer"]}
    refused_rows(Declaration(position=2, **no), match="names_offices_if_willing")


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE council_declaration SET willing = NOT willing", "disponibilidad"),
        ("UPDATE council_slate SET facts = '{\"otra\": 1}'", "lista"),
        ("UPDATE council_draw SET places = 3", "sorteo"),
        ("UPDATE council_draw SET participants = participants - 0", "sorteo"),
        ("UPDATE council_draw SET participants = jsonb_set(participants, '{0,name}', '\"Otra\"')", "sorteo"),
        ("UPDATE council_draw SET public_value = 'lo que diga la secretaría'", "sorteo"),
        ("UPDATE council_draw SET not_before = not_before - interval '1 minute'", "sorteo"),
        ("UPDATE council_drawresult SET drawn = ARRAY[7, 6, 5, 4, 3]", "sorteo"),
        ("UPDATE council_drawresult SET public_value = '1'", "sorteo"),
        ("DELETE FROM council_drawresult", "sorteo"),
        ("UPDATE council_drawcalledoff SET reason = 'otra'", "sorteo"),
        ("DELETE FROM council_drawcalledoff", "sorteo"),
    ],
)
def test_verify_finds_what_the_owner_falsified(
    real_database, members, owner: psycopg.Connection, statement, row
):
    people.give_seat(members[1], SeatCode.SECRETARY)
    made = announced(members[1], numbers=(4, 5, 6, 7, 3))
    draws.hold(draw_id=made.pk, public_value="47192", by=members[1].actor, at=LATER)
    off = announced(members[1], title="Otro")
    draws.call_off(draw_id=off.pk, reason="Cambió la fecha", by=members[1].actor, at=NOW)
    says(members[1])
    world, found = slates.proposed(date(2026, 5, 1), NOW, cooperative())
    code = slates.sealed_in(world, found[0], cooperative())
    slates.keep(day=world.day, view=found[0].view, sha256=code, by=members[1].actor, at=NOW)
    assert prove_rotation().broken is None
    for table in TABLES:
        owner.execute(f"ALTER TABLE council_{table} DISABLE TRIGGER USER")
    owner.execute(statement)
    broken = prove_rotation().broken
    assert broken is not None
    assert row in broken.row
