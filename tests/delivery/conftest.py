"""What every test of delivery starts from: a key and a data folder of its own."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

KEYS = f"k1:{base64.b64encode(bytes(range(32))).decode()}"


@pytest.fixture(autouse=True)
def own_keys_and_folder(settings: Settings, tmp_path: Path) -> None:
    """Nothing is written into, or read from, the folder that the tests are started in."""
    settings.DELIVERY_KEYS = KEYS
    settings.DATA_FOLDER = tmp_path
