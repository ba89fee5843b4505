"""Hall mode: what is asked, what the settings are told, when it renews, and the whole of it running."""

import datetime
import json
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from launch import environment, hall, manage, ports, supervise, welcome
from launch.errors import LaunchError
from launch.hall import Hall, Made
from launch.paths import Paths, private_folder
from tests.launch.test_start import Environ, children, eventually

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    private_folder(tmp_path / "var")
    return Paths(tmp_path)


def test_without_hall_there_is_none(paths: Paths) -> None:
    assert hall.asked({}, paths, 8000) is None
    assert hall.asked({"HALL": "0", "HALL_CERT": "x"}, paths, 8000) is None


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"HALL": "yes"}, "tiene que ser 0 o 1"),
        ({"HALL_CERT": "/c"}, "van juntas"),
        ({"HALL_KEY": "/k"}, "van juntas"),
        ({"HALL_CERT": "/c", "HALL_KEY": "/k"}, "hace falta HALL_NAME"),
        ({"HALL_NAME": "taller"}, "no es un nombre"),
        ({"HALL_NAME": "taller.local/x"}, "no es un nombre"),
        ({"HALL_NAME": "asamblea.coop.org"}, "necesita su certificado"),
        ({"HALL_PORT": "8000"}, "no pueden ser el mismo"),
        ({"HALL_PORT": "puerto"}, "HALL_PORT=puerto no es un número de puerto"),
    ],
)
def test_what_does_not_go_together_is_one_line(paths: Paths, wrong: Environ, line: str) -> None:
    with pytest.raises(LaunchError, match=line):
        hall.asked({"HALL": "1", **wrong}, paths, 8000)


def test_phones_are_sent_to_the_name_if_there_is_one_and_to_the_address_otherwise(paths: Paths) -> None:
    bare = Hall(paths.var / "tls", 8443, 8000)
    assert hall.address(bare, ["192.168.0.7"]) == "https://192.168.0.7:8443"
    assert hall.address(bare, []) == "https://localhost:8443"
    named = hall.asked({"HALL": "1", "HALL_NAME": "Taller.local", "HALL_PORT": "443"}, paths, 80)
    assert named is not None
    assert hall.address(named, ["192.168.0.7"]) == "https://taller.local"
    assert hall.certificate_page(named, ["192.168.0.7"]) == "http://192.168.0.7/certificado/"
    told = hall.application(named, ["192.168.0.7"])
    assert (told["HALL"], told["HTTPS"], told["SITE_URL"]) == ("1", "1", "https://taller.local")
    assert {"192.168.0.7", "taller.local", "localhost"} <= set(told["ALLOWED_HOSTS"].split(","))
    assert told["HALL_AUTHORITY"].endswith("server/authority.pem")


def test_a_given_certificate_needs_no_authority_of_ours(paths: Paths) -> None:
    asked = {"HALL": "1", "HALL_NAME": "coop.org", "HALL_CERT": "/c.pem", "HALL_KEY": "/k.pem"}
    given = hall.asked(asked, paths, 8000)
    assert given is not None
    assert (given.is_own, hall.application(given, ["10.0.0.1"])["HALL_AUTHORITY"]) == (False, "")
    lines = welcome.in_the_hall(given, Made(("10.0.0.1",), NOW))
    assert lines == ["Recuperada está en https://coop.org:8443/"]


def test_what_the_person_set_wins(paths: Paths) -> None:
    asked = Hall(paths.var / "tls", 8443, 8000)
    env = environment.for_application(
        {"SITE_URL": "https://mine", "HALL": "1"},
        paths,
        database_url="d",
        redis_url="r",
        secret_key_file=Path("/s"),
        hall=hall.application(asked, ["10.0.0.1"]),
    )
    assert (env["SITE_URL"], env["HTTPS"], env["HALL_PORT"]) == ("https://mine", "1", "8443")


@pytest.mark.parametrize(
    ("name", "found"),
    [("taller", "taller.local"), ("Taller.lan", "taller.local"), ("localhost", ""), ("a_b", ""), ("-a", "")],
)
def test_a_machine_is_found_by_its_name_only_if_it_is_one(
    monkeypatch: pytest.MonkeyPatch, name: str, found: str
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: name)
    assert hall.own_name() == found


# --- renewing ---


def made(days: float, *addresses: str) -> Made:
    return Made(addresses, NOW + datetime.timedelta(days=days))


def test_a_new_address_is_served_at_once_and_one_that_went_away_may_come_back() -> None:
    assert hall.must_renew(made(300, "10.0.0.1"), ["10.0.0.2"], NOW)
    assert not hall.must_renew(made(300, "10.0.0.1", "10.0.0.2"), ["10.0.0.2"], NOW)
    assert not hall.must_renew(made(300, "10.0.0.1"), [], NOW)


def test_an_old_certificate_is_renewed_in_the_small_hours_or_when_it_cannot_wait() -> None:
    quiet = NOW.astimezone().replace(hour=hall.QUIET_HOUR)
    noon = NOW.astimezone().replace(hour=13)
    assert hall.must_renew(made(20), [], quiet)
    assert not hall.must_renew(made(20), [], noon)
    assert not hall.must_renew(made(40), [], quiet)
    assert hall.must_renew(made(0.5), [], noon)


def test_the_network_is_looked_at_once_a_minute() -> None:
    seconds, looks = [0.0], []

    def addresses() -> list[str]:
        looks.append(seconds[0])
        return ["10.0.0.2"]

    due = hall.watcher(made(300, "10.0.0.1"), clock=lambda: seconds[0], now=lambda: NOW, addresses=addresses)
    assert not due()
    seconds[0] = 59
    assert not due()
    assert looks == []
    seconds[0] = 61
    assert due()
    assert looks == [61]


# --- running ---


def test_the_web_speaks_https_and_the_door_is_plain(clone: Paths) -> None:
    asked = Hall(clone.var / "tls", 8443, 8000)
    private_folder(clone.var)
    commands = supervise.commands(clone, address="0.0.0.0", port=8000, hall=asked)
    assert list(commands) == ["web", "door", "worker", "beat"]
    web, door = commands["web"], commands["door"]
    assert web[web.index("--port") + 1] == "8443"
    assert web[web.index("--ssl-protocol-min") + 1] == "tls1.2"
    assert door[door.index("--port") + 1] == "8000"
    assert not any("ssl" in str(part) for part in door)


def test_the_terminal_says_where_phones_go_and_what_to_compare(paths: Paths) -> None:
    asked, certificate = Hall(paths.var / "tls", 8443, 8000), Made(("10.0.0.1",), NOW, "ab" * 32, True)
    said = "\n".join(welcome.in_the_hall(asked, certificate))
    assert "https://10.0.0.1:8443/" in said
    assert "http://10.0.0.1:8000/certificado/" in said
    assert said.count("AB AB AB") == 2 * 5
    assert "hay que instalarlo en cada teléfono" in said
    alone = "\n".join(welcome.in_the_hall(asked, Made((), NOW, "ab" * 32)))
    assert "sin red" in alone
    assert "el certificado es nuevo" not in alone


def test_manage_has_the_settings_of_what_serves(paths: Paths) -> None:
    assert manage.told(paths) == {}
    (paths.var / manage.SERVING).write_text('{"HALL": "1", "DATABASE_URL": "no"}')
    assert manage.told(paths) == {"HALL": "1"}
    (paths.var / manage.SERVING).write_text("half a fi")
    assert manage.told(paths) == {}


def test_run_in_hall_mode_answers_by_https_to_whoever_trusts_the_authority(
    clone: Paths, plain_environ: Environ
) -> None:
    door, port = ports.any_free(), ports.any_free()
    launcher = subprocess.Popen(
        [sys.executable, "-m", "launch", "run"],
        cwd=clone.root,
        env={**plain_environ, "HALL": "1", "PORT": str(door), "HALL_PORT": str(port), "DEMO": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        up = eventually(lambda: supervise.healthy(port, secure=True) and supervise.healthy(door))
        assert up, launcher.poll()
        trusting = ssl.create_default_context(cafile=str(clone.var / "tls/server/authority.pem"))
        with urllib.request.urlopen(f"https://localhost:{port}/salud/", context=trusting) as answer:
            assert answer.status == 200
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"https://localhost:{port}/salud/", context=ssl.create_default_context())
        assert eventually((clone.var / manage.SERVING).exists)
        assert json.loads((clone.var / manage.SERVING).read_text())["HALL_PORT"] == str(port)
    finally:
        launcher.send_signal(signal.SIGTERM)
        said = launcher.communicate(timeout=40)[0]
    assert launcher.returncode == 0, said
    assert "/certificado/" in said
    assert eventually(lambda: children(clone) == [])
    assert not (clone.var / manage.SERVING).exists()
    assert (clone.var / "tls/authority/key.pem").stat().st_mode & 0o777 == 0o600
