"""What holds for the tree as a whole: layers, sizes, and what must not be written down."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
OURS = ("coop", "assemblies", "payroll")
LONGEST_FILE = 350


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_go_down_only():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--config", "pyproject.toml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_file_is_asking_to_be_two():
    sizes = {
        short(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*OURS)
        if "migrations" not in path.parts
    }
    assert {name: lines for name, lines in sizes.items() if lines >= LONGEST_FILE} == {}


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0, skip_checks=True)


def test_migrations_need_no_extension_and_no_icu():
    """The embedded PostgreSQL has neither."""
    wanted = re.compile(r"CREATE EXTENSION|[A-Za-z]+Extension\(|provider=.icu|CreateCollation", re.IGNORECASE)
    found = [short(path) for path in python_files(*OURS) if wanted.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_sql_names_a_schema():
    """Tests and operators may use another one than public; grants and triggers ask current_schema()."""
    named = re.compile(r"\bpublic\s*\.\s*\"?[a-z_]+|SCHEMA\s+public|\"public\"|'public'", re.IGNORECASE)
    found = {
        short(path): found
        for path in python_files(*OURS)
        if (found := named.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_trigger_is_one_of_ours_and_not_pgtriggers_own():
    """Theirs can be switched off with a setting: see coop.common.triggers."""
    modules = {
        type(trigger).__module__
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    assert modules == {"coop.common.triggers"}
    theirs = re.compile(r"UpsertTriggerSql|_pgtrigger_should_ignore|pgtrigger\.(Protect|Trigger)\(")
    files = [path for path in python_files(*OURS) if path.name != "triggers.py"]
    assert [short(path) for path in files if theirs.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_written_with_a_key_that_cascades():
    found = [
        short(path)
        for path in python_files(*OURS)
        if re.search(r"\bCASCADE\b", path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_holds_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert pins
    assert [line for line in pins if "==" not in line] == []
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [block[:60] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    addresses = re.compile(
        r"https?://|file:|--(extra-)?index-url|--find-links|--trusted-host| @ ", re.IGNORECASE
    )
    assert addresses.findall(text) == []


def test_no_code_names_a_folder_of_a_machine():
    folders = re.compile(r"/(home|root|Users|work)/[a-z]")
    found = [
        short(path)
        for path in python_files(*OURS, "launch")
        if folders.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_way_back_of_a_page_is_one_component():
    """The beginning's steps have a second link beside it."""
    own = {"components/back.html", "portal/begin_page.html"}
    root = ROOT / "templates"
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.html")
        if '<p class="pagination">' in path.read_text(encoding="utf-8")
    }
    assert found == own
