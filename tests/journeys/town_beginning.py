"""In the town that is only read nothing begins any more: one page says so, the others lead there.

`test_beginning.py` looks at those, in a database where there is no cooperative yet.
"""

from typing import Any, Final

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("portal:begin", None, (), "", "over", 410),
    ("portal:begin", "unvoted", (), "", "over", 410),
)
NO_PAGES: Final = frozenset(
    f"portal:begin_{step}"
    for step in (
        *("house", "statute", "statute_model", "people", "person", "council", "resolutions"),
        *("review", "done", "drop_person", "terms", "drop_terms", "drop_resolutions"),
    )
)
