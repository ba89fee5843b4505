"""A result as a sentence: what was counted against what the rule asks."""

from django.utils.translation import gettext as _

from coop.statute.rules import Majority


def result_sentence(*, yes: int, no: int, majority: Majority) -> str:
    """For example "39 es más que la mitad de 61 (39 SÍ + 22 NO).", in the language of the reader."""
    base = yes + no
    if base == 0:
        return _("Nadie votó ni SÍ ni NO: no se aprueba.")
    figures = {
        "yes": yes,
        "no": no,
        "base": base,
        "needed": majority.needed(base),
        "part": f"{majority.numerator}/{majority.denominator}",
    }
    carried = majority.carried(yes=yes, no=no)
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
