"""What the register's keeper types, and what each member types about themself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import BadCell
from coop.members.enums import FactKind, Measure, Outcome, Seen
from coop.members.models import Section
from coop.members.phones import HOME, normalised
from coop.members.register_file.cells import parse_document, parse_email, parse_tax_number
from coop.statute.models import Resolution

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """The browser's own calendar; without one, dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]
        super().__init__(widget=widget, input_formats=formats, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not _FIRST <= day <= _LAST:
            raise forms.ValidationError(_now("Esa fecha no puede ser. Revisá el año."))
        return day


class ResolutionField(forms.CharField):
    """ "4/2026" is the fourth resolution of that year."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Su número y año en el libro de resoluciones: 4/2026."))
        attrs = {"placeholder": "4/2026", "list": "resoluciones", "autocomplete": "off", "size": "10"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(" ", "")
        if not text:
            return None
        number, _slash, year = text.partition("/")
        if number.isascii() and year.isascii() and number.isdigit() and year.isdigit() and len(number) < 7:
            found = Resolution.objects.filter(number=int(number), year=int(year[:4])).first()
            if found is not None:
                return found
        raise forms.ValidationError(
            _now("No hay ninguna resolución «%(text)s». Escribila como 4/2026.") % {"text": text}
        )


class ParsedField(forms.CharField):
    """A text that a parser of the register's spreadsheet reads: the same rules on paper and on screen."""

    def __init__(self, parse: Any, **options: Any) -> None:
        self.parse = parse
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.parse(text) if text else ""
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None


class PhoneField(forms.CharField):
    def __init__(self, region: str = HOME, **options: Any) -> None:
        self.region = region
        attrs = {"type": "tel", "autocomplete": "tel", "placeholder": "0299 15-637-5345"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        if number := normalised(text, self.region):
            return number
        raise forms.ValidationError(
            _now("Ese teléfono no existe. Escribilo con la característica: 0299 15-637-5345.")
        )


class TextField(forms.CharField):
    def __init__(self, rows: int = 5, **options: Any) -> None:
        super().__init__(max_length=6000, widget=forms.Textarea(attrs={"rows": str(rows)}), **options)


class PersonForm(forms.Form):
    """Who somebody is: of an applicant, and of a line that is put right."""

    family_name = forms.CharField(label=_("Apellido"), max_length=60)
    given_names = forms.CharField(label=_("Nombres"), max_length=60)
    document = ParsedField(parse_document, label=_("DNI"), max_length=14)
    tax_number = ParsedField(parse_tax_number, label=_("CUIL"), max_length=16)
    email = ParsedField(parse_email, label=_("Correo"), max_length=254, required=False)
    mobile = PhoneField(label=_("Celular"), required=False)

    def __init__(self, *args: Any, region: str = HOME, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mobile"].region = region  # type: ignore[attr-defined]
        for name in ("document", "tax_number"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        """The document is the one inside the tax number, as in the spreadsheet."""
        held: dict[str, Any] = super().clean() or {}
        document, tax_number = held.get("document"), held.get("tax_number")
        if document and tax_number and tax_number[2:10] != document.zfill(8):
            self.add_error("document", _now("El DNI no es el que lleva adentro el CUIL. Revisá los dos."))
        return held


class CorrectForm(PersonForm):
    pass


class ApplicationForm(PersonForm):
    born_on = DayField(label=_("Fecha de nacimiento"))
    section = forms.CharField(
        label=_("Sección donde trabajaría"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "secciones"}),
    )
    applied_on = DayField(label=_("Día en que presentó la solicitud"))
    text = TextField(label=_("Qué dice la solicitud"), required=False)


class AdmitForm(forms.Form):
    day = DayField(label=_("Desde qué día"))
    resolution = ResolutionField(label=_("Resolución"))


class RejectForm(AdmitForm):
    day = DayField(label=_("Día en que se le comunicó"))
    reason = TextField(label=_("Motivo"), rows=3)
    field_order = ("day", "resolution", "reason")


class DayForm(forms.Form):
    day = DayField(label=_("Día"))


class FactForm(forms.Form):
    """The words for `day` and what the fact rests on follow its kind."""

    day = DayField(label=_("Desde qué día"))
    noticed_on = DayField(label=_("Día en que presentó la renuncia"), required=False)
    resolution = ResolutionField(label=_("Resolución"), required=False)
    source = forms.CharField(
        label=_("En qué papel consta"),
        help_text=_("Por ejemplo: nota de renuncia, acta de defunción, resolución de la caja."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, kind: FactKind, needs_resolution: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind == FactKind.DIED:
            self.fields["day"].label = _("Qué día")
        if kind != FactKind.RESIGNED:
            del self.fields["noticed_on"]
        else:
            self.order_fields(["noticed_on", "day", "source", "resolution"])
        if needs_resolution:
            del self.fields["source"]
            self.fields["resolution"].required = True


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Por qué se anula"), max_length=200)


class SectionForm(forms.Form):
    name = forms.CharField(label=_("Nombre de la sección"), max_length=60)


class MoveForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.filter(closed_on__isnull=True),
        label=_("Sección"),
        required=False,
        empty_label=_("Ninguna"),
    )
    since = DayField(label=_("Desde qué día"))


class OpenFileForm(forms.Form):
    opened_on = DayField(label=_("Día en que se abre"))
    charge = TextField(
        label=_("Qué pasó"),
        help_text=_("Los hechos, con fecha y lugar. Lo lee la persona, el consejo y la sindicatura."),
    )


class NotifyForm(forms.Form):
    day = DayField(label=_("Día en que se le notificó"))
    due = DayField(label=_("Hasta qué día puede presentar su descargo"))


class WrittenForm(forms.Form):
    """A defence or an appeal: by the person today, or a paper that the keeper was handed on `day`."""

    day = DayField(label=_("Día en que lo presentó"))
    text = TextField(label=_("Qué dice"))

    def __init__(self, *args: Any, own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if own:
            del self.fields["day"]
            self.fields["text"].label = _("Tus palabras")


class DecideForm(forms.Form):
    measure = forms.ChoiceField(label=_("Qué se decidió"), choices=Measure.choices)
    resolution = ResolutionField(label=_("Resolución"))
    day = DayField(label=_("Día en que se le notificó la decisión"))
    days = forms.IntegerField(label=_("Días de suspensión"), required=False, min_value=1, max_value=365)
    starts_on = DayField(label=_("La suspensión empieza el"), required=False)
    text = TextField(label=_("Fundamentos"), rows=3, required=False)


class AppealDecidedForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Qué decidió la asamblea"), choices=Outcome.choices)
    resolution = ResolutionField(label=_("Resolución de la asamblea"))
    day = DayField(label=_("Desde qué día"))
    text = TextField(label=_("Qué dijo la asamblea"), rows=3, required=False)


def _seen(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Seen.choices, initial=Seen.COUNCIL)


class ContactForm(forms.Form):
    email = ParsedField(
        parse_email,
        label=_("Correo"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    email_seen = _seen(_("Quién ve tu correo"))
    mobile = PhoneField(label=_("Celular"), required=False)
    mobile_seen = _seen(_("Quién ve tu celular"))
    address = forms.CharField(
        label=_("Domicilio"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    address_seen = _seen(_("Quién ve tu domicilio"))
    emergency_name = forms.CharField(
        label=_("A quién avisar en una emergencia"), max_length=120, required=False
    )
    emergency_phone = PhoneField(label=_("Su teléfono"), required=False)
    emergency_seen = _seen(_("Quién ve a quién avisar"))

    def __init__(self, *args: Any, region: str = HOME, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("mobile", "emergency_phone"):
            self.fields[name].region = region  # type: ignore[attr-defined]
