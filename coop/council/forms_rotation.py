"""What members say about serving, and what whoever holds a draw types."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coop.council.models import Gender
from coop.council.rotation.draws import LONGEST_REASON
from coop.council.rotation.skills import Skill

YES, NO = "yes", "no"
MOST_WORDS, LONGEST_WORD = 8, 40


class NumbersField(forms.CharField):
    """Numbers of members, separated by anything but a dash, which might mean all in between: `4, 17 y 23`."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value)
        found = re.findall(r"[0-9]+", text)
        if re.search(r"[^0-9\s,;.yY]", text) or any(len(one) > 6 for one in found):
            raise forms.ValidationError(_now("Escribí números de asociado/a separados por comas: 4, 17."))
        return sorted({int(one) for one in found} - {0})


class StandingForm(forms.Form):
    willing = forms.ChoiceField(
        label=_("¿Contamos con vos para un cargo?"),
        choices=[(YES, _("Sí, cuenten conmigo")), (NO, _("Por ahora no"))],
        widget=forms.RadioSelect,
    )
    offices = forms.MultipleChoiceField(
        label=_("¿Para cuáles?"),
        help_text=_("Si no marcás ninguno, es para cualquiera."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.MultipleChoiceField(
        label=_("¿Qué sabés hacer?"),
        help_text=_("No es condición: lo demás se aprende en el cargo."),
        choices=Skill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Otras cosas que sabés"),
        help_text=_("Separadas por comas."),
        max_length=300,
        required=False,
    )
    kin = NumbersField(
        label=_("Parientes tuyos en la cooperativa"),
        help_text=_(
            "Sus números de asociado/a. La sindicatura no puede ser pareja ni pariente de quien está en el "
            "consejo, hasta el segundo grado."
        ),
        max_length=120,
        required=False,
    )
    gender = forms.ChoiceField(
        label=_("Género"),
        help_text=_("Si querés decirlo. Solo sirve para que las listas salgan parejas; nadie más lo ve."),
        choices=[(one.value, one.label) for one in Gender],
        required=False,
    )

    def __init__(
        self, *args: Any, offices: list[tuple[str, str]], tasks: Collection[str] = (), **options: Any
    ) -> None:
        """`tasks`: of the shop floor, that the member is known to do; offered beside the rest."""
        super().__init__(*args, **options)
        self.fields["offices"].choices = offices  # type: ignore[attr-defined]
        self.fields["skills"].choices = [*Skill.choices, *((one, one) for one in tasks)]  # type: ignore[attr-defined]
        for name in ("offices", "skills"):
            self.fields[name].silent = True  # type: ignore[attr-defined]

    def clean_others(self) -> list[str]:
        words = [" ".join(one.split()) for one in self.cleaned_data["others"].split(",")]
        words = [one for one in words if one]
        if len(words) > MOST_WORDS or any(len(one) > LONGEST_WORD for one in words):
            raise forms.ValidationError(_now("Hasta ocho cosas, de 40 letras cada una."))
        return words

    def said(self) -> dict[str, Any]:
        held = self.cleaned_data
        willing = held["willing"] == YES
        return {
            "willing": willing,
            "offices": held["offices"] if willing else [],
            "skills": [*held["skills"], *held["others"]],
            "kin": held["kin"],
            "gender": held["gender"],
        }


class DrawForm(forms.Form):
    title = forms.CharField(
        label=_("Qué se sortea"), help_text=_("Por ejemplo: dos firmantes del acta."), max_length=120
    )
    places = forms.IntegerField(label=_("Cuántas personas salen"), min_value=1, max_value=500)
    numbers = NumbersField(
        label=_("Quiénes participan"),
        help_text=_("Sus números, separados por comas. Vacío: toda persona que hoy integra la asamblea."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    public_value = forms.CharField(
        label=_("Qué valor público decide"),
        help_text=_(
            "Algo que ese día se dice en voz alta y que nadie puede saber antes ni elegir: las últimas cinco "
            "cifras de la quiniela de esa noche, por ejemplo."
        ),
        max_length=200,
    )
    not_before = forms.DateTimeField(
        label=_("Se sortea a partir de"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )

    def clean_not_before(self) -> datetime:
        when: datetime = self.cleaned_data["not_before"]
        if when > timezone.now() + timedelta(days=366):
            raise forms.ValidationError(_now("Como mucho, dentro de un año."))
        return when


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Por qué queda sin efecto"),
        help_text=_("Lo lee cada asociado/a: sin motivos de salud ni datos de nadie."),
        max_length=LONGEST_REASON,
    )


class HoldForm(forms.Form):
    public_value = forms.CharField(
        label=_("El valor público, tal como se dijo"),
        help_text=_("Se cuentan solo números y letras. Se sortea una sola vez: leelo en voz alta antes."),
        max_length=60,
    )
