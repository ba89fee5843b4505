"""What `manage.py verify` recomputes of devices: none was slipped in beside the record."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.common.rows import rows

DEVICES = """
    SELECT d.key::text, m.number,
           d.enrolled_at IS NOT NULL AND NOT EXISTS (
               SELECT FROM record_entry e
                WHERE e.act = 'device_enrolled' AND e.at = d.enrolled_at
                  AND e.facts->>'key' = d.key::text AND (e.facts->>'member')::bigint = m.number
                  AND (e.facts->'witness'->>'number')::bigint IS NOT DISTINCT FROM w.number),
           d.card_id IS NOT NULL AND (c.member_id <> d.member_id OR c.used_at IS DISTINCT FROM d.asked_at),
           d.needs_witness AND d.enrolled_at IS NOT NULL
               AND (w.id IS NULL OR w.id = d.member_id OR w.id = c.given_by_id)
      FROM access_device d
      JOIN members_member m ON m.id = d.member_id
      LEFT JOIN members_member w ON w.id = d.witness_id
      LEFT JOIN access_card c ON c.key = d.card_id
     ORDER BY d.asked_at, d.key
"""
CARDS = """
    SELECT c.key::text, m.number
      FROM access_card c JOIN members_member m ON m.id = c.member_id
      LEFT JOIN members_member g ON g.id = c.given_by_id
     WHERE NOT EXISTS (
               SELECT FROM record_entry e
                WHERE e.act = 'cards_given' AND e.at = c.given_at
                  AND e.actor_number IS NOT DISTINCT FROM g.number
                  AND e.facts->'members' @> jsonb_build_array(
                          jsonb_build_object('number', m.number, 'card', c.key)))
     ORDER BY c.given_at, c.key
"""
SIGN_INS = """
    SELECT s.key::text, m.number
      FROM members_signin s JOIN members_member m ON m.id = s.member_id
      LEFT JOIN access_device d ON d.key = s.opened_with
     WHERE s.way IN ('pin', 'passkey')
       AND (d.key IS NULL OR d.member_id <> s.member_id OR d.opens <> s.way
            OR d.enrolled_at IS DISTINCT FROM s.enrolled_at OR s.started_at < d.enrolled_at
            OR s.started_at > COALESCE(d.voided_at, s.started_at))
     ORDER BY s.started_at, s.key
"""
# An address that was slipped in with a date of its own would vote in polls that were open before.
ADDRESSES = """
    SELECT m.number
      FROM access_mailaddress a JOIN members_member m ON m.id = a.member_id
     WHERE NOT EXISTS (
               SELECT FROM record_entry e
                WHERE e.act = 'device_enrolled' AND e.at = a.since AND e.facts->>'way' = 'email'
                  AND (e.facts->>'member')::bigint = m.number)
     ORDER BY a.id
"""
COUNTED = "SELECT (SELECT count(*) FROM access_card) + (SELECT count(*) FROM members_signin)"


def devices() -> Checked:
    """Every device, card and e-mail address has its act in the record, every witness is somebody else, and
    whoever signed in with a device did so with their own, while it opened.
    """
    checked = 0
    for key, number, unrecorded, wrong_card, wrong_witness in rows(DEVICES):
        checked += 1
        says = ""
        if unrecorded:
            says = _("no consta en el libro de actos que se dio de alta")
        elif wrong_card:
            says = _("no sale de la tarjeta que dice")
        elif wrong_witness:
            says = _("le falta el testigo que necesitaba")
        if says:
            return Checked(checked, Broken(_device(key, number), says))
    for key, number in rows(CARDS):
        where = _("tarjeta %(key)s de N.º %(number)s") % {"key": key[:8], "number": number}
        return Checked(checked + 1, Broken(where, _("no consta en el libro de actos que se dio")))
    for (number,) in rows(ADDRESSES):
        where = _("correo de N.º %(number)s") % {"number": number}
        return Checked(checked + 1, Broken(where, _("no consta en el libro de actos desde cuándo abre")))
    for key, number in rows(SIGN_INS):
        where = _("ingreso %(key)s de N.º %(number)s") % {"key": key[:8], "number": number}
        return Checked(checked + 1, Broken(where, _("no sale de un aparato suyo que estuviera de alta")))
    ((others,),) = rows(COUNTED)
    return Checked(checked + others)


def _device(key: str, number: int) -> str:
    return _("aparato %(key)s de N.º %(number)s") % {"key": key[:8], "number": number}


DEVICES_PROOF = Proof("devices", gettext_lazy("Aparatos y tarjetas"), devices)
