"""Values of a statute as people type them: fractions, percentages, pesos. Each field knows both ways."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _t

from coop.common.spreadsheet import BadCell, parse_decimal

Choices = Mapping[str, str | Promise]
_PART = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{1,4})")


def plain(number: Decimal) -> str:
    """ "0.050" as "0.05", never with an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def _decimal(text: str, places: int) -> Decimal:
    try:
        number = parse_decimal(text, places=places)
    except BadCell as bad:
        raise forms.ValidationError(bad.message) from bad
    if number < 0:
        raise forms.ValidationError(_t("No puede ser menor que cero."))
    if number > 10**13:
        raise forms.ValidationError(_t("Es un número demasiado grande. Revisalo."))
    return number


class WholeField(forms.IntegerField):
    """What is too large for a document is said by the document's own rules."""

    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=0, max_value=10**6, localize=False, widget=widget, **options)

    def show(self, value: Any) -> Any:
        return value


class WordsField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, **options})

    def show(self, value: Any) -> Any:
        return value


class YesField(forms.BooleanField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "required": False})

    def show(self, value: Any) -> Any:
        return value


class OneField(forms.ChoiceField):
    def __init__(self, *, words: Choices, **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(choices=[(key, _capital(label)) for key, label in words.items()], **options)

    def show(self, value: Any) -> Any:
        return value


class SomeField(forms.MultipleChoiceField):
    def __init__(self, *, words: Choices, **options: Any) -> None:
        choices = [(key, _capital(label)) for key, label in words.items()]
        super().__init__(
            choices=choices, widget=forms.CheckboxSelectMultiple, **{**options, "required": False}
        )

    def show(self, value: Any) -> Any:
        return list(value or ())


class PartField(forms.CharField):
    """A fraction: "2/3", or a percentage as "10" or "12,5 %"; gives numerator and denominator."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if found := _PART.fullmatch(text):
            numerator, denominator = int(found[1]), int(found[2])
            if not denominator:
                raise forms.ValidationError(_t("Se escribe como 2/3, o como un porcentaje: 10 %."))
            return numerator, denominator
        part = Fraction(_decimal(text.replace("%", "").strip(), 4)) / 100
        return part.numerator, part.denominator

    def show(self, value: Any) -> Any:
        numerator, denominator = value
        return f"{numerator}/{denominator}"


class ShareField(forms.CharField):
    """A percentage ("5", "2,5 %") or an exact fraction ("1/3"); gives a share of one as text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=24, **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").replace("%", "").strip()
        if not text:
            return None
        if found := _PART.fullmatch(text):
            return f"{found[1]}/{found[2]}"
        return plain(_decimal(text, 4) / 100)

    def show(self, value: Any) -> Any:
        if value is None:
            return ""
        if "/" in value:
            return value
        percent = Fraction(value) * 100
        if (percent * 10_000).denominator != 1:
            return value
        return plain(Decimal(percent.numerator) / Decimal(percent.denominator)).replace(".", ",")


class TimesField(forms.CharField):
    """How many times: "3", "1,5"; gives exact text, None when left blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if found := _PART.fullmatch(text):
            return f"{found[1]}/{found[2]}"
        return plain(_decimal(text, 4))

    def show(self, value: Any) -> Any:
        return "" if value is None else value.replace(".", ",")


class PesosField(forms.CharField):
    """ "1.234,50"; gives whole cents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").replace("$", "").replace("\u00a0", " ").replace(" ", "")
        return int(_decimal(text, 2) * 100) if text else None

    def show(self, value: Any) -> Any:
        whole, rest = divmod(value, 100)
        return f"{whole:,}".replace(",", ".") + f",{rest:02d}"


def _capital(label: str | Promise) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
