"""What `manage.py verify` recomputes of the votes: rolls, counts, verdicts, and what was put to the vote."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows
from coop.statute.proposals import seal
from coop.statute.rules import Majority

# Beside each poll its roll and ballots, counted; its resolution; and the act that closed it.
POLLS = """
    SELECT COALESCE(p.id, a.poll), p.state, p.present, p.voice_only, p.quorum, p.majority_rule, p.on_register,
           p.yes, p.no, p.abstain, p.adopted, m.state, p.resolution_id, r.tally, r.title = m.title,
           c.roll, c.yes, c.no, c.abstain, c.cast_votes, a.facts
      FROM assemblies_poll p
      FULL JOIN (SELECT (e.facts->>'poll')::bigint AS poll, e.facts FROM record_entry e
                  WHERE e.act = 'poll_closed') a ON a.poll = p.id
      LEFT JOIN assemblies_motion m ON m.id = p.motion_id
      LEFT JOIN statute_resolution r ON r.id = p.resolution_id
      LEFT JOIN (SELECT l.poll_id, count(*) AS roll, count(b.entry_id) AS cast_votes,
                        count(*) FILTER (WHERE b.choice = 'yes') AS yes,
                        count(*) FILTER (WHERE b.choice = 'no') AS no,
                        count(*) FILTER (WHERE b.choice = 'abstain') AS abstain
                   FROM assemblies_rollentry l LEFT JOIN assemblies_ballot b ON b.entry_id = l.id
                  GROUP BY l.poll_id) c ON c.poll_id = p.id
     ORDER BY 1
"""
STRAYS = """
    SELECT b.entry_id FROM assemblies_ballot b
      LEFT JOIN assemblies_rollentry l ON l.id = b.entry_id
      LEFT JOIN assemblies_poll p ON p.id = l.poll_id
     WHERE p.id IS NULL ORDER BY 1
"""


class _Poll(NamedTuple):
    """One row of POLLS. `yes` to `adopted` as the poll says, `roll` to `cast_votes` as counted anew."""

    id: int
    state: str | None
    present: int
    voice_only: int
    quorum: int
    majority_rule: str
    on_register: int
    yes: int | None
    no: int | None
    abstain: int | None
    adopted: bool | None
    motion: str
    resolution: int | None
    resolution_tally: str | None
    same_title: bool | None
    roll: int | None
    yes_counted: int | None
    no_counted: int | None
    abstain_counted: int | None
    cast_votes: int | None
    recorded: str | None

    @property
    def counted(self) -> dict[str, int]:
        return {
            "yes": self.yes_counted or 0,
            "no": self.no_counted or 0,
            "abstain": self.abstain_counted or 0,
        }


def polls() -> Checked:
    """Roll and presence, ballots and result, result and verdict, verdict and resolution agree."""
    checked = 0
    for row in rows(POLLS):
        poll = _Poll(*row)
        checked += 1 + (poll.roll or 0) + (poll.cast_votes or 0)
        for says in _wrong(poll):
            return Checked(checked, Broken(_("votación %(n)s") % {"n": poll.id}, says))
    for (entry,) in rows(STRAYS):
        says = _("no es de nadie que esté en un padrón")
        return Checked(checked, Broken(_("voto del renglón %(n)s") % {"n": entry}, says))
    return Checked(checked)


def _wrong(poll: _Poll) -> Iterator[str]:
    if poll.state is None:
        yield _("está en el libro de actos y falta entre las votaciones")
        return
    figures = {"roll": poll.roll or 0, "present": poll.present, "quorum": poll.quorum}
    if figures["roll"] != poll.present - poll.voice_only or poll.present < poll.quorum:
        says = _("su padrón tiene %(roll)s, los presentes eran %(present)s y el quórum pedía %(quorum)s")
        yield says % figures
    if sum(poll.counted.values()) != (poll.cast_votes or 0):
        yield _("tiene un voto que no es SÍ, NO ni abstención")
    if poll.state != "closed":
        if poll.recorded is not None or poll.motion != "voting":
            yield _("figura abierta y se anotó cerrada")
        return
    yield from _wrong_result(poll)


def _wrong_result(poll: _Poll) -> Iterator[str]:
    counted = poll.counted
    said = {"yes": poll.yes, "no": poll.no, "abstain": poll.abstain}
    if said != counted:
        told = {"said": _figures(said), "counted": _figures(counted)}
        yield _("dice %(said)s y los votos son %(counted)s (SÍ, NO, abstenciones)") % told
    majority = Majority(**json.loads(poll.majority_rule))
    present = poll.present - poll.voice_only
    carried = majority.carried(**counted, present=present, on_roll=poll.on_register)
    if poll.adopted is not carried or poll.motion != ("adopted" if carried else "rejected"):
        yield _("el veredicto no es el que da su mayoría")
    if (poll.resolution is not None) is not carried:
        yield _("aprobada y sin resolución") if carried else _("rechazada y con resolución")
    elif carried and (not poll.same_title or _json(poll.resolution_tally) != counted):
        yield _("su resolución dice otra cosa que la votación")
    recorded = _json(poll.recorded)
    if recorded is None:
        yield _("su cierre no está en el libro de actos")
    elif (recorded["tally"], recorded["adopted"]) != (counted, carried):
        yield _("el libro de actos dice otro resultado")


def _figures(tally: dict[str, int | None] | dict[str, int]) -> str:
    return ", ".join(str(value) for value in tally.values())


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


# Beside each proposal the act that moved it, and the resolution that adopted it, if one did.
PROPOSALS = """
    SELECT COALESCE(m.id, put.motion_id, a.motion), put.kind, put.number, put.sha256, put.facts,
           a.proposal, a.sha256, r.id IS NOT NULL, r.proposal_kind, r.proposal_id, r.proposal_sha256
      FROM assemblies_motionproposal put
      FULL JOIN (SELECT (e.facts->>'motion')::bigint AS motion, e.facts->>'proposal' AS proposal,
                        e.facts->>'sha256' AS sha256
                   FROM record_entry e WHERE e.act = 'motion_moved' AND e.facts ? 'proposal') a
        ON a.motion = put.motion_id
      FULL JOIN assemblies_motion m ON m.id = COALESCE(put.motion_id, a.motion)
      LEFT JOIN assemblies_poll p ON p.motion_id = m.id
      LEFT JOIN statute_resolution r ON r.id = p.resolution_id
     WHERE put.motion_id IS NOT NULL OR a.motion IS NOT NULL OR r.proposal_kind <> ''
     ORDER BY 1
"""


def proposals() -> Checked:
    """What a motion puts is sealed by its facts, on the record, and what the resolution adopts."""
    checked = 0
    for motion, kind, number, sha256, facts, moved_kind, moved_sha256, adopted, *cited in rows(PROPOSALS):
        checked += 1
        row = _("propuesta de la moción %(n)s") % {"n": motion}
        if kind is None:
            return Checked(checked, Broken(row, _("se la cita y no está")))
        if seal(json.loads(facts)) != sha256:
            return Checked(checked, Broken(row, _("su código de control no es el de lo que dice")))
        if (moved_kind, moved_sha256) != (kind, sha256):
            return Checked(checked, Broken(row, _("el libro de actos dice que se mocionó otra")))
        if adopted and cited != [kind, number, sha256]:
            return Checked(checked, Broken(row, _("la resolución aprobó otra")))
    return Checked(checked)


PROOFS = (
    Proof(name="polls", label=gettext_lazy("Votaciones"), run=polls),
    Proof(name="proposals", label=gettext_lazy("Propuestas votadas"), run=proposals),
)
