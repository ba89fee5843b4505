"""A statement that is asked at every step, compiled once.

Django takes many times longer to build such a query than PostgreSQL to answer it. The queryset stays the one
place that says what is asked; only its values change from one time to the next.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Compiled:
    """`Compiled(build, *stand_ins)`, then `.rows(*values)`: each value where its stand-in stood.

    Stand-ins are values that the statement has nowhere by itself. What is built may depend on nothing else:
    neither on the values (None, say) nor on the hour.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: object) -> None:
        self.build, self.stand_ins = build, stand_ins

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.build(*self.stand_ins).query.sql_with_params()
        missing = [one for one in self.stand_ins if one not in params]
        if missing:
            raise ValueError(f"not in the statement: {missing}")
        return sql, params

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        if None in values or len(values) != len(self.stand_ins):
            raise ValueError(values)
        sql, params = self._statement
        given = dict(zip(self.stand_ins, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
