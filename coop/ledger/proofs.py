"""What `manage.py verify` recomputes of the ledger."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.money import money
from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows

ENTRIES = """
    SELECT e.id, e.size, count(l.id), COALESCE(sum(l.cents), 0),
           COALESCE(bool_or(l.cents = 0 OR a.id IS NULL), false), e.reverses_id,
           e.reverses_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM ledger_entry o WHERE o.id = e.reverses_id AND o.reverses_id IS NULL),
           e.reverses_id IS NOT NULL AND EXISTS (
               SELECT FROM ledger_line b WHERE b.entry_id IN (e.id, e.reverses_id)
                GROUP BY b.account_id HAVING sum(b.cents) <> 0)
      FROM ledger_entry e
      LEFT JOIN ledger_line l ON l.entry_id = e.id
      LEFT JOIN ledger_account a ON a.id = l.account_id
     GROUP BY e.id
     ORDER BY e.id
"""
STRAYS = """
    SELECT l.id, l.entry_id FROM ledger_line l
      LEFT JOIN ledger_entry e ON e.id = l.entry_id
     WHERE e.id IS NULL ORDER BY l.id
"""
TWICE = """
    SELECT e.reverses_id FROM ledger_entry e WHERE e.reverses_id IS NOT NULL
     GROUP BY e.reverses_id HAVING count(*) > 1 ORDER BY 1
"""


def entries() -> Checked:
    """Every entry whole and balanced, reversals exact and single, no line astray: the whole is zero."""
    checked = 0
    for number, size, counted, total, damaged, reverses, of_none, inexact in rows(ENTRIES):
        checked += 1 + counted
        says = ""
        figures = {"counted": counted, "size": size, "total": money(int(total)), "other": reverses}
        if counted != size or counted < 2:
            says = _("tiene %(counted)s renglones y dice tener %(size)s (dos o más)")
        elif total:
            says = _("no cierra: sobran %(total)s")
        elif damaged:
            says = _("tiene un renglón en cero o sin cuenta")
        elif of_none:
            says = _("anula el asiento %(other)s, que no está o anula a otro")
        elif inexact:
            says = _("no es la anulación exacta del asiento %(other)s")
        if says:
            return Checked(checked, Broken(_("asiento %(n)s") % {"n": number}, says % figures))
    return Checked(checked, _astray())


def _astray() -> Broken | None:
    for line, entry in rows(STRAYS):
        says = _("es del asiento %(entry)s, que no está") % {"entry": entry}
        return Broken(_("renglón %(n)s") % {"n": line}, says)
    for (number,) in rows(TWICE):
        return Broken(_("asiento %(n)s") % {"n": number}, _("está anulado más de una vez"))
    return None


# The act that posted each entry, if there is one, with who and when.
NOBODYS = """
    SELECT e.id, a.position IS NOT NULL FROM ledger_entry e
      LEFT JOIN record_entry a
        ON e.id IN ((a.facts->>'entry')::bigint, (a.facts->>'by_entry')::bigint)
       AND (a.act = 'entry_reversed') = (e.reverses_id IS NOT NULL)
       AND (a.facts ? 'by_entry') = (e.reverses_id IS NOT NULL)
       AND a.at = e.at AND a.actor_number IS NOT DISTINCT FROM e.by_number AND a.actor_name = e.by_name
     ORDER BY e.id
"""
# Cents by the first figure of an account's code; a person's account ends in their number.
OTHERS = """
    SELECT a.code FROM ledger_account a
     WHERE a.kind IS DISTINCT FROM (ARRAY['asset', 'liability', 'equity', 'income', 'expense'])[
               NULLIF(substring(a.code FROM '^[1-5]'), '')::integer]
        OR (a.holder IS NOT NULL) IS DISTINCT FROM (a.code ~ '^(1[.]3|2[.][1234]|3[.]3)[.]')
        OR a.holder IS NOT NULL AND a.code !~ ('[.]' || a.holder || '$')
     ORDER BY a.code
"""


def owners() -> Checked:
    """Each entry is posted by an act of the record, each account is of whom and of what its code says."""
    checked = 0
    for number, told in rows(NOBODYS):
        checked += 1
        if not told:
            says = _("ningún acto del libro dice que lo asentó esa persona en ese momento")
            return Checked(checked, Broken(_("asiento %(n)s") % {"n": number}, says))
    for (code,) in rows(OTHERS):
        says = _("no es de quien dice su código, o no es de esa clase")
        return Checked(checked, Broken(_("cuenta %(code)s") % {"code": code}, says))
    return Checked(checked)


OWNERS = Proof(name="entries", label=gettext_lazy("Asientos y cuentas"), run=owners)
LEDGER = Proof(name="ledger", label=gettext_lazy("Contabilidad"), run=entries)
