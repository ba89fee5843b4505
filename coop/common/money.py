"""Money is integer cents. Parts of a sum add up to it; what is shown has its points and its sign."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from django.utils.formats import number_format

SIGN = "$"


def split_cents(total: int, weights: Sequence[Fraction | int], *, tie: Sequence[bytes]) -> list[int]:
    """Split `total` cents (not negative) by `weights`; the parts sum to `total`.

    Leftover cents go by largest remainder, then by ascending `tie`. ValueError without a positive weight
    (unless there is nothing to split), for a negative weight or sum, or when there is not one tie per weight.
    """
    if total < 0 or len(tie) != len(weights) or any(weight < 0 for weight in weights):
        raise ValueError("a sum and weights of zero or more, one tie per weight")
    whole = sum(weights, start=Fraction(0))
    if not whole:
        if total:
            raise ValueError("nothing to split by")
        return [0] * len(weights)
    exact = [Fraction(total) * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], tie[i]))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def tie_of(period: object, number: int) -> bytes:
    """SHA-256 of `"{period}:{member number}"`: no one gains the odd cent every month."""
    return hashlib.sha256(f"{period}:{number}".encode()).digest()


def half_up(amount: Fraction | int) -> int:
    """The nearest whole cent; half a cent counts as one (away from zero)."""
    nearest = (2 * abs(Fraction(amount)) + 1) // 2
    return int(nearest) if amount >= 0 else -int(nearest)


def money(cents: int) -> str:
    """`123456` as `$ 1.234,56`, with the points of the reader's language and a space that never breaks."""
    pesos = number_format(f"{abs(cents) // 100}.{abs(cents) % 100:02d}", decimal_pos=2, force_grouping=True)
    return f"{'−' if cents < 0 else ''}{SIGN}\u00a0{pesos}"
