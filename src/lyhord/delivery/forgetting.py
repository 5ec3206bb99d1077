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


def forget_sent(reference: str, organisation_id: int) -> None:
    """Erase key, address, body, hash and reference of messages about ``reference``, none of which waits any more."""
    with connection.cursor() as cursor:
        cursor.execute(_keys(), [reference, organisation_id])
        cursor.execute(_messages(), [reference, organisation_id])


@lru_cache(maxsize=1)
def _keys() -> str:
    keys, messages = (connection.ops.quote_name(model._meta.db_table) for model in (MessageKey, Message))  # noqa: SLF001 - documented by Django
    return f"DELETE FROM {keys} WHERE message_id IN (SELECT id FROM {messages} WHERE {ABOUT})"  # noqa: S608 - names of our own


@lru_cache(maxsize=1)
def _messages() -> str:
    table = connection.ops.quote_name(Message._meta.db_table)  # noqa: SLF001 - documented by Django
    return f"UPDATE {table} SET {FORGOTTEN} WHERE {ABOUT}"  # noqa: S608 - names of our own
