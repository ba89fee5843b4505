"""The hall's certificate files, made and renewed: `.venv/bin/python -m launch.certificates …`.

Two folders, so that a server needs to see only the second: `authority/` with its key, `server/` with the
server's key, its certificate, and the authority's certificate for phones to install.
"""

import argparse
import contextlib
import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from launch.authority import Pair, issue, make_authority, permits, signed_by, speaks_for
from launch.errors import LaunchError, from_os_error
from launch.paths import private_folder, write_private

# Days left at which a new one is made, so that nobody ever meets an expired one.
RENEW_SERVER, RENEW_AUTHORITY = 60, 400
KEY, CERTIFICATE, AUTHORITY = "key.pem", "certificate.pem", "authority.pem"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`fingerprint` is the SHA-256 of the authority's certificate, empty for one that was given."""

    fingerprint: str
    new_authority: bool
    renewed: bool
    not_after: str


def own(
    authority_folder: Path,
    server_folder: Path,
    *,
    hostname: str,
    names: Sequence[str],
    addresses: Sequence[str],
    now: datetime.datetime,
) -> Outcome:
    """Keeps what still holds, makes what is missing, too old, or does not speak for all of them."""
    private_folder(server_folder)
    authority, new = own_authority(authority_folder, hostname=hostname, addresses=addresses, now=now)
    server = read(server_folder)
    fits = server is not None and signed_by(server.certificate, authority.certificate)
    wanted = {each.lower() for each in (*names, *addresses)}
    if server is None or not fits or stale(server, wanted, now):
        server, fits = issue(authority, names, addresses, now), False
        write(server_folder, server)
    if text_of(server_folder / AUTHORITY) != authority.pem:
        write_private(server_folder / AUTHORITY, authority.pem)
    fingerprint = authority.certificate.fingerprint(hashes.SHA256()).hex()
    return Outcome(fingerprint, new, not fits, server.certificate.not_valid_after_utc.isoformat())


def own_authority(
    folder: Path, *, hostname: str, addresses: Sequence[str], now: datetime.datetime
) -> tuple[Pair, bool]:
    """The one in `folder` while it lasts and may sign for `addresses`; otherwise a new one, and True."""
    private_folder(folder)
    kept = read(folder)
    lasts = kept is not None and days_left(kept, now) >= RENEW_AUTHORITY
    if kept is not None and lasts and permits(kept.certificate, addresses):
        return kept, False
    set_aside(folder / CERTIFICATE)
    made = make_authority(hostname, addresses, now)
    write(folder, made)
    return made, True


def stale(server: Pair, wanted: set[str], now: datetime.datetime) -> bool:
    return days_left(server, now) < RENEW_SERVER or not wanted <= speaks_for(server.certificate)


def days_left(pair: Pair, now: datetime.datetime) -> int:
    """Negative once it has expired; also when its time has not come yet, since a clock was wrong then."""
    if pair.certificate.not_valid_before_utc > now:
        return -1
    return (pair.certificate.not_valid_after_utc - now).days


def given(server_folder: Path, *, certificate: Path, key: Path, name: str, now: datetime.datetime) -> Outcome:
    """A certificate that somebody else signed: checked, and copied as granian reads it (key as PKCS#8).

    Raises LaunchError with what is wrong: another key, another name, expired, unreadable.
    """
    private_folder(server_folder)
    try:
        chain = x509.load_pem_x509_certificates(certificate.read_bytes())
        pair = Pair(chain[0], serialization.load_pem_private_key(key.read_bytes(), None))
    except (ValueError, TypeError) as error:
        raise LaunchError(
            f"HALL_CERT o HALL_KEY no se entienden: van en PEM, sin contraseña ({error})."
        ) from error
    if not pair.matches:
        raise LaunchError("HALL_KEY no es la clave de HALL_CERT.")
    if not covers(speaks_for(pair.certificate), name.lower()):
        raise LaunchError(
            f"HALL_CERT no es de {name}: es de {', '.join(sorted(speaks_for(pair.certificate)))}."
        )
    if days_left(pair, now) < 0:
        raise LaunchError(f"HALL_CERT venció el {pair.certificate.not_valid_after_utc:%d/%m/%Y}: renovalo.")
    whole = "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in chain)
    renewed = text_of(server_folder / CERTIFICATE) != whole
    if renewed:
        write_private(server_folder / KEY, pair.key_pem)
        write_private(server_folder / CERTIFICATE, whole)
    (server_folder / AUTHORITY).unlink(missing_ok=True)
    return Outcome("", False, renewed, pair.certificate.not_valid_after_utc.isoformat())


def covers(spoken_for: set[str], name: str) -> bool:
    """By its own name, or by a wildcard for its first label."""
    return name in spoken_for or f"*.{name.partition('.')[2]}" in spoken_for


def read(folder: Path) -> Pair | None:
    """None when one of the two is missing, half-written, or of another pair."""
    with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
        certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
        key = serialization.load_pem_private_key((folder / KEY).read_bytes(), None)
        pair = Pair(certificate, key)
        return pair if pair.matches else None
    return None


def write(folder: Path, pair: Pair) -> None:
    write_private(folder / KEY, pair.key_pem)
    write_private(folder / CERTIFICATE, pair.pem)


def set_aside(path: Path) -> None:
    """The public part of an authority that phones may still have; its key goes, so that nobody uses it."""
    if path.exists():
        path.replace(path.with_name(f"before-{path.name}"))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def parser() -> argparse.ArgumentParser:
    reading = argparse.ArgumentParser(prog="launch.certificates", description=__doc__)
    reading.add_argument("--authority", type=Path, help="folder of the authority's key")
    reading.add_argument("--server", type=Path, required=True, help="folder that the server reads")
    reading.add_argument("--hostname", default="recuperada")
    reading.add_argument("--name", action="append", default=[])
    reading.add_argument("--address", action="append", default=[], help="IPv4 of this machine")
    reading.add_argument("--certificate", type=Path, help="one that was given, with its chain")
    reading.add_argument("--key", type=Path)
    return reading


def main(arguments: Sequence[str], now: datetime.datetime) -> int:
    """Prints the outcome as JSON; 1 with one line when it cannot be done."""
    asked = parser().parse_args(arguments)
    try:
        if asked.certificate:
            outcome = given(
                asked.server, certificate=asked.certificate, key=asked.key, name=asked.name[0], now=now
            )
        else:
            outcome = own(
                asked.authority,
                asked.server,
                hostname=asked.hostname,
                names=asked.name,
                addresses=asked.address,
                now=now,
            )
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(from_os_error(error), file=sys.stderr)
        return 1
    print(json.dumps(asdict(outcome)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.datetime.now(datetime.UTC)))
