"""What the hall tells: its acts as sentences, whether today is an assembly day, and what proves its votes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assemblies.enums import AssemblyState
from assemblies.models import Assembly
from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows
from coop.common.time import local_day, midnight
from coop.statute.domain import cooperative

Facts = Mapping[str, Any]
SOON = timedelta(hours=12)


def opened(facts: Facts) -> str:
    return _("Abrió el kiosco «%(name)s» de la asamblea.") % {"name": facts["kiosk"]}


def closed(facts: Facts) -> str:
    return _("Cerró el kiosco «%(name)s» de la asamblea.") % {"name": facts["kiosk"]}


def is_assembly_day(at: datetime) -> bool:
    """An assembly is open at that instant, called for that day of the cooperative's zone, or begins soon.

    Soon, whatever the clock on the wall says: neither a card at ten to midnight nor another zone written into
    the cooperative's data opens a phone without a witness just before an assembly.
    """
    zone = cooperative().tz
    begins = midnight(local_day(at, zone), zone)
    today = Q(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    soon = Q(starts_at__gte=at, starts_at__lte=at + SOON)
    return Assembly.objects.filter(Q(state=AssemblyState.OPEN) | today | soon).exists()


# Beside each ballot its poll, and its sign-in while that is still kept. Those from before say nothing.
BALLOTS = """
    SELECT b.entry_id, l.poll_id, b.enrolled_at > p.opened_at, b.enrolled_at IS DISTINCT FROM s.enrolled_at,
           s.member_id IS DISTINCT FROM l.member_id, s.key IS NULL
      FROM assemblies_ballot b
      JOIN assemblies_rollentry l ON l.id = b.entry_id
      JOIN assemblies_poll p ON p.id = l.poll_id
      LEFT JOIN members_signin s ON s.key = b.sign_in
     WHERE b.sign_in IS NOT NULL
     ORDER BY 1
"""
# Beside each kiosk how often the record tells of its opening, and of its closing by somebody.
KIOSKS = """
    SELECT k.key, k.name, k.closed_at IS NOT NULL,
           EXISTS (SELECT FROM record_entry e WHERE e.act = 'hall_opened' AND e.at = k.opened_at
                      AND e.facts = jsonb_build_object('assembly', k.assembly_id, 'kiosk', k.name)),
           EXISTS (SELECT FROM record_entry e WHERE e.act = 'hall_closed' AND e.at = k.closed_at
                      AND e.facts = jsonb_build_object('assembly', k.assembly_id, 'kiosk', k.name)),
           k.opened_at BETWEEN a.opened_at AND COALESCE(a.closed_at, 'infinity')
      FROM assemblies_kiosk k JOIN assemblies_assembly a ON a.id = k.assembly_id
     ORDER BY k.opened_at, k.key
"""


def hall() -> Checked:
    """Every vote came with a sign-in that opened before its poll; every kiosk is on the record."""
    checked = 0
    for entry, poll, too_late, another_day, anothers, forgotten in rows(BALLOTS):
        checked += 1
        where = _("voto del renglón %(entry)s, votación %(poll)s") % {"entry": entry, "poll": poll}
        if too_late:
            return Checked(checked, Broken(where, _("se dio con algo que se dio de alta después de abrirla")))
        if not forgotten and (anothers or another_day):
            return Checked(checked, Broken(where, _("no es del ingreso que dice")))
    for _key, name, is_closed, told_open, told_closed, in_time in rows(KIOSKS):
        checked += 1
        where = _("kiosco «%(name)s»") % {"name": name}
        if not told_open or (is_closed and not told_closed):
            return Checked(checked, Broken(where, _("el libro de actos no lo cuenta así")))
        if not in_time:
            return Checked(checked, Broken(where, _("se abrió sin que su asamblea estuviera abierta")))
    return Checked(checked)


HALL = Proof(name="hall", label=gettext_lazy("Votos y kioscos de la sala"), run=hall)
