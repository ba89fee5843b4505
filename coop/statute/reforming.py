"""From a draft to a version in force: sealed, presented, asked before the vote, carried out when adopted."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.time import local_day
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import errors
from coop.statute.domain import cooperative, locked
from coop.statute.drafting import checked, latest, matter_labels
from coop.statute.meanings import Change, changes
from coop.statute.models import Matter, Resolution, StatuteDraft, StatuteReform, StatuteVersion
from coop.statute.models.reforms import KIND
from coop.statute.proposals import Proposal, seal
from coop.statute.rules import Rules, seal_of


@transaction.atomic
def present(*, key: uuid.UUID, turn: int, by: Actor, at: datetime) -> StatuteReform:
    """Freezes the draft as it was read (`turn`): from now on it is this reform or another one.

    Raises DraftGone, DraftChanged, NothingChanges, StaleReform, AlreadyPresented or BadStatute.
    """
    require(by, Power.DRAFT_STATUTE, at)
    draft = StatuteDraft.objects.select_for_update(of=("self",)).filter(key=key).first()
    if draft is None:
        raise errors.DraftGone
    if draft.turn != turn:
        raise errors.DraftChanged(draft.edited_by)
    made = sealed(
        base=draft.base,
        title=draft.title,
        why=draft.why,
        holds_from=draft.holds_from,
        document=draft.document,
        by=by,
        at=at,
    )
    draft.delete()
    return made


def sealed(
    *,
    base: StatuteVersion,
    title: str,
    why: str,
    holds_from: date | None,
    document: dict[str, Any],
    by: Actor,
    at: datetime,
) -> StatuteReform:
    """The reform's row, and its act; whoever calls has asked for the power and is in a transaction."""
    _must_be_last(base)
    rules = checked(document)
    facts = frozen(base=base, title=title, why=why, holds_from=holds_from, rules=rules)
    if not facts["changes"]:
        raise errors.NothingChanges
    mark = seal(facts)
    if StatuteReform.objects.filter(sha256=mark).exists():
        raise errors.AlreadyPresented
    made = StatuteReform.objects.create(
        base=base,
        title=title,
        holds_from=holds_from,
        facts=facts,
        sha256=mark,
        presented_at=at,
        presented_number=by.number,
        presented_by=by.name,
    )
    told = {"reform": made.pk, "title": title, "sha256": mark, "changes": len(facts["changes"])}
    write(Act.STATUTE_PROPOSED, by=by, at=at, facts=told)
    return made


def frozen(
    *,
    base: StatuteVersion,
    title: str,
    why: str,
    holds_from: date | None,
    rules: Rules,
    document: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The facts that are voted; their words are written in the cooperative's language.

    `document`: as it was sealed, when it was before; it may be from before a rule was known.
    """
    document = document or rules.to_json()
    with translation.override(cooperative().language):
        found = changes(base.rules, rules, matter_labels())
        shown = _shown(found, base, why, holds_from)
        rows = [_row(change) for change in found]
    return {
        "title": title,
        "why": why,
        "base": {"title": base.title, "holds_from": base.holds_from.isoformat(), "sha256": base.sha256},
        "holds_from": holds_from.isoformat() if holds_from else None,
        "document": document,
        "document_sha256": seal_of(document),
        "changes": rows,
        "shown": shown,
    }


def _row(change: Change) -> dict[str, str]:
    return {
        "section": change.section,
        "what": f"{change.title}: {change.label}",
        "before": _said(change.before),
        "after": _said(change.after),
    }


def _said(line: Any) -> str:
    """The sentence and where it is written; a dash where a statute says nothing."""
    if line is None:
        return "—"
    return f"{line.sentence} ({line.source})" if line.source else str(line.sentence)


def _shown(
    found: Iterable[Change], base: StatuteVersion, why: str, holds_from: date | None
) -> dict[str, Any]:
    since = (
        _("Vale desde el %(day)s, o desde el día después de aprobarse si eso es más tarde.")
        % {"day": date_format(holds_from, "SHORT_DATE_FORMAT")}
        if holds_from
        else _("Vale desde el día después de aprobarse.")
    )
    told = {"title": base.title, "day": date_format(base.holds_from, "SHORT_DATE_FORMAT")}
    begun = _("Cambia el estatuto «%(title)s», que vale desde el %(day)s. Lo demás queda como está.") % told
    rows = [[f"{one.title}: {one.label}", _said(one.before), _said(one.after)] for one in found]
    return {
        "paragraphs": [*([why] if why else []), begun, since],
        "tables": [
            {
                "title": _("Qué cambia"),
                "columns": [_("Regla"), _("Antes"), _("Después")],
                "rows": rows,
                "labelled": True,
            }
        ],
    }


def check(proposal: Proposal, at: datetime) -> None:
    """Asked when it is moved, when its poll opens, and when a line of the paper book names it.

    Raises NotTheReform, StaleReform or BadStatute. Once it passed, `take_effect` cannot fail: what else
    may happen while a poll is open only moves the day from which the reform holds.
    """
    held = StatuteReform.objects.select_related("base").filter(pk=proposal.id).first()
    if held is None or proposal.kind != KIND:
        raise errors.NotTheReform
    if not held.sha256 == proposal.sha256 == seal(held.facts) == seal(proposal.facts):
        raise errors.NotTheReform
    rules = checked(held.facts["document"])
    _must_be_last(held.base)
    # What the assembly reads follows from the document, or it is not voted.
    again = frozen(
        base=held.base,
        title=held.title,
        why=held.facts["why"],
        holds_from=held.holds_from,
        rules=rules,
        document=held.facts["document"],
    )
    if seal(again) != held.sha256:
        raise errors.NotTheReform


@transaction.atomic
def take_effect(resolution: Resolution, by: Actor, at: datetime) -> None:
    """The version that the resolution adopted. The handler of Matter.STATUTE_REFORM.

    A resolution of the paper book may be of that matter and name no reform: then it is history, in words.
    """
    if resolution.proposal_kind != KIND:
        return
    locked("statute")
    held = StatuteReform.objects.get(pk=resolution.proposal_id or 0)
    if not held.sha256 == resolution.proposal_sha256 == seal(held.facts):
        raise errors.NotTheReform
    last = latest()
    adopted_on = local_day(resolution.adopted_at, cooperative().tz)
    # Nor from before it is written down here: what was done until then was judged by the version before it.
    written_on = local_day(at, cooperative().tz)
    first_day = max(adopted_on, written_on, last.holds_from) + timedelta(days=1)
    version = StatuteVersion.objects.create(
        holds_from=max(first_day, held.holds_from or first_day),
        title=held.title,
        document=held.facts["document"],
        sha256=held.facts["document_sha256"],
        resolution=resolution,
        reform=held,
    )
    facts = {
        "title": version.title,
        "resolution": str(resolution),
        "holds_from": version.holds_from.isoformat(),
        "sha256": version.sha256,
        "changes": len(held.facts["changes"]),
    }
    write(Act.STATUTE_REFORMED, by=by, at=at, facts=facts)


def waiting() -> Iterator[tuple[Proposal, str]]:
    """Presented reforms that were begun from the last version and may still be adopted, newest first."""
    last = StatuteVersion.objects.last()
    for held in StatuteReform.objects.filter(base=last, version__isnull=True):
        yield held.proposal, held.title


def motion_words(held: StatuteReform) -> tuple[str, str]:
    """Title and text of the motion, in the cooperative's language."""
    with translation.override(cooperative().language):
        told = {"title": held.title, "code": held.code}
        return (
            _("Reformar el estatuto: «%(title)s»") % told,
            _("Según la propuesta con código de control %(code)s, y ninguna otra.") % told,
        )


def _must_be_last(base: StatuteVersion) -> None:
    last = latest()
    if last.pk != base.pk:
        raise errors.StaleReform(last.title, last.code)


MATTER = Matter.STATUTE_REFORM
