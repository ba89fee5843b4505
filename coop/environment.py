"""Reads the process environment strictly: a missing or unknown value is an error that says which."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Environment:
    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str) -> str:
        value = self.values.get(name, "").strip()
        if not value:
            raise ImproperlyConfigured(f"{name} is not set")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name, "1" if default else "0").strip()
        if value not in ("0", "1"):
            raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
        return value == "1"

    def hosts(self, name: str) -> list[str]:
        hosts = [host.strip() for host in self.text(name).split(",") if host.strip()]
        if not hosts:
            raise ImproperlyConfigured(f"{name} must name at least one host")
        if "*" in hosts:
            raise ImproperlyConfigured(f"{name} must name the hosts; '*' is not one")
        return hosts

    def secret(self, name: str) -> str:
        """The secret itself in NAME, or the path of a private file in NAME_FILE. At least 32 characters."""
        if self.values.get(f"{name}_FILE"):
            path = Path(self.text(f"{name}_FILE"))
            try:
                value = path.read_text().strip()
            except OSError as error:
                raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from error
            except UnicodeDecodeError as error:
                raise ImproperlyConfigured(f"{name}_FILE is not text") from error
            if path.stat().st_mode & 0o077:
                raise ImproperlyConfigured(f"{name}_FILE can be read by others: chmod 600 it")
        else:
            value = self.text(name)
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} must have at least 32 characters")
        return value

    def site(self, name: str) -> str:
        """The address under which people reach the site, without a path; empty when it is not set."""
        value = self.values.get(name, "").strip().rstrip("/")
        if not value:
            return ""
        try:
            url = urlsplit(value)
            whole = url.port is None or url.port > 0
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is not an address: {error}") from error
        if url.scheme not in ("http", "https") or not url.hostname or not whole:
            raise ImproperlyConfigured(f"{name} must begin with http:// or https:// and name a host")
        if url.path or url.query or url.fragment or url.username or len(value) > 200:
            raise ImproperlyConfigured(f"{name} must be scheme and host only, like https://coop.org")
        return value

    def port(self, name: str, *, default: int) -> int:
        value = self.values.get(name, "").strip() or str(default)
        if not value.isdecimal() or not 1 <= int(value) <= 65535:
            raise ImproperlyConfigured(f"{name} must be a port, 1 to 65535, not {value!r}")
        return int(value)

    def path(self, name: str) -> Path | None:
        """Where a file is, or None when it is not set. Whoever reads it copes with its absence."""
        value = self.values.get(name, "").strip()
        return Path(value) if value else None

    def mail(self, name: str) -> dict[str, str | int | bool]:
        """NAME as smtps://user:password@host:port (TLS from the first byte), smtp:// (STARTTLS) or
        smtp+plain:// (none, for a relay on this very machine), as Django's settings; empty if it is not set.
        """
        value = self.values.get(name, "").strip()
        if not value:
            return {}
        ports = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
        try:
            url = urlsplit(value)
            port = url.port or ports.get(url.scheme, 0)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is not an address: {error}") from error
        if url.scheme not in ports or not url.hostname or url.path or url.query or url.fragment:
            raise ImproperlyConfigured(f"{name} must be smtp(s)://user:password@host:port")
        return {
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": port,
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp",
        }

    def redis(self, name: str) -> str:
        value = self.text(name)
        if not value.startswith(("redis://", "rediss://", "redis+socket://")):
            raise ImproperlyConfigured(f"{name} must begin with redis:// or rediss://")
        return value

    def database(self, name: str) -> dict[str, str | int]:
        """NAME as postgresql://user:password@host:port/database, split as Django wants it."""
        try:
            url = urlsplit(self.text(name))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} is not an address: {error}") from error
        if url.query or url.fragment:
            raise ImproperlyConfigured(f"{name} takes no options after the database (? or #)")
        if url.scheme not in ("postgresql", "postgres"):
            raise ImproperlyConfigured(f"{name} must begin with postgresql://")
        try:
            port = url.port or 5432
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} has no valid port") from error
        database = url.path.removeprefix("/")
        if not database or not url.username:
            raise ImproperlyConfigured(f"{name} must name a user and a database")
        return {
            "NAME": unquote(database),
            "USER": unquote(url.username),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": port,
        }
