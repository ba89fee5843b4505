"""What a search looks through, made by the database itself: Spanish word stems, as written and unaccented.

The Spanish stemmer knows endings by their accent ("reparación" and "reparaciones" are both "repar", while
"reparacion" stays as it is), and people search without accents: so both spellings go in.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func

ACCENTED, PLAIN = "áéíóúüñàèìòùâêîôûãõç", "aeiouunaeiouaeiouaoc"


class Vector(Func):
    """Weights A to D for the given text columns, in order. Literals only, so that it can be stored."""

    function = "to_tsvector"

    def __init__(self, *columns: Any, **extra: Any) -> None:
        extra.setdefault("output_field", SearchVectorField())
        super().__init__(*columns, **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        parts, params = [], []
        for weight, column in zip("ABCD", self.source_expressions, strict=False):
            sql, given = compiler.compile(column)
            for text in (sql, f"translate(lower({sql}), '{ACCENTED}', '{PLAIN}')"):
                parts.append(f"setweight(to_tsvector('spanish', {text}), '{weight}')")
                params.extend(given)
        return f"({' || '.join(parts)})", params
