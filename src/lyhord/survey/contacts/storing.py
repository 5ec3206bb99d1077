"""Writing sifted contacts, sealed, at the speed that a million rows need."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, models

from lyhord.delivery.contents import house_keys
from lyhord.delivery.sealing import KEY_BYTES, NONCE_BYTES, KeyRing, opened
from lyhord.survey.contacts.models import Contact, ContactKey, LeftOut, Upload
from lyhord.survey.contacts.naming import Candidate, Fault

CONTACT: Final = (
    "organisation", "participation", "upload", "person", "also", "row_key", "language", "contacted", "state",
    "sealed_address",
)  # fmt: skip


CHANCE: Final = KEY_BYTES + 2 * NONCE_BYTES
MOST_AT_ONCE: Final = 512  # rows of one statement; with ten fields far below what SQLite takes
Envelope = tuple[bytes, bytes]  # a sealed address, and its key, wrapped


def seal(candidates: Sequence[Candidate], organisation: int, ring: KeyRing) -> list[Envelope]:
    """The candidates' addresses, each sealed under a key of its own; touches no database.

    As ``sealing.seal`` and ``KeyRing.wrap`` would make them one by one.
    """
    house, name = AESGCM(ring.keys[ring.current]), ring.current.encode() + b":"
    chance = os.urandom(CHANCE * len(candidates))
    envelopes = []
    for one, start in zip(candidates, range(0, len(chance), CHANCE), strict=True):
        middle, late, end = start + KEY_BYTES, start + KEY_BYTES + NONCE_BYTES, start + CHANCE
        key, first, second = chance[start:middle], chance[middle:late], chance[late:end]
        place = f"{organisation}|{one.person}|contact".encode()
        sealed = first + AESGCM(key).encrypt(first, one.address.encode(), place)
        envelopes.append((sealed, name + second + house.encrypt(second, key, place + b"|key")))
    return envelopes


def store(upload: Upload, people: Iterable[tuple[Candidate, Envelope]], left_out: Iterable[Fault]) -> None:
    """Write a batch of the upload, in the transaction at hand. ScopeError outside the upload's scope.

    In the order of the hashes: neighbours in an index are written together, and nothing tells the order of the list.
    IntegrityError where another list took one of the people meanwhile; sift the batch again then.
    """
    upload.require_scope()
    organisation, waiting = upload.organisation_id, Contact.State.WAITING.value
    moment = lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)
    contacts, keys = [], []
    for one, (sealed, wrapped) in sorted(people, key=lambda each: each[0].person):
        contacts.append(
            (
                organisation, one.participation, upload.pk, one.person, one.also, one.row_key, one.language,
                moment(one.contacted), waiting, sealed,
            )
        )  # fmt: skip
        keys.append((organisation, one.person, wrapped))
    insert(Contact, CONTACT, contacts)
    insert(ContactKey, ("organisation", "person", "wrapped"), keys)
    insert(LeftOut, ("upload", "row", "reason"), [(upload.pk, row, reason.value) for row, reason, _ in left_out])


def make_room() -> None:
    """Let SQLite keep 64 MB of its indexes at hand on this connection, instead of 2, while many rows are written."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -65536")


def address_of(contact: Contact) -> str:
    """The contact's address. SealError, or ContactKey.DoesNotExist where it has been forgotten."""
    wrapped = bytes(ContactKey.objects.get(person=contact.person).wrapped)
    return opened_with(contact, wrapped)


def opened_with(contact: Contact, wrapped: bytes) -> str:
    """The contact's address, with its wrapped key at hand. SealError where they do not belong together."""
    place = _place(contact.organisation_id, contact.person)
    key = house_keys().unwrap(wrapped, f"{place}|key")
    return opened(bytes(contact.sealed_address), key, place).decode()


def forget(contacts: Iterable[Contact]) -> None:
    """Remove contacts and their keys; who was surveyed stays as a hash. The invitation keeps no trace of them."""
    rows = list(contacts)
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        ContactKey.objects.filter(person__in=[contact.person for contact in part]).delete()
        Contact.objects.filter(pk__in=[contact.pk for contact in part]).delete()


def insert(model: type[models.Model], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows: by COPY on PostgreSQL, hundreds in a statement on SQLite. The caller has checked the scope."""
    if not rows:
        return
    known = {field.name: field.column for field in model._meta.concrete_fields}  # noqa: SLF001 - documented by Django
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)  # noqa: SLF001 - documented by Django
    columns = ", ".join(quoted(known[name]) for name in fields)
    begin = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        one, start, size = f"({', '.join(['%s'] * len(fields))})", 0, MOST_AT_ONCE
        while start < len(rows):
            while size > len(rows) - start:
                size //= 2  # ten lengths at most, since SQLite keeps every statement that it has prepared
            part = rows[start : start + size]
            cursor.execute(begin + ", ".join([one] * size), list(chain.from_iterable(part)))
            start += size


def _place(organisation: int, person: str) -> str:
    return f"{organisation}|{person}|contact"
