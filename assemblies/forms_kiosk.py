from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.models.hall import LONGEST_NAME
from coop.access.domain.hall import LONGEST

_PLAIN = {"autocomplete": "off", "inputmode": "numeric", "pattern": "[0-9]*", "spellcheck": "false"}


class TurnForm(forms.Form):
    """What is typed at a kiosk. The browser keeps none of it: the next person stands there in a minute."""

    number = forms.RegexField(
        r"^\s*\d{1,9}\s*$",
        label=_("Tu número de asociado/a"),
        widget=forms.TextInput(attrs={**_PLAIN, "maxlength": 9, "autofocus": True}),
        error_messages={"invalid": _("Escribí tu número de asociado/a, solo con cifras.")},
    )
    pin = forms.CharField(
        label=_("Tu PIN de sala"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={**_PLAIN, "maxlength": LONGEST}),
    )


class KioskForm(forms.Form):
    name = forms.CharField(
        label=_("Nombre del kiosco"),
        help_text=_("Dónde está: Entrada, Mesa 2. Si lo dejás vacío, lleva un número."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
