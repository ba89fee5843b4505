"""What is typed step by step. Days come out as text, since drafts are kept as JSON."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from stdnum.ar import cuit
from stdnum.exceptions import ValidationError as BadNumber

from coop.common.spreadsheet import MAX_BYTES, BadCell, parse_day
from coop.common.words import one_line
from coop.members.register_file.cells import COMPANY_PREFIXES
from coop.members.register_file.rows import (
    BANK_ACCOUNT,
    DOCUMENT,
    EMAIL,
    JOINED,
    LEFT,
    MOBILE,
    NAME,
    NUMBER,
    PAID_IN,
    REASON,
    SECTION,
    SUBSCRIBED,
    TAX_NUMBER,
)
from coop.portal.beginning.lines import Line
from coop.statute.models.house import DAYS_OF_MONTH
from coop.statute.ready_made import DEFAULT, READY_MADE

ZONES = (
    ("America/Argentina/Buenos_Aires", _("Argentina")),
    ("America/Montevideo", _("Uruguay")),
    ("America/Sao_Paulo", _("Brasil, Brasilia y San Pablo")),
    ("America/Manaus", _("Brasil, Manaos")),
    ("America/Santiago", _("Chile")),
    ("America/Asuncion", _("Paraguay")),
    ("America/La_Paz", _("Bolivia")),
    ("America/Lima", _("Perú")),
    ("America/Bogota", _("Colombia")),
    ("America/Caracas", _("Venezuela")),
    ("America/Mexico_City", _("México, centro")),
    ("Europe/Madrid", _("España")),
)


CURRENCIES = (
    ("ARS", _("pesos argentinos")),
    ("UYU", _("pesos uruguayos")),
    ("BRL", _("reales")),
    ("CLP", _("pesos chilenos")),
    ("PYG", _("guaraníes")),
    ("BOB", _("bolivianos")),
    ("PEN", _("soles")),
    ("COP", _("pesos colombianos")),
    ("MXN", _("pesos mexicanos")),
    ("EUR", _("euros")),
    ("USD", _("dólares")),
)


class DayField(forms.DateField):
    """A day that comes out as `YYYY-MM-DD`, or "" for none."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, localize=False, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""


class LineField(forms.CharField):
    """One visible line, as people read it."""

    def clean(self, value: Any) -> Any:
        return one_line(super().clean(value))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Código de puesta en marcha"),
        max_length=60,
        help_text=_("Doce letras y números. Los guiones y las mayúsculas dan igual."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "code"}
        ),
    )


class HouseForm(forms.Form):
    """The columns of `Cooperative`, but for the logo, which may wait."""

    name = LineField(
        label=_("Cómo le dicen"),
        max_length=120,
        help_text=_("El nombre corto: va arriba de cada página."),
    )
    legal_name = LineField(
        label=_("Nombre completo"),
        max_length=200,
        required=False,
        help_text=_("Como está en los papeles, si es otro."),
    )
    tax_number = LineField(label=_("CUIT"), max_length=20, required=False)
    registry_number = LineField(label=_("Matrícula"), max_length=30, required=False)
    address = LineField(label=_("Domicilio"), max_length=200, required=False)
    founded_on = DayField(label=_("Fundada el"), required=False)
    fiscal_day = forms.IntegerField(
        label=_("El ejercicio cierra el día"), min_value=1, max_value=31, initial=31
    )
    fiscal_month = forms.TypedChoiceField(
        label=_("del mes"), coerce=int, choices=list(MONTHS.items()), initial=12
    )
    zone = forms.ChoiceField(
        label=_("Dónde está"),
        choices=ZONES,
        help_text=_("De acá salen la hora y el día de cada acto."),
        initial=settings.TIME_ZONE,
    )
    currency = forms.ChoiceField(label=_("Moneda"), choices=CURRENCIES, initial="ARS")
    language = forms.ChoiceField(
        label=_("Idioma de sus documentos"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )

    def clean_tax_number(self) -> str:
        typed = str(self.cleaned_data["tax_number"])
        if not typed:
            return ""
        try:
            digits = str(cuit.validate(typed))
        except BadNumber:
            raise forms.ValidationError(_("Ese CUIT no cierra: revisá sus once números.")) from None
        if digits[:2] not in COMPANY_PREFIXES:
            raise forms.ValidationError(_("El CUIT de una cooperativa empieza con 30, 33 o 34."))
        return digits

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if "fiscal_day" in held and "fiscal_month" in held:
            most = DAYS_OF_MONTH[held["fiscal_month"] - 1]
            if held["fiscal_day"] > most:
                told = {"month": MONTHS[held["fiscal_month"]], "most": most}
                says = _("El ejercicio no puede cerrar ese día: %(month)s llega al %(most)s.")
                self.add_error("fiscal_day", forms.ValidationError(says, params=told))
        return held


class StatuteForm(forms.Form):
    model = forms.ChoiceField(
        label=_("¿De cuál partimos?"),
        choices=[(one.key, one.label) for one in READY_MADE.values()],
        initial=DEFAULT,
        widget=forms.RadioSelect,
    )
    title = LineField(
        label=_("Cómo se llama tu estatuto"),
        max_length=120,
        initial="Estatuto social",
        help_text=_("Por ejemplo: Estatuto social, inscripto en INAES."),
    )
    holds_from = DayField(
        label=_("Rige desde"),
        help_text=_(
            "El día en que se aprobó, o el de la fundación. Nada de lo que cargues puede ser anterior."
        ),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Planilla"),
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
                _("El archivo pesa %(size)s MB y el máximo son 2 MB. ¿Es el archivo que querías?"),
                params={"size": -(-file.size // (1024 * 1024))},
            )
        return file


def _typed(label: Any, *, required: bool = False, **attrs: str) -> LineField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return LineField(label=label, max_length=200, required=required, widget=widget)


class PersonForm(forms.Form):
    """One line of the register. What each cell may hold is the register's own reader's to say."""

    number = _typed(_("Número"), required=True, inputmode="numeric")
    family_name = _typed(_("Apellido"), required=True)
    given_names = _typed(_("Nombre"))
    document = _typed(_("DNI"), required=True, inputmode="numeric")
    tax_number = _typed(_("CUIL"), required=True, inputmode="numeric")
    joined = DayField(label=_("Fecha de ingreso"))
    section = _typed(_("Sección"))
    mobile = _typed(_("Celular"), inputmode="tel")
    email = _typed(_("Correo"), inputmode="email")
    bank_account = _typed(_("CBU o CVU"), inputmode="numeric")
    subscribed = _typed(_("Cuotas suscriptas"), inputmode="numeric")
    paid_in = _typed(_("Cuotas integradas"), inputmode="decimal")
    left = DayField(label=_("Fecha de baja"), required=False)
    reason = _typed(_("Motivo de baja"))
    instead_of = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    COLUMNS = {
        NUMBER: "number",
        NAME: "family_name",
        DOCUMENT: "document",
        TAX_NUMBER: "tax_number",
        JOINED: "joined",
        LEFT: "left",
        REASON: "reason",
        SECTION: "section",
        BANK_ACCOUNT: "bank_account",
        EMAIL: "email",
        MOBILE: "mobile",
        SUBSCRIBED: "subscribed",
        PAID_IN: "paid_in",
    }

    def line(self) -> Line:
        """As the spreadsheet writes it: "Apellido, Nombre", dd/mm/yyyy."""
        held = self.cleaned_data
        cells = {column: held[field] for column, field in self.COLUMNS.items()}
        cells[NAME] = f"{held['family_name']}, {held['given_names']}"
        return cells | {column: paper(cells[column]) for column in (JOINED, LEFT)}

    @classmethod
    def typed_before(cls, line: Line) -> dict[str, str]:
        """A line back as the form's values."""
        values = {field: line.get(column, "") for column, field in cls.COLUMNS.items()}
        family, _comma, given = line.get(NAME, "").partition(",")
        days = {"joined": iso(values["joined"]), "left": iso(values["left"])}
        return values | days | {"family_name": family.strip(), "given_names": given.strip()}


def paper(day: str) -> str:
    """2026-04-30 as 30/04/2026."""
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""


def iso(day: str) -> str:
    """30/04/2026 as 2026-04-30; "" for what is no such day."""
    try:
        return parse_day(day).isoformat() if day else ""
    except BadCell:
        return ""
