"""What is typed about shares and accounts. Money comes out in cents."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.common.errors import DomainError
from coop.common.spreadsheet import BadCell, parse_decimal
from coop.shares.banks import parse_account
from coop.shares.domain.paying import LONGEST_RECEIPT
from coop.shares.domain.subscribing import MOST_SHARES
from coop.shares.enums import Basis, Method, Way
from coop.shares.models.capital import SUBSCRIBED_BY
from coop.shares.models.refunds import LOST_BY
from coop.statute.models import Matter, Resolution

MOST_CENTS = 10**14
MANY = 300


class MoneyField(forms.CharField):
    """Money as people write it: "1.234,50" is 123450. Empty is None."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": "12"}
        super().__init__(max_length=24, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("$", "").strip()
        if not text:
            return None
        try:
            cents = int(parse_decimal(text, places=2) * 100)
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None
        if not 0 <= cents <= MOST_CENTS:
            raise forms.ValidationError(_("Es un importe que no puede ser. Revisalo."))
        return cents


class MillionthsField(forms.CharField):
    """A share of the whole in per cent: "8,25" is 82500 millionths."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("%", "").strip()
        try:
            return int(parse_decimal(text, places=4) * 10_000)
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


def resolution_field(matters: Collection[Matter], **options: Any) -> forms.ChoiceField:
    """The latest resolutions of those matters."""
    choices = partial(_resolutions, matters)
    return forms.TypedChoiceField(
        label=_("Resolución"), coerce=int, empty_value=None, choices=choices, **options
    )


def _resolutions(matters: Collection[Matter]) -> Sequence[tuple[str, str]]:
    cited = Resolution.objects.filter(matter__in=matters)
    found = cited.values_list("pk", "number", "year", "title")[:MANY]
    return [("", "—"), *((str(pk), f"{number}/{year} · {title}") for pk, number, year, title in found)]


class SubscribeForm(forms.Form):
    shares = forms.IntegerField(label=_("Cuántas cuotas sociales"), min_value=1, max_value=MOST_SHARES)
    day = day_field(_("Día"))
    basis = forms.ChoiceField(
        label=_("Por qué"),
        choices=[(one.value, one.label) for one in (Basis.ADMISSION, Basis.RESOLUTION)],
        widget=forms.RadioSelect,
    )
    resolution_id = resolution_field(SUBSCRIBED_BY, required=False)
    first = MoneyField(
        label=_("Primer pago"), required=False, help_text=_("Vacío: lo mínimo que pide el estatuto.")
    )
    instalments = forms.IntegerField(
        label=_("En cuántos pagos mensuales el resto"),
        min_value=0,
        max_value=600,
        required=False,
        help_text=_("Vacío: el plazo entero del estatuto. 0: todo junto."),
    )
    way = forms.ChoiceField(label=_("Cómo se pagan"), choices=Way.choices, widget=forms.RadioSelect)


class WayForm(forms.Form):
    way = forms.ChoiceField(label=_("Cómo se pagan"), choices=Way.choices, widget=forms.RadioSelect)


class PayForm(forms.Form):
    """At the desk, or a refund."""

    cents = MoneyField(label=_("Importe"))
    day = day_field(_("Día"))
    receipt = forms.CharField(
        label=_("Número de recibo"),
        max_length=LONGEST_RECEIPT,
        help_text=_("El del recibo en papel que firmaron los dos."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Por qué"), max_length=200)


class NumberForm(forms.Form):
    """Somebody by their number."""

    number = forms.IntegerField(label=_("Número de asociado/a"), min_value=1, max_value=10**8)


class AskRefundForm(NumberForm):
    asked_on = day_field(_("Día en que lo pidió"))


class LossForm(forms.Form):
    resolution_id = resolution_field(LOST_BY)
    millionths = MillionthsField(
        label=_("Parte que se pierde, en por ciento"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "8"}),
    )
    holds_from = day_field(_("Para quienes se van desde el"))


class AccountForm(forms.Form):
    account = forms.CharField(
        label=_("CBU o CVU"),
        max_length=40,
        help_text=_("Los 22 números, como los muestra tu banco o tu billetera. Un alias no sirve."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "26"}),
    )

    def clean_account(self) -> str:
        """22 digits that close: said before anybody proves who they are."""
        try:
            return parse_account(self.cleaned_data["account"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from None


class AskAccountForm(AccountForm, NumberForm):
    field_order = ("number", "account")


class MethodForm(forms.Form):
    method = forms.ChoiceField(
        label=_("Cómo querés cobrar"), choices=Method.choices, widget=forms.RadioSelect
    )
    cents = MoneyField(label=_("Si es una parte: importe al banco"), required=False)
    percent = forms.IntegerField(
        label=_("… o qué por ciento al banco"), min_value=1, max_value=99, required=False
    )


class DropForm(forms.Form):
    why = forms.CharField(label=_("Por qué queda sin efecto"), max_length=200)
