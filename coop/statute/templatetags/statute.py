from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.statute.domain import rules_at
from coop.statute.meanings import calls_sentence, majority_sentence
from coop.statute.meanings.words import days
from coop.statute.rules import AssemblyRules, Majority

register = template.Library()


@register.filter
def majority_words(rule: Majority) -> str:
    """What carries a motion, as a sentence with its source."""
    return majority_sentence(rule)


@register.filter
def calls_words(rule: AssemblyRules) -> str:
    """All calls of a kind of assembly, as a sentence."""
    return calls_sentence(rule)


@register.filter
def days_words(count: int) -> str:
    return days(count)


CURRENCIES = {
    "ARS": gettext_lazy("pesos argentinos"),
    "BRL": gettext_lazy("reales"),
    "EUR": gettext_lazy("euros"),
    "USD": gettext_lazy("dólares estadounidenses"),
    "UYU": gettext_lazy("pesos uruguayos"),
}


@register.filter
def currency_words(code: str) -> str:
    """`ARS` as "pesos argentinos (ARS)"; a code that has no words here stays a code."""
    return f"{CURRENCIES[code]} ({code})" if code in CURRENCIES else code


@register.filter
def zone_words(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` as "hora de Buenos Aires"."""
    return _("hora de %(city)s") % {"city": zone.rpartition("/")[2].replace("_", " ")}


@register.simple_tag
def rules_of_assembly(kind: str) -> AssemblyRules:
    """Calls and notice of that kind, by the statute in force now: one statement."""
    return rules_at(timezone.now()).assembly(kind)
