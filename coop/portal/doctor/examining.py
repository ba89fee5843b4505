"""From the facts to sentences. Pure: the same facts give the same findings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.portal.doctor import network
from coop.portal.doctor.facts import Database, Documents, Facts, Queue, Verified
from coop.portal.doctor.findings import Finding, Level, Report

MB, GB = 1024**2, 1024**3
LEAST_VERSION = 15
# Bytes free: below the first, look for room; below the second, PostgreSQL may stop.
LOW_DISK, NO_DISK = 2 * GB, 300 * MB
# Seconds: a clock that differs by this much is looked at; by this much, hours on the acts are wrong.
CLOCK_ODD, CLOCK_WRONG = 5, 60
# Seconds: the beat comes every 30, a document takes less than a minute.
BEAT_LATE, DOCUMENT_LATE = 120, 300
VERIFIED_LATE = timedelta(hours=36)


def examine(facts: Facts) -> Report:
    findings = [
        *_database(facts),
        *_queue(facts.queue),
        _disk(facts.free),
        *_documents(facts.documents),
        _verified(facts.verified, facts.at),
        _mail(facts.mail),
        *network.examine(facts),
    ]
    return Report(findings)


def _database(facts: Facts) -> Iterator[Finding]:
    found, title = facts.database, _("Base de datos")
    if found is None:
        does = _(
            "Encendela de nuevo: con make run se enciende sola; si es un servidor, avisá a quien lo cuida."
        )
        yield Finding("database", title, Level.BROKEN, _("No contesta: nada se puede leer ni guardar."), does)
        return
    says = _("Contesta. PostgreSQL %(version)d, %(size)d MB.") % {
        "version": found.version,
        "size": max(1, found.size // MB),
    }
    if found.version < LEAST_VERSION:
        does = _("Pasá los datos a PostgreSQL %(least)d o más nuevo.") % {"least": LEAST_VERSION}
        yield Finding("database", title, Level.BROKEN, says, does)
    else:
        yield Finding("database", title, Level.FINE, says)
    yield _rights(found)
    yield _tables(found)
    yield _clock(found, facts.at)


def _rights(found: Database) -> Finding:
    title = _("Lo escrito no se borra")
    if found.superuser or found.too_much:
        n = len(found.too_much)
        says = ngettext(
            "El sitio entra a la base con derechos de más: podría borrar o cambiar %(n)d tabla.",
            "El sitio entra a la base con derechos de más: podría borrar o cambiar %(n)d tablas.",
            n,
        ) % {"n": n}
        does = _("Que DATABASE_URL sea del rol que sirve y no del dueño, y corré grant_application_role.")
        return Finding("rights", title, Level.BROKEN, says, does)
    if found.missing_rights:
        says = _("Al sitio le faltan derechos en la base: alguna página no va a andar.")
        return Finding("rights", title, Level.BROKEN, says, _("Corré grant_application_role como dueño."))
    says = _("El sitio no tiene derecho a borrar ni a cambiar actos, votos, actas ni asientos.")
    return Finding("rights", title, Level.FINE, says)


def _tables(found: Database) -> Finding:
    title, n = _("Tablas"), found.waiting_migrations
    if n == 0:
        return Finding("tables", title, Level.FINE, _("Están como este programa las espera."))
    says = ngettext(
        "Falta %(n)d cambio para este programa.", "Faltan %(n)d cambios para este programa.", n
    ) % {"n": n}
    does = _("Corré migrate como dueño y después grant_application_role; make run lo hace al arrancar.")
    return Finding("tables", title, Level.BROKEN, says, does)


def _clock(found: Database, at: datetime) -> Finding:
    title, off = _("Reloj"), abs(found.ahead)
    does = _("Poné en hora la computadora y dejala con hora automática.")
    if found.newest_act and found.newest_act > at + timedelta(seconds=CLOCK_WRONG):
        says = _("Está atrasado: el último acto anotado es de %(when)s, y acá todavía no es esa hora.") % {
            "when": _when(found.newest_act)
        }
        return Finding("clock", title, Level.BROKEN, says, does)
    if off >= CLOCK_ODD:
        says = _("El de la base y el del sitio difieren %(seconds)d segundos.") % {"seconds": round(off)}
        return Finding("clock", title, Level.BROKEN if off >= CLOCK_WRONG else Level.CARE, says, does)
    says = _("Son las %(when)s. Fijate que sea la hora de tu reloj.") % {"when": _when(at)}
    return Finding("clock", title, Level.FINE, says)


def _queue(found: Queue) -> Iterator[Finding]:
    title = _("Trabajos de fondo")
    again = _("Reiniciá el sitio: con make run arrancan solos. Votar y firmar anda igual.")
    if not found.broker:
        says = _(
            "No se llega a la cola de trabajos (Redis): recibos y actas en PDF esperan. No se pierde ninguno."
        )
        yield Finding("broker", title, Level.BROKEN, says, again)
        return
    if not found.worker:
        says = _("No contesta nadie que arme los PDF: recibos y actas esperan. No se pierde ninguno.")
        yield Finding("worker", title, Level.BROKEN, says, again)
    else:
        yield Finding("worker", title, Level.FINE, _("Contestan: recibos y actas se arman solos."))
        yield _beat(found.beat_ago, again)


def _beat(ago: float | None, again: str) -> Finding:
    title = _("Tareas a su hora")
    if ago is None:
        says = _("Todavía no corrió ninguna. Si el sitio arrancó hace más de dos minutos, no están andando.")
        return Finding("beat", title, Level.CARE, says, again)
    if ago > BEAT_LATE:
        says = _("La última corrió hace %(time)s: nadie las pide.") % {"time": _lasting(ago)}
        return Finding("beat", title, Level.BROKEN, says, again)
    return Finding("beat", title, Level.FINE, _("Corren solas: la última, hace menos de dos minutos."))


def _disk(free: int) -> Finding:
    title = _("Disco")
    says = _("Quedan %(free)s GB libres.") % {"free": _gigabytes(free)}
    if free >= LOW_DISK:
        return Finding("disk", title, Level.FINE, says)
    does = _("Liberá espacio. Sin disco la base se detiene y no se puede votar.")
    return Finding("disk", title, Level.CARE if free >= NO_DISK else Level.BROKEN, says, does)


def _lasting(seconds: float) -> str:
    """`5 minutos`, `4 meses, 3 semanas`."""
    start = datetime(2001, 1, 1, tzinfo=UTC)
    return timesince(start, start + timedelta(seconds=seconds))


def _gigabytes(size: int) -> str:
    return number_format(size / GB, 1)


def _documents(found: Documents | None) -> Iterator[Finding]:
    if found is None:
        return
    title = _("Documentos")
    if found.waiting and found.oldest > DOCUMENT_LATE:
        says = ngettext(
            "Espera %(n)d documento desde hace %(time)s.",
            "Esperan %(n)d documentos; el primero, desde hace %(time)s.",
            found.waiting,
        ) % {"n": found.waiting, "time": _lasting(found.oldest)}
        yield Finding("documents", title, Level.CARE, says, _("Mirá si los trabajos de fondo contestan."))
    elif found.waiting:
        says = ngettext("Se está armando %(n)d.", "Se están armando %(n)d.", found.waiting)
        yield Finding("documents", title, Level.FINE, says % {"n": found.waiting})
    else:
        yield Finding("documents", title, Level.FINE, _("Ninguno espera."))
    if found.failed:
        says = ngettext("%(n)d no salió.", "%(n)d no salieron.", found.failed) % {"n": found.failed}
        does = _("Quien lo puede leer lo manda a armar otra vez desde su página.")
        yield Finding("failed_documents", _("Documentos que no salieron"), Level.CARE, says, does)


def _verified(found: Verified | None, at: datetime) -> Finding:
    title = _("Comprobación de cada noche")
    if found is None:
        does = _("Corre sola de noche, si la máquina está encendida; o corré manage.py verify.")
        return Finding("verified", title, Level.NOTE, _("Todavía no corrió ninguna."), does)
    when = _when(found.at)
    if found.broken:
        says = _("El %(when)s algo no cerró: %(what)s.") % {"when": when, "what": ", ".join(found.broken)}
        does = _("No sigas cargando: que la sindicatura lo mire y guardá una copia de la base.")
        return Finding("verified", title, Level.BROKEN, says, does)
    says = _("Todo cerró el %(when)s: actos, votos, cuentas y documentos.") % {"when": when}
    if at - found.at > VERIFIED_LATE:
        does = _("Dejá encendida la máquina alguna noche, o corré manage.py verify.")
        return Finding("verified", title, Level.CARE, says, does)
    return Finding("verified", title, Level.FINE, says)


def _mail(there: bool) -> Finding:
    title = _("Correo")
    if there:
        return Finding("mail", title, Level.FINE, _("Hay: quien lo tenga anotado puede pedir un código."))
    says = _("No hay, y no hace falta: se entra con la tarjeta de la secretaría y un PIN.")
    return Finding("mail", title, Level.NOTE, says)


def _when(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
