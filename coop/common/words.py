"""What people type, kept as they see it."""

import unicodedata

_KEPT = "\n\t"
_BREAKS = dict.fromkeys(map(ord, "\u2028\u2029"), "\n")


def visible(text: str) -> str:
    """`text` without what no eye sees: control signs, marks of direction, empty joiners, private letters.

    A sentence that is put to the vote must be the one that everybody reads.
    """
    return "".join(
        sign for sign in text.translate(_BREAKS) if sign in _KEPT or unicodedata.category(sign)[0] != "C"
    )


def one_line(text: str) -> str:
    """Visible, single spaces, no line breaks."""
    return " ".join(visible(text).split())
