"""What members say about serving: willing or not, where, what they know. The last word of each holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coop.council.models import Declaration


@dataclass(frozen=True, slots=True)
class Offer:
    """`willing` is None for who has said nothing. `offices` empty: any of them."""

    willing: bool | None = None
    offices: frozenset[str] = frozenset()
    skills: tuple[str, ...] = ()
    kin: frozenset[int] = frozenset()
    gender: str = ""
    at: datetime | None = None

    def wants(self, office: str) -> bool:
        return self.willing is True and (not self.offices or office in self.offices)


def offers_on(at: datetime) -> Mapping[int, Offer]:
    """The last declaration of each until `at`, by the member's number. One statement."""
    last = Declaration.objects.filter(at__lte=at).order_by("member_id", "-position").distinct("member_id")
    return {
        one.member.number: Offer(
            one.willing, frozenset(one.offices), tuple(one.skills), frozenset(one.kin), one.gender, one.at
        )
        for one in last.select_related("member")
    }
