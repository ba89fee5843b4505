"""Conflict of interest: on some matters whom the statute names have voice and no vote (ET 43)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from coop.council.models import SeatKind, Term
from coop.statute.rules import Rules

# What a statute may bar. A manager is nobody the council's table knows: no seat is theirs.
SEATS = {"council": SeatKind.COUNCIL, "auditor": SeatKind.AUDITOR}


def in_conflict(member_ids: Collection[int], *, matter: str, rules: Rules, at: datetime) -> dict[int, str]:
    """Of those members, who has no vote on that matter at `at`, and why, as they read it.

    Whoever holds the seat at that instant: an alternate from the call on, nobody after the term's end. No
    statement for a matter that the statute does not name.
    """
    rule = rules.conflicts
    kinds = [SEATS[barred] for barred in rule.barred if barred in SEATS]
    if matter not in rule.matters or not kinds:
        return {}
    held = Term.objects.at(at).filter(member_id__in=member_ids, seat__kind__in=kinds)
    reason = _("En este asunto quien ocupa tu cargo tiene voz y no vota (%(source)s).")
    return dict.fromkeys(held.values_list("member_id", flat=True), reason % {"source": rule.source})
