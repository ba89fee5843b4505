"""What a phone can do at an address. It follows from the address alone: browsers decide by it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from coop.common.hall import Address


class Can(StrEnum):
    YES = "yes"
    CARE = "care"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Ability:
    """`says` why it is so; empty where there is nothing to add."""

    name: str
    title: str
    can: Can
    says: str = ""


def has_name(address: Address) -> bool:
    """A passkey is bound to a name; a bare address is none (WebAuthn, RP ID)."""
    return bool(address.host) and not address.is_bare


def abilities(address: Address) -> list[Ability]:
    return [_vote(address), _pin(address), _passkey(address), _encrypt(address), _camera()]


def _vote(address: Address) -> Ability:
    title = _("Dar el presente, mocionar y votar")
    if address.is_secure:
        return Ability("vote", title, Can.YES)
    says = _("Anda, pero cualquiera en la misma red puede leerlo y cambiarlo en el camino.")
    return Ability("vote", title, Can.CARE, says)


def _pin(address: Address) -> Ability:
    title = _("Entrar con PIN")
    if address.is_secure:
        return Ability("pin", title, Can.YES)
    says = _("Anda, pero el PIN y la llave del aparato viajan sin protección.")
    return Ability("pin", title, Can.CARE, says)


def _passkey(address: Address) -> Ability:
    title = _("Entrar con la llave del teléfono (huella o cara)")
    if not has_name(address):
        says = _(
            "Los teléfonos solo la guardan para un nombre, y esta es una dirección de números. Usá el PIN."
        )
        return Ability("passkey", title, Can.NO, says)
    if not address.is_secure:
        return Ability("passkey", title, Can.NO, _("Los teléfonos solo la permiten con HTTPS. Usá el PIN."))
    if address.host.endswith(".local"):
        says = _("Con el certificado instalado. Un Android anterior al 13 puede no encontrar el nombre.")
        return Ability("passkey", title, Can.CARE, says)
    return Ability("passkey", title, Can.YES)


def _encrypt(address: Address) -> Ability:
    title = _("Cifrar en el mismo teléfono (lo que pide una votación secreta)")
    if address.is_secure:
        return Ability("encrypt", title, Can.YES)
    return Ability("encrypt", title, Can.NO, _("Los teléfonos solo lo permiten con HTTPS."))


def _camera() -> Ability:
    says = _("Con la cámara del teléfono: lee el QR y abre la dirección. La página no usa la cámara.")
    return Ability("camera", _("Leer el QR"), Can.YES, says)
