"""What `manage.py verify` recomputes of the mandates: each as the record tells it, and how it ended."""

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows

# Beside each mandate the act that gave it; the numbers of who holds it, in order.
MANDATES = """
    SELECT COALESCE(m.id, a.mandate), m.what, m.due_on, m.people, m.follows_id, s.code,
           r.number || '/' || r.year, t.title,
           ARRAY(SELECT p.number FROM assemblies_mandateholder h JOIN members_member p ON p.id = h.member_id
                  WHERE h.mandate_id = m.id ORDER BY p.number),
           a.facts
      FROM assemblies_mandate m
      FULL JOIN (SELECT (e.facts->>'mandate')::bigint AS mandate, e.facts FROM record_entry e
                  WHERE e.act = 'mandate_given') a ON a.mandate = m.id
      LEFT JOIN council_seat s ON s.id = m.seat_id
      LEFT JOIN statute_resolution r ON r.id = m.resolution_id
      LEFT JOIN assemblies_motion t ON t.id = m.motion_id
     ORDER BY 1
"""
# Progress is no act: only how a mandate ended, or that it came back.
ENDS = """
    SELECT COALESCE(r.mandate_id, a.mandate)
      FROM (SELECT mandate_id, kind FROM assemblies_mandatereport WHERE kind <> 'progress') r
      FULL JOIN (SELECT (e.facts->>'mandate')::bigint AS mandate, e.facts->>'how' AS how FROM record_entry e
                  WHERE e.act = 'mandate_closed') a ON (a.mandate, a.how) = (r.mandate_id, r.kind)
     WHERE r.mandate_id IS NULL OR a.mandate IS NULL
     ORDER BY 1
"""


class _Mandate(NamedTuple):
    """One row of MANDATES; `recorded` is JSON."""

    id: int
    what: str | None
    due_on: date | None
    people: int
    follows: int | None
    seat: str | None
    resolution: str | None
    motion: str | None
    holders: list[int]
    recorded: str | None


def mandates() -> Checked:
    """What, by when, for whom and by which decision; and none ended otherwise than the record says."""
    checked = 0
    for row in rows(MANDATES):
        checked += 1
        mandate = _Mandate(*row)
        for says in _wrong(mandate):
            return Checked(checked, Broken(_("encargo %(n)s") % {"n": mandate.id}, says))
    for (key,) in rows(ENDS):
        says = _("el libro de actos dice otra cosa de cómo terminó")
        return Checked(checked, Broken(_("encargo %(n)s") % {"n": key}, says))
    return Checked(checked)


def _wrong(mandate: _Mandate) -> Iterator[str]:
    if mandate.due_on is None:
        yield _("está en el libro de actos y falta entre los encargos")
        return
    if mandate.recorded is None:
        yield _("no está en el libro de actos")
        return
    told = json.loads(mandate.recorded)
    said = {
        "what": mandate.what,
        "due_on": mandate.due_on.isoformat(),
        "seat": mandate.seat or "",
        "resolution": mandate.resolution or "",
        "motion": mandate.motion or "",
        "follows": mandate.follows,
    }
    # Names may have been put right since; numbers have not. At first the record had names alone.
    numbers = told.get("numbers", mandate.holders)
    same = (mandate.people, numbers) == (len(mandate.holders), mandate.holders)
    if not same or any(told[key] != value for key, value in said.items()):
        yield _("no dice lo que dice el libro de actos")


MANDATES_PROOF = Proof(name="mandates", label=gettext_lazy("Encargos"), run=mandates)
