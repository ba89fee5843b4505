"""Going round Python: the database keeps versions and reforms as they were adopted."""

import json
from datetime import date

import pytest

from coop.statute.models import StatuteReform, StatuteVersion
from coop.statute.proofs_versions import STATUTE
from coop.statute.rules import MODEL_STATUTE, seal_of
from tests.statute.test_reforms import adopted, changed
from tests.support.people import Instants
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers
from tests.support.reform import present, reform


def row(**values) -> StatuteVersion:
    document = values.pop("document", changed(seats=9))
    return StatuteVersion(
        **{"holds_from": date(2030, 1, 1), "title": "x", "document": document, "sha256": seal_of(document)}
        | values
    )


@pytest.mark.django_db
def test_database_refuses_a_version_that_no_resolution_adopted(cooperative):
    refused_rows(row(), match="rests on a resolution")
    held = present(changed(), at=Instants.convening)
    resolution = adopted(held)
    version = StatuteVersion.objects.get(reform=held)
    other = present(changed(seats=7), at=Instants.convening)
    good = {"resolution": resolution, "reform": held, "document": version.document, "title": held.title}
    for spoiled in (
        {"document": changed(seats=9)},
        {"title": "Otra"},
        {"reform": other},
        {"holds_from": date(2026, 3, 11)},
        {"holds_from": date(2001, 1, 1)},
        {"holds_from": Instants.day},
    ):
        refused_rows(row(**good | spoiled), match="rests on a resolution")
    refused_rows(row(reform=None, resolution=resolution), match="rests on a resolution")


@pytest.mark.django_db
def test_database_refuses_to_change_or_forget_a_version_or_a_reform(cooperative):
    reform(date(2026, 3, 12), changed())
    try_to_ignore_triggers("statute_statuteversion", "statute_statutereform")
    for table in ("statute_statuteversion", "statute_statutereform"):
        refused(f"UPDATE {table} SET title = 'x'", match="permission denied")
        refused(f"DELETE FROM {table}", match="permission denied")
        refused(f"TRUNCATE {table} CASCADE", match="permission denied")


@pytest.mark.django_db
def test_database_refuses_a_reform_that_is_not_what_it_seals(cooperative):
    held = present(changed(), at=Instants.convening)
    base = held.base
    for values in (
        {"title": "Otro"},
        {"holds_from": date(2027, 1, 1)},
        {"facts": held.facts | {"base": {"sha256": "0" * 64}}},
    ):
        copied = StatuteReform(
            **{
                "base": base,
                "title": held.title,
                "facts": held.facts,
                "sha256": "a" * 64,
                "presented_at": Instants.convening,
                "presented_by": "x",
            }
            | values
        )
        refused_rows(copied, match="the title, the day and the base")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "match"),
    [
        ("tax_number", "123", "cooperative_tax_number_is_whole"),
        ("fiscal_day", 32, "cooperative_fiscal_year_ends"),
        ("fiscal_day", 0, "cooperative_fiscal_year_ends"),
        ("currency", "pesos", "value too long|cooperative_currency"),
        ("currency", "ars", "cooperative_currency"),
        ("name", "", "cooperative_has_a_name"),
    ],
)
def test_database_refuses_a_cooperative_that_cannot_be(cooperative, column, value, match):
    refused(f"UPDATE statute_cooperative SET {column} = %s", [value], match=match)


@pytest.mark.django_db
def test_database_refuses_a_logo_that_is_no_picture_or_too_large(cooperative):
    refused(
        "INSERT INTO statute_logo (id, content, kind, sha256) VALUES (1, %s, 'text/html', '')",
        [b"<script>"],
        match="logo_is_a_picture",
    )
    refused(
        "INSERT INTO statute_logo (id, content, kind, sha256) VALUES (1, %s, 'image/png', '')",
        [b"x" * (200 * 1024 + 1)],
        match="logo_is_small",
    )


# --- what verify recomputes; the owner falsifies with the triggers off ---


TABLES = ("statute_statuteversion", "statute_statutereform", "statute_resolution", "record_entry")


def falsify(owner, statement: str) -> None:
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(statement)
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE statute_statuteversion SET document = jsonb_set(document, '{council,seats}', '8')",
            "código",
        ),
        ("UPDATE statute_statuteversion SET title = 'x' WHERE reform_id IS NOT NULL", "presentó"),
        ("UPDATE statute_statuteversion SET holds_from = '2026-03-01' WHERE reform_id IS NOT NULL", "antes"),
        ("UPDATE statute_resolution SET proposal_sha256 = repeat('0', 64)", "otra cosa"),
        ("UPDATE statute_resolution SET matter = 'ordinary_decision'", "otra cosa"),
        ("DELETE FROM statute_statuteversion WHERE reform_id IS NOT NULL", "falta entre los estatutos"),
        ('UPDATE statute_statutereform SET facts = facts || \'{"why": "x"}\'', "código"),
        ("UPDATE record_entry SET facts = '{}' WHERE act = 'statute_proposed'", "libro de actos"),
        ("UPDATE statute_statutereform SET holds_from = '2027-01-01'", "los que se sellaron"),
        ("UPDATE statute_statutereform SET title = 'x'", "los que se sellaron"),
    ],
)
def test_verify_names_the_version_that_was_changed(real_database, cooperative, owner, statement, says):
    reform(date(2026, 3, 12), changed())
    assert STATUTE.run().broken is None
    falsify(owner, statement)
    broken = STATUTE.run().broken
    assert broken is not None
    assert says in broken.says


@pytest.mark.django_db
def test_verify_counts_versions_and_reforms(cooperative):
    reform(date(2026, 3, 12), changed())
    assert (STATUTE.run().rows, STATUTE.run().broken) == (3, None)


@pytest.mark.django_db
def test_the_first_version_is_sealed_too(cooperative):
    version = StatuteVersion.objects.get()
    assert version.sha256 == seal_of(json.loads(json.dumps(MODEL_STATUTE.to_json())))
