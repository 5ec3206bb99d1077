"""Whom each row of a list names, known by keyed hashes: every check that needs no database, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import blake2b, sha256
from itertools import repeat
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from lyhord.delivery.models import Channel
from lyhord.delivery.sealing import KeyRing
from lyhord.survey.contacts.addresses import Address, Found, address_in, email_in, phone_in
from lyhord.survey.contacts.columns import Field
from lyhord.survey.contacts.lists import Batch
from lyhord.survey.contacts.models import INDEX_LENGTH
from lyhord.survey.contacts.reasons import Reason

FRESH: Final = timedelta(days=7)  # later the person no longer remembers the contact
DAY_LENGTH: Final = len("2026-03-14")
NOON: Final = timedelta(hours=12)
CLOCKS_DIFFER: Final = timedelta(hours=1)
LANGUAGES: Final[Mapping[str, str]] = {"se": "sv", "sv": "sv", "en": "en", "gb": "en", "fi": "fi", "ar": "ar"}
BY_PHONE: Final = frozenset({"1", "3", "telefon", "tel", "phone", "sms", "samtal"})
BY_EMAIL: Final = frozenset({"2", "e-post", "epost", "email", "e-mail", "mejl"})
ROW_KEY_BYTES: Final = 8  # what a whole number of a database holds
HASH_BLOCK: Final = 64  # bytes of SHA-256's block
READERS: Final = ((Field.ADDRESS, address_in), (Field.PHONE, phone_in), (Field.EMAIL, email_in))
T = TypeVar("T")
Digest = Callable[[str], str]
Addresses = tuple[Found, Address | None]  # the one to use, and the other one where a row has two that can be used


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the checks of one list rest on. ``roads`` leads from how people are reached to the participation."""

    organisation: int
    roads: Mapping[Channel, int]
    now: datetime
    zone: ZoneInfo
    quarantine_from: date  # whoever was invited on this day or later is left in peace
    internal_numbers: tuple[str, ...] = ()
    internal_domains: frozenset[str] = frozenset()

    @property
    def earliest(self) -> datetime:
        """Contacts before this are too old to ask about."""
        return self.now - FRESH


class Candidate(NamedTuple):
    """A row that names a person who can be reached; the keyed hashes say who it is without telling."""

    row: int
    address: str
    participation: int
    digest: str  # of the address, as the suppression list has it
    person: str  # its beginning: the blind index of the person
    other: str  # digest of the person's other address, or empty
    also: str  # its beginning, or empty
    row_key: int | None
    language: str
    contacted: datetime


class Fault(NamedTuple):
    """A row that is left out, why, and the participation that it was meant for where that can be told."""

    row: int
    reason: Reason
    participation: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """What a batch names: people who can be reached, and which rows name nobody for what reason."""

    candidates: list[Candidate]
    left_out: list[Fault]


def named(batch: Batch, given: Circumstances, keys: KeyRing) -> Named:
    """Whom the rows of a batch name. It asks no database, so that it may be done ahead in a thread."""
    found = Named([], [])
    roads = tuple(given.roads.get(channel) for channel in (Channel.SMS, Channel.EMAIL))
    faulty = {Reason.BAD_NUMBER: roads[0], Reason.NOT_MOBILE: roads[0], Reason.BAD_EMAIL: roads[1]}
    digest, row_key = _digests(keys.pepper), _row_keys(keys.pepper, f"{given.organisation}|")
    rows = zip(
        batch.numbers,
        _addresses(batch, given),
        batch.columns.get(Field.KEY) or repeat(""),
        _each(batch.columns.get(Field.LANGUAGE), _language),
        _each(batch.columns.get(Field.CONTACTED), partial(_moment, given=given)),
        strict=False,
    )
    for number, (address, other), key, language, contacted in rows:
        if isinstance(address, Reason):
            found.left_out.append(Fault(number, address, faulty.get(address)))
            continue
        road = roads[address.channel is Channel.EMAIL]
        if isinstance(contacted, Reason):
            found.left_out.append(Fault(number, contacted, road))
        elif road is None:
            found.left_out.append(Fault(number, Reason.NO_CHANNEL, None))
        elif _is_internal(address, given):
            found.left_out.append(Fault(number, Reason.INTERNAL, road))
        else:
            first, second = digest(hashed(given, address)), digest(hashed(given, other)) if other else ""
            found.candidates.append(
                Candidate(
                    number, address.text, road, first, first[:INDEX_LENGTH], second, second[:INDEX_LENGTH],
                    row_key(key) if key else None, language, contacted,
                )
            )  # fmt: skip
    return found


def hashed(given: Circumstances, address: Address) -> str:
    """The text that ``delivery.contents.address_hash`` hashes of an address."""
    if address.channel is Channel.SMS:
        return f"{given.organisation}|sms|{address.text}"
    return f"{given.organisation}|email|{address.text.casefold()}"


def _digests(pepper: bytes) -> Digest:
    """What ``KeyRing.digest`` gives: HMAC with SHA-256 (RFC 2104), with both pads taken in once for all rows."""
    block = pepper.ljust(HASH_BLOCK, b"\0")
    inner, outer = sha256(bytes(sign ^ 0x36 for sign in block)), sha256(bytes(sign ^ 0x5C for sign in block))

    def digest(text: str) -> str:
        inside, outside = inner.copy(), outer.copy()
        inside.update(text.encode())
        outside.update(inside.digest())
        return outside.hexdigest()

    return digest


def _row_keys(pepper: bytes, beginning: str) -> Callable[[str], int]:
    """A keyed hash of the list's own key of a row; nothing else has to make the same, so the fastest one does.

    64 bits: among a million rows, one is taken for another once in ten million lists.
    """
    begun = blake2b(beginning.encode(), digest_size=ROW_KEY_BYTES, key=pepper, person=b"row")

    def row_key(key: str) -> int:
        hashing = begun.copy()
        hashing.update(key.encode())
        return int.from_bytes(hashing.digest(), signed=True)

    return row_key


def _each(column: Sequence[str] | None, meaning: Callable[[str], T]) -> Iterable[T]:
    """What each text of a column means, found out once for each that is there; for ever of no text without one."""
    if column is None:
        return repeat(meaning(""))
    known = {text: meaning(text) for text in set(column)}
    return map(known.__getitem__, column)


def _language(text: str) -> str:
    return LANGUAGES.get(text[:2].casefold(), "sv")


def _addresses(batch: Batch, given: Circumstances) -> Iterator[Addresses]:
    """The address to use of each row and the other one; the first thing that is wrong where none can be used."""
    columns = [(read, batch.columns[field]) for field, read in READERS if field in batch.columns]
    if len(columns) == 1:
        read, column = columns[0]
        return ((read(text) if text else Reason.NO_ADDRESS, None) for text in column)
    readers = [read for read, _ in columns]
    methods = batch.columns.get(Field.METHOD) or repeat("")
    texts = zip(*(column for _, column in columns), strict=True)
    return (
        _chosen([read(text) for read, text in zip(readers, row, strict=True) if text], method, given)
        for row, method in zip(texts, methods, strict=False)
    )


def _chosen(found: Sequence[Found], method: str, given: Circumstances) -> Addresses:
    usable = [address for address in found if isinstance(address, Address)]
    if not usable:
        return found[0] if found else Reason.NO_ADDRESS, None
    usable.sort(key=lambda address: _rank(address, method, given))
    return usable[0], usable[1] if len(usable) > 1 else None


def _rank(address: Address, method: str, given: Circumstances) -> tuple[bool, bool]:
    """Least first: what the row says about how the person made contact, then what is measured."""
    word = method.casefold()
    wanted = Channel.EMAIL if word in BY_EMAIL else Channel.SMS if word in BY_PHONE else None
    return wanted is not None and address.channel != wanted, address.channel not in given.roads


def _moment(text: str, given: Circumstances) -> datetime | Reason:
    if not text:
        return given.now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return Reason.BAD_DATE
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=given.zone)
    if len(text) <= DAY_LENGTH:  # a day without a time counts from its noon, or from now where that is to come
        is_today = moment.date() == given.now.astimezone(given.zone).date()
        moment = min(moment + NOON, given.now) if is_today else moment + NOON
    if moment > given.now + CLOCKS_DIFFER:
        return Reason.BAD_DATE
    return Reason.OLD if moment < given.earliest else moment


def _is_internal(address: Address, given: Circumstances) -> bool:
    if address.channel is Channel.SMS:
        return address.text.startswith(given.internal_numbers)
    return address.text.rpartition("@")[2] in given.internal_domains
