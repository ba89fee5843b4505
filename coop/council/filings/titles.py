"""What a filing is called: ours follow the reader's language by their kind and day, others stay as typed."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from coop.council.enums_handover import FilingKind

_TITLES = {
    FilingKind.BANK: gettext_lazy("Firmas en el banco, por el cambio del %(day)s"),
    FilingKind.REGISTRY: gettext_lazy("Inscripción de autoridades, por el cambio del %(day)s"),
}


def title_of(kind: str, changed_on: date | None, typed: str) -> str:
    """`changed_on`: the day on which the council changed; none of a filing that somebody typed."""
    if changed_on is None or kind not in _TITLES:
        return typed
    return str(_TITLES[FilingKind(kind)]) % {"day": date_format(changed_on, "SHORT_DATE_FORMAT")}
