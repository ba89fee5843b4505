"""A reform on the council's desk: begun from the last version, edited section by section, discarded."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from coop.common.words import one_line, visible
from coop.powers import Actor, Power, require
from coop.statute import errors
from coop.statute.meanings import Change, changes
from coop.statute.models import Matter, StatuteDraft, StatuteVersion
from coop.statute.rules import (
    ASSEMBLY_KINDS,
    HOUR_KINDS,
    BadStatute,
    Position,
    Problem,
    Rules,
    against_the_past,
    completed,
    faults,
)

LONGEST_TITLE = 120


def matter_labels() -> dict[str, str]:
    return {matter.value: str(matter.label) for matter in Matter}


def checked(document: Mapping[str, Any]) -> Rules:
    """The rules, when every one is possible and none contradicts another nor what a position was before.

    Raises BadStatute.
    """
    rules = Rules.from_json(document)
    found = faults(rules, Matter.values)
    if rules.positions.held:
        found += against_the_past(rules, positions_ever())
    if found:
        raise BadStatute(found)
    return rules


def positions_ever() -> list[Position]:
    """Of every version, the first before the later ones: as their seats are on the books."""
    versions = StatuteVersion.objects.order_by("holds_from")
    return [one for version in versions for one in version.rules.positions.held]


def problems_of(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    try:
        checked(document)
    except BadStatute as bad:
        return bad.problems
    return ()


def latest() -> StatuteVersion:
    """What a reform is drafted from: the last version, though it may not hold yet. Raises NoStatute."""
    found = StatuteVersion.objects.last()
    if found is None:
        raise errors.NoStatute
    return found


def complete(rules: Rules) -> dict[str, Any]:
    """A document that says everything: what an older version leaves to the model is written out."""
    document = completed(rules.to_json())
    for kind in ASSEMBLY_KINDS:
        document["assemblies"].setdefault(kind, _plain(rules.assembly(kind)))
    for matter in Matter.values:
        document["majorities"].setdefault(matter, _plain(rules.majority(matter)))
    for kind in HOUR_KINDS:
        document["pay"]["hours"].setdefault(kind, _plain(rules.hours(kind)))
    return document


@transaction.atomic
def begin(*, title: str, by: Actor, at: datetime) -> StatuteDraft:
    """A draft that says what the last version says. Raises NoStatute."""
    require(by, Power.DRAFT_STATUTE, at)
    base = latest()
    return StatuteDraft.objects.create(
        base=base,
        title=one_line(title)[:LONGEST_TITLE] or f"Reforma de {at.year}",
        document=complete(base.rules),
        begun_at=at,
        begun_by=by.name,
        edited_at=at,
        edited_by=by.name,
    )


def draft_of(key: uuid.UUID) -> StatuteDraft:
    """Raises DraftGone."""
    found = StatuteDraft.objects.select_related("base").filter(key=key).first()
    if found is None:
        raise errors.DraftGone
    return found


def changes_of(draft: StatuteDraft) -> tuple[Change, ...]:
    return changes(draft.base.rules, Rules.from_json(draft.document), matter_labels())


@transaction.atomic
def edit(*, key: uuid.UUID, turn: int, document: Mapping[str, Any], by: Actor, at: datetime) -> StatuteDraft:
    """Saves the whole document over the one that was read as `turn`; the law's chapter stays the base's.

    Raises DraftGone, DraftChanged when somebody saved meanwhile, BadStatute with all its problems.
    """
    require(by, Power.DRAFT_STATUTE, at)
    draft = _locked(key, turn)
    wanted = {**document, "law": complete(draft.base.rules)["law"]}
    draft.document = checked(wanted).to_json()
    return _saved(draft, by, at, "document")


@transaction.atomic
def describe(
    *, key: uuid.UUID, turn: int, title: str, why: str, holds_from: date | None, by: Actor, at: datetime
) -> StatuteDraft:
    """Its name, its reasons, and a day before which it does not hold. Raises HoldsTooSoon and as `edit`."""
    require(by, Power.DRAFT_STATUTE, at)
    draft = _locked(key, turn)
    if holds_from is not None and holds_from <= draft.base.holds_from:
        raise errors.HoldsTooSoon(draft.base.holds_from)
    draft.title = one_line(title)[:LONGEST_TITLE] or draft.title
    draft.why = visible(why).strip()
    draft.holds_from = holds_from
    return _saved(draft, by, at, "title", "why", "holds_from")


@transaction.atomic
def discard(*, key: uuid.UUID, by: Actor, at: datetime) -> None:
    require(by, Power.DRAFT_STATUTE, at)
    draft_of(key).delete()


def _locked(key: uuid.UUID, turn: int) -> StatuteDraft:
    draft = StatuteDraft.objects.select_for_update(of=("self",)).filter(key=key).first()
    if draft is None:
        raise errors.DraftGone
    if draft.turn != turn:
        raise errors.DraftChanged(draft.edited_by)
    return draft


def _saved(draft: StatuteDraft, by: Actor, at: datetime, *fields: str) -> StatuteDraft:
    draft.edited_at, draft.edited_by, draft.turn = at, by.name, draft.turn + 1
    draft.save(update_fields=[*fields, "edited_at", "edited_by", "turn"])
    return draft


def _plain(rule: Any) -> Any:
    return json.loads(json.dumps(asdict(rule)))
