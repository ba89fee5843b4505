from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import MAX_BYTES

_LONGEST_PASSWORD = 200


def _password(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


class SignInForm(forms.Form):
    identifier = forms.CharField(
        label=_("Número de asociado/a o correo"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Clave"), "current-password")
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class ChoosePasswordForm(forms.Form):
    """A new password, twice. The rules that it must meet are the domain's."""

    password = _password(
        _("Clave nueva"),
        "new-password",
        help_text=_("Al menos 10 letras o números. Tres o cuatro palabras sueltas son fáciles de recordar."),
    )
    again = _password(_("La misma clave, otra vez"), "new-password")

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if "password" in held and "again" in held and held["password"] != held["again"]:
            self.add_error("again", _("Las dos claves no son iguales. Escribilas de nuevo."))
        return held


class ChangePasswordForm(ChoosePasswordForm):
    current = _password(_("Tu clave de ahora"), "current-password")
    field_order = ("current", "password", "again")


class RegisterFileForm(forms.Form):
    file = forms.FileField(
        label=_("Planilla del registro"),
        help_text=_("El archivo CSV que guarda tu planilla de cálculo. Hasta 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Elegí el archivo que querés cargar."),
            "empty": _("El archivo está vacío. Guardá la planilla como CSV y subí ese archivo."),
        },
    )

    def clean_file(self) -> Any:
        """Too big is refused by its size, before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("El archivo pesa %(size)s MB y el máximo son 2 MB. ¿Es el archivo del registro?"),
                params={"size": -(-file.size // (1024 * 1024))},
            )
        return file
