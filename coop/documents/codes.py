"""The seal of the facts, and the control code that a person can type."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]
BYTES = 10
# What looks alike on paper: base 32 has no 0, 1 and 8.
_READ_AS = str.maketrans("018", "olb")


def canonical(facts: Any) -> str:
    """JSON with sorted keys and no spaces. TypeError for a float: its digits are nobody's decision."""
    _refuse_floats(facts)
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"facts hold no floats: {value!r}")
    inside: Iterable[Any] = ()
    if isinstance(value, Mapping):
        inside = value.values()
    elif isinstance(value, list | tuple):
        inside = value
    for one in inside:
        _refuse_floats(one)


def seal(facts: Facts, parts: Sequence[Facts] = ()) -> str:
    """SHA-256, in hex, of the canonical facts; with parts, of both."""
    whole = {"facts": facts, "parts": list(parts)} if parts else facts
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def code_of(*, kind: str, key: str, facts_sha256: str, salt: str) -> str:
    """80 bits that follow from what was frozen, as `abcd-efgh-ijkl-mnop`.

    The salt is in it because the facts of a receipt can be guessed, and with them the code would be.
    """
    sealed = canonical([kind, key, facts_sha256, salt])
    digest = hashlib.sha256(sealed.encode()).digest()[:BYTES]
    return _grouped(base64.b32encode(digest).decode().lower())


def typed(text: str) -> str | None:
    """The code that a person meant: capitals, spaces, missing dashes, 0 for o, 1 for l, 8 for b. Or None."""
    signs = re.sub(r"[\W_]+", "", text.lower()).translate(_READ_AS)
    return _grouped(signs) if re.fullmatch(r"[a-z2-7]{16}", signs) else None


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
