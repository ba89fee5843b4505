"""Hall mode: `HALL=1 make run`. The phones of the shed come in by HTTPS, on this machine's own address.

Two ports: HTTPS for everything, and beside it a plain one, the door, that only hands out the authority's
certificate and sends people on (`coop.portal.hall.door`). docs/hall-network.md says how it is used.
"""

import datetime
import json
import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import environment
from launch.errors import LaunchError
from launch.paths import Paths
from launch.ports import port_number
from launch.shell import run

DEFAULT_PORT = 8443
SECONDS_BETWEEN_LOOKS = 60.0
# Renewing takes the pages away for some seconds: in the small hours, unless it cannot wait any more.
QUIET_HOUR, RENEW_DAYS, LAST_DAYS = 4, 30, 1
FAILURE = "No se pudo hacer el certificado del salón."


@dataclass(frozen=True, slots=True)
class Hall:
    """`name` is what phones type, empty for the bare address. `certificate` and `key` are given ones."""

    folder: Path
    port: int
    door: int
    name: str = ""
    certificate: Path | None = None
    key: Path | None = None

    @property
    def server(self) -> Path:
        return self.folder / "server"

    @property
    def is_own(self) -> bool:
        return self.certificate is None


@dataclass(frozen=True, slots=True)
class Made:
    """What the certificate speaks for, and until when. `fingerprint`: of the authority, in hexadecimal."""

    addresses: tuple[str, ...]
    not_after: datetime.datetime
    fingerprint: str = ""
    new_authority: bool = False


def asked(environ: Mapping[str, str], paths: Paths, door: int) -> Hall | None:
    """None without HALL=1. Raises LaunchError for what does not go together."""
    if not environment.flag(environ, "HALL"):
        return None
    name = environ.get("HALL_NAME", "").strip().lower()
    certificate, key = environ.get("HALL_CERT", "").strip(), environ.get("HALL_KEY", "").strip()
    if bool(certificate) != bool(key):
        raise LaunchError("HALL_CERT y HALL_KEY van juntas: poné las dos, o ninguna.")
    if certificate and not name:
        raise LaunchError("Con HALL_CERT hace falta HALL_NAME: el nombre para el que vale el certificado.")
    if name and not re.fullmatch(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", name):
        raise LaunchError(f"HALL_NAME={name} no es un nombre: tiene que ser como taller.local.")
    if name and not certificate and not name.endswith(".local"):
        raise LaunchError(
            f"HALL_NAME={name} necesita su certificado: poné HALL_CERT y HALL_KEY, "
            "o un nombre que termine en .local."
        )
    port = port_number(environ, "HALL_PORT", DEFAULT_PORT)
    if port == door:
        raise LaunchError(f"HALL_PORT y PORT no pueden ser el mismo ({port}).")
    given = (Path(certificate).resolve(), Path(key).resolve()) if certificate else (None, None)
    return Hall(paths.var / "tls", port, door, name, *given)


def own_name() -> str:
    """This machine's name as its neighbours find it by mDNS; empty when it has none that is a name."""
    name = socket.gethostname().partition(".")[0].lower()
    plain = re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", name)
    return f"{name}.local" if plain and name != "localhost" else ""


def names(hall: Hall) -> list[str]:
    return list(dict.fromkeys(each for each in (hall.name, own_name(), "localhost") if each))


def make_certificate(paths: Paths, hall: Hall) -> Made:
    """Makes or renews the files in `var/tls`. Raises LaunchError with what is wrong."""
    addresses = environment.lan_addresses()
    command: list[str | Path] = [paths.python, "-m", "launch.certificates", "--server", hall.server]
    if hall.certificate and hall.key:
        command += ["--certificate", hall.certificate, "--key", hall.key, "--name", hall.name]
    else:
        command += ["--authority", hall.folder / "authority", "--hostname", socket.gethostname()]
        for name in names(hall):
            command += ["--name", name]
        for address in (*addresses, "127.0.0.1"):
            command += ["--address", address]
    told = json.loads(run(command, cwd=paths.root, failure=FAILURE))
    not_after = datetime.datetime.fromisoformat(told["not_after"])
    return Made(addresses, not_after, told["fingerprint"], told["new_authority"])


def application(hall: Hall, addresses: Sequence[str]) -> dict[str, str]:
    """What the settings are told; whatever the person set wins over it."""
    return {
        "HALL": "1",
        "HTTPS": "1",
        "HALL_PORT": str(hall.port),
        "HALL_DOOR_PORT": str(hall.door),
        "HALL_CERTIFICATE": str(hall.server / "certificate.pem"),
        "HALL_AUTHORITY": str(hall.server / "authority.pem") if hall.is_own else "",
        "ALLOWED_HOSTS": ",".join((*environment.LOCAL_HOSTS, *addresses, *names(hall)[:-1])),
        "SITE_URL": address(hall, addresses),
    }


def address(hall: Hall, addresses: Sequence[str]) -> str:
    """What the QR leads to: the chosen name, or the address, which every phone understands."""
    return with_port("https", (*filter(None, [hall.name]), *addresses, "localhost")[0], hall.port, 443)


def certificate_page(hall: Hall, addresses: Sequence[str]) -> str:
    """Where a phone gets the authority; by address, since a name may need more than it has yet."""
    return with_port("http", (*addresses, "localhost")[0], hall.door, 80) + "/certificado/"


def with_port(scheme: str, host: str, port: int, usual: int) -> str:
    return f"{scheme}://{host}" if port == usual else f"{scheme}://{host}:{port}"


def tls_options(hall: Hall) -> tuple[str | Path, ...]:
    """Granian's. TLS 1.2 too: the phones of before Android 10 have no other."""
    files = ("--ssl-certificate", hall.server / "certificate.pem", "--ssl-keyfile", hall.server / "key.pem")
    return (*files, "--ssl-protocol-min", "tls1.2")


def must_renew(made: Made, addresses: Sequence[str], now: datetime.datetime) -> bool:
    """A new address at once; an old certificate at night. An address that went away may come back."""
    if not set(addresses) <= set(made.addresses):
        return True
    left = (made.not_after - now).days
    return left < LAST_DAYS or (left < RENEW_DAYS and now.astimezone().hour == QUIET_HOUR)


def watcher(
    made: Made,
    *,
    clock: Callable[[], float],
    now: Callable[[], datetime.datetime],
    addresses: Callable[[], Sequence[str]] = environment.lan_addresses,
) -> Callable[[], bool]:
    """For `supervise.watch`: true once the certificate must be made again. Looks once a minute."""
    looked = clock()

    def due() -> bool:
        nonlocal looked
        if clock() - looked < SECONDS_BETWEEN_LOOKS:
            return False
        looked = clock()
        return must_renew(made, addresses(), now())

    return due
