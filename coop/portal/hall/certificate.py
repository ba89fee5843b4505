"""The certificate with which the hall answers, and the authority behind it, read from their public files."""

import hashlib
import plistlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils.translation import gettext as _

# Of our profiles: the same certificate gives the same identifiers, so that installing it again replaces it.
NAMESPACE = uuid.UUID("3f0e1c62-6d0b-5a55-9a4e-6f2b8f4ad2c1")


@dataclass(frozen=True, slots=True)
class Authority:
    """`der` is the certificate's bytes; `fingerprint` its SHA-256 in pairs of figures, as phones show it."""

    der: bytes
    name: str
    not_after: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    @property
    def fingerprint(self) -> list[str]:
        """Four lines of eight pairs."""
        pairs = [self.sha256[at : at + 2].upper() for at in range(0, 64, 2)]
        return [" ".join(pairs[at : at + 8]) for at in range(0, 32, 8)]

    def profile(self, house: str) -> bytes:
        """What an iPhone installs: a configuration profile with this one certificate in it."""
        name = _("Certificado de %(house)s") % {"house": house}
        certificate = {
            "PayloadType": "com.apple.security.root",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"coop.recuperada.{self.sha256[:16]}.authority",
            "PayloadUUID": self._uuid("authority"),
            "PayloadDisplayName": self.name,
            "PayloadContent": self.der,
        }
        return plistlib.dumps(
            {
                "PayloadType": "Configuration",
                "PayloadVersion": 1,
                "PayloadIdentifier": f"coop.recuperada.{self.sha256[:16]}",
                "PayloadUUID": self._uuid("profile"),
                "PayloadDisplayName": name,
                "PayloadDescription": _("Para que este teléfono reconozca la red de la cooperativa."),
                "PayloadOrganization": house,
                "PayloadRemovalDisallowed": False,
                "PayloadContent": [certificate],
            }
        )

    def _uuid(self, what: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.sha256} {what}")).upper()


@dataclass(frozen=True, slots=True)
class Server:
    """What the hall's server shows to whoever connects."""

    not_before: datetime
    not_after: datetime
    speaks_for: frozenset[str]


def authority() -> Authority | None:
    """None outside hall mode, with a certificate that needs no authority of ours, or with no file."""
    found = _read(settings.HALL_AUTHORITY) if settings.HALL else None
    if found is None:
        return None
    names = found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    name = str(names[0].value) if names else "Recuperada"
    return Authority(found.public_bytes(Encoding.DER), name, found.not_valid_after_utc)


def server() -> Server | None:
    """None outside hall mode, and when the file is not there or no certificate."""
    found = _read(settings.HALL_CERTIFICATE) if settings.HALL else None
    if found is None:
        return None
    return Server(found.not_valid_before_utc, found.not_valid_after_utc, _alternatives(found))


def _alternatives(certificate: x509.Certificate) -> frozenset[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(
        str(one.value).lower() for one in found if isinstance(one, x509.DNSName | x509.IPAddress)
    )


def _read(path: Path | None) -> x509.Certificate | None:
    if path is None:
        return None
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
