"""A phone that makes and uses passkeys, in Python: what the browser does, and what a forger would."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

PRESENT_AND_VERIFIED = 0x01 | 0x04


@dataclass
class Phone:
    """Holds one key. `flags`, `counter` and `origin` can be set to what a phone would not send."""

    host: str = "testserver"
    origin: str = "https://testserver"
    flags: int = PRESENT_AND_VERIFIED
    counter: int = 0
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"a key of this phone"

    def makes(self, asked: dict[str, Any]) -> dict[str, Any]:
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.credential_id, public)
        data = self._data(flags=self.flags | 0x40, credential=held)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        client = self._client("webauthn.create", asked)
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(attestation),
        }
        return self._answer(asked, response)

    def signs(self, asked: dict[str, Any]) -> dict[str, Any]:
        data = bytes(self._data(flags=self.flags))
        client = self._client("webauthn.get", asked)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        return self._answer(asked, response)

    def _data(self, *, flags: int, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        digest = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(digest, flags, self.counter, credential or b"")

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        client = {"type": kind, "challenge": asked["options"]["challenge"], "origin": self.origin}
        return json.dumps(client).encode()

    def _answer(self, asked: dict[str, Any], response: dict[str, str]) -> dict[str, Any]:
        encoded = websafe_encode(self.credential_id)
        credential = {
            "id": encoded,
            "rawId": encoded,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
        return {"challenge_key": asked["challenge_key"], "credential": credential}
