"""`manage.py load_demo` with a file for the passwords: loaded once, and then tried again in many ways."""

import contextlib
import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from assemblies.models import Assembly
from coop.council.models import Term
from coop.members.models import Account, Member
from coop.record.domain import first_break
from coop.record.models import Entry
from tests.support.database import Databases, cloned

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def kept(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The file of the first time, in a database of this module's own; what each test does is undone."""
    file = tmp_path_factory.mktemp("demonstration") / "sign_ins.json"
    with contextlib.ExitStack() as house, django_db_blocker.unblock():
        house.enter_context(cloned(databases))
        load(file)
        connections["default"].close()
        yield file


@pytest.fixture
def file(kept: Path, tmp_path: Path) -> Path:
    """A copy, to be spoiled."""
    copy = tmp_path / kept.name
    copy.write_bytes(kept.read_bytes())
    return copy


def load(file: Path) -> None:
    call_command("load_demo", "--passwords-file", str(file), stdout=io.StringIO())


def counts() -> list[int]:
    return [model.objects.count() for model in (Member, Term, Assembly, Account, Entry)]


def passwords(file: Path) -> list[dict[str, str]]:
    return json.loads(file.read_text(encoding="utf-8"))


def test_loads_a_demonstration_in_which_the_four_can_sign_in(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    rows = passwords(kept)
    assert [row["role"] for row in rows] == ["member", "treasurer", "president", "secretary"]
    assert all(len(row["password"]) >= 10 for row in rows)
    for row in rows:
        answer = Client().post("/ingresar/", {"identifier": row["sign_in"], "password": row["password"]})
        assert answer.headers["Location"] == "/"
    assert first_break(Entry.objects.all()) is None


def test_loading_it_again_changes_nothing(kept: Path) -> None:
    before, held = counts(), kept.read_bytes()
    load(kept)
    assert (counts(), kept.read_bytes()) == (before, held)


def test_the_files_passwords_are_made_to_work_in_a_new_database(file: Path) -> None:
    Account.objects.all().update(password="!gone")
    load(file)
    for row in passwords(file):
        account = Account.objects.get(member__number=row["sign_in"])
        assert account.check_password(row["password"])


def test_a_spoiled_file_is_written_anew(file: Path) -> None:
    file.write_text("[{")
    load(file)
    assert len(passwords(file)) == 4
