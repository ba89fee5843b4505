"""Going round Python: SQL as the application's role, and what the database answers."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model


def run(statement: str, params: Sequence[Any] = ()) -> int:
    """Gives the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def refused(statement: str, params: Sequence[Any] = (), *, match: str) -> None:
    """The database says no, in these words; everything else stays."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        run(statement, params)


def refused_rows(*rows: Model, match: str) -> None:
    """`bulk_create` neither validates nor asks the domain; deferred constraints are checked at once."""
    with pytest.raises(DatabaseError, match=match):
        _insert(rows)


@transaction.atomic
def _insert(rows: Sequence[Model]) -> None:
    type(rows[0])._default_manager.bulk_create(rows)
    connection.check_constraints()


def triggers_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::text::regclass AND NOT tgisinternal",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def try_to_ignore_triggers(*tables: str) -> None:
    """What django-pgtrigger offers to every role: a setting with the names of triggers to skip."""
    names = [name for table in tables for name in triggers_of(table)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', %s::text, false)", ["{" + ",".join(names) + "}"]
        )
