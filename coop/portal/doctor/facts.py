"""What can be measured. None or an empty text stands for what could not be."""

from dataclasses import dataclass
from datetime import datetime

from coop.common.hall import Address


@dataclass(frozen=True, slots=True)
class Database:
    """`ahead` in seconds: the database's clock before this process'. `too_much`: rights that the role has and
    should not. `size` in bytes. `newest_act`: when the last act of the record was written.
    """

    version: int
    superuser: bool
    too_much: tuple[str, ...]
    missing_rights: bool
    waiting_migrations: int
    ahead: float
    size: int
    newest_act: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """`worker`: one answered. `beat_ago`: seconds since a worker carried out the last beat, or None."""

    broker: bool
    worker: bool = False
    beat_ago: float | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Documents:
    """`oldest` in seconds: how long the first of those that wait has been waiting."""

    waiting: int
    oldest: float
    failed: int


@dataclass(frozen=True, slots=True)
class Verified:
    """The last time that everything was recomputed. `broken` names what did not follow."""

    at: datetime
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """`told`: the site was told an address. `site`: where phones go, if it leads them anywhere. `here`: where
    this page was asked for; None on the command line.
    """

    https: bool
    hall: bool
    behind_proxy: bool
    told: bool
    site: Address | None
    here: Address | None = None
    authority_not_after: datetime | None = None
    certificate_begins: datetime | None = None
    certificate_ends: datetime | None = None
    speaks_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """`free` in bytes, on the disk where this process runs."""

    at: datetime
    database: Database | None
    queue: Queue
    free: int
    network: Network
    mail: bool
    documents: Documents | None = None
    verified: Verified | None = None
