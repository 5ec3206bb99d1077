"""What is the municipality's own: numbers, or the beginnings of numbers, and domains of e-mail."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext

from lyhord.delivery.contents import DOMAIN
from lyhord.survey.errors import SurveyError

BEGINNING: Final = re.compile(r"\+[1-9][0-9]{3,14}")
DROPPED: Final = re.compile(r"[\s\u00a0\u2011().–-]")


def checked_numbers(text: str) -> str:
    """One beginning of numbers a line, as ``+4621390``. SurveyError names a line that is none."""
    return "\n".join(_number(line) for line in text.splitlines() if line.strip())


def checked_domains(text: str) -> str:
    """One domain a line, in small letters. SurveyError names a line that is none."""
    return "\n".join(_domain(line) for line in text.splitlines() if line.strip())


def _number(line: str) -> str:
    plain = DROPPED.sub("", line)
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    elif plain.startswith("0"):
        plain = f"+46{plain[1:]}"
    if not BEGINNING.fullmatch(plain):
        text = gettext("”{line}” är inget nummer. Skriv det som 021-39 eller +4621390.")
        raise SurveyError(text.format(line=line.strip()[:40]))
    return plain


def _domain(line: str) -> str:
    plain = line.strip().casefold().lstrip("@")
    try:
        plain = plain.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not DOMAIN.fullmatch(plain):
        text = gettext("”{line}” är ingen domän. Skriv den som vasteras.se.")
        raise SurveyError(text.format(line=line.strip()[:40]))
    return plain
