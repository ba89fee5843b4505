"""What the treasurer fills in: a whole file, or the year's figures with who worked."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import MAX_BYTES, BadCell, parse_decimal
from payroll.domain.surplus import LONGEST_TITLE
from payroll.domain.surplus_people import COLUMNS
from payroll.waterfall import LARGEST_CENTS, FundRule, Losses, Results, SharingRules, Worker, Year
from payroll.waterfall.values import HEAD, HOURS, PAY

RUNS, FILE, KEPT = "runs", "file", "kept"
FIRST_YEAR = 1990
FIGURES = (
    "title",
    "year",
    "members_work",
    "non_members",
    "outside",
    "accumulated",
    "reserves_used",
    "capital",
)


class PesosField(forms.CharField):
    """Pesos as people write them ("1.234.567,89", "$ -500"); gives whole cents, None when left blank."""

    def __init__(self, *, negative: bool = False, **options: Any) -> None:
        self.negative = negative
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "text"}), **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        text = text.replace("$", "").replace("\u2212", "-").replace("\u00a0", " ").replace(" ", "")
        if not text:
            return None
        try:
            cents = int(parse_decimal(text, places=2) * 100)
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from bad
        if cents < 0 and not self.negative:
            raise forms.ValidationError(_t("No puede ser menor que cero."))
        if abs(cents) > LARGEST_CENTS:
            raise forms.ValidationError(_t("Es un número demasiado grande. Revisalo."))
        return cents


class PercentField(forms.CharField):
    """A percentage as people write it ("3", "2,5 %"); gives an exact share of one as text."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").replace("%", "").strip()
        if not text:
            return "0"
        try:
            rate = parse_decimal(text, places=4)
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from bad
        if not 0 <= rate <= 100:
            raise forms.ValidationError(_t("Tiene que estar entre 0 y 100."))
        return exact(rate / 100)


def exact(rate: Decimal) -> str:
    """ "0.030" as "0.03", never with an exponent."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def as_typed(cents: int) -> str:
    """`123456` as "1.234,56": what PesosField takes back, in any language."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def _file_field(label: Any, help_text: Any, accept: str, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.ClearableFileInput(attrs={"accept": accept}),
        error_messages={
            "required": _("Elegí el archivo que querés cargar."),
            "empty": _("El archivo está vacío."),
        },
    )


def _small_enough(file: Any) -> Any:
    if file and file.size > MAX_BYTES:
        raise forms.ValidationError(_t("El archivo pesa más de 2 MB. ¿Es el que querías?"))
    return file


def _title_field() -> forms.CharField:
    return forms.CharField(
        label=_("Nombre de la propuesta"),
        help_text=_("Para distinguirla de otras del mismo año."),
        max_length=LONGEST_TITLE,
    )


class WholeFileForm(forms.Form):
    title = _title_field()
    file = _file_field(
        _("Archivo con todo"),
        _("JSON con cifras y personas, como el que se descarga de una propuesta. Hasta 2 MB."),
        ".json,application/json",
        required=True,
    )

    def clean_file(self) -> Any:
        return _small_enough(self.cleaned_data["file"])


class FiguresForm(forms.Form):
    """`funds` are the statute's; each asks what it holds already, under `reserve_<its place>`."""

    title = _title_field()
    year = forms.IntegerField(label=_("Año"), min_value=FIRST_YEAR, max_value=2199, localize=False)
    members_work = PesosField(
        label=_("Resultado del trabajo de los asociados/as"),
        help_text=_("En pesos, como 1.234.567,89. Una pérdida va con el signo menos."),
        negative=True,
    )
    non_members = PesosField(label=_("Resultado de trabajo no asociado"), negative=True, required=False)
    outside = PesosField(label=_("Resultado de operaciones ajenas"), negative=True, required=False)
    accumulated = PesosField(label=_("Pérdidas de años anteriores"), required=False)
    reserves_used = PesosField(label=_("Reservas usadas para cubrir pérdidas"), required=False)
    capital = PesosField(label=_("Capital integrado"), required=False)
    share_interest = PercentField(
        label=_("Interés a las cuotas sociales, en %"),
        required=False,
        max_length=20,
    )
    basis = forms.ChoiceField(
        label=_("El retorno se reparte"),
        choices=[
            (HOURS, _("según las horas que trabajó cada persona")),
            (PAY, _("según lo que cobró cada persona")),
            (HEAD, _("en partes iguales")),
        ],
        widget=forms.RadioSelect,
    )
    people = forms.ChoiceField(label=_("Quiénes trabajaron"), widget=forms.RadioSelect)
    file = _file_field(
        _("Planilla de personas"),
        "",
        ".csv,text/csv",
        required=False,
    )

    def __init__(
        self, *args: Any, funds: Sequence[FundRule], sources: Sequence[str], most: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.funds = tuple(funds)
        labels = {
            RUNS: _("Las liquidaciones aprobadas de ese año"),
            FILE: _("Una planilla"),
            KEPT: _("Las personas de este borrador"),
        }
        people = self.fields["people"]
        assert isinstance(people, forms.ChoiceField)
        people.choices = [(one, labels[one]) for one in sources]
        titles = "; ".join(column.name for column in COLUMNS if column.needed)
        told = _("CSV con las columnas %(columns)s. Hasta 2 MB.") % {"columns": titles}
        self.fields["file"].help_text = told
        self.fields["share_interest"].help_text = _("El estatuto autoriza hasta %(most)s.") % {"most": most}
        for place, fund in enumerate(self.funds):
            self.fields[f"reserve_{place}"] = PesosField(
                label=_("Ya hay en el fondo: %(fund)s") % {"fund": fund.name},
                required=fund.needs_holdings,
            )
        self.order_fields([*FIGURES, *(f"reserve_{place}" for place in range(len(self.funds)))])

    def clean_file(self) -> Any:
        return _small_enough(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("people") == FILE and not data.get("file") and "file" not in self.errors:
            self.add_error("file", _t("Elegí el archivo que querés cargar."))
        return data

    def year_of(self, people: tuple[Worker, ...], currency: str = "ARS") -> Year:
        data = self.cleaned_data
        return Year(
            period=data["year"],
            currency=currency,
            results=Results(data["members_work"], data["non_members"] or 0, data["outside"] or 0),
            losses=Losses(data["accumulated"] or 0, data["reserves_used"] or 0),
            capital=data["capital"] or 0,
            reserves={
                fund.name: data[f"reserve_{place}"]
                for place, fund in enumerate(self.funds)
                if data[f"reserve_{place}"] is not None
            },
            rules=SharingRules(self.funds, data["share_interest"], data["basis"]),
            members=people,
        )


def initial_of(year: Year, title: str) -> dict[str, Any]:
    """A draft's figures as they would be typed."""
    reserves: Mapping[str, int] = year.reserves
    held = {
        f"reserve_{place}": as_typed(reserves[fund.name])
        for place, fund in enumerate(year.rules.funds)
        if fund.name in reserves
    }
    return held | {
        "title": title,
        "year": year.period,
        "members_work": as_typed(year.results.members_work),
        "non_members": as_typed(year.results.non_members),
        "outside": as_typed(year.results.outside),
        "accumulated": as_typed(year.losses.accumulated),
        "reserves_used": as_typed(year.losses.reserves_used),
        "capital": as_typed(year.capital),
        "share_interest": exact_percent(year.rules.share_interest_rate),
        "basis": year.rules.basis,
        "people": KEPT,
    }


def exact_percent(rate: str) -> str:
    """A rate's text as a percentage one can type; up to four decimals."""
    numerator, _slash, denominator = rate.partition("/")
    value = Decimal(numerator) / Decimal(denominator or "1") * 100
    return exact(value.quantize(Decimal("0.0001"))).replace(".", ",")


def last_year(today: date) -> int:
    return today.year - 1
