"""The database as the application sees it: version, rights, tables, clock."""

import time
from datetime import UTC

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from coop.common.grants import ALL, OURS
from coop.portal.doctor.facts import Database
from coop.record.models import Entry

# Per table: the rights that the application's role has over the whole of it. Those on single columns do not
# count here: they are narrower than what is looked for.
RIGHTS = """
    SELECT name, has_table_privilege(name, 'DELETE'), has_table_privilege(name, 'TRUNCATE'),
           has_table_privilege(name, 'UPDATE'),
           has_table_privilege(name, 'SELECT') AND has_table_privilege(name, 'INSERT')
      FROM unnest(%s::text[]) AS name
     WHERE to_regclass(name) IS NOT NULL
"""


def measure() -> Database | None:
    """None when it cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, rolsuper,"
                " extract(epoch FROM clock_timestamp())::float8, pg_database_size(current_database())"
                " FROM pg_roles WHERE rolname = current_user"
            )
            version, superuser, clock, size = cursor.fetchone()
            ahead = clock - time.time()
        too_much, missing = _rights()
        newest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
        return Database(
            version=version,
            superuser=superuser,
            too_much=too_much,
            missing_rights=missing,
            waiting_migrations=_waiting_migrations(),
            ahead=ahead,
            size=size,
            newest_act=newest.astimezone(UTC) if newest else None,
        )
    except DatabaseError:
        return None


def _rights() -> tuple[tuple[str, ...], bool]:
    """Tables where the role may do more than their models declare, and whether it lacks any right."""
    models = {model._meta.db_table: model for model in _ours()}
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [[f'"{table}"' for table in models]])
        rows = cursor.fetchall()
    too_much = [
        table
        for name, delete, truncate, update, _rest in rows
        for table, model in [(name.strip('"'), models[name.strip('"')])]
        if truncate
        or (delete and not getattr(model, "app_may_delete", False))
        or (update and getattr(model, "app_may_update", ()) != ALL)
    ]
    return tuple(sorted(too_much)), not all(rest for *_, rest in rows)


def _ours() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and model.__module__.startswith(OURS)]


def _waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
