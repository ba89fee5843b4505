"""What the rules of pay and of the surplus mean."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from coop.statute.meanings.words import (
    FREQUENCIES,
    HOURS,
    PAY_BASES,
    SHARED_BY,
    Line,
    Section,
    decimal,
    share_words,
)
from coop.statute.rules import Fund, Rules


def pay_sections(rules: Rules) -> Iterator[Section]:
    yield Section("pay", _("Cómo se paga"), tuple(_pay(rules)))
    rule = rules.labels
    lines = (
        Line(
            "labels.surplus_return",
            _("Lo que vuelve del excedente"),
            f"«{rule.surplus_return}».",
            rule.source,
        ),
        Line("labels.advance", _("Lo que se cobra antes"), f"«{rule.advance}».", rule.source),
    )
    yield Section("labels", _("Cómo se llama"), lines)


def _pay(rules: Rules) -> Iterator[Line]:
    rule = rules.pay
    yield Line("pay.label", _("Nombre"), f"«{rule.label}».", rule.source)
    told = {"basis": PAY_BASES[rule.basis], "often": FREQUENCIES[rule.frequency]}
    sentence = _("Se calcula %(basis)s. Se paga %(often)s.") % told
    yield Line("pay.basis", _("Base"), sentence, rule.source)
    ceiling = Fraction(rule.ratio_ceiling)
    if ceiling == 1:
        sentence = _("Lo mismo para cada asociado/a, en producción, ventas o administración.")
    else:
        sentence = _("Nadie cobra más de %(n)s veces lo que cobra quien menos cobra.") % {
            "n": decimal(ceiling)
        }
    yield Line("pay.ratio_ceiling", _("Diferencia máxima"), sentence, rule.source)
    for kind, label in HOURS.items():
        hour = rules.hours(kind)
        sentence = _("Se pagan.") if hour.paid else _("No se pagan.")
        yield Line(f"pay.hours.{kind}", str(label), sentence, hour.source)


def surplus_sections(rules: Rules) -> Iterator[Section]:
    rule = rules.surplus
    lines = [
        Line(f"surplus.funds.{number}", fund.name, fund_sentence(fund), fund.source)
        for number, fund in enumerate(rule.funds)
    ]
    interest = (
        _("Hasta %(rate)s por año.") % {"rate": share_words(rule.share_interest_rate)}
        if Fraction(rule.share_interest_rate)
        else _("No se paga.")
    )
    lines.append(Line("surplus.share_interest_rate", _("Interés a las cuotas"), interest, rule.source))
    told = {"basis": SHARED_BY[rule.basis]}
    sentence = _("Lo que queda vuelve %(basis)s.") % told
    lines.append(Line("surplus.basis", _("Reparto"), sentence, rule.source))
    yield Section("surplus", _("Excedente"), tuple(lines))


def fund_sentence(fund: Fund) -> str:
    """Rate, what changes it as the fund grows, and where it ends."""
    parts = [_("%(rate)s del excedente") % {"rate": share_words(fund.rate)}]
    parts += [
        _("%(rate)s desde que llega a %(times)s veces el capital")
        % {"rate": share_words(step.rate), "times": decimal(Fraction(step.of_capital))}
        for step in fund.steps
    ]
    if fund.cap_of_capital is not None:
        told = {"times": decimal(Fraction(fund.cap_of_capital))}
        parts.append(_("nada más desde %(times)s veces el capital") % told)
    return f"{'; '.join(parts)}."
