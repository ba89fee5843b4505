"""As whom PostgreSQL runs. It refuses root, so under root it runs as somebody else; no system user is made.

With `setpriv` it becomes a bare number, `UNPRIVILEGED`, which no account has: nothing else on the machine
runs as it, which cannot be said of `nobody`. `initdb` insists on a name for its user, so it alone runs as
`nobody`. That number cannot enter a home of mode 700, so data and binaries then live under `/var/lib` (see
`cluster.py`). Where the capability to change user is missing (some containers), `unshare --user` hides root
from PostgreSQL: outside it is still root, so it reaches everything in place, and is the weaker of the two.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launch.errors import LaunchError

UNPRIVILEGED = 60987


@dataclass(frozen=True, slots=True)
class Identity:
    """`prefix` runs a command as the server, `named_prefix` as one with a name. No `uid`: files keep their
    owner.
    """

    prefix: tuple[str, ...] = ()
    named_prefix: tuple[str, ...] = ()
    uid: int | None = None
    named_uid: int | None = None


def identity() -> Identity:
    """The first way that works here. Raises LaunchError when root cannot become anybody else."""
    if os.geteuid() != 0:
        return Identity()
    for candidate in (with_setpriv(), with_user_namespace()):
        if candidate is not None:
            return candidate
    raise LaunchError(
        "PostgreSQL no corre como root y acá root no puede dejar de serlo: usá una cuenta común."
    )


def with_setpriv() -> Identity | None:
    setpriv = shutil.which("setpriv")
    account = nobody()
    if setpriv is None or account is None:
        return None

    def prefix(uid: int) -> tuple[str, ...]:
        # The kernel forgets the parent-death signal when the user changes, so setpriv sets it (see
        # process.py).
        drop = (
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--no-new-privs",
            "--pdeathsig=INT",
        )
        return (setpriv, f"--reuid={uid}", f"--regid={uid}", *drop)

    found = Identity(prefix(UNPRIVILEGED), prefix(account), UNPRIVILEGED, account)
    return found if works(found.prefix) and works(found.named_prefix) else None


def with_user_namespace() -> Identity | None:
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    prefix = (unshare, "--user")
    return Identity(prefix, prefix) if works(prefix) else None


def works(prefix: tuple[str, ...]) -> bool:
    """Whether a command so started runs, and not as root."""
    done = subprocess.run([*prefix, "id", "-u"], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() != "0"


def nobody() -> int | None:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return None


def give(path: Path, uid: int | None) -> None:
    """Makes `path` and all below it belong to `uid`; with None, nothing. Links are not followed."""
    if uid is None:
        return
    os.chown(path, uid, uid, follow_symlinks=False)
    for folder, folders, files in os.walk(path):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, uid, uid, follow_symlinks=False)
