"""Terms: how their acts are told, what rests on a resolution, what ends them, what proves them."""

from django.utils.translation import gettext_lazy as _

from coop.common.home import offers_cards
from coop.common.proof import proves
from coop.council import cards_terms, endings, proofs_terms, resting_terms
from coop.council.terms_told import TOLD
from coop.members.leaving import when_left, when_rewritten
from coop.record.telling import tells
from coop.statute.domain import on_adopted
from coop.statute.models import Matter
from coop.statute.resting import rests_on


def wire() -> None:
    tells(TOLD)
    rests_on(_("Mandatos"), resting_terms.begun, resting_terms.begun_rows)
    rests_on(_("Mandatos que terminaron"), resting_terms.ended, resting_terms.ended_rows)
    proves(proofs_terms.TERMS)
    when_left(endings.with_membership)
    when_rewritten(endings.no_term_outside)
    # After the statute's own handler, which makes the version: its room starts before this one.
    on_adopted(Matter.STATUTE_REFORM, endings.with_the_statute)
    offers_cards(cards_terms.CARDS)
