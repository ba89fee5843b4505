"""What `manage.py verify` recomputes of the resolutions: their numbers, and what the record says of each."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows

# Beside each resolution the act that adopted it; one without the other shows, whichever is missing.
RESOLUTIONS = """
    SELECT COALESCE(r.year, split_part(a.code, '/', 2)::integer) AS year,
           COALESCE(r.number, split_part(a.code, '/', 1)::integer) AS number,
           r.id IS NOT NULL, a.facts,
           jsonb_build_object('resolution', r.number || '/' || r.year, 'matter', r.matter, 'title', r.title,
                              'adopted_by', r.adopted_by, 'tally', r.tally),
           r.proposal_kind, r.proposal_sha256
      FROM statute_resolution r
      FULL JOIN (SELECT e.facts->>'resolution' AS code, e.facts FROM record_entry e
                  WHERE e.act = 'resolution_adopted') a
        ON a.code = r.number || '/' || r.year
     ORDER BY 1, 2, r.id
"""


def resolutions() -> Checked:
    """Numbered without gaps in each year, and each as the record tells it."""
    before, counted = (0, 0), 0
    for year, number, is_there, recorded, shown, kind, sha256 in rows(RESOLUTIONS):
        counted += 1
        row = _("resolución %(number)s/%(year)s") % {"number": number, "year": year}
        wanted = before[1] + 1 if year == before[0] else 1
        if not is_there:
            return Checked(
                counted, Broken(row, _("está en el libro de actos y falta entre las resoluciones"))
            )
        if number != wanted:
            says = _("tendría que ser la número %(wanted)s de su año") % {"wanted": wanted}
            return Checked(counted, Broken(row, says))
        if recorded is None:
            return Checked(counted, Broken(row, _("no está en el libro de actos")))
        told = json.loads(recorded)
        if told != json.loads(shown) | ({"proposal": kind, "sha256": sha256} if kind else {}):
            return Checked(counted, Broken(row, _("no dice lo que dice el libro de actos")))
        before = (year, number)
    return Checked(counted)


NUMBERED = Proof(name="resolutions", label=gettext_lazy("Resoluciones"), run=resolutions)
