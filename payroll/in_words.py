"""An amount in words, as a receipt says it: "un millón doscientos mil pesos con 50/100"."""

from django.utils.translation import get_language


def _table(words: str) -> list[str]:
    return words.split()


_ES = _table(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve"
)
_ES_TENS = _table("_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _table(
    "_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_EN = _table(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _table("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
_MILLION = 10**6


def in_words(cents: int) -> str:
    """Not negative. In the reader's language; cents as a fraction, as on cheques."""
    whole, rest = divmod(cents, 100)
    if (get_language() or "es").startswith("en"):
        text, unit, with_ = english(whole), "peso" if whole == 1 else "pesos", "and"
    else:
        text, unit, with_ = spanish(whole), "peso" if whole == 1 else "pesos", "con"
        if whole and whole % _MILLION == 0:
            unit = f"de {unit}"
    return f"{text} {unit}" + (f" {with_} {rest:02d}/100" if rest else "")


def spanish(number: int) -> str:
    """Before a masculine noun: "veintiún", "treinta y un". Long scale: 10^9 is "mil millones"."""
    if number == 0:
        return "cero"
    billions, below = divmod(number, _MILLION**2)
    millions, units = divmod(below, _MILLION)
    parts = [
        _counted(billions, "un billón", "billones"),
        _counted(millions, "un millón", "millones"),
        _thousands(units),
    ]
    return " ".join(filter(None, parts))


def _counted(number: int, one: str, many: str) -> str:
    if number == 0:
        return ""
    return one if number == 1 else f"{_thousands(number)} {many}"


def _thousands(number: int) -> str:
    """Below a million."""
    thousands, units = divmod(number, 1000)
    head = "" if thousands == 0 else "mil" if thousands == 1 else f"{_hundreds(thousands)} mil"
    return " ".join(filter(None, (head, _hundreds(units))))


def _hundreds(number: int) -> str:
    """Below a thousand, shortened before a noun; "" for none."""
    hundreds, rest = divmod(number, 100)
    if number == 100:
        return "cien"
    return " ".join(filter(None, (_ES_HUNDREDS[hundreds] if hundreds else "", _tens(rest))))


def _tens(number: int) -> str:
    if number == 0:
        return ""
    if number < 30:
        return {1: "un", 21: "veintiún"}.get(number, _ES[number])
    tens, units = divmod(number, 10)
    return _ES_TENS[tens] + (f" y {_tens(units)}" if units else "")


def english(number: int) -> str:
    """Short scale: 10^9 is a billion."""
    if number == 0:
        return "zero"
    parts = []
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{english(count)} {name}")
    if number:
        parts.append(_english_hundreds(number))
    return " ".join(parts)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    small = _EN[rest] if 0 < rest < 20 else ""
    below = small or (_EN_TENS[tens] + (f"-{_EN[units]}" if units else "") if rest else "")
    return " and ".join(filter(None, (f"{_EN[hundreds]} hundred" if hundreds else "", below)))
