"""Lists that are put into the watched folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from builders import EXEMPELKOPING
from builders_records import organisation_of
from lyhord.accounts.scope import scope
from lyhord.survey.contacts.models import Upload
from lyhord.survey.contacts.watching import REFUSED, look_into_folder
from lyhord.survey.sending.jobs import read_lists
from survey.contacts.handing_over import addresses_of, brilliant, joined, open_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path / "data"
    settings.DELIVERY_KEYS = ""
    settings.CONTACTS_FOLDER = tmp_path / "in"
    joined()
    found: Path = settings.CONTACTS_FOLDER / EXEMPELKOPING
    found.mkdir(parents=True)
    return found


def put(path: Path, content: bytes, age: float = 60) -> Path:
    """A file that was last written to so many seconds ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    written = time.time() - age
    os.utime(path, (written, written))
    return path


def test_a_finished_list_is_taken_and_removed_and_the_worker_reads_it(place: Path) -> None:
    path = put(place / "dagens.csv", brilliant("0701740605"))
    assert look_into_folder() == 1
    assert not path.exists()
    assert read_lists() == 1
    assert addresses_of() == ["+46701740605"]


def test_a_list_that_is_still_written_to_waits(place: Path) -> None:
    path = put(place / "dagens.csv", brilliant("0701740605"), age=1)
    assert look_into_folder() == 0
    assert path.exists()


def test_a_list_that_cannot_be_taken_lies_aside_with_the_reason(place: Path) -> None:
    put(place / "trasig.csv", b"\x00;\n")
    assert look_into_folder() == 0
    [reason] = (place / REFUSED).glob("*.fel.txt")
    assert reason.read_text(encoding="utf-8").strip()
    assert look_into_folder() == 0
    assert len(list((place / REFUSED).iterdir())) == 2


def test_where_several_rounds_are_open_a_folder_names_the_one(place: Path) -> None:
    joined(round_=open_round("en-annan"))
    put(place / "en-annan" / "dagens.csv", brilliant("0701740605"))
    put(place / "dagens.csv", brilliant("0701740606"))
    assert look_into_folder() == 1
    with scope(organisation_of()):
        assert Upload.objects.get().round.key == "en-annan"
    [reason] = (place / REFUSED).glob("*.fel.txt")
    assert "en-annan, nu" in reason.read_text(encoding="utf-8")


def test_nothing_is_read_through_a_link_or_from_a_folder_of_nobody(place: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "hemligt.csv", brilliant("0701740605"))
    (place / "lank.csv").symlink_to(outside)
    (place / "mapp").symlink_to(tmp_path, target_is_directory=True)
    put(place.parent / "0000" / "dagens.csv", brilliant("0701740605"))
    put(place / "anteckning.docx", b"x")
    assert look_into_folder() == 0
    assert outside.exists()
