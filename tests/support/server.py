"""A PostgreSQL of the test's own, durable, that may be stopped as a power cut would stop it."""

import contextlib
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connections, transaction

from coop.common.grants import grant_to
from launch import binaries, cluster, postgres, services
from launch.cluster import APPLICATION, DATABASE, OWNER, Cluster
from launch.identity import identity
from launch.paths import ROOT, Paths
from launch.ports import LOOPBACK, any_free
from launch.process import Process
from launch.secrets import Passwords


class OwnServer:
    """The embedded PostgreSQL on data of its own, with fsync."""

    def __init__(self, folder: Path) -> None:
        who, paths = identity(), Paths(ROOT)
        programs = binaries.postgres_bin(paths, who, services.binaries_folder(paths, who, folder))
        self.folder, self.port, self.passwords = folder, any_free(), Passwords.made()
        self.home = Cluster(folder, programs, who, durable=True)
        cluster.make(self.home, self.passwords)
        self.process = self._start()

    def _start(self) -> Process:
        log = self.folder / "postgres.log"
        process = postgres.start(self.home, port=self.port, log=log)
        postgres.wait_ready(process, self.home, log)
        return process

    def cut_the_power(self) -> None:
        """Immediate mode: nothing is written any more, whatever was not yet on the disk is lost."""
        self.process.popen.send_signal(signal.SIGQUIT)
        self.process.popen.wait(timeout=30)

    def start_again(self) -> None:
        self.process = self._start()

    def use(self, role: str) -> None:
        connections["default"].close()
        password = {OWNER: self.passwords.owner, APPLICATION: self.passwords.application}[role]
        connections.settings["default"].update(
            HOST=LOOPBACK, PORT=self.port, NAME=DATABASE, USER=role, PASSWORD=password
        )

    def copy_of(self, address: str) -> None:
        """The database at `address` (a template: migrated and granted), into this one's."""
        here = f"postgresql://{OWNER}:{self.passwords.owner}@{LOOPBACK}:{self.port}/{DATABASE}"
        programs = self.home.bin_folder
        dump = [str(programs / "pg_dump"), "--no-owner", "--no-comments", "--dbname", address]
        load = [
            str(programs / "psql"),
            "--quiet",
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            here,
        ]
        told = subprocess.run(dump, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(load, check=True, input=told, stdout=subprocess.DEVNULL)

    @contextlib.contextmanager
    def in_use(self, role: str = APPLICATION) -> Iterator[None]:
        """Django's default connection goes here, then back to where it was."""
        before = dict(connections.settings["default"])
        try:
            self.use(role)
            yield
        finally:
            connections["default"].close()
            connections.settings["default"].update(before)


@contextlib.contextmanager
def own_server(template: str) -> Iterator[OwnServer]:
    """With what the database at the address `template` holds; stopped and gone at the end."""
    with tempfile.TemporaryDirectory(prefix="recuperada-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = OwnServer(folder)
        try:
            server.copy_of(template)
            with server.in_use(OWNER), transaction.atomic():
                grant_to(APPLICATION)
            yield server
        finally:
            server.process.stop()
