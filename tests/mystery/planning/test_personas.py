"""Personas: ordinary names with addresses that no two letters share."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders_records import national_organisation, organisation_of
from lyhord.accounts.scope import scope
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import Persona
from lyhord.mystery.planning.names import MEN, SURNAMES, WOMEN, plain
from lyhord.mystery.planning.personas import (
    LOCAL_PART,
    Likeness,
    add_persona,
    change_persona,
    invent_personas,
    new_address,
    require_domain,
    retire_persona,
    signed,
)

VERA = Likeness("Vera", "Lindström", "vera.lindstrom", "f", ("foralder",), "/Vera")
TRAITS = ("anhorig_aldre", "anhorig_funktion", "foralder", "forening")


@pytest.fixture
def _own() -> object:
    with scope(national_organisation()):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_own")
class TestStored:
    def test_a_persona_signs_as_she_is_used_to(self) -> None:
        vera = add_persona(national_organisation(), VERA)
        assert signed(vera, "Hej!\nFår man ha höns?\n") == "Hej!\nFår man ha höns?\n\n/Vera\n"
        plainly = add_persona(national_organisation(), replace(VERA, local_part="vera", closing=""))
        assert plainly.closing == "Mvh Vera"

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"given_name": " "}, "förnamn och efternamn"),
            ({"surname": "L" * 41}, "förnamn och efternamn"),
            ({"local_part": "véra"}, "kan inte stå före @"),
            ({"local_part": "vera..l"}, "kan inte stå före @"),
            ({"local_part": "vera l"}, "kan inte stå före @"),
            ({"voice": "x"}, "vems röst"),
            ({"closing": "M" * 201}, "för lång"),
        ],
    )
    def test_what_cannot_be_is_told(self, changes: dict[str, str], told: str) -> None:
        with pytest.raises(MysteryError, match=told):
            add_persona(national_organisation(), replace(VERA, **changes))

    def test_two_personas_never_share_an_address(self) -> None:
        add_persona(national_organisation(), VERA)
        other = add_persona(national_organisation(), replace(VERA, local_part="vera"))
        with pytest.raises(MysteryError, match="används redan"):
            add_persona(national_organisation(), VERA)
        with pytest.raises(MysteryError, match="används redan"):
            change_persona(other, VERA)
        change_persona(other, replace(VERA, local_part="vera", surname="Lund"))
        assert Persona.objects.get(pk=other.pk).surname == "Lund"

    def test_a_persona_is_retired_and_taken_back(self) -> None:
        vera = add_persona(national_organisation(), VERA)
        retire_persona(vera)
        assert Persona.objects.get(pk=vera.pk).retired
        retire_persona(vera, retired=False)
        assert not Persona.objects.get(pk=vera.pk).retired

    def test_invented_personas_are_women_and_men_alike_with_every_trait_in_both_voices(self) -> None:
        made = invent_personas(national_organisation(), 60, TRAITS, seed="x")
        assert Counter(one.voice for one in made) == {"f": 30, "m": 30}
        per_voice = Counter((one.voice, trait) for one in made for trait in one.traits)
        assert min(per_voice.values()) >= 14
        assert len(per_voice) == 8
        assert len({one.local_part for one in made}) == 60
        assert all(LOCAL_PART.fullmatch(one.local_part) for one in made)
        assert len({one.closing.replace(one.given_name, "").replace(one.surname, "") for one in made}) > 6

    @pytest.mark.parametrize("number", [0, 201])
    def test_as_many_as_one_can_oversee_are_invented_at_once(self, number: int) -> None:
        with pytest.raises(MysteryError, match="mellan 1 och 200"):
            invent_personas(national_organisation(), number, TRAITS, seed="x")

    def test_another_organisation_does_not_see_them(self) -> None:
        add_persona(national_organisation(), VERA)
        with scope(organisation_of()):
            assert not Persona.objects.exists()


@given(st.integers(0, 2**32))
def test_addresses_are_never_given_twice_and_look_like_peoples(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a reproducible test, not a secret
    vera, taken = Persona(given_name="Vera", surname="Lind", local_part="vera.lind"), set()
    made = [new_address(vera, "post.exempel.se", taken, rng) for _ in range(40)]
    assert len(set(made)) == 40 == len(taken)
    assert all(10 <= int(address.partition("@")[0].removeprefix("vera.lind")) <= 999_999 for address in made)


def test_when_every_number_is_taken_it_says_so() -> None:
    class Always(random.Random):
        def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
            return start

    taken = {f"v{number}@a.se" for number in (10, 1000, 100_000)}
    with pytest.raises(MysteryError, match="inga lediga adresser"):
        new_address(Persona(given_name="V", surname="L", local_part="v"), "a.se", taken, Always())


def test_names_can_be_written_in_addresses() -> None:
    assert all(plain(name).isascii() and plain(name).isalpha() for name in (*WOMEN, *MEN, *SURNAMES))
    assert len(set(WOMEN)) == len(WOMEN) == len(MEN) == len(set(MEN))
    assert len(set(SURNAMES)) == len(SURNAMES)


@pytest.mark.parametrize("domain", ["post.exempel.se", " Post.Exempel.SE ", "a-b.c1.nu"])
def test_a_domain_is_taken_in_its_plain_form(domain: str) -> None:
    assert require_domain(domain) == domain.strip().lower()


@pytest.mark.parametrize(
    "domain", ["", "exempel", "-a.se", "a..se", "växjö.se", "a.se/x", "vera@a.se", "a" * 64 + ".se"]
)
def test_what_is_no_domain_is_refused(domain: str) -> None:
    with pytest.raises(MysteryError, match="är ingen domän"):
        require_domain(domain)
