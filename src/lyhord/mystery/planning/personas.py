"""Personas: adding and inventing them, and the address that each letter is sent from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.method.field_work import Alias
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import Persona, Voice
from lyhord.mystery.planning.names import CLOSINGS, LOCAL_PARTS, MEN, SURNAMES, WOMEN, plain

LOCAL_PART: Final = re.compile(r"[a-z]([a-z0-9]|[._-](?=[a-z0-9])){1,48}")
DOMAIN: Final = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
MOST_AT_ONCE: Final = 200
TRIES: Final = 12  # numbers of one length, before a longer one


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a persona is: everything about one that a person decides."""

    given_name: str
    surname: str
    local_part: str
    voice: str = Voice.ANY
    traits: tuple[str, ...] = ()
    closing: str = ""  # empty: Mvh and the given name


@transaction.atomic
def add_persona(organisation: Organisation, likeness: Likeness, *, by: Acting | None = None) -> Persona:
    """A new persona of the organisation's, within its scope; written down. MysteryError names what cannot be."""
    _check(likeness)
    if Persona.objects.filter(organisation=organisation, local_part=likeness.local_part).exists():
        raise MysteryError(f"Adressen {likeness.local_part} används redan av en annan person. Välj en egen.")
    persona = Persona.objects.create(organisation=organisation, **_values(likeness))
    record("persona.added", persona, by=by, organisation=organisation)
    return persona


@transaction.atomic
def change_persona(persona: Persona, likeness: Likeness, *, by: Acting | None = None) -> None:
    """Change a persona; letters that are planned already keep their address. MysteryError as for ``add_persona``."""
    _check(likeness)
    others = Persona.objects.filter(organisation_id=persona.organisation_id, local_part=likeness.local_part)
    if others.exclude(pk=persona.pk).exists():
        raise MysteryError(f"Adressen {likeness.local_part} används redan av en annan person. Välj en egen.")
    for name, value in _values(likeness).items():
        setattr(persona, name, value)
    persona.save()
    record("persona.changed", persona, by=by, organisation=persona.organisation)


@transaction.atomic
def retire_persona(persona: Persona, *, retired: bool = True, by: Acting | None = None) -> None:
    """Use a persona no more, or again; written down. A new plan gives its contacts other names."""
    persona.retired = retired
    persona.save(update_fields=["retired"])
    record("persona.retired" if retired else "persona.taken_back", persona, by=by, organisation=persona.organisation)


@transaction.atomic
def invent_personas(
    organisation: Organisation, number: int, traits: Sequence[str], *, seed: str, by: Acting | None = None
) -> list[Persona]:
    """So many new personas with ordinary names, women and men alike, and the traits spread evenly over both.

    MysteryError for a number that is not 1–200.
    """
    if not 1 <= number <= MOST_AT_ONCE:
        raise MysteryError(f"Ange ett antal mellan 1 och {MOST_AT_ONCE}.")
    taken = set(Persona.objects.filter(organisation=organisation).values_list("local_part", flat=True))
    rng = random.Random(f"personas:{seed}")  # noqa: S311 - names for invented people, not a secret
    invented = [_invented(rng, place, traits, taken) for place in range(number)]
    made = Persona.objects.bulk_create(Persona(organisation=organisation, **_values(one)) for one in invented)
    record("persona.invented", made[0], by=by, organisation=organisation)
    return made


def alias_of(persona: Persona) -> Alias:
    """The persona as the method of scheduling sees it."""
    return Alias(str(persona.pk), frozenset(persona.traits), persona.voice)


def signed(persona: Persona, text: str) -> str:
    """A letter's text with the persona's closing under it."""
    return f"{text.rstrip()}\n\n{persona.closing}\n"


def new_address(persona: Persona, domain: str, taken: set[str], rng: random.Random) -> str:
    """An address of the persona's that no other letter has; it is added to ``taken``.

    A reply is matched to its letter by the address alone, so every letter has its own: the persona's and a number, as
    on any free mail service.
    """
    for length in (2, 4, 6):
        for _ in range(TRIES):
            address = f"{persona.local_part}{rng.randrange(10 ** (length - 1), 10**length)}@{domain}"
            if address not in taken:
                taken.add(address)
                return address
    raise MysteryError(f"Det finns inga lediga adresser kvar för {persona}. Lägg till fler personer.")


def require_domain(domain: str) -> str:
    """A mail domain in its plain form; MysteryError where it is none."""
    written = domain.strip().lower()
    if not DOMAIN.fullmatch(written):
        raise MysteryError(f"{domain.strip() or 'Tomt'} är ingen domän. Skriv den som post.exempel.se.")
    return written


def _invented(rng: random.Random, place: int, traits: Sequence[str], taken: set[str]) -> Likeness:
    voice = (Voice.WOMAN, Voice.MAN)[place % 2]
    own = (traits[place // 2 % len(traits)], traits[(place // 2 + 1) % len(traits)]) if traits else ()
    while True:
        given, surname = rng.choice(WOMEN if voice == Voice.WOMAN else MEN), rng.choice(SURNAMES)
        form = rng.choice(LOCAL_PARTS)
        local = form.format(given=plain(given), surname=plain(surname), initial=plain(given)[0])
        if local not in taken:
            taken.add(local)
            closing = rng.choice(CLOSINGS).format(given=given, surname=surname)
            return Likeness(given, surname, local, voice, tuple(sorted(set(own))), closing)


def _values(likeness: Likeness) -> dict[str, object]:
    return {
        "given_name": likeness.given_name.strip(),
        "surname": likeness.surname.strip(),
        "local_part": likeness.local_part,
        "voice": likeness.voice,
        "traits": sorted(set(likeness.traits)),
        "closing": likeness.closing.strip() or f"Mvh {likeness.given_name.strip()}",
    }


def _check(likeness: Likeness) -> None:
    for name in (likeness.given_name, likeness.surname):
        if not 0 < len(name.strip()) <= 40:
            raise MysteryError("Skriv både förnamn och efternamn, med högst 40 tecken vardera.")
    if not LOCAL_PART.fullmatch(likeness.local_part):
        raise MysteryError(
            f"{likeness.local_part!r} kan inte stå före @. Använd a–z, siffror och enstaka punkter, som vera.lindstrom."
        )
    if likeness.voice not in Voice.values:
        raise MysteryError("Välj vems röst som passar namnet.")
    if len(likeness.closing) > 200:
        raise MysteryError("Avslutningen är för lång. Använd högst 200 tecken.")


def aliases_of(personas: Iterable[Persona]) -> tuple[Alias, ...]:
    """Those of the personas that are in use, as the method of scheduling sees them."""
    return tuple(alias_of(persona) for persona in personas if not persona.retired)
