"""What is typed about tasks. The rules that it must meet are the domain's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.jobs.coordinating import coordinates
from coop.jobs.enums import Every, Level
from coop.jobs.models.tasks import MOST_PEOPLE
from coop.members.sections import open_sections


class ChangeForm(forms.Form):
    people = forms.IntegerField(
        label=_("Cuántas personas a la vez"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )
    every = forms.ChoiceField(label=_("Cada cuánto rota"), choices=Every.choices, initial=Every.WEEK)


class TaskForm(ChangeForm):
    """The sections are those that the one who fills it in coordinates."""

    name = forms.CharField(label=_("Tarea"), max_length=60, help_text=_("Por ejemplo: limpiar el horno 2"))
    section = forms.TypedChoiceField(label=_("De qué sección"), coerce=int, required=False, empty_value=None)
    field_order = ("name", "section", "people", "every")

    def __init__(self, *args: Any, by: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, Any]] = []
        if coordinates(by, None, at):
            choices.append(("", _("De toda la cooperativa")))
            choices += [(one.pk, one.name) for one in open_sections()]
        else:
            choices += [(one.pk, one.name) for one in open_sections() if coordinates(by, one, at)]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]
        self.fields["section"].required = bool(choices) and choices[0][0] != ""


class LevelForm(forms.Form):
    """What a member says of themselves; the teachers are those who are confirmed as such."""

    level = forms.ChoiceField(
        label=_("¿La sabés hacer?"),
        choices=(
            (Level.LEARNING.value, _("La estoy aprendiendo")),
            (Level.CAN.value, _("La sé hacer")),
            (Level.TEACHES.value, _("La sé hacer y la puedo enseñar")),
            (Level.NONE.value, _("No la hago")),
        ),
    )
    teacher = forms.TypedChoiceField(label=_("Aprendo con"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, teachers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].choices = [("", _("nadie en particular")), *teachers]  # type: ignore[attr-defined]


class AwayForm(forms.Form):
    first_day = forms.DateField(label=_("Desde"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Hasta (incluido)"), widget=forms.DateInput(attrs={"type": "date"}))


class ArrangeForm(forms.Form):
    """`numbers` nobody: to whose turn it is."""

    day = forms.DateField(widget=forms.HiddenInput)
    numbers = forms.TypedMultipleChoiceField(
        label=_("A otra persona"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("Por qué no a quien le toca"),
        max_length=200,
        required=False,
        help_text=_("Lo lee cada asociado/a. Sin datos de salud."),
    )

    def __init__(self, *args: Any, able: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = able  # type: ignore[attr-defined]
