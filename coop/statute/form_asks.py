"""What a section asks, and the askings that many sections share."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from coop.statute.form_fields import PartField, WholeField, WordsField, YesField


@dataclass(frozen=True, slots=True)
class Ask:
    """One field. `keys` is where it is in the section: two for a fraction. `group` is its legend, if any."""

    keys: tuple[str, ...]
    field: Any
    group: str = ""


def part(label: str, help_text: str = "") -> PartField:
    return PartField(label=label, help_text=help_text or _("Como 1/2 o como porcentaje: 10 %."))


def source(key: str = "source", label: str = "") -> Ask:
    asked = WordsField(label=label or _("Dónde está escrito"), help_text=_("Por ejemplo: ET 41."))
    return Ask((key,), asked)


def whole(key: str, label: str, help_text: str = "") -> Ask:
    return Ask((key,), WholeField(label=label, help_text=help_text))


def yes(key: str, label: str) -> Ask:
    return Ask((key,), YesField(label=label))


FRACTION: Final = ("numerator", "denominator")
