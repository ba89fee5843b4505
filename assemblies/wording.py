"""A result as a sentence: what was counted against what the rule asks."""

from django.utils.translation import gettext as _

from coop.statute.rules import Majority


def result_sentence(*, yes: int, no: int, majority: Majority, base: int | None = None) -> str:
    """For example "39 es más que la mitad de 61 (39 SÍ + 22 NO).", in the language of the reader.

    `base` is what the majority is taken of; without it the votes cast, as a rule (ET 41).
    """
    others = base is not None and base != yes + no
    base = yes + no if base is None else base
    if yes + no == 0:
        return _("Nadie votó ni SÍ ni NO: no se aprueba.")
    figures = {
        "yes": yes,
        "no": no,
        "base": base,
        "needed": majority.needed(base),
        "part": f"{majority.numerator}/{majority.denominator}",
    }
    carried = yes > 0 and yes >= majority.needed(base)
    if others:
        return _of_more(carried, majority) % figures
    half = majority.strict and (majority.numerator, majority.denominator) == (1, 2)
    if half and carried:
        return _("%(yes)d es más que la mitad de %(base)d (%(yes)d SÍ + %(no)d NO).") % figures
    if half:
        return _("%(yes)d no supera la mitad de %(base)d (%(yes)d SÍ + %(no)d NO).") % figures
    if carried:
        return (
            _("%(yes)d alcanza los %(part)s de %(base)d: hacían falta %(needed)d (%(yes)d SÍ + %(no)d NO).")
            % figures
        )
    return (
        _("%(yes)d no alcanza los %(part)s de %(base)d: hacían falta %(needed)d (%(yes)d SÍ + %(no)d NO).")
        % figures
    )


def _of_more(carried: bool, majority: Majority) -> str:
    """The base is not yes + no: so the sentence says whose number it is."""
    if majority.base == "roll":
        if carried:
            return _("%(yes)d SÍ alcanzan: hacían falta %(needed)d de los %(base)d del registro.")
        return _("%(yes)d SÍ no alcanzan: hacían falta %(needed)d de los %(base)d del registro.")
    if majority.base == "present":
        if carried:
            return _("%(yes)d SÍ alcanzan: hacían falta %(needed)d de %(base)d presentes.")
        return _("%(yes)d SÍ no alcanzan: hacían falta %(needed)d de %(base)d presentes.")
    if carried:
        return _("%(yes)d SÍ alcanzan: hacían falta %(needed)d de %(base)d votos, contadas las abstenciones.")
    return _("%(yes)d SÍ no alcanzan: hacían falta %(needed)d de %(base)d votos, contadas las abstenciones.")
