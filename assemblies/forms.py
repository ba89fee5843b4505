from collections.abc import Mapping
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


LONGEST_REMARK = 20_000


class RemarksForm(forms.Form):
    """A box for each place of the minutes, and beside it, unseen, the version that was read there."""

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for key, label in places.items():
            self.fields[f"text-{key}"] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_REMARK,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            self.fields[f"seen-{key}"] = forms.IntegerField(
                min_value=0, max_value=32767, required=False, widget=forms.HiddenInput
            )

    def written(self) -> list[tuple[str, str, int]]:
        """`(key, text, version seen)` of every place that was sent."""
        data = self.cleaned_data
        return [
            (key, data[f"text-{key}"], data[f"seen-{key}"] or 0)
            for key in self.places
            if f"text-{key}" in self.data
        ]


class SignersForm(forms.Form):
    """One choice for each person whom the assembly named to sign."""

    def __init__(self, *args: Any, asked: int, free: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"signer-{position}" for position in range(1, asked + 1)]
        for position, name in enumerate(self.names, 1):
            self.fields[name] = PresentMemberField(
                label=_("Firmante %(position)d") % {"position": position},
                queryset=free,
                empty_label=_("Elegí a una persona que haya estado"),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for index, name in enumerate(self.names):
            if data.get(name) and data[name] in [data.get(other) for other in self.names[:index]]:
                self.add_error(name, _("Firman personas distintas: esta ya está elegida."))
        return data

    def signers(self) -> list[Member]:
        return [self.cleaned_data[name] for name in self.names]


class BookForm(forms.Form):
    """Where the minutes go in the paper book; the last number counts for the first minutes only."""

    anterior = forms.IntegerField(
        label=_("Última acta en papel"),
        help_text=_("El N.º de la última acta del libro. Esta lleva el siguiente; 0 si es la primera."),
        min_value=0,
        max_value=999_999,
        required=False,
    )
    folio = forms.CharField(label=_("Folio"), help_text=_("Si ya lo sabés."), max_length=40, required=False)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not first:
            del self.fields["anterior"]

    def last_on_paper(self) -> int:
        return int(self.cleaned_data.get("anterior") or 0)

    def folio_typed(self) -> str:
        return str(self.cleaned_data.get("folio") or "")
