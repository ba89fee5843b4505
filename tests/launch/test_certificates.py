"""The hall's authority and what it signs, tried with OpenSSL as phones try it."""

import datetime
import json
import os
import socket
import ssl
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from launch import authority, certificates
from launch.authority import Pair, issue, make_authority
from launch.errors import LaunchError
from launch.paths import ROOT

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
NAMES, ADDRESSES = ["taller.local", "localhost"], ["192.168.0.7", "127.0.0.1"]


def own(folder: Path, now: datetime.datetime = NOW, addresses: list[str] = ADDRESSES, **changed: object):
    options = {"hostname": "taller", "names": NAMES, "addresses": addresses, "now": now, **changed}
    return certificates.own(folder / "authority", folder / "server", **options)


def server(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "server" / "certificate.pem").read_bytes())


def openssl_verifies(trusted: Pair, shown: Pair, folder: Path, *options: str) -> bool:
    """Not our own code judges: OpenSSL, which holds an authority to its name constraints."""
    (folder / "ca.pem").write_text(trusted.pem)
    (folder / "leaf.pem").write_text(shown.pem)
    at = str(int((NOW + DAY).timestamp()))
    command = ["openssl", "verify", "-x509_strict", "-attime", at, "-purpose", "sslserver", *options]
    done = subprocess.run(
        [*command, "-CAfile", str(folder / "ca.pem"), str(folder / "leaf.pem")],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_a_phone_with_the_authority_reaches_the_hall_by_name_and_by_address(tmp_path: Path) -> None:
    trusted = make_authority("taller", ["192.168.0.7"], NOW)
    shown = issue(trusted, NAMES, ADDRESSES, NOW)
    for option in (["-verify_ip", "192.168.0.7"], ["-verify_hostname", "taller.local"]):
        assert openssl_verifies(trusted, shown, tmp_path, *option)
    assert not openssl_verifies(trusted, shown, tmp_path, "-verify_ip", "192.168.0.8")
    assert not openssl_verifies(make_authority("otro", [], NOW), shown, tmp_path)


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        (["www.bancogalicia.com.ar"], []),
        (["taller.local.evil.com"], []),
        ([], ["200.45.1.2"]),
        (["local.ar"], []),
    ],
)
def test_the_authority_cannot_speak_for_anything_outside_the_building(
    tmp_path: Path, names: list[str], addresses: list[str]
) -> None:
    """Whoever steals its key cannot pretend to be a bank on the phones that installed it."""
    trusted = make_authority("taller", ["192.168.0.7"], NOW)
    assert not openssl_verifies(trusted, issue(trusted, names, addresses, NOW), tmp_path)


def test_a_servers_certificate_signs_no_other(tmp_path: Path) -> None:
    trusted = make_authority("taller", [], NOW)
    between = issue(trusted, NAMES, ADDRESSES, NOW)
    below = issue(between, NAMES, ADDRESSES, NOW)
    (tmp_path / "between.pem").write_text(between.pem)
    untrusted = ("-untrusted", str(tmp_path / "between.pem"))
    assert not openssl_verifies(trusted, below, tmp_path, *untrusted)


def test_a_servers_certificate_holds_no_longer_than_phones_accept() -> None:
    made = issue(make_authority("taller", [], NOW), NAMES, ADDRESSES, NOW).certificate
    assert made.not_valid_after_utc - made.not_valid_before_utc <= 397 * DAY
    assert made.not_valid_before_utc <= NOW - DAY


def test_an_address_that_is_not_private_is_permitted_alone() -> None:
    made = make_authority("taller", ["192.0.2.2"], NOW).certificate
    assert authority.permits(made, ["192.0.2.2", "10.1.2.3"])
    assert not authority.permits(made, ["192.0.2.3"])
    assert not authority.permits(
        issue(make_authority("x", [], NOW), NAMES, [], NOW).certificate, ["10.0.0.1"]
    )


# --- files ---


def test_keys_are_private_and_the_servers_folder_has_no_authority_key(tmp_path: Path) -> None:
    own(tmp_path)
    for key in tmp_path.glob("*/key.pem"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "authority").stat().st_mode) == 0o700
    signing = (tmp_path / "authority" / "key.pem").read_text()
    assert all(signing not in file.read_text() for file in (tmp_path / "server").iterdir())
    assert "BEGIN PRIVATE KEY" in (tmp_path / "server" / "key.pem").read_text()


def test_what_still_holds_is_kept(tmp_path: Path) -> None:
    first, shown = own(tmp_path), server(tmp_path)
    assert (first.new_authority, first.renewed) == (True, True)
    again = own(tmp_path, NOW + 300 * DAY, ADDRESSES[:1])
    assert (again.new_authority, again.renewed, again.fingerprint) == (False, False, first.fingerprint)
    assert server(tmp_path) == shown


@pytest.mark.parametrize(
    ("later", "addresses"),
    [
        (340 * DAY, ADDRESSES),
        (DAY, [*ADDRESSES, "192.168.0.9"]),
        (-30 * DAY, ADDRESSES),
        (900 * DAY, ADDRESSES),
    ],
)
def test_the_servers_is_renewed_before_it_ends_and_for_a_new_address_under_the_same_authority(
    tmp_path: Path, later: datetime.timedelta, addresses: list[str]
) -> None:
    """Also when the clock was wrong and its time has not come: the authority was made then too, though."""
    first = own(tmp_path)
    again = own(tmp_path, NOW + later, addresses)
    assert again.renewed
    assert again.new_authority == (later < -DAY)
    assert (again.fingerprint == first.fingerprint) == (later >= -DAY)
    assert set(addresses) <= authority.speaks_for(server(tmp_path))


def test_an_address_that_the_authority_may_not_sign_makes_a_new_one_and_keeps_the_old_certificate(
    tmp_path: Path,
) -> None:
    first = own(tmp_path)
    second = own(tmp_path, addresses=["200.45.1.2"])
    assert second.new_authority
    assert second.fingerprint != first.fingerprint
    assert (tmp_path / "authority" / "before-certificate.pem").exists()


def test_an_authority_near_its_end_is_made_anew_while_the_phones_still_trust_it(tmp_path: Path) -> None:
    own(tmp_path)
    assert not own(tmp_path, NOW + 3240 * DAY).new_authority
    assert own(tmp_path, NOW + 3260 * DAY).new_authority


@pytest.mark.parametrize(
    "text", ["", "half a fi", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
@pytest.mark.parametrize("name", ["server/certificate.pem", "server/key.pem", "authority/key.pem"])
def test_half_written_files_are_made_again(tmp_path: Path, name: str, text: str) -> None:
    own(tmp_path)
    (tmp_path / name).write_text(text)
    assert own(tmp_path).renewed
    assert certificates.read((tmp_path / name).parent) is not None


def test_a_key_of_another_certificate_is_no_pair(tmp_path: Path) -> None:
    own(tmp_path / "a")
    own(tmp_path / "b")
    (tmp_path / "a/server/key.pem").write_text((tmp_path / "b/server/key.pem").read_text())
    assert own(tmp_path / "a").renewed


# --- one that was given ---


@pytest.fixture
def bought(tmp_path: Path) -> tuple[Path, Path]:
    pair = issue(make_authority("a public one", [], NOW), ["coop.org", "*.taller.org"], [], NOW)
    (tmp_path / "chain.pem").write_text(pair.pem)
    old_style = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    (tmp_path / "old.pem").write_bytes(old_style)
    return tmp_path / "chain.pem", tmp_path / "old.pem"


@pytest.mark.parametrize("name", ["coop.org", "Coop.org", "asamblea.taller.org"])
def test_a_given_certificate_is_taken_and_its_key_written_as_the_server_reads_it(
    tmp_path: Path, bought: tuple[Path, Path], name: str
) -> None:
    given = {"certificate": bought[0], "key": bought[1], "name": name, "now": NOW}
    (tmp_path / "server").mkdir()
    (tmp_path / "server/authority.pem").write_text("of before")
    outcome = certificates.given(tmp_path / "server", **given)
    assert (outcome.fingerprint, outcome.renewed) == ("", True)
    assert "BEGIN PRIVATE KEY" in (tmp_path / "server/key.pem").read_text()
    assert not (tmp_path / "server/authority.pem").exists()
    assert not certificates.given(tmp_path / "server", **given).renewed


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"name": "otra.org"}, "no es de otra.org: es de"),
        ({"name": "a.b.taller.org"}, "no es de a.b.taller.org"),
        ({"now": NOW + 500 * DAY}, "venció el"),
        ({"certificate": Path(__file__)}, "no se entienden"),
        ({"key": Path(__file__)}, "no se entienden"),
    ],
)
def test_a_given_certificate_that_will_not_do_is_one_line(
    tmp_path: Path, bought: tuple[Path, Path], changed: dict, line: str
) -> None:
    given = {"certificate": bought[0], "key": bought[1], "name": "coop.org", "now": NOW, **changed}
    with pytest.raises(LaunchError, match=line):
        certificates.given(tmp_path / "server", **given)
    assert not (tmp_path / "server/key.pem").exists()


def test_the_key_of_another_given_certificate_is_refused(tmp_path: Path, bought: tuple[Path, Path]) -> None:
    own(tmp_path)
    given = {"certificate": bought[0], "key": tmp_path / "server/key.pem", "name": "coop.org", "now": NOW}
    with pytest.raises(LaunchError, match="no es la clave"):
        certificates.given(tmp_path / "other", **given)


# --- the command, and a real connection ---


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "launch.certificates", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)


def test_the_command_prints_what_it_made_and_a_client_that_trusts_it_connects(tmp_path: Path) -> None:
    done = call(
        *("--authority", tmp_path / "authority", "--server", tmp_path / "server", "--hostname", "taller"),
        *("--name", "localhost", "--address", "127.0.0.1"),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new_authority"]
    listening = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    listening.load_cert_chain(tmp_path / "server/certificate.pem", tmp_path / "server/key.pem")
    with socket.create_server(("127.0.0.1", 0)) as door:

        def greet() -> None:
            with listening.wrap_socket(door.accept()[0], server_side=True) as one:
                one.sendall(b"bien")

        threading.Thread(target=greet, daemon=True).start()
        phone = ssl.create_default_context(cafile=str(tmp_path / "server/authority.pem"))
        with (
            socket.create_connection(door.getsockname()) as plain,
            phone.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
        ):
            assert secure.recv(4) == b"bien"


def test_the_command_ends_in_one_line_when_it_cannot(tmp_path: Path, bought: tuple[Path, Path]) -> None:
    wrong = ("--server", tmp_path / "s", "--certificate", bought[0], "--key", bought[1], "--name", "otra.org")
    missing = (
        "--server",
        tmp_path / "s",
        "--certificate",
        tmp_path / "no",
        "--key",
        bought[1],
        "--name",
        "x.org",
    )
    for arguments in (wrong, missing):
        done = call(*arguments)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
