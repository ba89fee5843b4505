"""What is typed at each step of a sanction file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.members.enums import Measure, Outcome
from coop.members.form_fields import DayField, ResolutionField, TextField


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
