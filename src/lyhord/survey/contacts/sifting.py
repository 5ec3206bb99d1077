"""Which rows of a list are people to invite: every check, in one order, a batch at a time."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from lyhord.delivery.contents import house_keys
from lyhord.delivery.models import Channel, Suppression
from lyhord.delivery.sealing import KeyRing
from lyhord.survey.contacts.addresses import Address, Found, address_in, email_in, phone_in
from lyhord.survey.contacts.lists import Row
from lyhord.survey.contacts.looking_up import present
from lyhord.survey.contacts.models import INDEX_LENGTH, Contact, Surveyed
from lyhord.survey.contacts.reasons import Reason

FRESH: Final = timedelta(days=7)  # later the person no longer remembers the contact
DAY_LENGTH: Final = len("2026-03-14")
NOON: Final = timedelta(hours=12)
CLOCKS_DIFFER: Final = timedelta(hours=1)
LANGUAGES: Final[Mapping[str, str]] = {"se": "sv", "sv": "sv", "en": "en", "gb": "en", "fi": "fi", "ar": "ar"}
BY_PHONE: Final = frozenset({"1", "3", "telefon", "tel", "phone", "sms", "samtal"})
BY_EMAIL: Final = frozenset({"2", "e-post", "epost", "email", "e-mail", "mejl"})


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
    address: Address
    participation: int
    digest: str  # of the address, as the suppression list has it
    other: str  # digest of the person's other address, or empty
    row_key: str
    language: str
    contacted: datetime

    @property
    def person(self) -> str:
        """The blind index of the person."""
        return self.digest[:INDEX_LENGTH]

    @property
    def also(self) -> str:
        """The blind index of the other address, or empty."""
        return self.other[:INDEX_LENGTH]


@dataclass(frozen=True, slots=True)
class Sifted:
    """What became of a batch: whom to take, and which rows were left out for what."""

    taken: tuple[Candidate, ...]
    left_out: tuple[tuple[int, Reason], ...]


def sifted(rows: Iterable[Row], given: Circumstances) -> Sifted:
    """Sift one batch. Within the scope of the organisation."""
    keys = house_keys()
    left_out: list[tuple[int, Reason]] = []
    candidates: list[Candidate] = []
    for row in rows:
        found = candidate_in(row, given, keys)
        if isinstance(found, Reason):
            left_out.append((row.number, found))
        else:
            candidates.append(found)
    taken = _without_known(candidates, given, left_out)
    return Sifted(tuple(taken), tuple(sorted(left_out)))


def candidate_in(row: Row, given: Circumstances, keys: KeyRing) -> Candidate | Reason:
    """The person that a row names, or why it names none; asks no database."""
    found, other = _addresses(row, given)
    if isinstance(found, Reason):
        return found
    contacted = _moment(row.contacted, given)
    if isinstance(contacted, Reason):
        return contacted
    if found.channel not in given.roads:
        return Reason.NO_CHANNEL
    if _is_internal(found, given):
        return Reason.INTERNAL
    organisation = str(given.organisation)
    return Candidate(
        row=row.number,
        address=found,
        participation=given.roads[found.channel],
        digest=digest_of(keys, organisation, found),
        other=digest_of(keys, organisation, other) if other else "",
        row_key=_row_key(keys, f"{organisation}|{row.key}") if row.key else "",
        language=LANGUAGES.get(row.language[:2].casefold(), "sv"),
        contacted=contacted,
    )


def digest_of(keys: KeyRing, organisation: str, address: Address) -> str:
    """The hash of ``delivery.contents.address_hash``, with the keys and the organisation at hand."""
    return _digest(keys, f"{organisation}|{address.channel.value}|{address.text.casefold()}")


def _digest(keys: KeyRing, text: str) -> str:
    """What ``KeyRing.digest`` gives, in one call into the library instead of four."""
    return hmac.digest(keys.pepper, text.encode(), "sha256").hex()


def _row_key(keys: KeyRing, text: str) -> str:
    """A keyed hash of the list's own key of a row; nothing else has to make the same, so the fastest one does."""
    return blake2b(text.encode(), digest_size=INDEX_LENGTH // 2, key=keys.pepper, person=b"row").hexdigest()


def _addresses(row: Row, given: Circumstances) -> tuple[Found, Address | None]:
    """The address to use and the other one, where the row has two that can be used."""
    found: list[Found] = []
    if row.address:
        found.append(address_in(row.address))
    if row.phone:
        found.append(phone_in(row.phone))
    if row.email:
        found.append(email_in(row.email))
    if not found:
        return Reason.NO_ADDRESS, None
    usable = [address for address in found if isinstance(address, Address)]
    if len(usable) > 1:
        usable.sort(key=lambda address: _rank(address, row.method, given))
    return (usable or found)[0], usable[1] if len(usable) > 1 else None


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
    if address.channel == Channel.SMS:
        return address.text.startswith(given.internal_numbers)
    return address.text.rpartition("@")[2] in given.internal_domains


def _without_known(
    candidates: Sequence[Candidate], given: Circumstances, left_out: list[tuple[int, Reason]]
) -> list[Candidate]:
    people = [index for one in candidates for index in (one.person, one.also) if index]
    known = _waiting(people)
    surveyed = present(Surveyed.objects.filter(since__gte=given.quarantine_from), "person", people)
    keys = present(Contact.objects.exclude(row_key=""), "row_key", [one.row_key for one in candidates if one.row_key])
    digests = [digest for one in candidates for digest in (one.digest, one.other) if digest]
    opted_out = present(Suppression.objects.filter(organisation=given.organisation), "address_hash", digests)
    taken: list[Candidate] = []
    for one in candidates:
        marks = {one.person, one.also} - {""}
        reason = (
            (Reason.HANDED_OVER if one.row_key and one.row_key in keys else None)
            or (Reason.DUPLICATE if marks & known else None)
            or (Reason.OPTED_OUT if {one.digest, one.other} & opted_out else None)
            or (Reason.QUARANTINE if marks & surveyed else None)
        )
        if reason:
            left_out.append((one.row, reason))
            continue
        known |= marks
        if one.row_key:
            keys.add(one.row_key)
        taken.append(one)
    return taken


def _waiting(people: Sequence[str]) -> set[str]:
    own = present(Contact.objects.all(), "person", people)
    return own | present(Contact.objects.exclude(also=""), "also", people)
