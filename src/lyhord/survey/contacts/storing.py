"""Writing sifted contacts, sealed, at the speed that a million rows need."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, models

from lyhord.delivery.contents import house_keys
from lyhord.delivery.sealing import KEY_BYTES, NONCE_BYTES, opened
from lyhord.survey.contacts.models import Contact, ContactKey, LeftOut, Upload
from lyhord.survey.contacts.sifting import Candidate, Sifted

CONTACT: Final = (
    "organisation", "participation", "upload", "person", "also", "row_key", "language", "contacted", "state",
    "sealed_address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sealed:
    """A batch as it is written: rows of contacts, of their keys, and of what was left out."""

    contacts: list[tuple[Any, ...]]
    keys: list[tuple[Any, ...]]
    left_out: list[tuple[Any, ...]]


def seal(upload: Upload, batch: Sifted) -> Sealed:
    """Seal a batch of the upload. It touches no database, so that the transaction after it is short."""
    contacts, keys = _sealed(upload, batch.taken)
    return Sealed(contacts, keys, [(upload.pk, row, reason.value) for row, reason in batch.left_out])


def store(upload: Upload, sealed: Sealed) -> None:
    """Write a batch of the upload, in the transaction at hand. ScopeError outside the upload's scope.

    IntegrityError where another list took one of the people meanwhile; sift the batch again then.
    """
    upload.require_scope()
    insert(Contact, CONTACT, sealed.contacts)
    insert(ContactKey, ("organisation", "person", "wrapped"), sealed.keys)
    insert(LeftOut, ("upload", "row", "reason"), sealed.left_out)


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
    """Insert rows: by COPY on PostgreSQL, in one prepared statement on SQLite. The caller has checked the scope."""
    if not rows:
        return
    known = {field.name: field.column for field in model._meta.concrete_fields}  # noqa: SLF001 - documented by Django
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)  # noqa: SLF001 - documented by Django
    columns = ", ".join(quoted(known[name]) for name in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - names of our own


def _sealed(upload: Upload, taken: Sequence[Candidate]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The rows of contacts and keys. As ``sealing.seal`` and ``KeyRing.wrap`` would make them, one by one."""
    ring, organisation = house_keys(), upload.organisation_id
    house, name = AESGCM(ring.keys[ring.current]), ring.current.encode() + b":"
    moment = lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)
    contacts, keys = [], []
    for one in taken:
        place, chance = _place(organisation, one.person), os.urandom(KEY_BYTES + 2 * NONCE_BYTES)
        key, first, second = chance[:KEY_BYTES], chance[KEY_BYTES:-NONCE_BYTES], chance[-NONCE_BYTES:]
        sealed = first + AESGCM(key).encrypt(first, one.address.text.encode(), place.encode())
        contacts.append(
            (
                organisation,
                one.participation,
                upload.pk,
                one.person,
                one.also,
                one.row_key,
                one.language,
                moment(one.contacted),
                Contact.State.WAITING.value,
                sealed,
            )
        )
        wrapped = name + second + house.encrypt(second, key, f"{place}|key".encode())
        keys.append((organisation, one.person, wrapped))
    return contacts, keys


def _place(organisation: int, person: str) -> str:
    return f"{organisation}|{person}|contact"
