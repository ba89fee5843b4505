"""What `manage.py verify` recomputes: each room registers its proof, from the data alone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not follow from the data: where it is, and what is wrong, in one sentence."""

    row: str
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`rows` that were recomputed, up to and including the first broken one."""

    rows: int
    broken: Broken | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """`name` is stable (it is in the JSON); `label` is for people."""

    name: str
    label: str | Promise
    run: Callable[[], Checked]


_proofs: dict[str, Proof] = {}


def proves(proof: Proof) -> None:
    """Registers a proof; called from AppConfig.ready."""
    _proofs[proof.name] = proof


def proofs() -> list[Proof]:
    return [_proofs[name] for name in sorted(_proofs)]
