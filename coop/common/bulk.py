"""Thousands of new rows at once: PostgreSQL's COPY. Every constraint and trigger sees each of them."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Max, Model
from psycopg import sql


def append(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes `rows`, their values in the order of `fields`; keys are given in the order of the rows.

    Nothing of the model's own is asked: no defaults, no `save`. Raises IntegrityError and the like.
    """
    meta = model._meta
    column_of = {field.name: str(field.column) for field in meta.concrete_fields}
    columns = [sql.Identifier(column_of[name]) for name in fields]
    table = sql.Identifier(meta.db_table)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, sql.SQL(", ").join(columns))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def expect_many() -> None:
    """For the rest of this transaction whatever a trigger looks up, it looks up by an index.

    Its plans are kept by the session. Those made while a table held ten rows read all of it for each new row.
    """
    with connection.cursor() as cursor:
        # Without an index to go by a plan would seem dear enough to be compiled, each time it runs.
        for statement in ("SET LOCAL enable_seqscan = off", "SET LOCAL jit = off", "DISCARD PLANS"):
            cursor.execute(statement)


def last_key(model: type[Model]) -> int:
    """What is written from now on has a larger key. 0 while there is nothing."""
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)
