from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assemblies.forms import PresentMemberField
from assemblies.models import AgendaItem
from coop.members.models import Member


class PutForm(forms.Form):
    """Under which item it is moved; whoever writes motions down also says who moves and who seconds."""

    item = forms.ModelChoiceField(
        label=_("Punto del orden del día"),
        queryset=AgendaItem.objects.none(),
        empty_label=_("Elegí el punto"),
    )
    mover = PresentMemberField(label=_("Mociona"), queryset=Member.objects.none(), required=False)
    seconder = PresentMemberField(
        label=_("Apoya"),
        queryset=Member.objects.none(),
        required=False,
        help_text=_("Puede quedar para después."),
    )

    def __init__(self, *args: Any, items: Any, present: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)
        item.queryset = items
        if present is None:
            del self.fields["mover"], self.fields["seconder"]
            return
        for name, nobody in (("mover", _("Elegí a una persona presente")), ("seconder", _("Nadie todavía"))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset, field.empty_label = present, nobody
        self.fields["mover"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mover") and data.get("mover") == data.get("seconder"):
            self.add_error("seconder", _t("Quien mociona no puede apoyar su propia moción."))
        return data
