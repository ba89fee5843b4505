"""What the doctor finds: each thing that can go wrong is wrong once here, and named."""

import io
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from coop.common.hall import Address
from coop.documents.enums import State
from coop.portal.doctor import database, measuring, queue, tasks
from coop.portal.doctor.examining import GB, MB, examine
from coop.portal.doctor.facts import Database, Documents, Facts, Network, Queue, Verified
from coop.portal.doctor.findings import Level
from coop.portal.doctor.phones import Can, abilities
from coop.record.models import Verification
from launch.ports import any_free
from tests.documents.support import failed, frozen, made
from tests.support.database import RealDatabase

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WELL = Facts(
    at=AT,
    database=Database(
        version=16,
        superuser=False,
        too_much=(),
        missing_rights=False,
        waiting_migrations=0,
        ahead=0.2,
        size=50 * MB,
        newest_act=AT - DAY,
    ),
    queue=Queue(broker=True, worker=True, beat_ago=20.0),
    free=40 * GB,
    network=Network(
        https=True,
        hall=True,
        behind_proxy=False,
        told=True,
        site=Address.of("https://192.168.0.7:8443"),
        authority_not_after=AT + 3000 * DAY,
        certificate_begins=AT - DAY,
        certificate_ends=AT + 200 * DAY,
        speaks_for=frozenset({"192.168.0.7", "taller.local"}),
    ),
    mail=True,
    documents=Documents(waiting=0, oldest=0, failed=0),
    verified=Verified(AT - timedelta(hours=9)),
)


def levels(facts: Facts) -> dict[str, Level]:
    """Of what is not well."""
    return {one.name: one.level for one in examine(facts).findings if one.level != Level.FINE}


def with_database(**changed: object) -> Facts:
    assert WELL.database is not None
    return replace(WELL, database=replace(WELL.database, **changed))


def with_network(**changed: object) -> Facts:
    return replace(WELL, network=replace(WELL.network, **changed))


def test_when_all_is_well_nothing_is_to_do() -> None:
    report = examine(WELL)
    assert levels(WELL) == {}
    assert (report.ok, report.worst, report.to_do) == (True, Level.FINE, [])
    assert not any(one.does for one in report.findings)


PLAIN = {"https": False, "hall": False, "authority_not_after": None, "certificate_ends": None}
WRONG: list[tuple[Facts, dict[str, Level]]] = [
    (replace(WELL, database=None, documents=None), {"database": Level.BROKEN}),
    (with_database(version=14), {"database": Level.BROKEN}),
    (with_database(superuser=True), {"rights": Level.BROKEN}),
    (with_database(too_much=("record_entry",)), {"rights": Level.BROKEN}),
    (with_database(missing_rights=True), {"rights": Level.BROKEN}),
    (with_database(waiting_migrations=2), {"tables": Level.BROKEN}),
    (with_database(ahead=-6.0), {"clock": Level.CARE}),
    (with_database(ahead=90.0), {"clock": Level.BROKEN}),
    (with_database(newest_act=AT + DAY), {"clock": Level.BROKEN}),
    (replace(WELL, queue=Queue(broker=False)), {"broker": Level.BROKEN}),
    (replace(WELL, queue=Queue(broker=True)), {"worker": Level.BROKEN}),
    (replace(WELL, queue=Queue(broker=True, worker=True)), {"beat": Level.CARE}),
    (replace(WELL, queue=Queue(broker=True, worker=True, beat_ago=121)), {"beat": Level.BROKEN}),
    (replace(WELL, free=GB), {"disk": Level.CARE}),
    (replace(WELL, free=200 * MB), {"disk": Level.BROKEN}),
    (replace(WELL, documents=Documents(3, 301, 0)), {"documents": Level.CARE}),
    (replace(WELL, documents=Documents(3, 20, 1)), {"failed_documents": Level.CARE}),
    (replace(WELL, verified=None), {"verified": Level.NOTE}),
    (replace(WELL, verified=Verified(AT - 2 * DAY)), {"verified": Level.CARE}),
    (replace(WELL, verified=Verified(AT, ("Libro de actos",))), {"verified": Level.BROKEN}),
    (replace(WELL, mail=False), {"mail": Level.NOTE}),
    (with_network(**PLAIN), {"https": Level.BROKEN}),
    (with_network(**PLAIN, site=None), {"https": Level.NOTE, "address": Level.NOTE}),
    (with_network(told=False, site=None), {"address": Level.CARE}),
    (with_network(site=Address.of("https://10.0.0.9")), {"address": Level.BROKEN}),
    (with_network(certificate_ends=None), {"certificate": Level.BROKEN}),
    (with_network(certificate_ends=AT - DAY), {"certificate": Level.BROKEN}),
    (with_network(certificate_ends=AT + 2 * DAY), {"certificate": Level.BROKEN}),
    (with_network(certificate_ends=AT + 20 * DAY), {"certificate": Level.CARE}),
    (with_network(certificate_begins=AT + DAY), {"certificate": Level.BROKEN}),
    (with_network(authority_not_after=AT + 300 * DAY), {"authority": Level.CARE}),
]


@pytest.mark.parametrize(("facts", "found"), WRONG)
def test_what_is_wrong_is_named_alone(facts: Facts, found: dict[str, Level]) -> None:
    assert levels(facts) == found


@pytest.mark.parametrize(("facts", "found"), WRONG)
def test_what_is_to_do_is_said(facts: Facts, found: dict[str, Level]) -> None:
    report = examine(facts)
    assert report.ok == (Level.BROKEN not in found.values())
    assert all(one.does for one in report.to_do)
    assert report.to_do[:1] == [one for one in report.findings if one.level == report.worst][:1] or report.ok


def test_a_certificate_with_a_wildcard_speaks_for_the_name() -> None:
    site = Address.of("https://asamblea.coop.org")
    assert levels(with_network(site=site, speaks_for=frozenset({"*.coop.org"}))) == {}


def test_sentences_carry_their_figures() -> None:
    said = {one.name: one.says for one in examine(replace(WELL, free=int(1.5 * GB))).findings}
    assert said["disk"] == "Quedan 1,5 GB libres."
    assert said["certificate"].startswith("Vale 200 días más")
    assert said["address"] == "https://192.168.0.7:8443"


# --- phones ---


def can(url: str) -> dict[str, str]:
    return {one.name: one.can.value for one in abilities(Address.of(url))}


@pytest.mark.parametrize(
    ("url", "vote", "passkey", "encrypt"),
    [
        ("https://coop.org", Can.YES, Can.YES, Can.YES),
        ("https://taller.local:8443", Can.YES, Can.CARE, Can.YES),
        ("https://192.168.0.7:8443", Can.YES, Can.NO, Can.YES),
        ("https://[fd00::2]:8443", Can.YES, Can.NO, Can.YES),
        ("http://192.168.0.7:8000", Can.CARE, Can.NO, Can.NO),
        ("http://taller.local:8000", Can.CARE, Can.NO, Can.NO),
        ("http://localhost:8000", Can.YES, Can.YES, Can.YES),
        ("http://127.0.0.1:8000", Can.YES, Can.NO, Can.YES),
    ],
)
def test_what_a_phone_can_follows_from_the_address(url: str, vote: str, passkey: str, encrypt: str) -> None:
    found = can(url)
    assert (found["vote"], found["passkey"], found["encrypt"]) == (vote, passkey, encrypt)
    assert (found["pin"], found["camera"]) == (vote, Can.YES)


def test_what_a_phone_cannot_has_its_reason() -> None:
    for url in ("http://192.168.0.7:8000", "https://taller.local"):
        assert all(one.says for one in abilities(Address.of(url)) if one.can != Can.YES)


# --- measuring ---


@pytest.mark.django_db
def test_the_applications_role_is_found_to_have_its_rights_and_no_more(db: None) -> None:
    found = database.measure()
    assert found is not None
    assert (found.superuser, found.too_much, found.missing_rights, found.waiting_migrations) == (
        False,
        (),
        False,
        0,
    )
    assert abs(found.ahead) < 5


def test_rights_given_by_mistake_are_found(real_database: RealDatabase, owner: psycopg.Connection) -> None:
    role = connection.settings_dict["USER"]
    for right in ("DELETE", "TRUNCATE", "UPDATE"):
        owner.execute(f'GRANT {right} ON record_entry TO "{role}"')
        found = database.measure()
        assert found is not None
        assert found.too_much == ("record_entry",)
        owner.execute(f'REVOKE {right} ON record_entry FROM "{role}"')
    owner.execute(f'REVOKE INSERT ON record_entry FROM "{role}"')
    found = database.measure()
    assert found is not None
    assert (found.too_much, found.missing_rights) == ((), True)


def test_a_migration_that_did_not_run_is_counted(
    real_database: RealDatabase, owner: psycopg.Connection
) -> None:
    owner.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    found = database.measure()
    assert found is not None
    assert found.waiting_migrations >= 1


@pytest.mark.django_db
def test_a_long_wait_is_told_in_months_and_not_in_minutes() -> None:
    waits = replace(WELL, documents=Documents(waiting=5, oldest=149 * 86400.0, failed=0))
    (said,) = [one.says for one in examine(waits).findings if one.name == "documents"]
    assert said.replace("\xa0", " ") == "Esperan 5 documentos; el primero, desde hace 4 meses, 4 semanas."


@pytest.mark.django_db
def test_documents_are_counted_by_their_state() -> None:
    from tests.support import people

    people.make_cooperative()
    member = people.make_members(2)[1]
    made(frozen(member, key="ready"))
    late = frozen(member, key="late")
    failed(frozen(member, key="failed"))
    found = measuring._documents(late.frozen_at + timedelta(seconds=400))
    assert found is not None
    assert (found.waiting, round(found.oldest), found.failed) == (1, 400, 1)
    later = measuring._documents(late.frozen_at + timedelta(days=60))
    assert later is not None
    assert later.failed == 0
    assert State.FAILED == "failed"


@pytest.mark.django_db
def test_the_last_night_is_read_with_what_broke() -> None:
    assert measuring._verified() is None
    broken = {"row": "7", "says": "no sigue"}
    for night, one in ((AT, None), (AT + DAY, broken)):
        proof = {"name": "record", "label": "Libro de actos", "rows": 1, "milliseconds": 1, "broken": one}
        Verification.objects.create(begun_at=night, ended_at=night, holds=one is None, rows=1, proofs=[proof])
    assert measuring._verified() == Verified(AT + DAY, ("Libro de actos",))


# --- the queue ---


def test_a_broker_that_is_away_is_no_error(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{any_free()}/0"
    assert queue.measure() == Queue(broker=False)


def test_the_heartbeat_is_read_back_and_grows_old(settings: Settings) -> None:
    settings.DATABASES["default"]["NAME"], kept = "doctor_test", settings.DATABASES["default"]["NAME"]
    try:
        tasks.beat()
        found = queue.measure()
        assert found.broker
        assert found.beat_ago is not None
        assert found.beat_ago < 5
        with queue.broker() as client:
            client.set(queue.heartbeat_key(), int(time.time()) - 600)
            old = queue.measure()
            client.delete(queue.heartbeat_key())
        assert old.beat_ago is not None
        assert old.beat_ago >= 600
        assert queue.measure().beat_ago is None
    finally:
        settings.DATABASES["default"]["NAME"] = kept


def test_beat_is_told_to_ask_for_the_heartbeat(settings: Settings) -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["heartbeat"]
    assert asked["task"] == tasks.beat.name
    assert asked["schedule"] < 120


# --- the command ---


def run(*arguments: str) -> tuple[str, int]:
    out = io.StringIO()
    cache.clear()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


@pytest.mark.django_db
def test_the_command_says_it_in_sentences_and_fails_when_something_is_broken(
    settings: Settings,
) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{any_free()}/0"
    settings.SITE_URL = "http://192.168.0.7:8000"
    said, code = run()
    assert code == 1
    assert "✗ Trabajos de fondo: No se llega" in said
    assert "    → Encendé el modo salón" in said
    assert "✗ Entrar con la llave del teléfono" in said


@pytest.mark.django_db
def test_the_command_tells_the_same_to_a_program(settings: Settings) -> None:
    settings.SITE_URL = "https://coop.org"
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{any_free()}/0"
    said, code = run("--json")
    told = json.loads(said)
    assert (told["ok"], code) == (False, 1)
    assert {one["name"]: one["level"] for one in told["findings"]}["broker"] == "broken"
    assert {one["name"]: one["can"] for one in told["phones"]}["passkey"] == "yes"


def test_the_command_answers_without_a_database(
    real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", any_free())
    said, code = run("--json")
    connection.close()
    assert code == 1
    assert {one["name"]: one["level"] for one in json.loads(said)["findings"]}["database"] == "broken"
