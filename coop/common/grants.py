"""What the application's database role may do to each table.

A model declares `app_may_update` (a tuple of column names, or ALL) and `app_may_delete = True`.
A model that says nothing gets SELECT and INSERT: history is the rule, change is the exception.
Tables of Django itself (content types, migrations) are read only for the application.
"""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

ALL: Final = ("*",)
OURS = ("coop.", "assemblies", "payroll")


def statements(role: str, schema: str) -> Iterator[sql.Composed]:
    """REVOKE and GRANT statements that make `role` what the models declare, whatever it was before."""
    who, where = sql.Identifier(role), sql.Identifier(schema)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(where, who)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM {}").format(where, who)
    yield sql.SQL("REVOKE ALL ON SCHEMA {} FROM {}").format(where, who)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(where, who)
    yield sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(where, who)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(where, who)
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model.__module__.startswith(OURS):
            yield from _table(model, who)


def _table(model: type[Model], who: sql.Identifier) -> Iterator[sql.Composed]:
    table = sql.Identifier(model._meta.db_table)
    yield sql.SQL("GRANT INSERT ON {} TO {}").format(table, who)
    columns: tuple[str, ...] = getattr(model, "app_may_update", ())
    if columns == ALL:
        yield sql.SQL("GRANT UPDATE ON {} TO {}").format(table, who)
    elif columns:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        yield sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(names, table, who)
    if getattr(model, "app_may_delete", False):
        yield sql.SQL("GRANT DELETE ON {} TO {}").format(table, who)


def grant_to(role: str) -> None:
    """Run as the owner, after every migrate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        for statement in statements(role, schema):
            cursor.execute(statement.as_string(connection.connection))
