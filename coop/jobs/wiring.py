"""What the shop floor tells the rooms below it, once, when the application starts."""

from django.utils.translation import gettext_lazy

from coop.common.home import offers_cards
from coop.common.proof import Proof, proves
from coop.jobs.cards import work_cards
from coop.jobs.held_work import work_held
from coop.jobs.proofs import prove_work
from coop.jobs.telling import TOLD
from coop.members.held import holds
from coop.record.telling import tells


def wire() -> None:
    tells(TOLD)
    offers_cards(work_cards)
    holds(work_held)
    proves(Proof(name="work", label=gettext_lazy("Tareas y turnos"), run=prove_work))
