"""What every test of letters starts from: a key and a data folder of its own, and no servers."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def own_keys_and_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DELIVERY_KEYS = f"k1:{base64.b64encode(bytes(range(32))).decode()}"
    settings.DATA_FOLDER = tmp_path
    settings.LETTERS_SMTP = settings.LETTERS_IMAP = ""
