"""A secret that is kept in a file of the data folder and made at the first asking."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600


def kept_secret(file: Path) -> str:
    """The secret in ``file``, readable by its owner only; 256 random bits where there was none."""
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    draft.touch(mode=OWNER_ONLY)
    draft.write_text(f"{secrets.token_urlsafe(32)}\n", encoding="ascii")
    with contextlib.suppress(FileExistsError):  # another process was first: a key file is whole or absent
        file.hardlink_to(draft)
    draft.unlink()
    return file.read_text(encoding="ascii").strip()
