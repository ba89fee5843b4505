"""Brings the catalogues up to date with the code and the templates: `.venv/bin/python locale/update.py`.

Spanish is the language of the msgids. `en` holds every sentence in English; `es_AR` only what Django's own
Spanish says badly, and is written by hand. Needs gettext (`make test` sees to it), no database, no settings.
The work is done on a copy, so that nothing appears beside the templates while others edit them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCES = ("coop", "assemblies", "payroll", "templates")
ENGLISH = Path("en", "LC_MESSAGES", "django.po")
DATES = (b'"POT-Creation-Date:', b'"PO-Revision-Date:')


def merged(folder: Path) -> Path:
    """The English catalogue with every msgid of the sources and no other, made inside `folder`."""
    for source in SOURCES:
        kept = shutil.ignore_patterns("__pycache__", "*.csv")
        shutil.copytree(ROOT / source, folder / source, ignore=kept)
    catalogue = folder / "locale" / ENGLISH
    catalogue.parent.mkdir(parents=True)
    if (HERE / ENGLISH).exists():
        shutil.copy(HERE / ENGLISH, catalogue)
    environ = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    options = ("--locale=en", "--add-location=file", "--no-obsolete", "--no-wrap")
    _run(sys.executable, "-m", "django", "makemessages", *options, cwd=folder, env=environ)
    lines = catalogue.read_bytes().splitlines(keepends=True)
    catalogue.write_bytes(b"".join(line for line in lines if not line.startswith(DATES)))
    return catalogue


def compiled(catalogue: Path, into: Path) -> Path:
    """`catalogue` as gettext reads it. Raises CalledProcessError when gettext finds a mistake in it."""
    _run("msgfmt", "--check", "-o", str(into), str(catalogue))
    return into


def chosen(catalogue: Path, which: str) -> str:
    """The entries that msgattrib selects: `untranslated`, `only-fuzzy`, `only-obsolete`."""
    return _run("msgattrib", f"--{which}", "--no-wrap", str(catalogue)).partition("\n\n")[2]


def _run(*command: str, **options: Any) -> str:
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", **options)  # noqa: S603
    return str(done.stdout)


def main() -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(merged(Path(folder)), HERE / ENGLISH)
    for catalogue in sorted(HERE.glob("*/LC_MESSAGES/*.po")):
        compiled(catalogue, catalogue.with_suffix(".mo"))
    left = chosen(HERE / ENGLISH, "untranslated") + chosen(HERE / ENGLISH, "only-fuzzy")
    sys.stdout.write(left or "Every sentence has its English.\n")
    sys.exit(bool(left))


if __name__ == "__main__":
    main()
