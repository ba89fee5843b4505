"""What is typed to enrol a device and to sign in with it. The rules that it must meet are the domain's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.access.domain.pins import LENGTH
from coop.members.forms import ChoosePasswordForm

LOST = "lost"
ANOTHER = "another"


def pin_field(label: Any, autocomplete: str = "off", **options: Any) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": autocomplete, "pattern": f"[0-9]{{{LENGTH}}}"}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, max_length=LENGTH, widget=widget, **options)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Código de la tarjeta"),
        max_length=40,
        help_text=_("Son 10 letras y números. Da lo mismo con espacio o sin, en mayúsculas o minúsculas."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class LostForm(forms.Form):
    """Asked of whoever could already sign in: what becomes of the device, or the password, of before."""

    before = forms.ChoiceField(
        label=_("Ya tenías con qué ingresar. ¿Qué hacemos con eso?"),
        choices=(
            (LOST, _("Lo perdí, o lo cambio por este: que todo lo anterior deje de servir")),
            (ANOTHER, _("Lo sigo usando: este es otro aparato más")),
        ),
        initial=LOST,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["before"]

    @property
    def lost(self) -> bool:
        return self.cleaned_data.get("before") != ANOTHER


class PinForm(LostForm):
    pin = pin_field(_("PIN nuevo"), help_text=_("6 números que puedas recordar y nadie pueda adivinar."))
    again = pin_field(_("El mismo PIN, otra vez"))
    field_order = ("pin", "again", "before")

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if "pin" in held and "again" in held and held["pin"] != held["again"]:
            self.add_error("again", _("Los dos PIN no son iguales. Escribilos de nuevo."))
        return held


class PasskeyForm(LostForm):
    """The credential that the phone made, as JSON; filled in by static/js/passkey.js."""

    passkey = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, auto_id="key_%s")


class CardPasswordForm(LostForm, ChoosePasswordForm):
    field_order = ("password", "again", "before")


class PinSignInForm(forms.Form):
    device = forms.UUIDField(widget=forms.HiddenInput)
    pin = pin_field(_("Tu PIN"), "current-password")
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class PasskeySignInForm(forms.Form):
    passkey = forms.JSONField(widget=forms.HiddenInput)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class MailForm(forms.Form):
    identifier = forms.CharField(
        label=_("Número de asociado/a o correo"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class MailCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Código de 8 números"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class WitnessForm(forms.Form):
    number = forms.CharField(
        label=_("Número que muestra su teléfono"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PrintForm(forms.Form):
    """For whom cards are printed."""

    WITHOUT, SECTION, NUMBERS = "without", "section", "numbers"

    whom = forms.ChoiceField(
        label=_("¿Para quiénes?"),
        choices=(
            (WITHOUT, _("Quienes no tienen aparato ni tarjeta")),
            (SECTION, _("Una sección")),
            (NUMBERS, _("Estas personas")),
        ),
        initial=WITHOUT,
        widget=forms.RadioSelect,
    )
    section = forms.ChoiceField(label=_("Sección"), required=False)
    numbers = forms.CharField(
        label=_("Números de asociado/a"),
        required=False,
        max_length=2000,
        help_text=_("Separados por coma; con guion, de uno a otro. Por ejemplo: 4, 12, 20-24."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, sections: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["section"]
        choice.choices = [("", _("Elegí una")), *((name, name) for name in sections)]

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        for whom, field in ((self.SECTION, "section"), (self.NUMBERS, "numbers")):
            if held.get("whom") == whom and not held.get(field) and field not in self.errors:
                self.add_error(field, _("Falta decir cuáles."))
        return held
