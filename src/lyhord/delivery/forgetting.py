"""Forgetting messages that have left, in the two statements that every answered invitation can afford.

``outbox.forget`` does the same for any message; it also cancels what waits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.db import connection

from lyhord.delivery.models import Message, MessageKey

# The partial index on references is used where its own condition stands in the statement, word by word.
ABOUT: Final = "reference = %s AND NOT (reference = '') AND organisation_id = %s"
FORGOTTEN: Final = "reference = '', address_hash = '', sealed_address = NULL, sealed_body = NULL"


@lru_cache(maxsize=1)
def statements() -> tuple[str, str]:
    """What erases key, address, body, hash and reference of messages about a reference, none of which waits any more.

    Both are run in this order, within a transaction, with the reference and the organisation's id.
    """
    keys, messages = (connection.ops.quote_name(model._meta.db_table) for model in (MessageKey, Message))  # noqa: SLF001 - documented by Django
    return (
        f"DELETE FROM {keys} WHERE message_id IN (SELECT id FROM {messages} WHERE {ABOUT})",  # noqa: S608 - names of our own
        f"UPDATE {messages} SET {FORGOTTEN} WHERE {ABOUT}",  # noqa: S608 - names of our own
    )
