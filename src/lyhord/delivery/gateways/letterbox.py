"""The gateways that reach nobody: a folder of letters for the demo, and the terminal."""

from __future__ import annotations

import contextlib
import json
import secrets
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lyhord.delivery.contents import Email, Sms
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import OneWay, Parcel
from lyhord.delivery.mail_message import mail_of
from lyhord.delivery.outcomes import Outcome, Result
from lyhord.delivery.sms_text import sms_text

SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in the folder, readable by anyone who may read the folder."""

    channel: str
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    token: str
    at: str


class FolderGateway(OneWay):
    """Writes each message into a folder, e-mail also as the file that would be sent. For demonstrations only."""

    def __init__(self, folder: Path) -> None:
        self.name = self.circuit = f"folder {folder.name}"
        self.parallel = 1
        self.folder = folder

    def send(self, parcel: Parcel) -> Outcome:
        """Write the message; the same message twice is one file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{parcel.at:%Y%m%dT%H%M%S}-{parcel.token}"
        if isinstance(parcel.content, Email):
            mail = mail_of(parcel.content, parcel.address, parcel.sender, parcel.token, parcel.at)
            _write(self.folder / f"{name}.eml", mail.data)
        _write(self.folder / f"{name}{SUFFIX}", json.dumps(asdict(letter_of(parcel)), ensure_ascii=False).encode())
        return Outcome(Result.SENT)


class TerminalGateway(OneWay):
    """Prints each message."""

    name = circuit = "terminal"
    parallel = 1

    def send(self, parcel: Parcel) -> Outcome:
        """Print the message."""
        letter = letter_of(parcel)
        sys.stdout.write(f"── {letter.channel} {letter.sender} → {letter.recipient} {letter.subject}\n{letter.text}\n")
        sys.stdout.flush()
        return Outcome(Result.SENT)


def letter_of(parcel: Parcel) -> Letter:
    """The message as a letter."""
    content, sender = parcel.content, parcel.sender
    if isinstance(content, Sms):
        parts = len(sms_text(content.text).parts)
        subject = f"{parts} {'del' if parts == 1 else 'delar'}"
        return Letter(
            "sms", sender.sms_sender, parcel.address, subject, content.text, "", parcel.token, _time(parcel.at)
        )
    who = content.sender or f"{sender.from_name} <{sender.from_address}>"
    return Letter(
        "email", who, parcel.address, content.subject, content.text, content.html, parcel.token, _time(parcel.at)
    )


def letters(folder: Path, most: int = 100) -> list[Letter]:
    """The latest letters in the folder, newest first; none where there is no folder."""
    names = sorted((path for path in folder.glob(f"*{SUFFIX}")), reverse=True)[:most]
    return [letter for path in names if (letter := _read(path)) is not None]


def clear(folder: Path) -> int:
    """Throw the letters away; how many files."""
    paths = [path for path in folder.glob("*") if path.suffix in {SUFFIX, ".eml"}]
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _read(path: Path) -> Letter | None:
    with contextlib.suppress(FileNotFoundError):
        try:
            return Letter(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise DeliveryError(f"{path.name} in the letter box is no letter; remove it.") from error
    return None


def _write(path: Path, data: bytes) -> None:
    """A file that is whole or absent."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_bytes(data)
    draft.replace(path)


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
