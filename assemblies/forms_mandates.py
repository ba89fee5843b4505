from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.domain.mandates import LONGEST_REPORT, LONGEST_WHAT
from assemblies.enums import ReportKind
from coop.council.models import Seat
from coop.members.models import Member
from coop.statute.models import Resolution

PEOPLE = ("first", "second", "third")

# Generic for the type checker only: at run time Django's field takes no parameter.
if TYPE_CHECKING:
    MemberField = forms.ModelChoiceField[Member]
    ResolutionField = forms.ModelChoiceField[Resolution]
    SeatField = forms.ModelChoiceField[Seat]
else:
    MemberField = ResolutionField = SeatField = forms.ModelChoiceField


class ListedMemberField(MemberField):
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.listed_name} ({obj.number})"


class TitledResolutionField(ResolutionField):
    def label_from_instance(self, obj: Resolution) -> str:
        return f"{obj} · {obj.title}"


class MandateForm(forms.Form):
    """Up to three people, or a seat. `resolution` is asked only when the page does not say it already."""

    resolution = TitledResolutionField(
        label=_("Resolución de la que sale"), queryset=Resolution.objects.none(), empty_label=_("Elegí una")
    )
    what = forms.CharField(
        label=_("¿Qué hay que hacer?"),
        help_text=_("En una frase que se pueda dar por hecha: «Traer tres presupuestos del torno»."),
        max_length=LONGEST_WHAT,
    )
    due_on = forms.DateField(
        label=_("¿Para cuándo?"),
        help_text=_("Si ese día no está hecho, va solo al orden del día de la próxima asamblea."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        localize=False,
    )
    first = ListedMemberField(label=_("¿Quién?"), queryset=Member.objects.none(), required=False)
    second = ListedMemberField(label=_("Con quién más"), queryset=Member.objects.none(), required=False)
    third = ListedMemberField(label=_("Y quién más"), queryset=Member.objects.none(), required=False)
    seat = SeatField(
        label=_("O un cargo"),
        help_text=_("Lo tiene quien ocupe el cargo, aunque cambie la persona."),
        queryset=Seat.objects.none(),
        required=False,
        empty_label=_("Ninguno: es de personas"),
    )

    def __init__(self, *args: Any, day: date, asks_resolution: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_resolution:
            self._among("resolution", Resolution.objects.defer("words")[:100])
        else:
            del self.fields["resolution"]
        here = list(Member.objects.on_register(day))
        for name in PEOPLE:
            self._among(name, Member.objects.on_register(day))
            # One reading of the register for the three lists.
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", _("Nadie más") if name != "first" else _("Elegí una persona")),
                *((member.pk, f"{member.listed_name} ({member.number})") for member in here),
            ]
        self._among("seat", Seat.objects.all())

    def _among(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(self.people()) is (data.get("seat") is not None):
            self.add_error("first", _("Elegí una o más personas, o un cargo. No las dos cosas."))
        return data

    def people(self) -> list[Member]:
        chosen = [self.cleaned_data.get(name) for name in PEOPLE]
        return [member for member in chosen if member is not None]


class ReportForm(forms.Form):
    kind = forms.ChoiceField(label=_("¿Cómo está?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Contalo"),
        help_text=_("Lo lee cada asociado/a."),
        required=False,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, keeps: bool, handed_back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = {ReportKind.GIVEN_BACK} if handed_back else set()
        hidden |= set() if keeps else {ReportKind.CANCELLED}
        choices = [(kind.value, kind.label) for kind in ReportKind if kind not in hidden]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
