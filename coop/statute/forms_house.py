"""The forms of a reform's name and reasons, and of the cooperative's own data."""

import zoneinfo
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from stdnum.ar import cuit
from stdnum.exceptions import ValidationError as BadNumber

from coop.common.words import one_line
from coop.statute.logo_file import LOGO_MOST_BYTES
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.models.house import DAYS_OF_MONTH

CURRENCIES = ("ARS", "UYU", "BRL", "CLP", "PYG", "BOB", "EUR", "USD")


class DayField(forms.DateField):
    """A day by the browser's own picker; typed as dd/mm/yyyy where there is none."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


class DescribeForm(forms.Form):
    title = forms.CharField(
        label=_("Cómo se llama la reforma"),
        help_text=_("Así se va a llamar el estatuto si se aprueba: «Reforma de 2026», por ejemplo."),
        max_length=120,
    )
    why = forms.CharField(
        label=_("Por qué"),
        help_text=_("Lo lee la asamblea antes de votar."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    holds_from = DayField(
        label=_("Vale desde"),
        help_text=_("En blanco: desde el día después de aprobarse."),
        required=False,
    )

    def __init__(self, *args: Any, base: StatuteVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.base = base

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_t("Escribí un nombre."))
        return title

    def clean_holds_from(self) -> date | None:
        day: date | None = self.cleaned_data["holds_from"]
        if day is not None and day <= self.base.holds_from:
            told = {"day": date_format(self.base.holds_from, "SHORT_DATE_FORMAT")}
            raise forms.ValidationError(_t("Tiene que ser después del %(day)s.") % told)
        return day


class HouseForm(forms.Form):
    name = forms.CharField(
        label=_("Nombre corto"), help_text=_("El que se ve arriba en cada página."), max_length=120
    )
    legal_name = forms.CharField(
        label=_("Nombre legal"),
        help_text=_("El que va en actas, recibos y certificados. En blanco si es el mismo."),
        required=False,
        max_length=200,
    )
    tax_number = forms.CharField(
        label=_("CUIT"), help_text=_("Once números, con o sin guiones."), required=False, max_length=20
    )
    registry_number = forms.CharField(
        label=_("Matrícula"),
        help_text=_("La del INAES o del organismo local."),
        required=False,
        max_length=30,
    )
    address = forms.CharField(label=_("Domicilio"), required=False, max_length=200)
    founded_on = DayField(label=_("Fundada el"), required=False)
    fiscal_day = forms.IntegerField(
        label=_("El ejercicio cierra el día"), min_value=1, max_value=31, localize=False
    )
    fiscal_month = forms.TypedChoiceField(label=_("del mes"), coerce=int)
    currency = forms.ChoiceField(label=_("Moneda"))
    zone = forms.ChoiceField(
        label=_("Huso horario"),
        help_text=_("De él depende qué día es cada acto. Cambialo solo si está mal."),
    )
    language = forms.ChoiceField(label=_("Idioma de los papeles"))

    def __init__(self, *args: Any, house: Cooperative, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose("fiscal_month", [(number, str(name)) for number, name in MONTHS.items()])
        known = dict.fromkeys([house.currency, *CURRENCIES])
        self._choose("currency", [(code, code) for code in known])
        self._choose("zone", [(zone, zone.replace("_", " ")) for zone in _zones(house.zone)])
        self._choose("language", [(code, _t(str(name))) for code, name in settings.LANGUAGES])

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_t("Escribí un nombre."))
        return name

    def clean_tax_number(self) -> str:
        text: str = self.cleaned_data["tax_number"].strip()
        if not text:
            return ""
        try:
            return str(cuit.validate(text))
        except BadNumber:
            raise forms.ValidationError(
                _t("Ese CUIT no existe: son once números y el último tiene que dar la cuenta.")
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, month = data.get("fiscal_day"), data.get("fiscal_month")
        if day and month and day > DAYS_OF_MONTH[month - 1]:
            told = {"days": DAYS_OF_MONTH[month - 1]}
            self.add_error("fiscal_day", _t("Ese mes tiene %(days)s días.") % told)
        return data


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Archivo del logo"),
        help_text=_("PNG o JPEG, hasta %(kb)d KB.") % {"kb": LOGO_MOST_BYTES // 1024},
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": _("Elegí el archivo que querés cargar.")},
    )


def _zones(held: str) -> list[str]:
    """The Americas and Spain, and whatever is set now."""
    known = {zone for zone in zoneinfo.available_timezones() if zone.startswith("America/")}
    return sorted(known | {"Europe/Madrid", "Atlantic/Canary", held})
