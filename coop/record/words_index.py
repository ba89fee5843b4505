"""What a search of the record looks through: the words of the facts and the name of who acted, unaccented.

No stems here: names, titles and codes are looked for as they were written.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func

ACCENTED, PLAIN = "áéíóúüñàèìòùâêîôûãõç", "aeiouunaeiouaeiouaoc"


class Words(Func):
    """The words of the given columns. Literals only: the index and the question must be the same text."""

    function = "to_tsvector"

    def __init__(self, *columns: Any, **extra: Any) -> None:
        extra.setdefault("output_field", SearchVectorField())
        super().__init__(*columns, **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        parts, params = [], []
        for column in self.source_expressions:
            sql, given = compiler.compile(column)
            parts.append(f"({sql})::text")
            params.extend(given)
        text = " || ' ' || ".join(parts)
        return f"to_tsvector('simple', translate(lower({text}), '{ACCENTED}', '{PLAIN}'))", params
