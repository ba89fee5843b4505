"""Reminders by e-mail, besides the page, to those who have one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council import reminders
from coop.council.models import TermReminder
from coop.statute.domain import cooperative

# Nobody's address is shown to the others, and no server refuses so many.
AT_ONCE = 50


def mail_reminders(at: datetime) -> int:
    """Council and audit to everybody, a position outside them to its holder. Gives how many messages went.

    What was claimed is not sent again: the page, not the e-mail, is what everybody can rely on.
    """
    if not settings.EMAIL_OFFERED:
        return 0
    told = reminders.to_mail(at)
    ours = [one for one in told if one.term.seat.is_council_or_audit]
    house = cooperative()
    with translation.override(house.language):
        messages = _to(ours, reminders.addresses(at)) if ours else []
        for one in told:
            if one not in ours and one.term.member.email:
                messages += _to([one], [one.term.member.email])
    return get_connection().send_messages(messages) or 0 if messages else 0


def _to(told: Sequence[TermReminder], addresses: Sequence[str]) -> list[EmailMessage]:
    house = cooperative()
    subject = _("%(house)s: mandatos que terminan") % {"house": house.name}
    lines = [_line(one) for one in told]
    says = _("Quién puede estar después, y cómo es la elección, está en la página del consejo.")
    body = "\n".join([*lines, "", says])
    if settings.SITE_URL:
        body += f"\n{settings.SITE_URL.rstrip('/')}/consejo/"
    return [
        EmailMessage(
            subject,
            body,
            settings.EMAIL_FROM,
            [settings.EMAIL_FROM] if len(addresses) > 1 else list(addresses),
            bcc=list(addresses[start : start + AT_ONCE]) if len(addresses) > 1 else [],
        )
        for start in range(0, len(addresses), AT_ONCE)
    ]


def _line(one: TermReminder) -> str:
    last = localtime(one.ends_at, cooperative().tz) - timedelta(microseconds=1)
    return _("%(seat)s: el mandato de %(name)s termina el %(day)s.") % {
        "seat": one.term.seat,
        "name": one.term.member.name,
        "day": date_format(last, "SHORT_DATE_FORMAT"),
    }
