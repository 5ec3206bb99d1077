"""The settings of a demonstration: records of its own, a mailbox instead of gateways, and this machine alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from lyhord.project import env
from lyhord.project.command import CommandError

MARK: Final = "LYHORD-DEMO"
SECRET: Final = "secret.key"  # noqa: S105 - the name of a file
MARK_TEXT: Final = "Påhittade uppgifter. Mappen görs av lyhord demo, som tömmer den när den gör om demon.\n"
# What decides where records lie, who is served and what leaves the machine: never the user's own.
OVERRULED: Final = (
    "DATABASE_URL", "DATABASE_URL_FILE", "LYHORD_HOSTS", "LYHORD_HTTPS", "LYHORD_BEHIND_PROXY", "LYHORD_SECRET_KEY",
    "LYHORD_LINK_KEY", "LYHORD_LINK_KEY_FILE", "LYHORD_CONTACTS_FOLDER", "LYHORD_EMAIL", "LYHORD_SMTP_URL",
    "LYHORD_SMTP_URL_FILE", "LYHORD_SMS", "LYHORD_46ELKS", "LYHORD_46ELKS_FILE", "LYHORD_SMPP_URL",
    "LYHORD_SMPP_URL_FILE", "LYHORD_BOUNCES_URL", "LYHORD_BOUNCES_URL_FILE", "LYHORD_DELIVERY_KEYS",
    "LYHORD_DELIVERY_KEYS_FILE",
)  # fmt: skip


def use(folder: Path, port: int) -> Path:
    """Set the environment for a demonstration in ``folder``, for this process and those it starts; its data folder.

    CommandError where the data folder holds something else than a demonstration.
    """
    data = (folder / "data").absolute()
    _claim(data)
    for name in OVERRULED:
        os.environ.pop(name, None)
    os.environ.update(
        {
            "LYHORD_DEMO": "true",
            "LYHORD_DATA": str(data),
            "LYHORD_REPORTS": str((folder / "rapporter").absolute()),
            "LYHORD_ADDRESS": f"http://localhost:{port}",
            "LYHORD_SECRET_KEY_FILE": str(_kept_secret(data)),
        }
    )
    return data


def port_from_environment() -> int:
    """The port that ``PORT`` names, 8000 where it names none; SettingError where it is no port."""
    return env.integer("PORT", 8000, least=1, most=65_535)


def serves() -> bool:
    """Whether ``SERVE`` lets the demonstration be shown once it is made; SettingError where it says neither."""
    return env.boolean("SERVE", True)


def _claim(data: Path) -> None:
    if data.exists() and any(data.iterdir()) and not (data / MARK).exists():
        raise CommandError(f"{data} innehåller något annat än en demo. Välj en annan mapp med -o, eller flytta det.")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data / MARK).write_text(MARK_TEXT, encoding="utf-8")


def _kept_secret(data: Path) -> Path:
    """A secret key of the demonstration's own, so that who has signed in stays so when it is started again."""
    path = data / SECRET
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path
