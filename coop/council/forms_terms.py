"""What is typed about terms: who takes which seat, how one ends, who fills it, a file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import MAX_BYTES
from coop.council.models import Basis, HowEnded, Term
from coop.council.seats import Wanted
from coop.members.form_fields import DayField, ResolutionField
from coop.members.models import Member


class MemberField(forms.CharField):
    """A member's number; the browser shows the names beside the numbers."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "list": "asociados", "autocomplete": "off", "size": "6"}
        super().__init__(max_length=9, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if text.isascii() and text.isdigit():
            found = Member.objects.filter(number=int(text)).first()
            if found is not None:
                return found
        raise forms.ValidationError(
            _now("No hay asociado/a con el número «%(text)s» en el registro.") % {"text": text}
        )


class SeatsForm(forms.Form):
    """One decision, and who takes which seat by it: a field for each seat of the statute."""

    resolution = ResolutionField(label=_("Resolución de la asamblea"))
    first = DayField(label=_("Desde qué día"))
    last_day = DayField(
        label=_("Hasta qué día, inclusive"),
        help_text=_(
            "Vacío: lo que dice la lista que se aprobó; si no dice nada, lo más que permite el estatuto."
        ),
        required=False,
    )

    def __init__(self, *args: Any, seats: Iterable[tuple[Wanted, str, str]], **options: Any) -> None:
        """`seats`: each with its name and who holds it now."""
        super().__init__(*args, **options)
        self.wanted: dict[str, Wanted] = {}
        for one, name, now in seats:
            self.wanted[one.code] = one
            field = MemberField(label=name, help_text=now, required=False)
            field.silent = True  # type: ignore[attr-defined]
            self.fields[one.code] = field

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.chosen:
            self.add_error(None, _now("Poné en al menos un cargo el número de quien lo ocupa."))
        return held

    @property
    def chosen(self) -> dict[str, Member]:
        values = self.cleaned_data
        return {code: values[code] for code in self.wanted if values.get(code) is not None}

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[code] for code in self.wanted]


class EndForm(forms.Form):
    how = forms.ChoiceField(label=_("Cómo termina"), widget=forms.RadioSelect)
    day = DayField(
        label=_("Desde qué día ya no lo ocupa"),
        help_text=_("Hoy: desde este momento. No puede ser un día que ya pasó."),
    )
    resolution = ResolutionField(
        label=_("Resolución"),
        help_text=_("La de la asamblea, si lo revocó; si renunció o pasó a otro cargo, la que lo aceptó."),
        required=False,
    )
    note = forms.CharField(
        label=_("En qué papel consta"),
        help_text=_("Por ejemplo: nota del 3 de mayo. Lo lee cada asociado/a: sin motivos de salud."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, term: Term, own: bool, keeps: bool, **options: Any) -> None:
        """`own`: their own term. `keeps`: they keep the terms; who does not can only resign."""
        super().__init__(*args, **options)
        offered = [HowEnded.RESIGNED, HowEnded.RECALLED, HowEnded.MOVED] if keeps else [HowEnded.RESIGNED]
        if not keeps:
            del self.fields["resolution"]
        if own:
            self.initial.setdefault("how", HowEnded.RESIGNED.value)
        if keeps and term.basis == Basis.AUDITOR:
            offered.append(HowEnded.ASSEMBLY_MET)
        choices: Any = self.fields["how"]
        choices.choices = [(one.value, one.label) for one in offered]


class NameForm(forms.Form):
    member = MemberField(label=_("Número de asociado/a"))


class TermsFileForm(forms.Form):
    file = forms.FileField(
        label=_("Planilla de mandatos"),
        help_text=_("El archivo CSV con las columnas Cargo, N° Socio, Desde, Hasta y Acta. Hasta 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_now("El archivo pesa más de 2 MB. Fijate si es la planilla."))
        return file
