"""Fields of the register's forms: days, resolutions, telephones, and what its spreadsheet parses too."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import BadCell
from coop.members.phones import HOME, normalised
from coop.statute.models import Resolution

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """The browser's own calendar; without one, dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]
        super().__init__(widget=widget, input_formats=formats, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not _FIRST <= day <= _LAST:
            raise forms.ValidationError(_now("Esa fecha no puede ser. Revisá el año."))
        return day


class ResolutionField(forms.CharField):
    """ "4/2026" is the fourth resolution of that year."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Su número y año en el libro de resoluciones: 4/2026."))
        attrs = {"placeholder": "4/2026", "list": "resoluciones", "autocomplete": "off", "size": "10"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(" ", "")
        if not text:
            return None
        number, _slash, year = text.partition("/")
        if number.isascii() and year.isascii() and number.isdigit() and year.isdigit() and len(number) < 7:
            found = Resolution.objects.filter(number=int(number), year=int(year[:4])).first()
            if found is not None:
                return found
        raise forms.ValidationError(
            _now("No hay ninguna resolución «%(text)s». Escribila como 4/2026.") % {"text": text}
        )


class ParsedField(forms.CharField):
    """A text that a parser of the register's spreadsheet reads: the same rules on paper and on screen."""

    def __init__(self, parse: Any, **options: Any) -> None:
        self.parse = parse
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.parse(text) if text else ""
        except BadCell as bad:
            raise forms.ValidationError(bad.message) from None


class PhoneField(forms.CharField):
    def __init__(self, region: str = HOME, **options: Any) -> None:
        self.region = region
        attrs = {"type": "tel", "autocomplete": "tel", "placeholder": "0299 15-637-5345"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        if number := normalised(text, self.region):
            return number
        raise forms.ValidationError(
            _now("Ese teléfono no existe. Escribilo con la característica: 0299 15-637-5345.")
        )


class TextField(forms.CharField):
    def __init__(self, rows: int = 5, **options: Any) -> None:
        super().__init__(max_length=6000, widget=forms.Textarea(attrs={"rows": str(rows)}), **options)
