"""Settings from the environment: each reader names the variable, what it held and what it should hold."""

from __future__ import annotations

import os
from pathlib import Path

TRUE_WORDS = ("true", "yes", "on", "1")
FALSE_WORDS = ("false", "no", "off", "0")


class SettingError(ValueError):
    """An environment variable holds something that the setting cannot be."""


def words(name: str, default: str) -> str:
    """The variable as it stands, without surrounding space; ``default`` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """True or false; SettingError where the variable holds neither."""
    word = words(name, str(default)).lower()
    if word not in TRUE_WORDS + FALSE_WORDS:
        raise SettingError(f"{name} is {word!r}; it must be one of {', '.join(TRUE_WORDS + FALSE_WORDS)}.")
    return word in TRUE_WORDS


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of ``options``, in capitals or not; SettingError where the variable holds another word."""
    word = words(name, default).upper()
    if word not in options:
        raise SettingError(f"{name} is {word!r}; it must be one of {', '.join(options)}.")
    return word


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``; SettingError where the variable holds anything else."""
    word = words(name, str(default))
    try:
        number = int(word)
    except ValueError:
        raise SettingError(f"{name} is {word!r}; it must be a whole number from {least} to {most}.") from None
    if not least <= number <= most:
        raise SettingError(f"{name} is {number}; it must be a whole number from {least} to {most}.")
    return number


def secret(name: str) -> str:
    """A secret, from the variable or from the file that ``NAME_FILE`` names; empty where neither is set.

    SettingError where both are set, where the file cannot be read or where it is empty.
    """
    value, file = words(name, ""), words(f"{name}_FILE", "")
    if not file:
        return value
    if value:
        raise SettingError(f"{name} and {name}_FILE are both set; keep one of them.")
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}_FILE names {file}, which cannot be read as text: {error}.") from error
    if not value:
        raise SettingError(f"{name}_FILE names {file}, which is empty; write the secret into it.")
    return value


def path(name: str, default: Path) -> Path:
    """An absolute path; a relative one counts from the folder that the command was started in."""
    return Path(words(name, str(default))).expanduser().absolute()


def listed(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Words separated by commas."""
    given = tuple(word.strip() for word in words(name, "").split(",") if word.strip())
    return given or default
