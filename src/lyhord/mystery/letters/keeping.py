"""Keeping the bytes of a mail that came: sealed, once, before anything of it is read."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from lyhord.accounts.models import Organisation
from lyhord.delivery import sealing
from lyhord.delivery.contents import house_keys
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.models import Mailbox, Reply, ReplyKey
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.reading import read_letter

GONE: Final = "Mejlet är gallrat: det som stod i det finns inte kvar."


def keep(mailbox: Mailbox, organisation: Organisation, uid: int, raw: bytes, received_at: datetime) -> Reply | None:
    """Keep a mail as number ``uid`` of the mailbox's present validity; None where it is kept already.

    The same bytes are the same mail whatever number they have: a mailbox whose numbers begin anew changes no receipt.
    ``received_at`` is the server's time of receipt; MysteryError where it has no zone.
    """
    if received_at.tzinfo is None:
        raise MysteryError(f"Mejl {uid} i {mailbox} har en mottagningstid utan tidszon; tiden går inte att lita på.")
    validity = mailbox.validity or 0
    digest = hashlib.sha256(raw).hexdigest()
    known = Reply.objects.filter(mailbox=mailbox)
    if known.filter(digest=digest).exists() or known.filter(validity=validity, uid=uid).exists():
        return None
    key, place = sealing.new_key(), _place(organisation.pk, digest)
    reply = Reply(
        organisation=organisation,
        mailbox=mailbox,
        validity=validity,
        uid=uid,
        digest=digest,
        received_at=received_at,
        sealed=sealing.seal(raw, key, place),
    )
    try:
        with transaction.atomic():
            reply.save()
            ReplyKey.objects.create(reply=reply, wrapped=house_keys().wrap(key, place))
    except IntegrityError:  # another worker was first
        return None
    return reply


def raw_of(reply: Reply) -> bytes:
    """The mail's bytes as they came. MysteryError where they have been removed; SealError where a key is missing."""
    key = ReplyKey.objects.filter(pk=reply.pk).values_list("wrapped", flat=True).first()
    if reply.sealed is None or key is None:
        raise MysteryError(GONE)
    place = _place(reply.organisation_id, reply.digest)
    return sealing.opened(bytes(reply.sealed), house_keys().unwrap(bytes(key), place), place)


def letter_in(reply: Reply) -> Letter:
    """The mail, read. MysteryError and SealError as for ``raw_of``."""
    return read_letter(raw_of(reply))


def _place(organisation_id: int, digest: str) -> str:
    return f"{organisation_id}|reply|{digest}"
