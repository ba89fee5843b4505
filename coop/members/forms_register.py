"""What the register's keeper types, and what each member types about themself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coop.members.enums import FactKind, Seen
from coop.members.form_fields import DayField, ParsedField, PhoneField, ResolutionField, TextField
from coop.members.models import Section
from coop.members.phones import HOME
from coop.members.register_file.cells import parse_document, parse_email, parse_tax_number


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
