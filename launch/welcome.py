"""What the terminal says once the page answers: where it is, how phones come in, who to try it as."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

from launch import environment
from launch.errors import LaunchError
from launch.hall import Hall, Made, certificate_page
from launch.hall import address as hall_address
from launch.paths import Paths
from launch.ports import LOOPBACK
from launch.prepare import SignIn
from launch.shell import run


def say_welcome(
    paths: Paths,
    port: int,
    address: str,
    sign_ins: Sequence[SignIn],
    hall: Hall | None,
    made: Made | None,
    invitation: Sequence[str] = (),
) -> None:
    if hall and made:
        where = in_the_hall(hall, made)
        picture = qr(paths, certificate_page(hall, made.addresses) if hall.is_own else where[0].split()[-1])
    else:
        lan = environment.lan_addresses() if address != LOOPBACK else ()
        where, picture = on_this_machine(port, lan), ""
    print(welcome([*where, *picture.splitlines(), *invitation], sign_ins), flush=True)


def on_this_machine(port: int, lan: Sequence[str]) -> list[str]:
    lines = [f"Recuperada está en http://localhost:{port}/"]
    lines += [f"    desde otros teléfonos de la red: http://{address}:{port}/" for address in lan]
    if lan:
        lines += ["    sin HTTPS cualquiera de la red puede leer lo que pasa: para decidir, HALL=1 make run"]
    return lines


def in_the_hall(hall: Hall, made: Made) -> list[str]:
    """The address; with an authority of our own also where each phone gets it, and what to compare."""
    lines = [f"Recuperada está en {hall_address(hall, made.addresses)}/"]
    if not made.addresses:
        lines += ["    sin red: ningún teléfono puede entrar hasta que esta máquina tenga una dirección"]
    if hall.is_own:
        if made.new_authority:
            lines += [
                "    el certificado es nuevo: hay que instalarlo en cada teléfono, también si tenía otro"
            ]
        lines += [
            f"    la primera vez, cada teléfono pasa por {certificate_page(hall, made.addresses)}",
            "    y compara esta huella antes de instalar:",
            *(f"        {line}" for line in fingerprint_lines(made.fingerprint)),
        ]
    return lines


def fingerprint_lines(fingerprint: str) -> list[str]:
    """In pairs, as phones show it, sixteen on a line."""
    pairs = [fingerprint[at : at + 2].upper() for at in range(0, len(fingerprint), 2)]
    return [" ".join(pairs[at : at + 16]) for at in range(0, len(pairs), 16)]


def qr(paths: Paths, url: str) -> str:
    """For a phone to scan from the screen; nothing where there is no screen, or no way to draw it."""
    if not sys.stdout.isatty():
        return ""
    command: list[str | Path] = [paths.python, "-m", "segno.cli", "--compact", "--border", "2", url]
    with contextlib.suppress(LaunchError):
        return run(command, cwd=paths.root, failure="")
    return ""


def welcome(where: Sequence[str], sign_ins: Sequence[SignIn]) -> str:
    """Address, sign-ins in columns, how to stop."""
    lines = ["", *where]
    if sign_ins:
        lines += ["", "Para entrar a la cooperativa de demostración:"]
        widths = [max(len(text) for text in column) for column in zip(*map(cells, sign_ins), strict=True)]
        lines += ["    " + "   ".join(map(str.ljust, cells(one), widths)).rstrip() for one in sign_ins]
    return "\n".join([*lines, "", "Ctrl-C para cerrar.", ""])


def cells(one: SignIn) -> tuple[str, str, str]:
    return one.label, f"número {one.sign_in}", f"clave {one.password}"
