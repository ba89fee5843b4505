"""The signs as sentences, each with its figures and with what would have to be otherwise."""

from django.utils.translation import ngettext

from coop.council.pictures.concentration import Kind, Sign


def says(sign: Sign) -> str:
    figures = {"n": sign.n, "of": sign.of, "years": sign.years, "people": ", ".join(sign.people)}
    return _sentence(sign) % figures


def _sentence(sign: Sign) -> str:
    if sign.kind == Kind.FOUNDERS_ONLY:
        return ngettext(
            "En el consejo de hoy hay solamente fundadores/as: %(n)d de %(n)d. "
            "Hay %(of)d asociado/a que entró después, lleva más de un año y nunca estuvo.",
            "En el consejo de hoy hay solamente fundadores/as: %(n)d de %(n)d. "
            "Hay %(of)d asociados/as que entraron después, llevan más de un año y nunca estuvieron.",
            sign.of,
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
        return ngettext(
            "De los %(of)d mandatos que empezaron en los últimos %(years)d años, %(n)d lo ocupó alguien que "
            "ya había tenido dos o más.",
            "De los %(of)d mandatos que empezaron en los últimos %(years)d años, %(n)d los ocupó alguien que "
            "ya había tenido dos o más.",
            sign.n,
        )
    if sign.kind == Kind.FEW_NEWCOMERS:
        return ngettext(
            "En los últimos %(years)d años, %(of)d mandato lo podía ocupar alguien que nunca había estado; "
            "fueron para gente nueva %(n)d.",
            "En los últimos %(years)d años, %(of)d mandatos los podía ocupar alguien que nunca había estado; "
            "fueron para gente nueva %(n)d.",
            sign.of,
        )
    return ngettext(
        "Lleva %(years)d años o más seguidos en algún cargo: %(people)s.",
        "Llevan %(years)d años o más seguidos en algún cargo: %(people)s.",
        len(sign.people),
    )
