"""The address at which phones reach the site, and the picture that leads there."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Address:
    """Scheme, host and port as a phone's browser has them. What it allows follows from nothing else."""

    scheme: str
    host: str
    port: int | None = None

    @classmethod
    def of(cls, url: str) -> "Address":
        parts = urlsplit(url)
        return cls(parts.scheme, parts.hostname or "", parts.port)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" if self.port is None else f"{self.scheme}://{host}:{self.port}"

    @property
    def is_this_machine(self) -> bool:
        """No other machine gets anywhere with it."""
        return (
            self.host == "localhost" or self.host.endswith(".localhost") or self.host in ("127.0.0.1", "::1")
        )

    @property
    def is_bare(self) -> bool:
        """A number instead of a name."""
        try:
            ip_address(self.host)
        except ValueError:
            return False
        return True

    @property
    def is_secure(self) -> bool:
        """Whether browsers treat it as secure: HTTPS, or this very machine."""
        return self.scheme == "https" or self.is_this_machine


def site() -> Address | None:
    """The site's own address; None when it was not told, or when it leads nowhere from a phone."""
    if not settings.SITE_URL:
        return None
    found = Address.of(settings.SITE_URL)
    return None if found.is_this_machine else found


def door() -> Address | None:
    """The plain port of hall mode, where a phone gets the authority's certificate."""
    found = site()
    if not settings.HALL or found is None:
        return None
    return Address("http", found.host, None if settings.HALL_DOOR_PORT == 80 else settings.HALL_DOOR_PORT)


def picture(url: str) -> str:
    """A QR as a data URI: SVG, black on white."""
    code = segno.make(url, error="m", micro=False)
    return str(
        code.svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    )
