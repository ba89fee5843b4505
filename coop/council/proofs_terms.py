"""What `manage.py verify` recomputes of terms: acts against rows, chains of vacancies, the register."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows
from coop.council.models import Basis, HowEnded, SeatKind, Term
from coop.council.terms_told import begun, ended, sealed
from coop.record.models import Act, Entry

HAND, NAMED = "_hand", "_named"

# A term on a day on which its member was none.
OFF_THE_REGISTER = """
    SELECT t.id FROM council_term t JOIN members_member m ON m.id = t.member_id, statute_cooperative c
     WHERE NOT isempty(t.during)
       AND ((lower(t.during) AT TIME ZONE c.zone)::date < m.joined_on
            OR upper(t.during) AT TIME ZONE c.zone > m.left_on
            OR EXISTS (SELECT FROM members_period p
                        WHERE p.member_id = m.id AND p.state NOT IN ('trial', 'active', 'suspended')
                          AND tsrange(p.since, p.until) && tsrange(
                              lower(t.during) AT TIME ZONE c.zone, upper(t.during) AT TIME ZONE c.zone)))
     ORDER BY t.id
"""
# Two at once, should somebody have taken the constraints away.
TWO_AT_ONCE = """
    SELECT b.id FROM council_term a JOIN council_term b ON a.id < b.id AND a.during && b.during
     WHERE a.seat_id = b.seat_id
        OR a.member_id = b.member_id AND a.council_or_audit AND b.council_or_audit
     ORDER BY b.id
"""
# An alternate with a lower rank held their seat then, was not suspended, and was passed over.
PASSED_OVER = """
    SELECT t.id FROM council_term t
      JOIN council_seat s ON s.id = t.seat_id
      JOIN council_term own ON own.member_id = t.member_id AND upper(own.during) = lower(t.during)
                           AND own.how_ended = 'moved'
      JOIN council_seat os ON os.id = own.seat_id AND os.kind IN ('alternate', 'alternate_auditor')
      JOIN council_seat fs ON fs.kind = os.kind AND fs.rank < os.rank
      JOIN council_term first ON first.seat_id = fs.id AND first.during @> lower(t.during),
           statute_cooperative c
     WHERE t.basis = 'alternate'
       AND NOT EXISTS (SELECT FROM members_period p
                        WHERE p.member_id = first.member_id AND p.state <> 'trial' AND p.state <> 'active'
                          AND daterange(p.since, p.until) @> (lower(t.during) AT TIME ZONE c.zone)::date)
     ORDER BY t.id
"""


def prove_terms() -> Checked:
    """Each term is what its act says and ended as its act says; who fills a vacancy came in their turn."""
    begun_acts, ended_acts = _told(Act.TERM_BEGUN), _told(Act.TERM_ENDED)
    checked = 0
    for term in _terms():
        checked += 1
        for says in _wrong(term, begun_acts.pop(term.pk, None), ended_acts.pop(term.pk, None)):
            return Checked(checked, Broken(f"council_term {term.pk}", says))
    for key in sorted({*begun_acts, *ended_acts}):
        return Checked(checked, Broken(f"council_term {key}", _("está en el libro de actos y falta")))
    for broken in _imported():
        return Checked(checked, broken)
    for statement, says in (
        (OFF_THE_REGISTER, _("su titular no figuraba esos días en el registro")),
        (TWO_AT_ONCE, _("hay dos mandatos a la vez donde solo puede haber uno")),
        (PASSED_OVER, _("se salteó a la suplencia que seguía en orden")),
    ):
        for (key,) in rows(statement):
            return Checked(checked, Broken(f"council_term {key}", says))
    return Checked(checked)


def _terms() -> Iterator[Term]:
    related = ("seat", "member", "resolution", "ended_resolution", "fills", "fills__seat", "recorded_by")
    yield from Term.objects.select_related(*related, "ended_by").order_by("pk").iterator(chunk_size=2000)


def _told(act: Act) -> dict[int, dict[str, Any]]:
    """By the key of the term; of several ends the last. `_hand`: who wrote the act, and when."""
    acts = Entry.objects.filter(act=act).order_by("position")
    hands = acts.values_list("facts", "actor_number", "at", "actor_name")
    return {facts["term"]: facts | {HAND: (number, at), NAMED: name} for facts, number, at, name in hands}


def _wrong(term: Term, began: dict[str, Any] | None, end: dict[str, Any] | None) -> Iterator[str]:
    yield from _wrong_hands(term, began, end)
    never = term.during.isempty
    if (term.basis == Basis.FILE) != (began is None):
        yield _("no está en el libro de actos como empezó")
    elif began is not None and _without(began, never, "since", "until") != _without(
        begun(term), never, "since", "until"
    ):
        yield _("no es el que dice el libro de actos")
    if bool(term.how_ended) != (end is not None):
        yield _("no está en el libro de actos como terminó")
    elif end is not None and _without(end, never, "since") != _without(
        ended(term, term.during.lower), never, "since"
    ):
        yield _("no terminó como dice el libro de actos")
    if term.fills is not None:
        yield from _wrong_chain(term, term.fills)


def _wrong_hands(term: Term, began: dict[str, Any] | None, end: dict[str, Any] | None) -> Iterator[str]:
    """Who put it down and when; by whom it says that it was decided; that nobody resigned for another."""
    for told, by, at in (
        (began, term.recorded_by, term.recorded_at),
        (end, term.ended_by, term.ended_recorded_at),
    ):
        if told is not None and told[HAND] != (by.number if by else None, at):
            yield _("lo asentó otra persona, o en otro momento")
    if term.resolution is not None and term.elected_by != term.resolution.adopted_by:
        yield _("no es el que dice el libro de actos")
    if term.basis == Basis.AUDITOR and began is not None and began[NAMED] != term.elected_by:
        yield _("no es el que dice el libro de actos")
    theirs = term.ended_by_id in (None, term.member_id) or term.ended_resolution_id is not None
    if term.how_ended == HowEnded.RESIGNED and not theirs:
        yield _("renunció otra persona en su lugar")


def _wrong_chain(term: Term, left: Term) -> Iterator[str]:
    if left.seat_id != term.seat_id or not left.how_ended or left.would_have_ended is None:
        yield _("cubre un mandato que no quedó vacante")
        return
    until = term.would_have_ended or term.during.upper
    if until is not None and until > left.would_have_ended:
        yield _("dura más que lo que quedaba")
    if term.basis == Basis.ALTERNATE and not term.during.isempty:
        kinds = (SeatKind.ALTERNATE, SeatKind.ALTERNATE_AUDITOR)
        came = Term.objects.filter(
            member=term.member_id,
            seat__kind__in=kinds,
            how_ended=HowEnded.MOVED,
            during__endswith=term.during.lower,
        )
        if not came.exists():
            yield _("quien lo ocupa no era suplente")


def _without(facts: Mapping[str, Any], never: bool, *keys: str) -> dict[str, Any]:
    """Of a term that never began the database keeps no days."""
    left_out = (HAND, NAMED, *(keys if never else ()))
    return {key: value for key, value in facts.items() if key not in left_out}


def _imported() -> Iterator[Broken]:
    """What files brought is as many as they said, and where they sealed it, as they said it.

    Terms from before acts were sealed say nobody who put them down: they come before all that do.
    """
    facts_of = Entry.objects.filter(act=Act.TERMS_IMPORTED).order_by("position")
    acts = list(facts_of.values_list("facts", flat=True))
    brought = Term.objects.filter(basis=Basis.FILE)
    old, new = brought.filter(recorded_at=None), brought.exclude(recorded_at=None)
    told = [sum(one["new"] for one in acts if ("seal" in one) is sealed_so) for sealed_so in (False, True)]
    first = Term.objects.exclude(recorded_at=None).aggregate(first=Min("pk"))["first"]
    late = first is not None and old.filter(pk__gt=first).exists()
    if late or new.count() != told[1] or (told[0] and old.count() != told[0]):
        says = _("los mandatos de planilla no son los que dice el libro de actos")
        yield Broken("council_term", says)
    since = {key: facts["since"] for key, facts in _told(Act.TERM_ENDED).items() if not facts["ended"]}
    for facts in acts:
        if "seal" not in facts:
            continue
        there = Term.objects.filter(basis=Basis.FILE, pk__range=(facts["first"], facts["last"]))
        if sealed(there.select_related("seat", "member").order_by("pk"), since) != facts["seal"]:
            where = f"council_term {facts['first']}-{facts['last']}"
            yield Broken(where, _("no dicen lo que se selló en el libro de actos"))


TERMS = Proof(name="terms", label=gettext_lazy("Mandatos"), run=prove_terms)
