"""Words of handovers and filings. The values are stored for ever."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    KEYS = "keys", _("llaves")
    BANK = "bank", _("firmas en el banco")
    FILINGS = "filings", _("trámites en curso")
    ACCESS = "access", _("claves y accesos")
    PAPERS = "papers", _("libros y papeles")
    MONEY = "money", _("dinero y valores")
    OTHER = "other", _("otra cosa")


class Side(TextChoices):
    """Who says something, and who signs."""

    OUT = "out", _("entrega")
    IN = "in", _("recibe")
    WITNESS = "witness", _("testigo")


class Said(TextChoices):
    """What is said of a line: the first two by who hands over, the others by who takes it."""

    GIVEN = "given", _("entregado")
    NOT_GIVEN = "not_given", _("no se entrega")
    RECEIVED = "received", _("recibido")
    MISSING = "missing", _("falta")


SAYS = {Side.OUT: (Said.GIVEN, Said.NOT_GIVEN), Side.IN: (Said.RECEIVED, Said.MISSING)}
# What has to say why.
NEEDS_NOTE = frozenset({Said.NOT_GIVEN, Said.MISSING})


class FilingKind(TextChoices):
    BANK = "bank", _("firmas en el banco")
    REGISTRY = "registry", _("inscripción de autoridades")
    OTHER = "other", _("otro trámite")


class StepKind(TextChoices):
    TAKEN = "taken", _("a cargo de")
    PUT_OFF = "put_off", _("nueva fecha")
    NOTE = "note", _("novedad")
    DONE = "done", _("hecho")
    DROPPED = "dropped", _("ya no hace falta")


CLOSES = (StepKind.DONE, StepKind.DROPPED)
# Days before its end at which a term is told of.
REMINDS = (90, 30, 7)
