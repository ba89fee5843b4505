"""The town's statute: a version that was reformed, one to come, a reform that waits, drafts on the desk."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from coop.members.models import Member
from coop.statute import drafting, reforming
from coop.statute.models import StatuteVersion
from coop.statute.rules import MODEL_STATUTE
from tests.support.reform import reform

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("statute:house",),
    ("statute:house", "secretary"),
    ("statute:house_change", "secretary"),
    ("statute:statute",),
    ("statute:version", "unvoted", ("reformed",), "?cambios", "with what changed"),
    ("statute:version", "unvoted", ("first_statute",), "", "old"),
    ("statute:reforms",),
    ("statute:reforms", "secretary"),
    ("statute:reform", "unvoted", ("reform",)),
    ("statute:reform", "unvoted", ("adopted_reform",), "", "adopted"),
    ("statute:begin", "secretary"),
    ("statute:draft", "secretary", ("statute_draft",)),
    ("statute:describe", "secretary", ("statute_draft",)),
    ("statute:edit_section", "secretary", ("statute_draft", "majorities.statute_reform")),
    ("statute:edit_section", "secretary", ("statute_draft", "assemblies.weekly")),
    ("statute:edit_section", "secretary", ("statute_draft", "surplus_section")),
    ("statute:edit_section", "secretary", ("statute_draft", "conflicts")),
    ("statute:draft", "unvoted", ("statute_draft",), "", "refused", 403),
    ("assemblies:put", "secretary", ("statute_reform", "reform")),
    ("assemblies:put", "unvoted", ("statute_reform", "reform")),
)
# A download, a picture, and what is only posted.
NO_PAGES: Final = frozenset(
    {"statute:version_data", "statute:logo", "statute:logo_drop", "statute:present", "statute:discard"}
)


def populate(members: list[Member], now: datetime) -> dict[str, Any]:
    """Keys for the pages."""
    first = StatuteVersion.objects.get()
    document = MODEL_STATUTE.to_json()
    document["council"]["seats"] = 5
    reformed = reform(date(2018, 7, 1), document, title="Reforma de 2018")
    drafted = drafting.begin(title="Reforma que espera", by=members[1].actor, at=now)
    drafted = _edited(drafted.key, members[1], now, cool_off_years=1, most_terms=2)
    held = reforming.present(key=drafted.key, turn=drafted.turn, by=members[1].actor, at=now)
    desk = drafting.begin(title="Para la próxima", by=members[0].actor, at=now)
    desk = _edited(desk.key, members[0], now, everyone_once=True)
    drafting.describe(
        key=desk.key,
        turn=desk.turn,
        title="Para la próxima",
        why="Para que pase cada asociado/a.",
        holds_from=now.date() + timedelta(days=90),
        by=members[0].actor,
        at=now,
    )
    return {
        "first_statute": first.pk,
        "reformed": reformed.pk,
        "adopted_reform": reformed.reform_id,
        "reform": held.pk,
        "statute_draft": desk.key,
        # "surplus" is another room's key.
        "surplus_section": "surplus",
    }


def _edited(key: Any, by: Member, now: datetime, **rotation: object) -> Any:
    draft = drafting.draft_of(key)
    document = draft.document | {"rotation": draft.document["rotation"] | rotation}
    return drafting.edit(key=key, turn=draft.turn, document=document, by=by.actor, at=now)
