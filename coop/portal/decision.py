"""A resolution's tally: what the picture needs, and the sum in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.wording import result_sentence
from coop.statute.domain import rules_at
from coop.statute.models import Resolution
from coop.statute.rules import Majority


@dataclass(frozen=True, slots=True)
class Decision:
    """`base` is what the majority is taken of; without `majority` nobody knows by which rule it was voted."""

    yes: int
    no: int
    abstain: int
    base: int
    majority: Majority | None

    @property
    def is_counted(self) -> bool:
        """The paper book does not always say how it was voted."""
        return self.yes > 0

    @property
    def score(self) -> str:
        if not self.is_counted:
            return ""
        return _("%(yes)d a %(no)d") % {"yes": self.yes, "no": self.no}

    @property
    def threshold_label(self) -> str:
        if self.majority is None:
            return ""
        return share_name(self.majority)

    @property
    def arithmetic(self) -> str:
        """The sum in a sentence, the same that the poll's page told."""
        if self.majority is None:
            return _("%(yes)d SÍ y %(no)d NO.") % {"yes": self.yes, "no": self.no}
        return result_sentence(yes=self.yes, no=self.no, majority=self.majority, base=self.base)

    @property
    def abstained(self) -> str:
        if not self.abstain:
            return ""
        if self.base == self.yes + self.no:
            sentence = ngettext(
                "%(n)d se abstuvo y no cuenta.", "%(n)d se abstuvieron y no cuentan.", self.abstain
            )
        else:
            sentence = ngettext("%(n)d se abstuvo.", "%(n)d se abstuvieron.", self.abstain)
        return sentence % {"n": self.abstain}


def share_name(majority: Majority) -> str:
    """The majority in words: "más de la mitad", "dos tercios o más"."""
    shares = {(1, 2): _("la mitad"), (2, 3): _("dos tercios"), (3, 4): _("tres cuartos")}
    numerator, denominator = majority.numerator, majority.denominator
    share = shares.get((numerator, denominator), f"{numerator}/{denominator}")
    if majority.strict:
        return _("más de %(share)s") % {"share": share}
    return _("%(share)s o más") % {"share": share}


def decision_of(resolution: Resolution) -> Decision:
    """By the rule that the poll froze when it opened; else by the statute of that day.

    What stands in the paper book is not judged again: it was adopted by rules that nobody typed in.
    """
    tally: Mapping[str, Any] = resolution.tally
    yes, no = int(tally.get("yes", 0)), int(tally.get("no", 0))
    poll = getattr(resolution, "poll", None)
    majority = poll.majority if poll else None
    if poll is None and not resolution.is_paper:
        majority = rules_at(resolution.adopted_at).majorities.get(resolution.matter)
    return Decision(
        yes=yes,
        no=no,
        abstain=int(tally.get("abstain", 0)),
        base=poll.base if poll else yes + no,
        majority=majority,
    )
