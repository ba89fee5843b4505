"""What `verify` recomputes of handovers and filings: seals, who signed, the paper, the order of steps."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common.proof import Broken, Checked
from coop.council.enums_handover import Side
from coop.council.filings.state import FilingState
from coop.council.filings.state import read as read_filings
from coop.council.handover.paper import KIND, key_of
from coop.council.handover.state import State, read
from coop.documents.models import Document
from coop.record.models import Act, Entry


def prove_handovers() -> Checked:
    """Each signature seals what stands there, is on the record, and a finished one has its paper."""
    now, rows = timezone.now(), 0
    papers = dict(Document.objects.filter(kind=KIND).values_list("key", "facts"))
    told = _told(Act.HANDOVER_SIGNED, "handover", "side", "sha256")
    for handover in read().order_by("pk"):
        rows += 1
        state = State(handover, now)
        if says := _wrong(state, papers.get(key_of(handover.pk)), told):
            return Checked(rows, Broken(_("traspaso %(n)s") % {"n": handover.pk}, says))
    return Checked(rows)


def _wrong(state: State, paper: dict[str, object] | None, told: set[tuple[object, ...]]) -> str:
    for one in state.signatures.values():
        if one.sha256 != state.sha256:
            return _("lo que se firmó no es lo que dice")
        if (state.handover.pk, one.side, one.sha256) not in told:
            return _("una firma no está en el libro de actos")
        if one.side == Side.OUT and (state.outgoing is None or one.by_id != state.outgoing.pk):
            return _("firmó por quien entrega otra persona")
        if one.side == Side.IN and state.incoming is not None and one.by_id != state.incoming.pk:
            return _("firmó por quien recibe otra persona")
    if state.signatures and any(line.taken is None for line in state.lines):
        return _("se firmó con un renglón sin responder")
    if state.signed and (paper is None or paper["sha256"] != state.sha256):
        return _("su documento no es lo que se firmó")
    return ""


def prove_filings() -> Checked:
    """Every step is on the record with its figures, and nothing follows the one that closed it."""
    rows, told = 0, _told(Act.FILING_KEPT, "filing", "step", "title", "due_on", "day", "number")
    for filing in read_filings().order_by("pk"):
        rows += 1
        state = FilingState(filing, timezone.localdate())
        if says := _unlike(state, told):
            return Checked(rows, Broken(_("trámite %(n)s") % {"n": filing.pk}, says))
    return Checked(rows)


def _unlike(state: FilingState, told: set[tuple[object, ...]]) -> str:
    filing = state.filing
    for wanted in _wanted(state):
        if wanted not in told:
            return _("un paso no está en el libro de actos, o dice otra cosa")
    if state.closing and state.steps[-1] != state.closing:
        return _("siguió después de cerrado")
    if filing.changed_on and filing.due_on < filing.changed_on:
        return _("vence antes de empezar")
    return ""


def _wanted(state: FilingState) -> Iterator[tuple[object, ...]]:
    filing = state.filing
    yield (filing.pk, "opened", filing.title, filing.due_on.isoformat(), None, None)
    for one in state.steps:
        due, day = one.due_on.isoformat() if one.due_on else "", one.day.isoformat() if one.day else ""
        yield (filing.pk, one.kind, filing.title, due, day, one.number)


def _told(act: Act, *names: str) -> set[tuple[object, ...]]:
    facts = Entry.objects.filter(act=act).values_list("facts", flat=True)
    return {tuple(one.get(name) for name in names) for one in facts.iterator()}
