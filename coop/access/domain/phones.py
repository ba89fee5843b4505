"""The long random key in a device's cookie, and the PIN that is worth something only together with it."""

import hashlib
import secrets

from django.contrib.auth.hashers import check_password, make_password

KEY_BYTES = 32


def new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def phone_hash(phone_key: str) -> str:
    """What the database knows the key by. It is random: a plain SHA-256 cannot be guessed backwards."""
    return hashlib.sha256(phone_key.encode()).hexdigest()


def seal_pin(pin: str, phone_key: str) -> str:
    """Argon2 of PIN and key together: of the million PINs none can be tried without the cookie."""
    return make_password(f"{pin}.{phone_key}")


def opens(pin: str, phone_key: str, sealed: str) -> bool:
    return check_password(f"{pin}.{phone_key}", sealed)
