"""The environment is read strictly: whatever is missing or not understood is named."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coop import settings
from coop.environment import Environment

SECRET = "k" * 32


def names(variable: str, read, match: str | None = None) -> None:
    with pytest.raises(ImproperlyConfigured, match=match) as refused:
        read()
    assert str(refused.value).startswith(variable)


@pytest.mark.parametrize("values", [{}, {"NAME": ""}, {"NAME": "  "}])
@pytest.mark.parametrize("reader", ["text", "hosts", "secret", "redis", "database"])
def test_what_is_missing_is_named(values, reader):
    names("NAME", lambda: getattr(Environment(values), reader)("NAME"), "is not set")


def test_without_values_the_process_environment_is_read(monkeypatch):
    monkeypatch.setenv("NAME", " here ")
    assert Environment().text("NAME") == "here"


@pytest.mark.parametrize(("value", "flag"), [("1", True), ("0", False), (" 1 ", True)])
def test_a_flag_is_one_or_zero(value, flag):
    assert Environment({"NAME": value}).flag("NAME", default=not flag) is flag


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_has_its_default(default):
    assert Environment({}).flag("NAME", default=default) is default


@pytest.mark.parametrize("value", ["", "true", "yes", "on", "2", "01", "no"])
def test_a_flag_that_is_neither_is_an_error_and_not_a_guess(value):
    names("NAME", lambda: Environment({"NAME": value}).flag("NAME", default=False), "must be 0 or 1")


def test_hosts_are_parted_by_commas():
    assert Environment({"NAME": "coop.org, .coop.org ,localhost,"}).hosts("NAME") == [
        "coop.org",
        ".coop.org",
        "localhost",
    ]


@pytest.mark.parametrize("value", ["*", "coop.org,*", " * "])
def test_any_host_is_no_host(value):
    names("NAME", lambda: Environment({"NAME": value}).hosts("NAME"), "must name the hosts")


@pytest.mark.parametrize("value", [",", " , ,"])
def test_a_list_of_nothing_is_an_error(value):
    names("NAME", lambda: Environment({"NAME": value}).hosts("NAME"), "at least one host")


def test_a_secret_has_thirty_two_characters_at_least():
    assert Environment({"NAME": SECRET}).secret("NAME") == SECRET
    names("NAME", lambda: Environment({"NAME": SECRET[1:]}).secret("NAME"), "at least 32")
    names("NAME", lambda: Environment({"NAME": SECRET[1:] + " "}).secret("NAME"), "at least 32")


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(SECRET + "\n")
    path.chmod(0o600)
    return path


def from_file(path) -> str:
    return Environment({"NAME_FILE": str(path), "NAME": "not this one"}).secret("NAME")


def test_a_secret_may_be_in_a_private_file(key_file):
    assert from_file(key_file) == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o601, 0o777])
def test_a_secret_that_others_can_read_is_none(key_file, mode):
    key_file.chmod(mode)
    names("NAME_FILE", lambda: from_file(key_file), "chmod 600")


def test_a_file_that_is_not_there_or_no_text_or_too_short_is_named(key_file, tmp_path):
    names("NAME_FILE", lambda: from_file(tmp_path / "none"), "cannot be read")
    names("NAME_FILE", lambda: from_file(tmp_path), "cannot be read")
    key_file.write_bytes(b"\xff\xfe" * 40)
    names("NAME_FILE", lambda: from_file(key_file), "is not text")
    key_file.write_text("short")
    names("NAME", lambda: from_file(key_file), "at least 32")


@pytest.mark.parametrize("url", ["https://coop.org", "http://localhost:8000", "https://coop.org/", "", " "])
def test_a_sites_address_is_scheme_and_host_and_may_be_missing(url):
    assert Environment({"NAME": url}).site("NAME") == url.strip().rstrip("/")
    assert Environment({}).site("NAME") == ""


@pytest.mark.parametrize(
    "url",
    [
        "coop.org",
        "ftp://coop.org",
        "https://",
        "https://coop.org/a",
        "https://u@coop.org",
        "https://coop.org?x",
        "https://coop.org:port",
        "https://coop.org:99999",
        "https://" + "a" * 200,
    ],
)
def test_another_sites_address_is_an_error(url):
    names("NAME", lambda: Environment({"NAME": url}).site("NAME"))


def test_an_error_never_shows_the_secret():
    with pytest.raises(ImproperlyConfigured) as refused:
        Environment({"NAME": "hunter2"}).secret("NAME")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://coop_app:pa%2Fss%40@db:5433/re%20cuperada",
            ("re cuperada", "coop_app", "pa/ss@", "db", 5433),
        ),
        ("postgres://coop_app@[::1]/coop", ("coop", "coop_app", "", "::1", 5432)),
        ("postgresql://coop_app:x@/coop", ("coop", "coop_app", "x", "", 5432)),
    ],
)
def test_a_database_is_named_by_its_address(url, expected):
    found = Environment({"NAME": url}).database("NAME")
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:p@host/coop",
        "sqlite:///coop",
        "coop",
        "postgresql://host/coop",
        "postgresql://u:p@host",
        "postgresql://u:p@host/",
        "postgresql://u:p@host:port/coop",
        "postgresql://u:p@host:99999/coop",
        "postgresql://u:p@[::1/coop",
        "postgresql://u:p@host/coop?sslmode=require",
        "postgresql://u:p@host/coop#x",
        "postgresql://u:p#x@host/coop",
    ],
)
def test_an_address_that_is_not_understood_whole_is_an_error(url):
    names("NAME", lambda: Environment({"NAME": url}).database("NAME"))


@pytest.mark.parametrize(
    "url", ["redis://:x@127.0.0.1:6379/0", "rediss://host/0", "redis+socket:///run/redis"]
)
def test_a_broker_is_named_by_its_address(url):
    assert Environment({"NAME": url}).redis("NAME") == url


@pytest.mark.parametrize("url", ["host:6379", "http://host", "amqp://host", "redis", "//host"])
def test_another_broker_is_an_error(url):
    names("NAME", lambda: Environment({"NAME": url}).redis("NAME"), "must begin with redis")


def test_nothing_insecure_is_the_default():
    assert (settings.DEBUG, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (
        False,
        True,
        "Lax",
    )
    assert Environment({}).flag("DEBUG", default=False) is False
    assert "*" not in settings.ALLOWED_HOSTS
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert settings.DATABASES["default"]["OPTIONS"]["server_side_binding"] is True


def test_with_https_every_cookie_and_page_asks_for_it(monkeypatch):
    """The settings file itself, read again under another environment."""
    monkeypatch.setenv("HTTPS", "1")
    read = runpy.run_path(settings.__file__)
    assert [
        read[name] for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    ] == [True] * 3
    assert read["SECURE_HSTS_SECONDS"] >= 30 * 24 * 3600


@pytest.mark.parametrize("name", ["ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_the_settings_do_not_load_without(monkeypatch, name):
    monkeypatch.delenv(name)
    names(name, lambda: runpy.run_path(settings.__file__), "is not set")


def test_the_settings_do_not_load_without_a_key(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    names("SECRET_KEY", lambda: runpy.run_path(settings.__file__), "is not set")


@pytest.mark.parametrize("value", ["0", "65536", "port", "-1", "80.0"])
def test_a_port_is_a_number_that_is_one(value):
    names("NAME", lambda: Environment({"NAME": value}).port("NAME", default=1), "1 to 65535")
    assert Environment({"NAME": " 8443 "}).port("NAME", default=1) == 8443
    assert Environment({}).port("NAME", default=8443) == 8443


def test_a_path_may_be_missing():
    assert Environment({"NAME": " /a/b.pem "}).path("NAME") == Path("/a/b.pem")
    assert Environment({"NAME": " "}).path("NAME") is None


@pytest.mark.parametrize("wrong", [{"BEHIND_PROXY": "1"}, {"HTTPS": "0"}])
def test_hall_mode_has_no_proxy_before_it_and_speaks_https(monkeypatch, wrong):
    """At the plain door anybody could say that they came by HTTPS."""
    for name, value in {"HALL": "1", "HTTPS": "1", "BEHIND_PROXY": "0", **wrong}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="HALL=1 needs"):
        runpy.run_path(settings.__file__)


def test_in_hall_mode_no_phone_is_told_to_remember_https(monkeypatch):
    for name, value in {"HALL": "1", "HTTPS": "1", "BEHIND_PROXY": "0"}.items():
        monkeypatch.setenv(name, value)
    found = runpy.run_path(settings.__file__)
    assert (found["SECURE_HSTS_SECONDS"], found["SECURE_SSL_REDIRECT"]) == (0, False)
    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"]) == (True, True)
