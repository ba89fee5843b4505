"""`make run` from beginning to end, with the real web server, worker and beat."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import __main__ as command
from launch import ports, prepare, start, supervise, welcome
from launch.errors import LaunchError, Stopped
from launch.paths import Paths, private_folder
from launch.prepare import SignIn
from launch.process import Process
from launch.timing import Timing

Environ = dict[str, str]


def children(paths: Paths) -> list[int]:
    """Every process that works in this clone, or serves its data."""
    folders = [str(paths.root)]
    if (paths.var / "cluster.json").exists():
        folders.append(json.loads((paths.var / "cluster.json").read_text())["folder"])
    found = []
    for process in Path("/proc").iterdir():
        try:
            cwd = str((process / "cwd").readlink()) if process.name.isdigit() else ""
        except OSError:
            continue
        if any(cwd == folder or cwd.startswith(f"{folder}/") for folder in folders):
            found.append(int(process.name))
    return found


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def test_run_serves_until_a_signal_and_leaves_no_process(
    clone: Paths, plain_environ: Environ, kept_signals: None, capsys: pytest.CaptureFixture[str]
) -> None:
    port = ports.any_free()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, command.stop_once)
    seen: list[int] = []

    def interrupt_when_served() -> None:
        if eventually(lambda: supervise.healthy(port)):
            seen.extend(children(clone))
            eventually((clone.var / "timing.json").exists)
        os.kill(os.getpid(), signal.SIGINT)

    (clone.var / "timing.json").unlink(missing_ok=True)
    (clone.root / "manage.log").unlink(missing_ok=True)
    # Another file's test may have gathered them in the clone that all share.
    (clone.var / "static-digest").unlink(missing_ok=True)
    visitor = threading.Thread(target=interrupt_when_served)
    visitor.start()
    code = command.main(["run"], paths=clone, environ={**plain_environ, "PORT": str(port)})
    visitor.join()

    said = capsys.readouterr()
    assert code == 0, said.err
    assert f"http://localhost:{port}/" in said.out
    assert "número 13" in said.out
    assert "clave yerba-mate" in said.out
    assert said.err.strip() == "Cerrado."
    assert len(seen) >= 5
    assert children(clone) == []
    assert (clone.var / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [json.loads(line)[:2] for line in (clone.root / "manage.log").read_text().splitlines()] == [
        ["//coop_owner", "migrate"],
        ["//coop_owner", "grant_application_role"],
        ["//coop_app", "collectstatic"],
        ["//coop_app", "load_demo"],
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_command_leaves_no_process_however_it_ends(
    clone: Paths, plain_environ: Environ, number: signal.Signals
) -> None:
    """SIGKILL too: the kernel then tells each child that its parent died."""
    port = ports.any_free()
    began = time.monotonic()
    launcher = subprocess.Popen(
        [sys.executable, "-m", "launch", "run"],
        cwd=clone.root,
        env={**plain_environ, "PORT": str(port), "DEMO": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert eventually(lambda: supervise.healthy(port) or launcher.poll() is not None), "never served"
    assert time.monotonic() - began < 30
    launcher.send_signal(number)
    said = launcher.communicate(timeout=40)[1]
    assert launcher.returncode == (-9 if number == signal.SIGKILL else 0), said
    assert eventually(lambda: children(clone) == []), children(clone)
    assert "Traceback" not in said


def test_a_taken_port_is_one_line_and_nothing_starts(
    clone: Paths, plain_environ: Environ, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert command.main(["run"], paths=clone, environ={**plain_environ, "PORT": str(port)}) == 1
    said = capsys.readouterr().err.strip()
    assert f"El puerto {port} está ocupado" in said
    assert len(said.splitlines()) == 1
    assert children(clone) == []


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"PORT": "puerto"}, "no es un número de puerto"),
        ({"PORT": "70000"}, "no es un número de puerto"),
        ({"LAN": "yes"}, "tiene que ser 0 o 1"),
        ({"REDIS_URL": "redis://127.0.0.1/0"}, "van juntas"),
    ],
)
def test_a_wrong_setting_is_one_line(
    clone: Paths, plain_environ: Environ, capsys: pytest.CaptureFixture[str], wrong: Environ, line: str
) -> None:
    environ = {**plain_environ, "PORT": str(ports.any_free()), **wrong}
    assert command.main(["run"], paths=clone, environ=environ) == 1
    said = capsys.readouterr().err
    assert line in said
    assert len(said.strip().splitlines()) == 1


def test_a_full_disk_is_one_line(clone: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LaunchError, match="No queda espacio en el disco"):
        start.require_space(clone, 2**80)

    def fills_the_disk(*_: object) -> int:
        with Path("/dev/full").open("w") as full:
            full.write("x")
        return 0

    kept = command.COMMANDS["lock"]
    command.COMMANDS["lock"] = fills_the_disk
    try:
        assert command.main(["lock"], paths=clone, environ={}) == 1
    finally:
        command.COMMANDS["lock"] = kept
    assert capsys.readouterr().err.strip() == (
        "No queda espacio en el disco. Liberá espacio y volvé a probar."
    )


def test_a_file_in_place_of_var_is_one_line(
    new_clone: Paths, plain_environ: Environ, capsys: pytest.CaptureFixture[str]
) -> None:
    new_clone.var.write_text("")
    environ = {**plain_environ, "PORT": str(ports.any_free())}
    assert command.main(["run"], paths=new_clone, environ=environ) == 1
    assert "tendría que ser una carpeta" in capsys.readouterr().err
    new_clone.var.unlink()


def test_real_servers_get_no_embedded_ones_and_no_demonstration(clone: Paths, plain_environ: Environ) -> None:
    private_folder(clone.var)
    real = {"DATABASE_URL": "postgresql://a@db/b", "REDIS_URL": "redis://r/0"}
    (clone.root / "manage.log").unlink(missing_ok=True)
    for extra in ({}, {"OWNER_DATABASE_URL": "postgresql://boss@db/b"}):
        with start.reachable(clone, {**plain_environ, **real, **extra}, Timing()) as found:
            assert found.processes == ()
            assert start.prepared(clone, {**plain_environ, **real}, found, Timing()) == []
    lines = [json.loads(line) for line in (clone.root / "manage.log").read_text().splitlines()]
    migrations = [line for line in lines if line[1] != "collectstatic"]
    assert migrations == [
        ["//boss@db/b", "migrate", "--noinput", "--verbosity=0"],
        ["//boss@db/b", "grant_application_role", "a"],
    ]


def test_static_files_are_gathered_only_when_they_changed(clone: Paths, plain_environ: Environ) -> None:
    private_folder(clone.var)
    env = {**plain_environ, "DATABASE_URL": "postgresql://a:b@c/d"}
    prepare.collect_static(clone, env)
    assert not prepare.collect_static(clone, env)
    (clone.root / "static" / "page.css").write_text("body { color: red }")
    assert prepare.collect_static(clone, env)


def test_sign_ins_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"
    assert prepare.sign_ins(file) == []
    file.write_text('[{"label": "asociada"}]')
    assert prepare.sign_ins(file) == []


def test_the_welcome_lines_up_its_columns() -> None:
    where = welcome.on_this_machine(8000, ["10.0.0.7"])
    said = welcome.welcome(where, [SignIn("asociada", "13", "a"), SignIn("presidencia", "2", "bb")])
    assert "http://10.0.0.7:8000/" in said
    first, second = (line for line in said.splitlines() if "número" in line)
    assert first.index("clave") == second.index("clave")


def test_a_process_that_ends_by_itself_stops_the_rest(tmp_path: Path) -> None:
    lines: list[str] = []
    script = ["sh", "-c", "echo one; printf two; exit 3"]
    process = Process("web", script, env={"PATH": os.defpath}, cwd=tmp_path, output=subprocess.PIPE)
    relay = supervise.Relay([process], lines.append)
    with pytest.raises(LaunchError, match=r"Se detuvo web \(código 3\)"):
        supervise.watch([process], relay, until=lambda: False)
    assert lines[0] == "web | one"
    relay.pass_on(0.01)
    relay.pass_on(0.01)


def test_a_page_that_never_answers_is_given_up(tmp_path: Path) -> None:
    assert not supervise.watch([], supervise.Relay([]), until=lambda: False, seconds=0.2)
    assert not supervise.healthy(ports.any_free())


def test_a_process_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    script = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]
    process = Process(
        "deaf", script, env={"PATH": os.defpath}, cwd=tmp_path, output=subprocess.PIPE, patience=0.3
    )
    assert process.popen.stdout is not None
    assert process.popen.stdout.readline() == b"ready\n"
    process.stop()
    assert process.returncode() == -9


def test_the_web_answers_from_the_address_that_was_asked(clone: Paths) -> None:
    web = supervise.commands(clone, address="0.0.0.0", port=81)["web"]
    assert web[web.index("--host") + 1 : web.index("--host") + 4] == ["0.0.0.0", "--port", "81"]


def test_an_unknown_command_says_which_there_are(clone: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([], paths=clone, environ={}) == 2
    assert command.main(["dance"], paths=clone, environ={}) == 2
    assert "run|manage|test|long" in capsys.readouterr().err


def test_a_stop_outside_run_is_not_a_success(clone: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> int:
        raise Stopped

    kept = command.COMMANDS["lock"]
    command.COMMANDS["lock"] = interrupted
    try:
        assert command.main(["lock"], paths=clone, environ={}) == 130
    finally:
        command.COMMANDS["lock"] = kept


def test_wait_for_web_gives_up_with_a_line(clone: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "SECONDS_TO_ANSWER", 0.2)
    with pytest.raises(LaunchError, match="no respondió"):
        start.wait_for_web([], supervise.Relay([]), ports.any_free())


def test_a_papers_qr_leads_to_where_the_phones_can_reach_this_machine() -> None:
    assert start.site_url(8000, ()) == "http://localhost:8000"
    assert start.site_url(8080, ("192.168.0.7",)) == "http://192.168.0.7:8080"
