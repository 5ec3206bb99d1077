"""Links follow from a nonce and a key, and only their hash is stored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from builders import EXEMPELKOPING
from builders_records import organisation_of
from lyhord.accounts.scope import scope
from lyhord.survey.sending.links import ALPHABET, find, hash_of, is_well_formed, link_for, new_nonce
from lyhord.survey.sending.models import Invitation
from survey.contacts.handing_over import joined


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


def test_the_alphabet_has_57_signs_that_nobody_confuses() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 57
    assert not set("0O1Il") & set(ALPHABET)


@given(st.binary(min_size=16, max_size=16))
def test_a_nonce_always_gives_the_same_link(nonce: bytes) -> None:
    assert link_for(nonce) == link_for(nonce)
    assert is_well_formed(link_for(nonce))


def test_another_key_gives_other_links(settings: Settings) -> None:
    nonce = new_nonce()
    first = link_for(nonce)
    settings.LINK_KEY = "another key, thirty-two signs long"
    assert link_for(nonce) != first


def test_a_kept_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    link_for(new_nonce())
    assert (tmp_path / "link.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_link_finds_its_invitation_until_the_nonce_dies() -> None:
    participation = joined(EXEMPELKOPING)["tel"]
    nonce = new_nonce()
    link = link_for(nonce)
    with scope(organisation_of()):
        made = Invitation.objects.create(
            participation=participation, nonce=nonce, link_hash=hash_of(link), language="sv"
        )
    assert made.link_hash == hashlib.sha256(link.encode()).hexdigest()
    assert find(link) == made
    assert find(link_for(new_nonce())) is None
    with scope(organisation_of()):
        Invitation.objects.update(nonce=None)
    assert find(link) is None
