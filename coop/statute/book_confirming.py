"""A page of the paper book is confirmed: each line that waits becomes a numbered resolution."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db import transaction

from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import book_errors as errors
from coop.statute import proposals
from coop.statute.domain import carry_out, cooperative, named, numbered
from coop.statute.models import BookLine, BookPage, LineState, Resolution, Source
from coop.statute.proposals import Proposal

READ = ("day", "matter", "title", "text", "adopted_by", "folio", "yes", "no", "abstain", "proposal_sha256")


def seal_of(lines: Iterable[BookLine]) -> str:
    """SHA-256, in hex, of what somebody reads who confirms: who confirms sends it back."""
    read = [[line.position, *(str(getattr(line, column)) for column in READ)] for line in lines]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def confirm_page(*, page_id: int, seen: str, by: Actor, at: datetime) -> list[Resolution]:
    """The lines that wait become resolutions, by day; those given back stay. `seen`: `seal_of` what one read.

    A line that names a sealed proposal carries it out. Raises NothingToConfirm, PageChanged, OwnLines,
    OneDraftAtATime, ProposalNotWaiting, or what the proposal's kind raises.
    """
    require(by, Power.CONFIRM_RESOLUTIONS, at)
    page = BookPage.objects.get(pk=page_id)
    lines = list(page.lines.select_for_update().filter(state=LineState.WAITING).order_by("position"))
    if not lines:
        raise errors.NothingToConfirm
    if seal_of(lines) != seen:
        raise errors.PageChanged
    if by.signature and any(line.entered_by_number == by.number for line in lines):
        raise errors.OwnLines
    if sum(bool(line.proposal_kind) for line in lines) > 1:
        raise errors.OneDraftAtATime
    made = [_resolution(line, by, at) for line in sorted(lines, key=lambda line: (line.day, line.position))]
    facts = {
        "page": page.pk,
        "entered_by": sorted({line.entered_by_name for line in lines}),
        "resolutions": [told(resolution, line) for resolution, line in made],
    }
    write(Act.RESOLUTIONS_CONFIRMED, by=by, at=at, facts=facts)
    for resolution, line in made:
        if line.proposal_kind:
            carry_out(resolution, by, at)
    return [resolution for resolution, _line in made]


def told(resolution: Resolution, line: BookLine) -> dict[str, Any]:
    """What the record keeps of it; `coop.statute.proofs` compares the very same."""
    return {
        "resolution": str(resolution),
        "matter": line.matter,
        "title": line.title,
        "adopted_by": line.adopted_by,
        "tally": line.tally,
        "day": line.day.isoformat(),
        "folio": line.folio,
        "text_sha256": hashlib.sha256(line.text.encode()).hexdigest(),
        "proposal": line.proposal_kind,
        "sha256": line.proposal_sha256,
    }


def _resolution(line: BookLine, by: Actor, at: datetime) -> tuple[Resolution, BookLine]:
    proposal = _proposal(line, at)
    line.state = LineState.CONFIRMED
    line.decided_by_number, line.decided_by_name, line.decided_at = by.number, by.name, at
    line.save(update_fields=["state", "decided_by_number", "decided_by_name", "decided_at"])
    # Of the book only the day is known: noon is that day wherever it is read.
    noon = datetime.combine(line.day, time(12), tzinfo=cooperative().tz)
    resolution = numbered(
        adopted_at=noon,
        matter=line.matter,
        title=line.title,
        text=line.text,
        adopted_by=line.adopted_by,
        tally=line.tally,
        source=Source.PAPER,
        paper=line,
        **named(proposal),
    )
    return resolution, line


def _proposal(line: BookLine, at: datetime) -> Proposal | None:
    """The sealed proposal that the line names, asked once more whether it can be carried out."""
    if not line.proposal_kind:
        return None
    wanted = (line.proposal_kind, line.proposal_id, line.proposal_sha256)
    for proposal, _title in proposals.waiting_for(line.matter):
        if (proposal.kind, proposal.id, proposal.sha256) == wanted:
            proposals.check(proposal, at)
            return proposal
    raise errors.ProposalNotWaiting
