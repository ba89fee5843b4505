"""Rotation in the town that is only read: some offer, a slate was kept, one draw was held and one waits."""

from datetime import datetime, timedelta
from typing import Any, Final

from coop.council.rotation import draws, slates
from coop.council.rotation.lapsing import spans_from
from coop.members.models import Member
from coop.statute.domain import cooperative, rules_at
from tests.council.rotating import announced, says

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("council:rotation",),
    ("council:rotation", "president", (), "?cargo=treasurer&ver=no-pueden", "who may not"),
    ("council:rotation", "voted", (), "?cargo=alternate_1&ver=sin-decir", "who was not asked"),
    ("council:standing",),
    ("council:standing", "voted", (), "", "said before"),
    ("council:slates",),
    ("council:slates", "president"),
    ("council:slate", "secretary", ("slate",)),
    ("council:slate", "unvoted", ("slate",)),
    ("council:draws",),
    ("council:draws", "secretary"),
    ("council:draw_new", "secretary"),
    ("council:draw_new", "unvoted", (), "", "refused", 403),
    ("council:draw", "unvoted", ("draw_held",)),
    ("council:draw", "secretary", ("draw",), "", "may be held"),
    ("council:draw", "unvoted", ("draw",)),
    ("council:draw", "secretary", ("draw_off",), "", "called off"),
)
NO_PAGES: Final = frozenset({"council:draw_file"})


def populate(members: list[Member], now: datetime) -> dict[str, Any]:
    """Before anybody leaves. The second is the secretary, the fourth reads as `voted`."""
    secretary = members[1]
    says(members[3], "treasurer", at=now, skills=["accounts", "soldadura"], kin=[6], gender="woman")
    says(members[6], at=now)
    says(members[7], willing=False, at=now)
    numbers = [one.number for one in members[:7]]
    before = {"at": now - timedelta(hours=3), "not_before": now - timedelta(hours=1)}
    done = announced(secretary, numbers, title="Firmantes del acta de marzo", **before)
    draws.hold(draw_id=done.pk, public_value="47192", by=secretary.actor, at=now)
    waiting = announced(secretary, numbers, title="Quién acompaña el balance", places=3, **before)
    off = announced(secretary, numbers, title="Turno de la olla", **before)
    draws.call_off(draw_id=off.pk, reason="Faltaba la sección Hornos", by=secretary.actor, at=now)
    day = slates.days_to_plan(now, cooperative(), spans_from(now), rules_at(now))[0]
    world, found = slates.proposed(day, now, cooperative())
    code = slates.sealed_in(world, found[0], cooperative())
    slate = slates.keep(day=day, view=found[0].view, sha256=code, by=secretary.actor, at=now)
    return {"draw": waiting.pk, "draw_held": done.pk, "draw_off": off.pk, "slate": slate.pk}
