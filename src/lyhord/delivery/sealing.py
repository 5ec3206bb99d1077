"""Sealing what must be forgettable: AES-256-GCM under a key of its own, which is kept wrapped under the house's key.

Deleting the wrapped key makes the sealed text unreadable for good, also in copies of the database that do not hold the
key. A sealed value opens only in the place it was sealed for (organisation, record, field): moved elsewhere it fails.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lyhord.delivery.errors import SealError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
KEY_FILE: Final = "delivery.key"
OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The house's keys by id. New keys are wrapped under ``current``; older ones still open what they wrapped."""

    current: str
    keys: Mapping[str, bytes]
    pepper: bytes

    def wrap(self, key: bytes, place: str) -> bytes:
        """A data key, readable only with this ring and in this place."""
        return self.current.encode() + b":" + seal(key, self.keys[self.current], place)

    def unwrap(self, wrapped: bytes, place: str) -> bytes:
        """The data key; SealError where the ring lacks its house key or the place is another."""
        name, _, sealed = wrapped.partition(b":")
        house_key = self.keys.get(name.decode(errors="replace"))
        if house_key is None:
            raise SealError(
                f"The key {name!r} that wrapped {place} is not among LYHORD_DELIVERY_KEYS; put it back as a second key."
            )
        return opened(sealed, house_key, place)

    def digest(self, *parts: str) -> str:
        """A keyed hash for looking something up without keeping it; 64 hexadecimal signs."""
        return hmac.new(self.pepper, "|".join(parts).encode(), hashlib.sha256).hexdigest()


def new_key() -> bytes:
    """A fresh data key."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(plain: bytes, key: bytes, place: str) -> bytes:
    """``plain`` sealed for ``place``: nonce, then text and tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def opened(sealed: bytes, key: bytes, place: str) -> bytes:
    """What was sealed; SealError where the key or the place is not the one it was sealed with."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except InvalidTag:
        raise SealError(f"{place} cannot be opened: it was sealed with another key or for another place.") from None


def key_ring(text: str) -> KeyRing:
    """A ring from ``id:base64,id:base64``, the first being current; SealError says what a key looks like.

    The pepper of hashes is derived from the last key, the oldest: hashes outlive the change of keys as long as the
    oldest one stays last.
    """
    keys = dict(_entry(word) for word in text.split(",") if word.strip())
    if not keys:
        raise SealError("LYHORD_DELIVERY_KEYS is empty; it holds id:base64 of 32 random bytes.")
    oldest = list(keys.values())[-1]
    return KeyRing(next(iter(keys)), keys, hmac.new(oldest, b"pepper", hashlib.sha256).digest())


def kept_key(folder: Path) -> str:
    """The text of a ring of one key in ``folder``, made at the first asking and readable by its owner only."""
    file = folder / KEY_FILE
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{KEY_FILE}.{secrets.token_hex(4)}"
    draft.touch(mode=OWNER_ONLY)
    draft.write_text(f"k1:{base64.b64encode(new_key()).decode()}\n", encoding="ascii")
    with contextlib.suppress(FileExistsError):  # another process was first: a key file is whole or absent
        file.hardlink_to(draft)
    draft.unlink()
    return file.read_text(encoding="ascii").strip()


def _entry(word: str) -> tuple[str, bytes]:
    name, _, encoded = word.strip().partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if not name.isalnum() or len(key) != KEY_BYTES:
        raise SealError(
            "LYHORD_DELIVERY_KEYS holds id:base64 of 32 random bytes, several with commas between; make one with: "
            "python -c 'import base64, os; print(\"k1:\" + base64.b64encode(os.urandom(32)).decode())'"
        )
    return name, key
