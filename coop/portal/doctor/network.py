"""The way from the phones to here: HTTPS, certificate, address. Pure, like `examining`."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.portal.doctor.facts import Facts, Network
from coop.portal.doctor.findings import Finding, Level

# Days left of a certificate: it renews itself with 30, so fewer than that means that it could not.
CERTIFICATE_SOON, CERTIFICATE_LAST = 25, 3
AUTHORITY_SOON = 390


def examine(facts: Facts) -> Iterator[Finding]:
    found = facts.network
    yield _https(found)
    yield _address(found)
    if found.hall:
        yield _certificate(found, facts.at)
        if found.authority_not_after:
            yield _authority(found.authority_not_after, facts.at)


def _https(found: Network) -> Finding:
    title = _("Protección en el camino (HTTPS)")
    if found.https:
        return Finding(
            "https", title, Level.FINE, _("Lo que va y viene solo lo leen el teléfono y este sitio.")
        )
    if found.site is None:
        says = _("No hay, y solo se puede entrar desde esta misma computadora.")
        return Finding("https", title, Level.NOTE, says, _("Para los teléfonos: HALL=1 make run."))
    says = _("No hay: cualquiera en la misma red puede leer claves y votos, y cambiarlos en el camino.")
    return Finding("https", title, Level.BROKEN, says, _("Encendé el modo salón: HALL=1 make run."))


def _address(found: Network) -> Finding:
    title = _("Dirección para los teléfonos")
    if not found.told:
        says = _("Nadie se la dijo al sitio: los papeles y el tablero salen sin QR.")
        return Finding("address", title, Level.CARE, says, _("Poné SITE_URL, como https://coop.org."))
    if found.site is None:
        says = _("Ninguna: el sitio solo se ve desde esta computadora.")
        return Finding("address", title, Level.NOTE, says, _("Encendé el modo salón: HALL=1 make run."))
    if found.hall and found.speaks_for and found.site.host not in found.speaks_for:
        wildcard = f"*.{found.site.host.partition('.')[2]}"
        if wildcard not in found.speaks_for:
            says = _("%(address)s, pero el certificado no vale para ella.") % {"address": found.site}
            return Finding(
                "address", title, Level.BROKEN, says, _("Reiniciá el sitio: el certificado se rehace.")
            )
    return Finding("address", title, Level.FINE, str(found.site))


def _certificate(found: Network, at: datetime) -> Finding:
    title, again = _("Certificado"), _("Reiniciá el sitio: el certificado se rehace.")
    if found.certificate_ends is None:
        return Finding("certificate", title, Level.BROKEN, _("No se lo encuentra."), again)
    left = (found.certificate_ends - at).days
    if found.certificate_begins and found.certificate_begins > at:
        says = _("Vale recién desde el %(day)s.") % {"day": _day(found.certificate_begins)}
        does = _("Poné en hora la computadora y reiniciá el sitio.")
        return Finding("certificate", title, Level.BROKEN, says, does)
    if left < 0:
        says = _("Venció el %(day)s: los teléfonos ya no entran.") % {"day": _day(found.certificate_ends)}
        return Finding("certificate", title, Level.BROKEN, says, again)
    says = ngettext(
        "Vale %(n)d día más, hasta el %(day)s.", "Vale %(n)d días más, hasta el %(day)s.", left
    ) % {"n": left, "day": _day(found.certificate_ends)}
    if left >= CERTIFICATE_SOON:
        return Finding("certificate", title, Level.FINE, says)
    return Finding(
        "certificate", title, Level.CARE if left >= CERTIFICATE_LAST else Level.BROKEN, says, again
    )


def _authority(ends: datetime, at: datetime) -> Finding:
    title = _("Autoridad instalada en los teléfonos")
    says = _("Vale hasta el %(day)s.") % {"day": _day(ends)}
    if (ends - at).days >= AUTHORITY_SOON:
        return Finding("authority", title, Level.FINE, says)
    does = _("Al reiniciar el sitio se hace una nueva, y cada teléfono la instala otra vez: elegí el día.")
    return Finding("authority", title, Level.CARE, says, does)


def _day(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATE_FORMAT")
