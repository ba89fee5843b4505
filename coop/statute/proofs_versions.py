"""What `manage.py verify` recomputes of the statute: each version's seal, and that a reform was adopted."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows
from coop.statute.proposals import seal
from coop.statute.rules import BadStatute, Rules, seal_of

# Beside each version the reform and the resolution it rests on, and the act by which it took effect.
VERSIONS = """
    SELECT COALESCE(v.title, a.facts->>'title'), v.holds_from, v.document, v.sha256, f.facts, f.sha256,
           r.number || '/' || r.year, r.matter, r.proposal_kind, r.proposal_sha256, a.facts,
           (r.adopted_at AT TIME ZONE (SELECT zone FROM statute_cooperative))::date,
           v.reform_id, r.proposal_id
      FROM statute_statuteversion v
      LEFT JOIN statute_statutereform f ON f.id = v.reform_id
      LEFT JOIN statute_resolution r ON r.id = v.resolution_id
      FULL JOIN (SELECT e.facts FROM record_entry e WHERE e.act = 'statute_reformed') a
        ON a.facts->>'resolution' = r.number || '/' || r.year
     ORDER BY v.holds_from, v.id
"""
REFORMS = """
    SELECT f.title, f.facts, f.sha256, a.sha256, f.holds_from, b.sha256
      FROM statute_statutereform f
      LEFT JOIN statute_statuteversion b ON b.id = f.base_id
      FULL JOIN (SELECT e.facts->>'sha256' AS sha256 FROM record_entry e
                  WHERE e.act = 'statute_proposed') a ON a.sha256 = f.sha256
     ORDER BY f.id
"""


class _Version(NamedTuple):
    title: str
    holds_from: date | None
    document: str
    sha256: str
    reform: str | None
    reform_sha256: str | None
    resolution: str | None
    matter: str | None
    kind: str | None
    adopted_sha256: str | None
    recorded: str | None
    adopted_on: date | None
    reform_id: int | None
    proposal_id: int | None


def versions() -> Checked:
    """Each version is what its code says; each after the first is what a resolution adopted."""
    counted = 0
    for row in rows(VERSIONS):
        counted += 1
        version = _Version(*row)
        for says in _wrong(version):
            return Checked(counted, Broken(_("estatuto «%(title)s»") % {"title": version.title}, says))
    for row in rows(REFORMS):
        counted += 1
        where = _("reforma del estatuto «%(title)s»") % {"title": row[0] or "—"}
        if says := _wrong_draft(*row):
            return Checked(counted, Broken(where, says))
    return Checked(counted)


def _wrong_draft(
    title: str | None, facts: str, sha256: str, recorded: str | None, holds_from: date | None, base: str
) -> str:
    """Empty when the reform is what was presented."""
    if title is None:
        return _("está en el libro de actos y no está presentada")
    sealed = json.loads(facts)
    if seal(sealed) != sha256:
        return _("su código de control no es el de lo que dice")
    if recorded is None:
        return _("no está en el libro de actos")
    said = (sealed["title"], sealed["holds_from"], sealed["base"]["sha256"])
    if said != (title, holds_from.isoformat() if holds_from else None, base):
        return _("su título, su fecha o su base no son los que se sellaron")
    return ""


def _wrong(version: _Version) -> Iterator[str]:
    if version.holds_from is None:
        yield _("está en el libro de actos y falta entre los estatutos")
        return
    document = json.loads(version.document)
    if seal_of(document) != version.sha256:
        yield _("su código de control no es el de lo que dice")
    try:
        Rules.from_json(document)
    except BadStatute as bad:
        yield str(bad)
    if version.reform is not None:
        yield from _wrong_reform(version, document, json.loads(version.reform))


def _wrong_reform(version: _Version, document: Any, facts: Any) -> Iterator[str]:
    adopted = (version.matter, version.kind, version.adopted_sha256, version.proposal_id)
    if adopted != ("statute_reform", "statute_reform", version.reform_sha256, version.reform_id):
        yield _("su resolución aprobó otra cosa")
    if facts["document"] != document or facts["title"] != version.title:
        yield _("no es la reforma que se presentó")
    assert version.holds_from is not None
    if version.adopted_on is None or version.holds_from <= version.adopted_on:
        yield _("vale desde antes de aprobarse")
    told = json.loads(version.recorded) if version.recorded else None
    if told is None:
        yield _("no está en el libro de actos")
    elif (told["sha256"], told["holds_from"]) != (version.sha256, version.holds_from.isoformat()):
        yield _("no dice lo que dice el libro de actos")


STATUTE = Proof(name="statute", label=gettext_lazy("Estatutos"), run=versions)
