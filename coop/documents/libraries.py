"""What WeasyPrint needs of the system, asked for when a worker starts and not in the middle of a document."""

import ctypes
from collections.abc import Sequence

# The library as programs load it, and the Debian package that brings it. Without harfbuzz-subset everything
# works, five times slower.
NEEDED = (
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
)


def missing(needed: Sequence[tuple[str, str]] = NEEDED) -> list[str]:
    """The Debian packages of what cannot be loaded."""
    packages = []
    for library, package in needed:
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def explained(packages: Sequence[str]) -> str:
    return (
        "Faltan bibliotecas del sistema para armar los PDF. Instalalas con: "
        f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    )
