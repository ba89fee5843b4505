"""A real worker on the real broker: what it is asked for comes, once, whatever happens to it."""

import os
import signal
import time

import pytest
from celery import current_app

from coop.documents import jobs, sending
from coop.documents.enums import State
from coop.documents.models import Document, File, Part
from coop.members.models import Member
from tests.documents.live import empty_queue, eventually, files_of, reaches, state_of, worker
from tests.documents.support import frozen
from tests.support.database import RealDatabase

# Some seconds of work, so that there is time to kill whoever does it.
LONG = {
    "text": "Padrón",
    "tables": [
        {
            "title": "Padrón",
            "columns": ["Asociado/a", "Horas", "Bruto"],
            "rows": [[f"{n} · Ñandú, Élida", "160,00", "$ 1.410.400,00"] for n in range(300)],
        }
    ],
}


@pytest.fixture(autouse=True)
def broker(real_database: RealDatabase) -> None:
    empty_queue()


def test_a_frozen_document_becomes_a_file(member: Member, real_database: RealDatabase) -> None:
    with worker(real_database) as running:
        document = frozen(member)
        assert reaches(document, State.READY, State.FAILED), running.said()
    assert state_of(document) == State.READY, running.said()
    file = File.objects.get(document=document)
    assert bytes(file.content).startswith(b"%PDF")
    assert (file.pages, file.size) == (1, len(file.content))


@pytest.mark.parametrize("whom", ["everything", "the child"])
def test_a_worker_killed_while_it_renders_loses_nothing_and_makes_nothing_twice(
    member: Member, real_database: RealDatabase, whom: str
) -> None:
    with worker(real_database) as running:
        document = frozen(member, facts=LONG)
        assert eventually(lambda: Part.objects.filter(state="rendering").exists()), running.said()
        if whom == "everything":
            running.kill()
        else:
            [os.kill(pid, signal.SIGKILL) for pid in running.children()]
            begun = time.monotonic()
            assert reaches(document, State.READY), running.said()
    if whom == "everything":
        assert state_of(document) == State.RENDERING
        begun = time.monotonic()
        with worker(real_database) as again:
            assert reaches(document, State.READY), again.said()
    print(f"killed {whom}: ready {time.monotonic() - begun:.1f} s later")
    assert files_of(document) == 1
    # One claim was lost, one made it, and the joining counts as well.
    assert Part.objects.get(document=document).attempts == 3


def test_what_was_frozen_while_the_broker_was_down_comes_when_it_is_back(
    member: Member, real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "current_app", unreachable())
    document = frozen(member)
    assert state_of(document) == State.QUEUED
    with worker(real_database) as running:
        assert reaches(document, State.READY), running.said()


def unreachable() -> object:
    """The same application, on a port where nobody listens."""
    away = current_app._get_current_object().__class__(
        "away", broker="redis://127.0.0.1:1/0", set_as_current=False
    )
    away.conf.broker_transport_options = current_app.conf.broker_transport_options
    return away


def test_many_parts_are_made_by_two_children_and_joined_in_order(
    member: Member, real_database: RealDatabase
) -> None:
    with worker(real_database, concurrency=2) as running:
        document = frozen(member, parts=[{"text": f"Recibo {n:03}"} for n in range(60)])
        assert reaches(document, State.READY), running.said()
    assert File.objects.get(document=document).pages == 60
    assert [bool(part.content) for part in document.parts.all()] == [False] * 3


def test_a_document_that_kills_its_worker_each_time_fails_in_plain_words(
    member: Member, real_database: RealDatabase
) -> None:
    """Three workers died of it; a fourth does not try."""
    document = frozen(member)
    Part.objects.update(attempts=jobs.MOST_ATTEMPTS, state="rendering")
    with worker(real_database) as running:
        assert reaches(document, State.FAILED), running.said()
    assert "memoria" in Document.objects.get().get_reason_display()


def test_a_template_with_a_mistake_fails_at_once_and_the_log_says_why(
    member: Member, real_database: RealDatabase
) -> None:
    with worker(real_database) as running:
        document = frozen(member, facts={"text": "x", "image": "http://127.0.0.1:1/x.png"})
        assert reaches(document, State.FAILED, State.READY), running.said()
        assert "a template asked for http://127.0.0.1:1/x.png" in running.said()
    assert Document.objects.get(pk=document.pk).reason == "template"


def test_a_worker_without_a_library_does_not_start_and_says_what_to_install(
    real_database: RealDatabase,
) -> None:
    with (
        pytest.raises(RuntimeError, match="apt-get install --no-install-recommends libno-such-thing0"),
        worker(real_database, extra={"MISSING_LIBRARY": "1"}),
    ):
        pass
