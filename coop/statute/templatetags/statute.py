from django import template
from django.utils import timezone

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


@register.simple_tag
def rules_of_assembly(kind: str) -> AssemblyRules:
    """Calls and notice of that kind, by the statute in force now: one statement."""
    return rules_at(timezone.now()).assembly(kind)
