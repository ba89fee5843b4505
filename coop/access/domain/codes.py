"""The code of a card: read aloud, typed with gaps, and known to the database by its HMAC only."""

import secrets

from django.utils.crypto import salted_hmac

# What is neither misread nor misheard: no 0 and o, no 1, i and l. Ten of them are about 49 bits.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_hmac(code: str) -> str:
    return salted_hmac("coop.access.card", code, algorithm="sha256").hexdigest()


def typed(text: str) -> str | None:
    """The code that a person meant: capitals, spaces and dashes do not count. None: that is no code."""
    signs = "".join(sign for sign in text.lower() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None


def spoken(code: str) -> str:
    """As it is printed and read aloud: in two halves."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
