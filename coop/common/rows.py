"""Reading more rows than fit in memory: a cursor that the server keeps, some thousand rows at a time."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

AT_A_TIME = 2000


def rows(statement: str) -> Iterator[tuple[Any, ...]]:
    """What the statement answers, row after row. JSON comes as text. Belongs inside a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while batch := cursor.fetchmany(AT_A_TIME):
            yield from batch
