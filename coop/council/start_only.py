"""The server's command line begins a cooperative; who sits in it is for the cooperative from then on."""

from datetime import datetime

from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.council.models import Term
from coop.council.powers import powers_of_seat
from coop.members.models import Member
from coop.powers import Actor, Power
from coop.statute.models import day_of


class TermsAreKept(DomainError):
    """Somebody holds the seat that keeps the terms: it is theirs to do."""

    def __init__(self, seat: str, name: str) -> None:
        super().__init__(seat, name)
        self.seat, self.name = seat, name

    def message(self) -> str:
        told = {"seat": self.seat, "name": self.name}
        sentence = _(
            "Los mandatos los asienta %(seat)s: hoy, %(name)s. La administración técnica solo los carga "
            "mientras nadie los puede asentar."
        )
        return sentence % told


def only_at_the_start(by: Actor, at: datetime) -> None:
    """Asked before a term is written. Raises TermsAreKept for the command line once somebody keeps the terms.

    Who is suspended or off the register keeps nothing: where nobody may, the command line may again.
    """
    if not by.is_system:
        return
    here = Member.objects.in_assembly(day_of(at))
    for term in Term.objects.at(at).filter(member__in=here).select_related("seat", "member"):
        seat = term.seat
        if Power.KEEP_TERMS in powers_of_seat(seat.code, seat.kind, seat.position_kind):
            raise TermsAreKept(str(seat), term.member.name)
