"""What `manage.py verify` recomputes of the minutes: numbers, seals, text, figures, document."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assemblies.domain.minutes import document_key, printed, sealed_facts
from assemblies.domain.minutes_draft import Draft, Sheet, draft_of
from assemblies.minutes_text import Facts, Remarks, plain, seal, written
from assemblies.models import Minutes, Poll
from coop.common.proof import Broken, Checked, Proof
from coop.documents.codes import seal as seal_of
from coop.documents.models import Document

Figures = tuple[object, ...]


def run() -> Checked:
    rows, last = 0, None
    for minutes in _minutes():
        rows += 1
        if last is not None and minutes.number != last + 1:
            says = _("después del acta %(last)d no viene la %(number)d") % {
                "last": last,
                "number": minutes.number,
            }
            return Checked(rows, Broken(_row(minutes), says))
        last = minutes.number
        for says in _wrong(minutes):
            return Checked(rows, Broken(_row(minutes), says))
    return Checked(rows)


def _minutes() -> Iterator[Minutes]:
    closed = Minutes.objects.select_related("assembly__convened_by").order_by("number")
    return closed.iterator(chunk_size=50)


def _row(minutes: Minutes) -> str:
    return f"assemblies_minutes {minutes.number}"


def _wrong(minutes: Minutes) -> Iterator[str]:
    """Why these minutes do not follow from the data; the first reason is enough."""
    if minutes.sha256 != seal(minutes.text):
        yield _("el código de control no es el de su texto")
    if minutes.facts_sha256 != sealed_facts(minutes):
        yield _("el código de control no es el de sus datos")
    try:
        facts, remarks = Facts.from_json(minutes.facts), Remarks.from_json(minutes.remarks)
        blocks = written(facts, remarks, number=minutes.number, folio=minutes.folio)
    except (KeyError, TypeError, ValueError):
        yield _("sus datos no se pueden leer")
        return
    if plain(blocks) != minutes.text:
        yield _("el texto no es el que sale de sus datos")
    if _in_facts(facts) != _in_tables(minutes):
        yield _("los resultados no son los de las votaciones")
    yield from _since(draft_of(minutes.assembly), facts, remarks)
    yield from _document(minutes, Sheet(minutes.number, minutes.folio, tuple(blocks)))


def _since(draft: Draft, facts: Facts, remarks: Remarks) -> Iterator[str]:
    """What the tables say today; names and documents may have changed since, with the register."""
    if _without_names(draft.facts) != _without_names(facts):
        yield _("los datos no son los de la asamblea")
    if draft.remarks != remarks:
        yield _("la síntesis no es la última que se guardó")


def _without_names(facts: Facts) -> tuple[object, ...]:
    moved = [
        (motion.motion, motion.title, motion.text, motion.taken_back, motion.mover.number, motion.put)
        for item in facts.items
        for motion in item.motions
    ]
    return (
        (facts.place, facts.convened_at, facts.starts_at, facts.opened_at, facts.closed_at, facts.quorum),
        [(item.position, item.title) for item in facts.items],
        moved,
        [(one.number, one.presences) for one in facts.attendance],
        [one.number for one in facts.signers.named],
    )


def _in_facts(facts: Facts) -> dict[int, Figures]:
    told: dict[int, Figures] = {}
    for _item, motion, poll in facts.polls:
        cast = [sum(vote.choice == choice for vote in poll.votes) for choice in ("yes", "no", "abstain")]
        told[poll.poll] = (
            *(motion.motion, poll.on_register, poll.present, poll.quorum, len(poll.votes)),
            *(poll.yes, poll.no, poll.abstain, *cast, poll.adopted, poll.resolution),
        )
    return told


def _in_tables(minutes: Minutes) -> dict[int, Figures]:
    polls = Poll.objects.filter(assembly=minutes.assembly).select_related("resolution")
    return {
        poll.pk: (
            *(poll.motion_id, poll.on_register, poll.present, poll.quorum, poll.entitled),
            *(poll.yes, poll.no, poll.abstain, poll.yes, poll.no, poll.abstain),
            *(poll.adopted, str(poll.resolution) if poll.resolution else ""),
        )
        for poll in polls
    }


def _document(minutes: Minutes, sheet: Sheet) -> Iterator[str]:
    document = Document.objects.filter(kind="minutes", key=document_key(minutes.assembly_id)).first()
    if document is None:
        yield _("no tiene documento")
    elif document.facts != printed(minutes, sheet) or document.facts_sha256 != seal_of(document.facts):
        yield _("lo que se imprime no es su texto")
    elif document.number != minutes.number:
        yield _("el documento tiene otro número")


MINUTES = Proof(name="minutes", label=gettext_lazy("Actas de asamblea"), run=run)
