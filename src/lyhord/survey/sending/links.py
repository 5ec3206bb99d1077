"""Links to the survey: twelve signs that follow from a nonce and a key; only a hash of them is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from lyhord.accounts.scope import scope_of_everything
from lyhord.survey.sending.key_file import kept_secret
from lyhord.survey.sending.models import Invitation

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # 57: without 0 O, 1 I l
LENGTH: Final = 12  # 57**12 is 70 bits
NONCE_BYTES: Final = 16
KEY_FILE: Final = "link.key"
REASON: Final = "a link says by itself which organisation it belongs to"


def new_nonce() -> bytes:
    """128 random bits for one invitation."""
    return secrets.token_bytes(NONCE_BYTES)


def link_for(nonce: bytes) -> str:
    """The link of the invitation with this nonce: always the same, so that reminders carry it too.

    A 256-bit number in base 57: the bias of the last sign is below 2**-180.
    """
    number = int.from_bytes(hmac.digest(_key(settings.LINK_KEY, str(settings.DATA_FOLDER)), nonce, "sha256"))
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def hash_of(link: str) -> str:
    """What is stored of a link. It has 70 random bits, so that a plain hash cannot be reversed by guessing."""
    return hashlib.sha256(link.encode()).hexdigest()


def is_well_formed(link: str) -> bool:
    """Whether this could be a link at all."""
    return len(link) == LENGTH and all(sign in ALPHABET for sign in link)


def find(link: str) -> Invitation | None:
    """The invitation that the link belongs to; None for a finished or unknown one.

    Looked up by hash, so that the time taken tells nothing about how much of a guess was right. What is done with
    the invitation needs the scope of its organisation.
    """
    digest = hash_of(link)
    with scope_of_everything(REASON):
        rows = Invitation.objects.filter(link_hash=digest, nonce__isnull=False)
        return rows.select_related("participation", "participation__round").first()


@lru_cache(maxsize=4)
def _key(given: str, folder: str) -> bytes:
    return (given or kept_secret(Path(folder) / KEY_FILE)).encode()
