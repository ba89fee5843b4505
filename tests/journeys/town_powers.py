"""What each seat may do, and what the technical administration did: pages that every member reads."""

from typing import Any, Final

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("council:powers",),
    ("council:powers_of", "unvoted", ("treasurer",)),
    ("council:powers_of", "secretary", ("auditor",), "", "vacant"),
    ("council:powers_of", "unvoted", ("nadie",), "", "not there", 404),
    ("council:technical",),
)
