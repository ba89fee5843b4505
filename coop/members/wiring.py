"""What this room registers with the rooms below and with itself: called once, from AppConfig.ready."""

from django.utils.translation import gettext_lazy as _

from coop.common.home import offers_cards
from coop.common.proof import proves
from coop.documents import kinds
from coop.members import cards, held, holding, printing, proofs, record_words, resting, voice, voice_rules
from coop.statute.resting import rests_on


def wire() -> None:
    record_words.tell_ours()
    voice.hinders(voice_rules.hindered)
    held.holds(holding.about)
    offers_cards(cards.register_cards)
    proves(proofs.REGISTER)
    rests_on(_("Registro de asociados/as"), resting.facts, resting.rows)
    for kind in printing.KINDS:
        kinds.register(kind)
