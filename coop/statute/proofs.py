"""What `manage.py verify` recomputes of the resolutions: their numbers, and what the record says of each."""

import json
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows

# Beside each resolution the act that adopted it, or the one that confirmed its page of the paper book; one
# without the other shows, whichever is missing.
RESOLUTIONS = """
    SELECT COALESCE(r.year, split_part(a.code, '/', 2)::integer) AS year,
           COALESCE(r.number, split_part(a.code, '/', 1)::integer) AS number,
           r.id IS NOT NULL, r.source, a.facts, a.by,
           jsonb_build_object('resolution', r.number || '/' || r.year, 'matter', r.matter, 'title', r.title,
                              'adopted_by', r.adopted_by, 'tally', r.tally),
           r.proposal_kind, r.proposal_sha256, r.paper_id, l.folio, l.entered_by_number, l.decided_by_number,
           to_char(r.adopted_at AT TIME ZONE (SELECT zone FROM statute_cooperative), 'YYYY-MM-DD'),
           encode(sha256(convert_to(r.text, 'UTF8')), 'hex')
      FROM statute_resolution r
      LEFT JOIN statute_bookline l ON l.id = r.paper_id
      FULL JOIN (SELECT e.facts->>'resolution' AS code, e.facts, e.actor_number AS by FROM record_entry e
                  WHERE e.act = 'resolution_adopted'
                  UNION ALL
                 SELECT p.facts->>'resolution', p.facts, e.actor_number
                   FROM record_entry e, jsonb_array_elements(e.facts->'resolutions') AS p(facts)
                  WHERE e.act = 'resolutions_confirmed') a
        ON a.code = r.number || '/' || r.year
     ORDER BY 1, 2, r.id
"""
MISCOPIED = """
    SELECT l.page_id, l.position FROM statute_bookline l JOIN statute_resolution r ON r.paper_id = l.id
     WHERE (l.title, l.text, l.matter, l.adopted_by)
           IS DISTINCT FROM (r.title, r.text, r.matter, r.adopted_by)
        OR l.day <> (r.adopted_at AT TIME ZONE (SELECT zone FROM statute_cooperative))::date ORDER BY 1, 2
"""
UNCONFIRMED = """
    SELECT l.page_id, l.position FROM statute_bookline l LEFT JOIN statute_resolution r ON r.paper_id = l.id
     WHERE (l.state = 'confirmed') IS DISTINCT FROM (r.id IS NOT NULL) ORDER BY 1, 2
"""


class _Row(NamedTuple):
    """One row of RESOLUTIONS: `recorded` and `shown` are JSON, `by` the number of who did the act."""

    year: int
    number: int
    is_there: bool
    source: str | None
    recorded: str | None
    by: int | None
    shown: str
    proposal: str
    sha256: str
    line: int | None
    folio: str | None
    entered_by: int | None
    confirmed_by: int | None
    day: str
    text_sha256: str

    @property
    def says(self) -> dict[str, Any]:
        """What the record has to say of it, word for word."""
        told: dict[str, Any] = json.loads(self.shown)
        named = {"proposal": self.proposal, "sha256": self.sha256}
        if self.source == "paper":
            paper = {"day": self.day, "folio": self.folio, "text_sha256": self.text_sha256}
            return told | paper | named
        return told | (named if self.proposal else {})


def resolutions() -> Checked:
    """Numbered without gaps in each year, each as the record tells it, paper ones by two people."""
    before, counted = (0, 0), 0
    for values in rows(RESOLUTIONS):
        found = _Row(*values)
        counted += 1
        row = _("resolución %(number)s/%(year)s") % {"number": found.number, "year": found.year}
        wanted = before[1] + 1 if found.year == before[0] else 1
        if says := _wrong(found, wanted):
            return Checked(counted, Broken(row, says))
        before = (found.year, found.number)
    for page, position in rows(UNCONFIRMED):
        row = _("página %(page)s del libro de papel, línea %(line)s") % {"page": page, "line": position}
        return Checked(counted, Broken(row, _("figura confirmada y no es resolución, o al revés")))
    for page, position in rows(MISCOPIED):
        row = _("página %(page)s del libro de papel, línea %(line)s") % {"page": page, "line": position}
        return Checked(counted, Broken(row, _("no dice lo que dice su resolución")))
    return Checked(counted)


def _wrong(found: _Row, wanted: int) -> str:
    if not found.is_there:
        return _("está en el libro de actos y falta entre las resoluciones")
    if found.number != wanted:
        return _("tendría que ser la número %(wanted)s de su año") % {"wanted": wanted}
    if found.recorded is None:
        return _("no está en el libro de actos")
    if json.loads(found.recorded) != found.says:
        return _("no dice lo que dice el libro de actos")
    paper = found.source == "paper"
    if paper is (found.line is None):
        return _("no se sabe de qué línea del libro de papel salió")
    if paper and (found.by != found.confirmed_by or found.entered_by == found.confirmed_by):
        return _("no la confirmó quien dice el libro de actos, o la confirmó quien la copió")
    return ""


NUMBERED = Proof(name="resolutions", label=gettext_lazy("Resoluciones"), run=resolutions)
