from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member


class ConveneForm(forms.Form):
    day = forms.DateField(
        label=_("Día"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), localize=False
    )
    hour = forms.TimeField(label=_("Hora"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Lugar"), max_length=120)
    agenda = forms.CharField(
        label=_("Orden del día"),
        help_text=_("Un punto por renglón. El orden es el que va a seguir la asamblea."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_agenda(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["agenda"]).splitlines() if line.strip()]
        long = [line for line in lines if len(line) > 200]
        if long:
            raise forms.ValidationError(
                _("Este punto pasa de 200 letras; acortalo: «%(line)s…»"), params={"line": long[0][:60]}
            )
        return lines

    def starts_at(self) -> datetime:
        data = self.cleaned_data
        return datetime.combine(data["day"], data["hour"], tzinfo=get_current_timezone())


class MotionForm(forms.Form):
    title = forms.CharField(
        label=_("¿Qué proponés?"),
        help_text=_("Una frase que se pueda responder con SÍ o NO."),
        max_length=200,
    )
    text = forms.CharField(
        label=_("Detalle"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


# Generic for the type checker only: at run time Django's field takes no parameter.
if TYPE_CHECKING:
    MemberChoiceField = forms.ModelChoiceField[Member]
else:
    MemberChoiceField = forms.ModelChoiceField


class PresentMemberField(MemberChoiceField):
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.listed_name} ({obj.number})"


class RecordedMotionForm(MotionForm):
    """The secretary writes down who moved and who seconded, out of those present."""

    mover = PresentMemberField(label=_("Mociona"), queryset=Member.objects.none())
    seconder = PresentMemberField(
        label=_("Apoya"),
        queryset=Member.objects.none(),
        required=False,
        help_text=_("Puede quedar para después."),
    )

    def __init__(self, *args: Any, present: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("¿Qué propone?")
        for name, nobody in (("mover", _("Elegí a una persona presente")), ("seconder", _("Nadie todavía"))):
            field = cast(PresentMemberField, self.fields[name])
            field.queryset = present
            field.empty_label = nobody

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mover") and data.get("mover") == data.get("seconder"):
            self.add_error("seconder", _("Quien mociona no puede apoyar su propia moción."))
        return data
