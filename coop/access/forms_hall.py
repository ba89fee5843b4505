from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.access.domain.hall import LONGEST, SHORTEST

_ATTRS = {
    "inputmode": "numeric",
    "autocomplete": "off",
    "pattern": f"[0-9]{{{SHORTEST},{LONGEST}}}",
}


class HallPinForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN de sala nuevo"),
        max_length=LONGEST,
        help_text=_("Entre 4 y 6 números. Que no sea el PIN de tu teléfono: en la sala puede haber ojos."),
        widget=forms.PasswordInput(attrs=_ATTRS),
    )
    again = forms.CharField(
        label=_("El mismo, otra vez"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs=_ATTRS),
    )

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if "pin" in held and "again" in held and held["pin"] != held["again"]:
            self.add_error("again", _("Los dos PIN no son iguales. Escribilos de nuevo."))
        return held
