"""Questions of several rooms to the database, asked in one statement."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# A row as JSON has it: days and instants are ISO texts (`date.fromisoformat`), numbers are exact.
Row = dict[str, Any]
Question = QuerySet[Any, Any]  # with `.values(…)`: typed by each question


def rows_of(questions: Sequence[Question]) -> list[list[Row]]:
    """The rows of each of those `.values(…)`, in their order. One statement for all; none for none."""
    rows: list[list[Row]] = [[] for _ in questions]
    places, parts, params = [], [], []
    for place, question in enumerate(questions):
        try:
            sql, own = question.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # Django knows without asking that there is nothing
            continue
        places.append(place)
        parts.append(f"ARRAY(SELECT to_jsonb(q) FROM ({sql}) q)::text[]")  # noqa: S608 - Django's own SQL
        params += own
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            for place, texts in zip(places, cursor.fetchone(), strict=True):
                rows[place] = [json.loads(text, parse_float=Decimal) for text in texts]
    return rows
