"""What is sealed opens with its key in its place, and nowhere else."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.delivery import sealing
from lyhord.delivery.errors import SealError

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
RING = sealing.key_ring(f"k1:{OLD}")


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_in_its_place(plain: bytes) -> None:
    key = sealing.new_key()
    sealed = sealing.seal(plain, key, "1|abc|address")
    assert sealing.opened(sealed, key, "1|abc|address") == plain
    assert len(sealed) == len(plain) + 28


@pytest.mark.parametrize("place", ["2|abc|address", "1|abd|address", "1|abc|body"])
def test_moved_to_another_organisation_record_or_field_it_stays_shut(place: str) -> None:
    key = sealing.new_key()
    with pytest.raises(SealError, match="another place"):
        sealing.opened(sealing.seal(b"x", key, "1|abc|address"), key, place)


def test_a_new_house_key_still_opens_what_the_old_one_wrapped_and_hashes_stay() -> None:
    both = sealing.key_ring(f"k2:{NEW}, k1:{OLD}")
    key = sealing.new_key()
    assert both.unwrap(RING.wrap(key, "1|abc|key"), "1|abc|key") == key
    assert both.wrap(key, "p").startswith(b"k2:")
    assert both.digest("a", "b") == RING.digest("a", "b") != RING.digest("ab")
    with pytest.raises(SealError, match="put it back"):
        RING.unwrap(both.wrap(key, "p"), "p")


@pytest.mark.parametrize("text", ["", "k1:abc", OLD, "k1:" + base64.b64encode(b"short").decode(), f"k 1:{OLD}"])
def test_a_ring_that_is_no_ring_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(SealError, match="32 random bytes"):
        sealing.key_ring(text)


def test_a_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first = sealing.kept_key(tmp_path / "new")
    assert sealing.kept_key(tmp_path / "new") == first
    assert sealing.key_ring(first).current == "k1"
    file = tmp_path / "new" / sealing.KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [sealing.KEY_FILE]
