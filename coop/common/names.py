"""Names as Spanish readers sort and search them, in byte order: the database has no Spanish collation."""

import re
import unicodedata
from functools import lru_cache

FAMILY_SEPARATOR = "  "
_ENYE = "n~"  # "~" sorts after every letter: "nz" < "n~" < "o"
_LONGEST_KEPT = 32
_ASCII_SIGNS = re.compile(r"[^a-z0-9 ]")
_LETTERS_WITHOUT_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def sort_key(name: str) -> str:
    """The key under which `name` ("Apellido Apellido2, Nombre") sorts by its bytes.

    Case and accents are folded, ñ comes after n, apostrophes and other signs are dropped, whitespace is
    collapsed. Two spaces part family from given names: a family name alone comes before a compound one.

    >>> sort_key("D'Angelo Muñoz,  Ángela")
    'dangelo mun~oz  angela'
    """
    family, _, given = name.partition(",")
    return FAMILY_SEPARATOR.join(filter(None, (_letters(family), _letters(given))))


def fold(text: str) -> str:
    """`text` for a search that ignores case, accents (ñ is n), signs and double spaces.

    >>> fold("D'Angelo Muñoz,  Ángela")
    'dangelo munoz angela'
    """
    return " ".join(sort_key(text).replace(_ENYE, "n").split())


def _letters(text: str) -> str:
    """Folded letters and digits of `text`, single spaces between words, ñ as "n~"."""
    words = (_kept(word) if len(word) <= _LONGEST_KEPT else _word(word) for word in text.split())
    return " ".join(" ".join(words).split())


def _word(word: str) -> str:
    """One word folded; out of a sign that stands for several words come several."""
    if word.isascii():
        return _plain(word)
    return _ENYE.join(_plain(part) for part in unicodedata.normalize("NFC", word).casefold().split("ñ"))


_kept = lru_cache(maxsize=4096)(_word)  # a register says the same names over and over


def _plain(text: str) -> str:
    """`text` without accents and without anything that is neither a letter, a digit nor a space."""
    if text.isascii():
        return _ASCII_SIGNS.sub("", text.lower())
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS_WITHOUT_PARTS)
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if sign.isalnum() or sign == " ")
