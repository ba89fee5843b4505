"""The database's files: where they live, and making them so that half-made is never taken for made."""

import hashlib
import json
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from launch.errors import LaunchError
from launch.identity import Identity, give
from launch.paths import Paths, private_folder, write_private
from launch.secrets import Passwords
from launch.shell import run

DATABASE = "recuperada"
OWNER = "coop_owner"
APPLICATION = "coop_app"
SYSTEM_STATE = Path("/var/lib")


@dataclass(frozen=True, slots=True)
class Cluster:
    """`folder/data` is PostgreSQL's; `bin_folder` holds its programs. `durable=False` is for tests: no
    fsync.
    """

    folder: Path
    bin_folder: Path
    who: Identity
    durable: bool = True
    owner_creates_databases: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"


def home_folder(paths: Paths, who: Identity, base: Path = SYSTEM_STATE) -> Path:
    """`var/postgres`; for another user, a folder of this clone outside it: `var/` is closed to everybody
    else.
    """
    if who.uid is None:
        return private_folder(paths.var / "postgres")
    digest = hashlib.sha256(str(paths.root).encode()).hexdigest()[:12]
    folder = base / f"recuperada-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    return folder


@dataclass(frozen=True, slots=True)
class Pointer:
    """`var/cluster.json`: where this clone's data is, whether it was finished, and which passwords it
    knows.
    """

    folder: str
    made: bool = False
    passwords: str = ""


def read_pointer(var: Path) -> Pointer | None:
    try:
        return Pointer(**json.loads((var / "cluster.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def keep_pointer(var: Path, pointer: Pointer) -> None:
    write_private(var / "cluster.json", json.dumps(asdict(pointer), indent=2) + "\n")


def ensure(cluster: Cluster, var: Path, passwords: Passwords) -> bool:
    """Makes the data, or gives it new passwords when `var/` lost the old; True when there was something to
    do.

    Raises LaunchError when data that was finished is no longer there, or belongs to another PostgreSQL.
    """
    pointer, digest = read_pointer(var), fingerprint(passwords)
    if pointer is not None and pointer.made:
        require_data(cluster)
        if pointer.passwords == digest:
            return False
        provision(cluster, password_statements(cluster, passwords))
    else:
        if pointer is None and cluster.data.exists():
            set_aside(cluster.data)
        keep_pointer(var, Pointer(str(cluster.folder)))
        make(cluster, passwords)
    keep_pointer(var, Pointer(str(cluster.folder), made=True, passwords=digest))
    return True


def fingerprint(passwords: Passwords) -> str:
    return hashlib.sha256("\n".join(asdict(passwords).values()).encode()).hexdigest()


def require_data(cluster: Cluster) -> None:
    try:
        found = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise LaunchError(
            f"Faltan los datos en {cluster.data}. Restaurá una copia, o borrá var/ para empezar de cero."
        ) from error
    if found != str(major_version(cluster)):
        ours = major_version(cluster)
        raise LaunchError(f"Los datos en {cluster.data} son de PostgreSQL {found}: esta versión usa {ours}.")


def set_aside(data: Path) -> None:
    """`var/` was deleted but its data lives elsewhere: kept under another name, since only people delete
    data.
    """
    kept = data.with_name(f"data-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}")
    data.rename(kept)
    print(f"Había datos de antes: quedan guardados en {kept}.", flush=True)


def make(cluster: Cluster, passwords: Passwords) -> None:
    shutil.rmtree(cluster.data, ignore_errors=True)
    password_file = cluster.folder / "superuser-password"
    write_private(password_file, passwords.superuser)
    cluster.data.mkdir(mode=0o700)
    for path in (cluster.data, password_file):
        give(path, cluster.who.named_uid)
    try:
        run(
            initdb_command(cluster, password_file),
            failure="No se pudo crear la base de datos.",
            cwd=Path("/"),
        )
    finally:
        password_file.unlink(missing_ok=True)
    provision(cluster, [*password_statements(cluster, passwords), *database_statements()])


def initdb_command(cluster: Cluster, password_file: Path) -> list[str | Path]:
    """Text sorts by code point and folds by Unicode, the same on every machine and without ICU."""
    locale = ["--locale=C.UTF-8"]
    if major_version(cluster) >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        *cluster.who.named_prefix,
        cluster.bin_folder / "initdb",
        f"--pgdata={cluster.data}",
        "--username=postgres",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--data-checksums",
        *locale,
        *([] if cluster.durable else ["--no-sync"]),
    ]


def major_version(cluster: Cluster) -> int:
    said = run([cluster.bin_folder / "postgres", "--version"], failure="PostgreSQL no arranca.")
    return int(said.split()[-1].split(".")[0]) if "Debian" not in said else int(said.split()[2].split(".")[0])


def password_statements(cluster: Cluster, passwords: Passwords) -> list[str]:
    """Safe to run again. Passwords are URL-safe base64, so they need no quoting."""
    creates = "CREATEDB" if cluster.owner_creates_databases else "NOCREATEDB"
    plain = "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    return [
        f"ALTER ROLE postgres PASSWORD '{passwords.superuser}'",
        *(role_if_missing(role) for role in (OWNER, APPLICATION)),
        f"ALTER ROLE {OWNER} {plain} {creates} PASSWORD '{passwords.owner}'",
        f"ALTER ROLE {APPLICATION} {plain} NOCREATEDB PASSWORD '{passwords.application}'",
    ]


def role_if_missing(role: str) -> str:
    return (
        f"DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
        f" THEN CREATE ROLE {role}; END IF; END$$"
    )


def database_statements() -> list[str]:
    """Run in `template1`, so that every database made later (the tests') begins with the same rights."""
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APPLICATION}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}",
    ]


def provision(cluster: Cluster, statements: list[str]) -> None:
    """Runs SQL with PostgreSQL's single-user mode: no server, no port, no password. One statement a line."""
    give(cluster.data, cluster.who.named_uid)
    command: list[str | Path] = [
        *cluster.who.named_prefix,
        cluster.bin_folder / "postgres",
        "--single",
        "-D",
        cluster.data,
        "template1",
    ]
    said = run(
        command,
        failure="No se pudo preparar la base de datos.",
        stdin="\n".join(statements) + "\n",
        cwd=Path("/"),
    )
    give(cluster.data, cluster.who.uid)
    # Single-user mode goes on after an error and ends well.
    errors = [line for line in said.splitlines() if "ERROR:" in line or "FATAL:" in line]
    if errors:
        raise LaunchError(f"No se pudo preparar la base de datos: {errors[0].partition(': ')[2]}")
