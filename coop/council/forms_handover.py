from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.council.enums_handover import SAYS, FilingKind, ItemKind, Said, Side, StepKind
from coop.council.filings.acts import LONGEST_NOTE, LONGEST_NUMBER, LONGEST_SOURCE, LONGEST_TITLE, Step
from coop.council.handover.acts import LONGEST_REMARK
from coop.council.handover.lists import LONGEST_TEXT, MOST_LINES, Line
from coop.members.models import Member

# Generic for the type checker only: at run time Django's field takes no parameter.
if TYPE_CHECKING:
    MemberField = forms.ModelChoiceField[Member]
else:
    MemberField = forms.ModelChoiceField

NO_SECRETS = _("Nunca una clave: esto lo lee cada asociado/a.")


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ListedMemberField(MemberField):
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.listed_name} ({obj.number})"


class SayForm(forms.Form):
    """One side's word on a line."""

    said = forms.ChoiceField(label=_("¿Qué pasó con esto?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Si no es así de simple, contalo"),
        help_text=NO_SECRETS,
        required=False,
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(said.value, str(said.label).capitalize()) for said in SAYS[side]]
        self.fields["said"].choices = choices  # type: ignore[attr-defined]

    @property
    def word(self) -> Said:
        return Said(self.cleaned_data["said"])


class LineForm(forms.Form):
    kind = forms.ChoiceField(label=_("De qué se trata"), choices=ItemKind)
    text = forms.CharField(label=_("Qué se entrega"), help_text=NO_SECRETS, max_length=LONGEST_TEXT)


class SignForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    remark = forms.CharField(
        label=_("Si querés dejar algo dicho"), required=False, max_length=LONGEST_REMARK, help_text=NO_SECRETS
    )


class ListLineForm(forms.Form):
    kind = forms.ChoiceField(label=_("De qué se trata"), choices=ItemKind)
    text = forms.CharField(label=_("Qué se entrega"), required=False, max_length=LONGEST_TEXT)


ListFormSet = forms.formset_factory(
    ListLineForm, extra=3, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 5
)


def lines_of(formset: Any) -> list[Line]:
    """What was typed; a line without words is left out."""
    return [
        Line(ItemKind(data["kind"]), data["text"])
        for data in (form.cleaned_data for form in formset)
        if data.get("text")
    ]


class FilingForm(forms.Form):
    title = forms.CharField(
        label=_("¿Qué trámite es?"),
        help_text=_("Por ejemplo: «Presentar el balance en el órgano local»."),
        max_length=LONGEST_TITLE,
    )
    due_on = forms.DateField(label=_("¿Para cuándo?"), widget=_day_input(), localize=False)


class DaysForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Trámite"),
        choices=[(kind.value, kind.label) for kind in (FilingKind.BANK, FilingKind.REGISTRY)],
    )
    days = forms.IntegerField(label=_("Días desde el cambio"), min_value=1, max_value=365)
    source = forms.CharField(
        label=_("Según qué"), max_length=LONGEST_SOURCE, help_text=_("La norma, o lo que pide el banco.")
    )


class StepForm(forms.Form):
    """Each kind of step reads its own fields; what it lacks the verb says."""

    kind = forms.ChoiceField(label=_("¿Qué pasó?"), widget=forms.RadioSelect)
    who = ListedMemberField(
        label=_("A cargo de"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("Elegí una persona"),
    )
    due_on = forms.DateField(label=_("Nueva fecha"), widget=_day_input(), required=False, localize=False)
    day = forms.DateField(label=_("Se hizo el día"), widget=_day_input(), required=False, localize=False)
    number = forms.CharField(
        label=_("Número del trámite o del comprobante"), required=False, max_length=LONGEST_NUMBER
    )
    note = forms.CharField(label=_("Contalo"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, day: date, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(StepKind) if keeps else [StepKind.NOTE, StepKind.DONE]
        words = {
            StepKind.TAKEN: _("Queda a cargo de alguien"),
            StepKind.PUT_OFF: _("Se corre la fecha"),
            StepKind.NOTE: _("Hay una novedad"),
            StepKind.DONE: _("Está hecho"),
            StepKind.DROPPED: _("Ya no hace falta"),
        }
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, words[kind]) for kind in kinds
        ]
        if keeps:
            self.fields["who"].queryset = Member.objects.on_register(day)  # type: ignore[attr-defined]
        else:
            del self.fields["who"], self.fields["due_on"]

    @property
    def step(self) -> Step:
        data = self.cleaned_data
        return Step(
            kind=StepKind(data["kind"]),
            note=data["note"],
            number=data["number"],
            who=data.get("who"),
            due_on=data.get("due_on"),
            day=data["day"],
        )
