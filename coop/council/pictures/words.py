"""The signs as sentences, each with its figures and with what would have to be otherwise."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.pictures.concentration import Kind, Sign


def says(sign: Sign) -> str:
    figures = {"n": sign.n, "of": sign.of, "years": sign.years, "people": ", ".join(sign.people)}
    return _sentence(sign) % figures


def _sentence(sign: Sign) -> str:
    if sign.kind == Kind.FOUNDERS_ONLY:
        return _(
            "El consejo de hoy son solamente fundadores/as: %(n)d de %(n)d. "
            "Hay %(of)d asociados/as que entraron después, llevan más de un año y nunca estuvieron."
        )
    if sign.kind == Kind.SAME_GROUP:
        return ngettext(
            "%(n)d persona juntó más de la mitad del tiempo del consejo en los últimos %(years)d años: "
            "%(people)s.",
            "%(n)d personas juntaron más de la mitad del tiempo del consejo en los últimos %(years)d años: "
            "%(people)s.",
            sign.n,
        )
    if sign.kind == Kind.MANY_TURNS:
        return _(
            "De los %(of)d mandatos que empezaron en los últimos %(years)d años, %(n)d los ocupó alguien que "
            "ya había tenido dos o más."
        )
    if sign.kind == Kind.FEW_NEWCOMERS:
        return _(
            "En los últimos %(years)d años, %(of)d mandatos los podía ocupar alguien que nunca había estado; "
            "fueron para gente nueva %(n)d."
        )
    return _("Llevan %(years)d años o más seguidos en algún cargo: %(people)s.")
