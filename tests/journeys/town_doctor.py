"""How the system is, and the certificate's page where there is none to install (hall mode has its own)."""

from typing import Any, Final

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("portal:doctor",),
    ("portal:certificate", None),
)
