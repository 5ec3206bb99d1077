"""Files that appear whole or not at all, and the digest that tells one content from another."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from lyhord.rendering.errors import RenderingError


def content_digest(content: bytes) -> str:
    """The SHA-256 of the content in hexadecimal: equal content has an equal digest, on every machine."""
    return hashlib.sha256(content).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Write the content so that a reader of ``path`` sees the old file or the whole new one, also after a power cut.

    The bytes go to a temporary file in the same folder, are forced to disk and then take the name in one step. When
    anything fails the temporary file is removed and an older file at ``path`` stays as it was. A folder that does not
    exist or cannot be written to raises RenderingError.
    """
    try:
        temporary = _written_beside(path, content)
    except OSError as error:
        raise RenderingError(_not_written(path, error)) from error
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise RenderingError(_not_written(path, error)) from error
    _force_folder_to_disk(path.parent)


def _written_beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except BaseException:  # also when the user interrupts: nothing half-written may stay
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _force_folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_written(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{path} could not be written: {reason}. Check that the folder exists, may be written to and has room."
