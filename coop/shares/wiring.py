"""What shares tell the rooms below them, once, when the application starts."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.common.home import offers_cards
from coop.common.money import money
from coop.common.proof import Proof, proves
from coop.documents import kinds
from coop.documents.models import Document
from coop.members.held import Held, holds
from coop.members.kept import Kept, keeps
from coop.members.voice import hinders
from coop.record.telling import tells
from coop.shares import banks, certificate
from coop.shares.cards import share_cards
from coop.shares.domain.bank import how_paid
from coop.shares.domain.position import arrears
from coop.shares.enums import ChangeState
from coop.shares.models import BankChange, Loss, Payment, RefundRequest, Subscription
from coop.shares.proofs import prove_accounts, prove_refunds, prove_shares
from coop.shares.telling import TOLD
from coop.statute.resting import rests_on


def wire() -> None:
    tells(TOLD)
    hinders(arrears)
    offers_cards(share_cards)
    holds(held)
    rests_on(gettext_lazy("Cuotas sociales"), subscribed_by, subscriptions_citing)
    rests_on(gettext_lazy("Reembolsos de cuotas sociales"), lost_by, losses_citing)
    for name, label, run in (
        ("shares", gettext_lazy("Cuotas sociales"), prove_shares),
        ("refunds", gettext_lazy("Reembolsos"), prove_refunds),
        ("bank", gettext_lazy("Cuentas bancarias"), prove_accounts),
    ):
        proves(Proof(name=name, label=label, run=run))
    keeps(
        Kept(
            fields=("bank_account",),
            says=gettext_lazy("Su cuenta la confirmaron dos personas: cambia por la misma vía."),
            members=lambda: set(_confirmed().values_list("member", flat=True)),
        )
    )
    keeps(
        Kept(
            fields=("shares_subscribed", "shares_paid_in"),
            says=gettext_lazy("Sus cuotas están en los libros de acá: queda lo que dicen."),
            members=lambda: set(Subscription.objects.order_by().values_list("member", flat=True)),
        )
    )
    kinds.register(
        kinds.Kind(
            certificate.KIND,
            gettext_lazy("Certificado de cuotas sociales"),
            "shares/pdf/certificate.html",
            certificate.may_read,
            page=_page,
            room="accounts",
        )
    )


def _confirmed() -> "QuerySet[BankChange]":
    return BankChange.objects.filter(state=ChangeState.DONE).order_by()


def _page(document: Document, member_id: int) -> str:
    return reverse("shares:mine")


def subscribed_by(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    held = Subscription.objects.filter(resolution_id__in=keys).select_related("member")
    for one in held.order_by("resolution_id", "pk"):
        told = {"name": one.member.name, "n": one.shares}
        says = ngettext(
            "%(name)s suscribió %(n)d cuota social", "%(name)s suscribió %(n)d cuotas sociales", one.shares
        )
        address = reverse("members:member", args=[one.member.number])
        found.setdefault(one.resolution_id or 0, []).append((says % told, address))
    return found


def subscriptions_citing(keys: Collection[int]) -> Any:
    return Subscription.objects.filter(resolution_id__in=keys).order_by().values_list("resolution_id")


def lost_by(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    says, address = _("Lo que pierde cada cuota de quien se va"), reverse("shares:refunds")
    held = Loss.objects.filter(resolution_id__in=keys).values_list("resolution_id", flat=True)
    return {key: [(says, address)] for key in held}


def losses_citing(keys: Collection[int]) -> Any:
    return Loss.objects.filter(resolution_id__in=keys).order_by().values_list("resolution_id")


def held(member_id: int, at: datetime) -> Iterator[Held]:
    """What this room keeps about a person."""
    yield Held(
        name="shares",
        title=_("Mis cuotas sociales"),
        columns=(_("Día"), _("Qué"), _("Importe")),
        rows=list(_shares(member_id)),
        why=_("Tu parte del capital. La ven vos y quienes llevan las cuentas y el registro."),
    )
    yield Held(
        name="bank",
        title=_("Mi cuenta bancaria"),
        columns=(_("Día"), _("Cuenta"), _("Quién")),
        rows=list(_accounts(member_id)),
        why=_(
            "Para pagarte. Entera la usa quien arma los pagos; en pantalla van los últimos cuatro números."
        ),
    )


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def _shares(member_id: int) -> Iterator[tuple[str, str, str]]:
    for one in Subscription.objects.filter(member_id=member_id):
        says = ngettext("Suscripción de %(n)s cuota", "Suscripción de %(n)s cuotas", one.shares)
        yield _day(one.day), says % {"n": one.shares}, money(one.cents)
    for paid in Payment.objects.filter(member_id=member_id):
        yield _day(paid.day), _("Integrado, %(how)s") % {"how": paid.get_came_display()}, money(paid.cents)
    for asked in RefundRequest.objects.filter(member_id=member_id):
        yield _day(asked.asked_on), _("Pedido de reembolso"), money(asked.cents)


def _accounts(member_id: int) -> Iterator[tuple[str, str, str]]:
    how = how_paid([member_id]).get(member_id)
    if how and how.account:
        yield "", banks.in_blocks(how.account), _("Donde cobrás hoy")
    for one in BankChange.objects.filter(member_id=member_id).select_related("asked_by", "second_by"):
        people = ", ".join(who.name for who in (one.asked_by, one.second_by) if who)
        yield _day(one.asked_at), f"{banks.shown(one.new)}: {one.get_state_display()}", people
