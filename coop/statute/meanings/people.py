"""What the rules of members and of their shares mean."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coop.common.money import money
from coop.statute.meanings.words import Line, Section, days, months, share_words, years
from coop.statute.rules import Rules


def membership_sections(rules: Rules) -> Iterator[Section]:
    yield Section("membership", _("Ingreso, baja y sanciones"), tuple(_membership(rules)))


def _membership(rules: Rules) -> Iterator[Line]:
    rule = rules.membership
    sentence = _("Desde los %(n)d años.") % {"n": rule.minimum_age}
    yield Line("membership.minimum_age", _("Edad"), sentence, rule.source)
    trial = (
        _("Hasta %(months)s.") % {"months": months(rule.trial_months)}
        if rule.trial_months
        else _("No hay período de prueba.")
    )
    yield Line("membership.trial_months", _("Prueba"), trial, rule.source)
    votes = (
        _("Quien está a prueba vota como cada asociado/a.")
        if rule.trial_votes
        else _("Quien está a prueba tiene voz y no vota.")
    )
    yield Line("membership.trial_votes", _("Voto en la prueba"), votes, rule.source)
    notice = (
        _("Se avisa %(days)s antes.") % {"days": days(rule.resignation_notice_days)}
        if rule.resignation_notice_days
        else _("Vale desde que se avisa.")
    )
    yield Line("membership.resignation_notice_days", _("Renuncia"), notice, rule.source)
    told = {"days": days(rule.suspension_max_days)}
    sentence = _("Hasta %(days)s, con sumario y defensa.") % told
    yield Line("membership.suspension_max_days", _("Suspensión"), sentence, rule.source)
    told = {"days": days(rule.appeal_days)}
    sentence = _("Ante la asamblea, dentro de %(days)s.") % told
    yield Line("membership.appeal_days", _("Apelar una sanción"), sentence, rule.source)
    waits = (
        _("No vale hasta que se venza el plazo para apelar o decida la asamblea.")
        if rule.exclusion_waits_for_appeal
        else _("Vale desde que se decide, aunque se apele.")
    )
    yield Line("membership.exclusion_waits_for_appeal", _("Exclusión"), waits, rule.source)


def share_sections(rules: Rules) -> Iterator[Section]:
    yield Section("shares", _("Cuotas sociales"), tuple(_shares(rules)))


def _shares(rules: Rules) -> Iterator[Line]:
    rule = rules.shares
    yield Line("shares.value", _("Valor de cada cuota"), f"{money(rule.value)}.", rule.source)
    told = {"first": share_words(rule.first_payment), "years": years(rule.years_to_pay)}
    if rule.years_to_pay:
        sentence = _("%(first)s al ingresar; el resto, dentro de %(years)s.") % told
    else:
        sentence = _("Se integran enteras al ingresar.")
    yield Line("shares.first_payment", _("Integración"), sentence, rule.source)
    told = {"cap": share_words(rule.refund_cap)}
    sentence = _("Por año, hasta el %(cap)s del capital integrado, por orden de llegada.") % told
    yield Line("shares.refund_cap", _("Reembolso"), sentence, rule.source)
    arrears = (
        _("Quien debe cuotas vencidas tiene voz y no vota.")
        if rule.arrears_block_vote
        else _("Deber cuotas no quita el voto.")
    )
    yield Line("shares.arrears_block_vote", _("Mora"), arrears, rule.source)
