"""The hall's own authority and what it signs. It needs a library, so it runs with `.venv`'s python.

An authority installed on everybody's phone could pretend to be their bank. This one cannot: its certificate
names what it may sign for (private addresses, `.local`), and browsers hold it to that (Chrome from 112,
Firefox, Safari). Its key stays in a private file of the machine that serves.
"""

import datetime
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# What a network inside a building uses (RFC 1918), what a machine gives itself without one, and itself.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
# Phones refuse a server's certificate that holds for more than 398 days.
SERVER_DAYS, AUTHORITY_DAYS = 397, 3650
# A phone whose clock is a few hours behind must not find it "not valid yet".
BEFORE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: PrivateKeyTypes

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        """PKCS#8, without a password: what granian reads."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def matches(self) -> bool:
        return self.certificate.public_key() == self.key.public_key()


def make_authority(hostname: str, addresses: Sequence[str], now: datetime.datetime) -> Pair:
    """May sign for private addresses, for `addresses` whatever they are, for `.local` and `localhost`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = common_name(f"Recuperada, {hostname}, {now:%d/%m/%Y}")
    permitted: list[x509.GeneralName] = [x509.DNSName("local"), x509.DNSName("localhost")]
    permitted += [x509.IPAddress(network) for network in networks(addresses)]
    certificate = (
        building(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Pair(certificate, key)


def networks(addresses: Sequence[str]) -> list[ipaddress.IPv4Network]:
    """The private ones, and each of `addresses` that is in none of them as a network of one."""
    known = [ipaddress.IPv4Network(each) for each in PRIVATE]
    asked = [ipaddress.IPv4Address(each) for each in addresses]
    return known + [
        ipaddress.IPv4Network(each) for each in asked if not any(each in network for network in known)
    ]


def issue(authority: Pair, names: Sequence[str], addresses: Sequence[str], now: datetime.datetime) -> Pair:
    """A server's certificate for those names and addresses, with a new key."""
    if not isinstance(authority.key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is one that make_authority made")
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives: list[x509.GeneralName] = [x509.DNSName(each) for each in names]
    alternatives += [x509.IPAddress(ipaddress.IPv4Address(each)) for each in addresses]
    signer = authority.certificate.public_key()
    if not isinstance(signer, ec.EllipticCurvePublicKey):
        raise TypeError("the authority's certificate is one that make_authority made")
    certificate = (
        building(common_name("Recuperada"), authority.certificate.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    return Pair(certificate, key)


def building(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
    days: int,
) -> x509.CertificateBuilder:
    begins = now - BEFORE
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=days))
    )


def common_name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def permits(authority: x509.Certificate, addresses: Sequence[str]) -> bool:
    """Whether each of `addresses` is among what it may sign for."""
    try:
        limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return False
    allowed = [one.value for one in limits.permitted_subtrees or () if isinstance(one, x509.IPAddress)]
    inside = [network for network in allowed if isinstance(network, ipaddress.IPv4Network)]
    return all(any(ipaddress.IPv4Address(each) in network for network in inside) for each in addresses)


def signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def speaks_for(certificate: x509.Certificate) -> set[str]:
    """The names and addresses in a server's certificate, as text."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    return {str(one.value).lower() for one in found if isinstance(one, x509.DNSName | x509.IPAddress)}
