"""What `verify` recomputes of handovers and filings: seals, who signed, the paper, the order of steps."""

from collections import Counter, defaultdict
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

# Line, what was said of it ("" when it was added), number of who said it.
Word = tuple[int, str, int | None]
Step = tuple[object, ...]


def prove_handovers() -> Checked:
    """Each signature seals what stands there, is on the record, and a finished one has its paper."""
    now, rows = timezone.now(), 0
    papers = dict(Document.objects.filter(kind=KIND).values_list("key", "facts"))
    told, hands = _told(Act.HANDOVER_SIGNED, "handover", "side", "sha256"), _hands()
    begun = {one[0]: one[1] for one in _told(Act.HANDOVER_BEGUN, "handover", "seat")}
    words = _words()
    for handover in read().prefetch_related("items__added_by").order_by("pk"):
        rows += 1
        state = State(handover, now)
        if begun.pop(handover.pk, None) != handover.seat.code:
            return _broken(handover.pk, _("no está en el libro de actos como empezó"), rows)
        if says := _wrong(state, papers.get(key_of(handover.pk)), told):
            return _broken(handover.pk, says, rows)
        if any(hands[handover.pk, one.side] != one.by.number for one in state.signatures.values()):
            return _broken(handover.pk, _("firmó otra persona que la del libro de actos"), rows)
        if words.pop(handover.pk, Counter()) != _said(state):
            return _broken(handover.pk, _("lo que dijo cada parte no es lo que dice el libro de actos"), rows)
        signed = {(handover.pk, one.side, one.sha256) for one in state.signatures.values()}
        if any(one[0] == handover.pk and one not in signed for one in told):
            return _broken(handover.pk, _("falta una firma que está en el libro de actos"), rows)
    for key in begun:
        return _broken(key, _("está en el libro de actos y falta"), rows)
    return Checked(rows)


def _broken(key: object, says: str, rows: int) -> Checked:
    return Checked(rows, Broken(_("traspaso %(n)s") % {"n": key}, says))


def _hands() -> dict[tuple[object, str], int | None]:
    """By handover and side the number of who signed, as the record has it."""
    acts = Entry.objects.filter(act=Act.HANDOVER_SIGNED).values_list("facts", "actor_number")
    return {(facts["handover"], facts["side"]): number for facts, number in acts}


def _words() -> dict[object, Counter[Word]]:
    """By handover: every word and line of the two sides, and whose it was."""
    found: defaultdict[object, Counter[Word]] = defaultdict(Counter)
    acts = Entry.objects.filter(act=Act.HANDOVER_CHANGED).values_list("facts", "actor_number")
    for facts, number in acts.iterator():
        if facts["what"] in ("line", "said"):
            found[facts["handover"]][facts["n"], facts.get("said", ""), number] += 1
    return found


def _said(state: State) -> Counter[Word]:
    words: Counter[Word] = Counter()
    for line in state.lines:
        if line.item.added_by is not None:
            words[line.item.position, "", line.item.added_by.number] += 1
        for mark in line.item.marks.all():
            words[line.item.position, mark.said, mark.by.number] += 1
    return words


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
    rows, told = 0, _steps_told()
    for filing in read_filings().order_by("pk"):
        rows += 1
        state = FilingState(filing, timezone.localdate())
        if says := _unlike(state, told.pop(filing.pk, Counter())):
            return Checked(rows, Broken(_("trámite %(n)s") % {"n": filing.pk}, says))
    for key in told:
        says = _("está en el libro de actos y falta")
        return Checked(rows, Broken(_("trámite %(n)s") % {"n": key}, says))
    return Checked(rows)


def _steps_told() -> dict[int, Counter[Step]]:
    found: defaultdict[int, Counter[Step]] = defaultdict(Counter)
    for facts, by in (
        Entry.objects.filter(act=Act.FILING_KEPT).values_list("facts", "actor_number").iterator()
    ):
        if facts["filing"] is not None:
            what = tuple(facts.get(name) or "" for name in ("step", "title", "due_on", "day", "number"))
            found[facts["filing"]][*what, (facts.get("who") or {}).get("number"), by] += 1
    return found


def _unlike(state: FilingState, told: Counter[Step]) -> str:
    filing = state.filing
    if Counter(_wanted(state)) != told:
        return _("un paso no está en el libro de actos, o dice otra cosa")
    if state.closing and state.steps[-1] != state.closing:
        return _("siguió después de cerrado")
    if filing.changed_on and filing.due_on < filing.changed_on:
        return _("vence antes de empezar")
    return ""


def _wanted(state: FilingState) -> Iterator[Step]:
    filing = state.filing
    opener = filing.opened_by.number if filing.opened_by else None
    yield ("opened", filing.title, filing.due_on.isoformat(), "", "", None, opener)
    for one in state.steps:
        due, day = one.due_on.isoformat() if one.due_on else "", one.day.isoformat() if one.day else ""
        who = one.who.number if one.who else None
        yield (one.kind, filing.title, due, day, one.number, who, one.by.number)


def _told(act: Act, *names: str) -> set[tuple[object, ...]]:
    facts = Entry.objects.filter(act=act).values_list("facts", flat=True)
    return {tuple(one.get(name) for name in names) for one in facts.iterator()}
