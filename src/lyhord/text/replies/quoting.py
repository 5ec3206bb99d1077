"""A letter's text in pieces: the answer, the signature, notices, and what is quoted."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from lyhord.text.replies.details import is_detail, is_greeting, is_name, is_sentence
from lyhord.text.replies.findings import Division, Piece, Role, Span
from lyhord.text.replies.quotation import LONGEST_LINE, Whose, whose_lines

MOST_SIGNATURE: Final = 16  # lines
_TICKET: Final = re.compile(
    r"(?:(?:svara|skriv|reply|kirjoita)\b.{0,30}(?:ovanför|above)|(?:detta|det\shär).{0,20}(?:mejl|mail|meddelande|utskick).{0,30}"
    r"(?:inte\satt\s(?:be)?svara|går\sinte)|^\W{0,4}svara\sinte\spå\sd|betygsätt|^\W{0,4}ärende(?:nummer|-?id|nr)?\s?[:#]|"
    r"^(?:status|ansvarig|kategori)\s?:|är\sdu\snöjd\smed\svårt\ssvar|ditt\särende\s\S{1,20}\shar\sbesvarats|"
    r"du\shar\sfått\sett\ssvar\s(?:i|på)\s(?:ditt\s)?ärende)",
    re.IGNORECASE,
)
_STANDING: Final = re.compile(
    r"personuppgift|dataskydd|gdpr|konfidentiell|sekretess|confidential|avsett?\sför\s(?:adressaten|mottagaren)|av\smisstag|"
    r"tänk\spå\smiljön|innan\sdu\sskriver\sut|before\sprinting|viruskontroll|virus",
    re.IGNORECASE,
)
_FIXED: Final = {Whose.QUOTED: Role.QUOTE, Whose.POINTED_AT: Role.ANSWER, Whose.OWN: None}
_RULE: Final = re.compile(r"\s{0,4}[-_=*]{3,}\s{0,4}$")
_SLASHED: Final = re.compile(r"\s{0,4}/{1,2}\s?[A-ZÅÄÖÉÁ]")
_DASHES: Final = re.compile(r"--\s{0,2}$")


def divided(text: str, question: str = "") -> Division:
    """Divide the text. ``question`` is what we asked, where it is known: it finds a quotation that nothing else marks.

    The pieces cover the text, in order, and each is whole lines. Takes time in proportion to the text's length.
    """
    lines = text.split("\n")
    roles: list[Role | None] = [_FIXED[whose] for whose in whose_lines(lines, question)]
    roles = [_notice(line) if role is None and line.strip() else role for role, line in zip(roles, lines, strict=True)]
    for start, stop in _runs(lines, roles):
        _sign(lines, roles, start, stop)
    return Division(text, _pieces(lines, [role or Role.ANSWER for role in _blanks_follow(lines, roles)]))


def _notice(line: str) -> Role | None:
    return Role.NOTICE if len(line) <= LONGEST_LINE and _TICKET.search(line) else None


def _runs(lines: list[str], roles: list[Role | None]) -> list[tuple[int, int]]:
    """Stretches of the sender's own lines, blank lines and notices among them."""
    runs = []
    for is_own, rows in groupby(range(len(lines)), key=lambda row: roles[row] in (None, Role.NOTICE)):
        numbers = list(rows)
        if is_own and any(lines[row].strip() for row in numbers):
            runs.append((numbers[0], numbers[-1] + 1))
    return runs


def _sign(lines: list[str], roles: list[Role | None], start: int, stop: int) -> None:
    """Mark the signature of a stretch, and the standing texts behind it."""
    rows = [row for row in range(start, stop) if lines[row].strip() and roles[row] is None]
    standing = next((row for row in rows if _is_standing(lines[row], row == rows[0])), None)
    if standing is not None:
        cut = rows.index(standing)
        if cut and _RULE.match(lines[rows[cut - 1]]):
            cut -= 1
        for row in rows[cut:]:
            roles[row] = Role.NOTICE
        rows = rows[:cut]
    for row in rows[_first_of_signature(lines, rows) :]:
        roles[row] = Role.SIGNATURE


def _is_standing(line: str, is_first: bool) -> bool:
    return not is_first and len(line) >= 30 and bool(_STANDING.search(line[:LONGEST_LINE]))


def _first_of_signature(lines: list[str], rows: list[int]) -> int:
    """The place in ``rows`` where the signature begins; its end where there is none."""
    lowest = max(len(rows) - MOST_SIGNATURE, 0)
    for place in range(len(rows) - 1, lowest - 1, -1):
        line = lines[rows[place]]
        if is_greeting(line) or _DASHES.match(line) or (_SLASHED.match(line) and len(line.split()) <= 6):
            return _higher(lines, rows, place) if _all_details(lines, rows[place + 1 :]) else _by_details(lines, rows)
    return _by_details(lines, rows)


def _higher(lines: list[str], rows: list[int], place: int) -> int:
    """A greeting or name line just above the slash or dashes belongs to the signature too."""
    while place > 0 and (is_greeting(lines[rows[place - 1]]) or (place > 1 and is_name(lines[rows[place - 1]]))):
        place -= 1
    return place


def _all_details(lines: list[str], rows: list[int]) -> bool:
    return not any(is_sentence(lines[row]) and not is_detail(lines[row]) for row in rows[:3])


def _by_details(lines: list[str], rows: list[int]) -> int:
    """From below, as long as lines are details; the first line is none unless it is a detail itself."""
    place = len(rows)
    while place > 0:
        if is_detail(lines[rows[place - 1]]):
            place -= 1
        elif len(rows) > place > 1 and _could_be_detail(lines[rows[place - 1]]) and is_detail(lines[rows[place - 2]]):
            place -= 2  # a school's or a project's name between the title and the telephone
        else:
            break
    return max(place, 1) if rows and not is_detail(lines[rows[0]]) else place


def _could_be_detail(line: str) -> bool:
    words = line.strip()
    return words[:1].isupper() and len(words.split()) <= 6 and words[-1:].isalnum()


def _blanks_follow(lines: list[str], roles: list[Role | None]) -> list[Role | None]:
    """A blank line has the role of the line above it."""
    out: list[Role | None] = []
    for line, role in zip(lines, roles, strict=True):
        out.append(role if line.strip() or not out else out[-1])
    return out


def _pieces(lines: list[str], roles: list[Role]) -> tuple[Piece, ...]:
    pieces = []
    at = row = 0
    for role, group in groupby(roles):
        count = sum(1 for _ in group)
        length = sum(len(line) + 1 for line in lines[row : row + count])
        pieces.append(Piece(role, Span(at, at + length)))
        at, row = at + length, row + count
    last = pieces[-1]
    pieces[-1] = Piece(last.role, Span(last.span.start, last.span.stop - 1))
    return tuple(pieces)
