from typing import Any

from django import template
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.statute.domain import rules_at
from coop.statute.drafting import matter_labels
from coop.statute.meanings import (
    Line,
    Section,
    calls_sentence,
    conditions,
    conflict_sentence,
    majority_sentence,
    sections,
)
from coop.statute.meanings.words import days
from coop.statute.rules import AssemblyRules, Majority, Rules

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
def rules_now() -> Rules:
    """The rules in force: one statement for a whole page, none where nothing reads them."""
    return SimpleLazyObject(lambda: rules_at(timezone.now()))  # type: ignore[return-value]


@register.filter
def of_assembly(rules: Rules, kind: str) -> AssemblyRules:
    return rules.assembly(kind)


@register.filter
def condition_words(rule: Majority) -> str:
    """Secret or only in person, with the source; "" for what is voted by name from anywhere in the hall."""
    return " ".join(conditions(rule))


@register.filter
def put_to_vote(rules: Rules, matter: str) -> str:
    """Everything that the statute asks of a vote on that matter, in sentences with their sources."""
    rule = rules.majority(matter)
    told = (majority_sentence(rule), *conditions(rule), conflict_sentence(rules, matter))
    return " ".join(filter(None, told))


@register.filter
def voice_only_words(poll: Any) -> str:
    """Who had voice and no vote on a poll's matter, by the statute that it was opened under."""
    return conflict_sentence(poll.statute.rules, poll.motion.matter)


@register.inclusion_tag("statute/_lines.html")
def statute_lines(rules: Rules, *places: str) -> dict[str, list[tuple[Section, Line]]]:
    """What the statute says at those places of its document ("pay.ratio_ceiling"), in the order asked."""
    found = {line.place: (one, line) for one in sections(rules, matter_labels()) for line in one.lines}
    return {"told": [found[place] for place in places if place in found]}
