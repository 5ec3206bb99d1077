"""DKIM signatures (RFC 6376, relaxed/relaxed) that also cover the one-click unsubscribe headers, as RFC 8058 asks."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from lyhord.delivery.errors import DeliveryError

# Signed where they are present; From twice, so that nobody can add another one (RFC 6376, 8.15).
SIGNED: Final = (
    "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type",
    "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip
SHORTEST_RSA: Final = 1024
_SPACE: Final = re.compile(rb"[ \t]+")
_FOLD: Final = re.compile(r"\s+")
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for one domain and selector."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey

    def header(self, headers: list[Header], body: bytes) -> Header:
        """The DKIM-Signature of a message with these headers, in order, and this body with CRLF line ends."""
        present = {name.lower(): value for name, value in headers}
        names = [name for name in SIGNED if name in present]
        algorithm = "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"
        unsigned = (
            f"v=1; a={algorithm}; c=relaxed/relaxed; d={self.domain}; s={self.selector};\r\n"
            f" h={':'.join([*names, 'from'])};\r\n bh={_hash(relaxed_body(body))};\r\n b="
        )
        lines = [f"{name}:{_relaxed(present[name])}\r\n" for name in names]
        signature = self._sign(("".join(lines) + f"dkim-signature:{_relaxed(unsigned)}").encode())
        folded = "\r\n ".join(signature[start : start + 72] for start in range(0, len(signature), 72))
        return "DKIM-Signature", unsigned + folded

    def _sign(self, data: bytes) -> str:
        if isinstance(self.key, RSAPrivateKey):
            return base64.b64encode(self.key.sign(data, PKCS1v15(), hashes.SHA256())).decode()
        return base64.b64encode(self.key.sign(hashlib.sha256(data).digest())).decode()  # RFC 8463


@lru_cache(maxsize=512)
def signer(domain: str, selector: str, pem: str) -> Signer:
    """A signer from a private key in PEM; DeliveryError where it is neither RSA of 1 024 bits or more nor Ed25519."""
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError):
        key = None
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, RSAPrivateKey) and key.key_size >= SHORTEST_RSA):
        return Signer(domain, selector, key)
    raise DeliveryError(
        f"The DKIM key of {domain} is no unencrypted RSA or Ed25519 key in PEM; make one: openssl genrsa 2048"
    )


def relaxed_body(body: bytes) -> bytes:
    """The body as it is hashed: runs of space as one, none at a line's end, no empty lines at the end."""
    lines = [_SPACE.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def _relaxed(value: str) -> str:
    return _FOLD.sub(" ", value).strip()


def _hash(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
