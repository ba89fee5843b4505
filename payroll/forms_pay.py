"""What is typed on pay day. Hours come out in hundredths, money in cents."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.models import AgendaItem
from coop.common.errors import DomainError
from coop.common.spreadsheet import MAX_BYTES, BadCell
from payroll.domain.questions import Asked, Given
from payroll.domain.receipts import LONGEST_OBJECTION
from payroll.enums import Answer, Question
from payroll.hours_file import COLUMNS
from payroll.hours_file.cells import parse_advance, parse_hours
from payroll.periods import Period, read_period


class HundredthsField(forms.CharField):
    """Hours as people write them: "176,50" is 17650. Empty is None."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": "8"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_hours(text) if text else None
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None


class CentsField(HundredthsField):
    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        try:
            return parse_advance(text.removeprefix("$").strip()) if text else None
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None


class HoursFileForm(forms.Form):
    period = forms.CharField(
        label=_("Mes"),
        max_length=10,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"}),
    )
    file = forms.FileField(
        label=_("Planilla de horas"),
        help_text=_("El archivo CSV que guarda tu planilla de cálculo. Hasta 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Elegí el archivo que querés cargar."),
            "empty": _("El archivo está vacío. Guardá la planilla como CSV y subí ese archivo."),
        },
    )

    @property
    def month(self) -> str:
        """The month that was chosen, or "" while it is none: whose empty spreadsheet the page offers."""
        try:
            return str(read_period(str(self["period"].value() or "")))
        except DomainError:
            return ""

    @property
    def columns(self) -> str:
        return ", ".join(column.name for column in COLUMNS if column.needed)

    def clean_period(self) -> Period:
        try:
            return read_period(self.cleaned_data["period"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_file(self) -> Any:
        """Too big is refused by its size, before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("El archivo pesa %(size)s MB y el máximo son 2 MB. ¿Es el archivo de las horas?"),
                params={"size": -(-file.size // (1024 * 1024))},
            )
        return file


class AnswerForm(forms.Form):
    """The answer to one question. Left alone, it answers nothing."""

    answer = forms.ChoiceField(label=_("Respuesta"), required=False, widget=forms.RadioSelect)
    worked = HundredthsField(label=_("Trabajadas"), required=False)
    sick = HundredthsField(label=_("Enfermedad"), required=False)
    holiday = HundredthsField(label=_("Vacaciones"), required=False)
    reason = forms.CharField(label=_("Motivo"), max_length=200, required=False)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        kwargs["prefix"] = f"{asked.question.value}-{asked.person.number}"
        super().__init__(*args, **kwargs)
        self.asked = asked
        labels = {**dict(Answer.choices), Answer.NONE.value: self._none()}
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(answer.value, labels[answer.value]) for answer in asked.allowed]

    def _none(self) -> Any:
        return _("No se le paga") if self.asked.question == Question.OUTSIDE else Answer.NONE.label

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = self.given()
        if given is None:
            if any(data.get(name) is not None for name in ("worked", "sick", "holiday")) or data.get(
                "reason"
            ):
                self.add_error("answer", _("Elegí una respuesta."))
            return data
        if given.answer == Answer.HOURS and given.hours is None:
            self.add_error("worked", _("Escribí cuántas horas son."))
        elif not given.complete:
            self.add_error("reason", _("Escribí el motivo: lo va a leer quien apruebe."))
        return data

    @staticmethod
    def typed(given: Given | None) -> dict[str, Any]:
        """What stands, as it would be typed: to be changed, not typed again."""
        if given is None:
            return {}
        hours = given.hours or (None, None, None)
        shown = ("" if one is None else f"{one // 100},{one % 100:02d}" for one in hours)
        told = dict(zip(("worked", "sick", "holiday"), shown, strict=True))
        return told | {"answer": given.answer, "reason": given.reason}

    def given(self) -> Given | None:
        """None while no answer was chosen."""
        data = self.cleaned_data
        if not data.get("answer"):
            return None
        answer = Answer(data["answer"])
        typed = [data.get(name) for name in ("worked", "sick", "holiday")]
        hours = None
        if answer == Answer.HOURS and any(value is not None for value in typed):
            hours = (typed[0] or 0, typed[1] or 0, typed[2] or 0)
        return Given(
            number=self.asked.person.number,
            question=self.asked.question,
            answer=answer,
            reason=(data.get("reason") or "").strip(),
            hours=hours,
        )


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("¿Qué no te cierra?"),
        help_text=_(
            "Lo lee la tesorería. El recibo no cambia: si hay un error, se arregla el mes que viene."
        ),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class UnitForm(forms.Form):
    cents = CentsField(label=_("Cuánto vale la hora"), help_text=_("En pesos, como 8.200,00."))
    holds_from = forms.DateField(
        label=_("Desde qué día"),
        help_text=_("Un mes se paga entero con el valor que rige el último día de ese mes."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        localize=False,
    )
    why = forms.CharField(
        label=_("Por qué"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_holds_from(self) -> date:
        day: date = self.cleaned_data["holds_from"]
        if not 2000 <= day.year <= 2199:
            raise forms.ValidationError(_("Revisá el año."))
        return day


class PutForm(forms.Form):
    """Under which item of the open assembly the proposal is moved."""

    item = forms.TypedChoiceField(label=_("Punto del orden del día"), coerce=int)

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Elegí el punto")), *((item.pk, str(item)) for item in items)]
