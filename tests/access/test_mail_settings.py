"""EMAIL_URL is read strictly: what is not understood is an error that says so, and nothing is a default."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from coop.environment import Environment


def read(value: str) -> dict[str, object]:
    return dict(Environment({"EMAIL_URL": value}).mail("EMAIL_URL"))


def test_without_it_nothing_is_set() -> None:
    assert read("") == read("  ") == {}


@pytest.mark.parametrize(
    ("value", "port", "ssl", "tls"),
    [
        ("smtps://ana:s%40l@mail.coop", 465, True, False),
        ("smtp://ana:s%40l@mail.coop", 587, False, True),
        ("smtp+plain://ana:s%40l@mail.coop:2525", 2525, False, False),
    ],
)
def test_the_scheme_says_how_it_is_sent(value: str, port: int, ssl: bool, tls: bool) -> None:
    assert read(value) == {
        "EMAIL_HOST": "mail.coop",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "ana",
        "EMAIL_HOST_PASSWORD": "s@l",
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": tls,
    }


@pytest.mark.parametrize(
    "value", ["mail.coop", "http://mail.coop", "smtp://", "smtp://x:y", "smtp://x/?tls=1", "smtp://[x"]
)
def test_anything_else_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        read(value)
