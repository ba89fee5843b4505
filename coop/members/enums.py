"""What can happen to a person in the register, and what they are in it on a day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactKind(TextChoices):
    """A dated fact. The value is stored for ever; the label may be reworded."""

    APPLIED = "applied", _("Pidió ingresar")
    ENTERED = "entered", _("Figura como asociado/a en el registro de antes")
    ADMITTED = "admitted", _("Ingresó a prueba")
    CONFIRMED = "confirmed", _("Terminó la prueba y quedó confirmado/a")
    SUSPENDED = "suspended", _("Suspendido/a")
    LIFTED = "lifted", _("Se levantó la suspensión")
    RESIGNED = "resigned", _("Renunció")
    EXCLUDED = "excluded", _("Fue excluido/a")
    RETIRED = "retired", _("Se jubiló")
    DIED = "died", _("Falleció")
    LEFT = "left", _("Dejó la cooperativa")
    READMITTED = "readmitted", _("Reingresó")
    ANNULLED = "annulled", _("Se anuló un hecho")


STARTS = frozenset({FactKind.ENTERED, FactKind.ADMITTED})
LEAVINGS = frozenset({FactKind.RESIGNED, FactKind.EXCLUDED, FactKind.RETIRED, FactKind.DIED, FactKind.LEFT})


class State(TextChoices):
    """What a person is on a day: derived from the facts, never typed."""

    TRIAL = "trial", _("a prueba")
    ACTIVE = "active", _("activo/a")
    SUSPENDED = "suspended", _("suspendido/a")
    RESIGNED = "resigned", _("renunció")
    EXCLUDED = "excluded", _("excluido/a")
    RETIRED = "retired", _("jubilado/a")
    DIED = "died", _("falleció")
    LEFT = "left", _("dejó la cooperativa")


ON_REGISTER = frozenset({State.TRIAL, State.ACTIVE, State.SUSPENDED})


class Seen(TextChoices):
    """Who sees a telephone, an address: the member decides."""

    COUNCIL = "council", _("Solo el consejo")
    MEMBERS = "members", _("Todos los asociados/as")


class Sight(TextChoices):
    """What an officer looked at, as the member reads it."""

    DOCUMENT = "document", _("documento y CUIL")
    CONTACT = "contact", _("datos de contacto")
    BANK = "bank", _("cuenta bancaria")
    SANCTION = "sanction", _("sumario")
    RECEIPT = "receipt", _("recibo")
    SHARES = "shares", _("cuotas sociales")
    REGISTER_FILE = "register_file", _("planilla completa del registro")


class Measure(TextChoices):
    """What a sanction file can end in; the last two need a defence (ET 13)."""

    NONE = "none", _("sin sanción")
    CALL = "call", _("llamado de atención")
    WARNING = "warning", _("apercibimiento")
    SUSPENSION = "suspension", _("suspensión")
    EXCLUSION = "exclusion", _("exclusión")


NEED_DEFENCE = frozenset({Measure.SUSPENSION, Measure.EXCLUSION})


class StepKind(TextChoices):
    """The steps of a sanction file."""

    NOTIFIED = "notified", _("Notificación")
    DEFENCE = "defence", _("Descargo")
    NO_DEFENCE = "no_defence", _("Venció el plazo sin descargo")
    DECIDED = "decided", _("Decisión")
    APPEALED = "appealed", _("Apelación")
    APPEAL_DECIDED = "appeal_decided", _("Decisión de la asamblea")


class Outcome(TextChoices):
    """What the assembly said of the appeal."""

    UPHELD = "upheld", _("se mantiene")
    REVOKED = "revoked", _("se revoca")


class Answer(TextChoices):
    """What became of an application."""

    ADMITTED = "admitted", _("admitida")
    REJECTED = "rejected", _("rechazada")
    WITHDRAWN = "withdrawn", _("retirada")
