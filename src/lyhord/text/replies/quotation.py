"""Which lines of a letter repeat what somebody wrote before, in the ways that mail programs show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

LONGEST_LINE: Final = 1_000  # of a line, as much as the patterns are tried on
_MARKED: Final = re.compile(r"\s{0,3}(?:>|\|\s)")
_FROM: Final = re.compile(r"[\s*>]{0,6}(?:från|from|lähettäjä|fra|von)\s?:", re.IGNORECASE)
_DATED: Final = re.compile(
    r"[\s*>]{0,6}(?:skickat|sent|datum|date|lähetetty|päiväys|ämne|subject|aihe|sendt|emne)\s?:", re.IGNORECASE
)
_OTHER: Final = re.compile(
    r"[\s*>]{0,6}(?:till|to|kopia|cc|bcc|vastaanottaja|kopio|svara\still|reply-to|prioritet)\s?:", re.IGNORECASE
)
_BANNER: Final = re.compile(
    r"\s{0,4}[-_=*]{2,60}\s{0,4}(?:[\wåäö]{1,20}\s){0,3}(?:meddelande|message|mail|mejl|e-post|viesti|ärende|fråga)(?:\s\w{1,20}){0,2}"
    r"\s{0,4}:?\s{0,4}[-_=*]{0,60}\s{0,4}$|\s{0,4}[-_=*]{2,60}\s{0,4}(?:ursprungligt|vidarebefordrat|original)",
    re.IGNORECASE,
)
_ATTRIBUTION: Final = re.compile(
    r"(?=.{0,300}(?:\d{4}|\d{1,2}[:.]\d\d|@)).{3,300}?(?:skrev|wrote|kirjoitti)\b.{0,200}:\s{0,3}$",
    re.IGNORECASE | re.DOTALL,
)
_NAMED: Final = re.compile(r"[^\W\d_][\w'’-]{0,30}(?:\s[\w'’-]{1,30}){0,3}\s(?:skrev|wrote)\s?:\s{0,3}$")
_ATTRIBUTION_START: Final = re.compile(
    r"\s{0,6}(?:den\s(?:\d|mån|tis|ons|tor|fre|lör|sön)|on\s(?:\d|mon|tue|wed|thu|fri|sat|sun)|\d{4}-\d|"
    r"\d{1,2}[./]\d{1,2}[\s./]|\d{1,2}\.?\s(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[kc]t|nov|dec)|"
    r"(?:mån|tis|ons|tors|fre|lör|sön|ma|ti|ke|to|pe|la|su)\w{0,6}\.?\s\d)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"[\s*]{0,4}(?:(?:din|er|ursprunglig|inkommen|kundens|ställd)\s(?:fråga|förfrågan)|(?:ditt|ursprungligt|ert|inkommet|kundens)\s"
    r"(?:ursprungliga\s)?(?:meddelande|mejl|mail|ärende)|du\sskrev|frågan?|meddelande|ärendebeskrivning|historik)\b[^.!?]{0,40}:?\s{0,3}$",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\s{0,4}[A-ZÅÄÖ][\wåäö -]{1,30}:|\s{0,4}[\d-]{8,10}\s.{0,60}:$|[\s_=-]{5,200}$|.{0,40}\bfråga\b.{0,40}$"
)
_RULE: Final = re.compile(r"\s{0,4}[_=-]{5,}\s{0,4}$")
_BELOW: Final = re.compile(r"\b(?:nedan|nedanstående|härunder|below|i\sdin\stext)\b", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W_]+")
MOST_OF_A_LINE: Final = 16  # letters that a line of our question has at least
_FAREWELL: Final = 4  # lines that a resident's greeting and name take at most
_LONGEST_POINTER: Final = 300  # characters of "se svar nedan från ..."


class Whose(Enum):
    """Whose words a line is."""

    OWN = "own"
    QUOTED = "quoted"
    POINTED_AT = "pointed_at"  # a colleague's, below "se svar nedan"


@dataclass(frozen=True, slots=True)
class Head:
    """Lines that say that a quotation follows: from ``start`` to before ``stop``."""

    start: int
    stop: int


def whose_lines(lines: list[str], question: str) -> list[Whose]:
    """For each line whose it is. ``question`` is what we asked, where it is known."""
    short = [line[:LONGEST_LINE] for line in lines]
    asked = _bare(question)
    whose = [Whose.QUOTED if _MARKED.match(line) else Whose.OWN for line in short]
    heads = _heads(short, asked)
    at = 0
    for number, head in enumerate(heads):
        if head.start < at:
            continue
        whose[head.start : head.stop] = [Whose.QUOTED] * (head.stop - head.start)
        if _next_is_marked(short, head.stop):
            at = head.stop
            continue
        nearest = heads[number + 1].start if number + 1 < len(heads) else len(lines)
        own = [row for row, each in zip(short, whose[: head.start], strict=False) if each is Whose.OWN and row.strip()]
        return _after(short, whose, head, (nearest, asked, " ".join(own)[: _LONGEST_POINTER + 1]))
    return whose


def _after(lines: list[str], whose: list[Whose], head: Head, known: tuple[int, str, str]) -> list[Whose]:
    """The lines behind an unmarked quotation's head: quoted, but for an answer below it or one pointed at."""
    nearest, asked, own = known
    points = len(own) <= _LONGEST_POINTER and bool(_BELOW.search(own))
    has_question = any(_asks(line, asked) for line in lines[head.stop : nearest])
    if points and not has_question and any(line.strip() for line in lines[head.stop : nearest]):
        rest = len(lines) - nearest
        return whose[: head.start] + [Whose.POINTED_AT] * (nearest - head.start) + [Whose.QUOTED] * rest
    if own and not (points and has_question):
        return whose[: head.stop] + [Whose.QUOTED] * (len(lines) - head.stop)
    until = _end_of_question(lines, head.stop, asked)
    return whose[: head.stop] + [Whose.QUOTED] * (until - head.stop) + whose[until:]


def _end_of_question(lines: list[str], start: int, asked: str) -> int:
    """Where our own letter ends when the answer stands below it: behind our question, our greeting and our name."""
    rows = range(start, len(lines))
    at = max((row for row in rows if _asks(lines[row], asked)), default=-1) + 1
    if not at:
        first = next((row for row in rows if lines[row].strip()), len(lines))
        return next((row for row in range(first, len(lines)) if not lines[row].strip()), len(lines))
    for _ in range(_FAREWELL):
        words = next((row for row in range(at, len(lines)) if lines[row].strip()), len(lines))
        if words == len(lines) or not _is_farewell(lines[words]):
            break
        at = words + 1
    return at


def _is_farewell(line: str) -> bool:
    words = line.strip(" /,-")
    return (
        len(words.split()) <= 4 and not words.endswith((".", ":", "!")) and (words.istitle() or len(words.split()) <= 3)
    )


def _heads(lines: list[str], asked: str) -> list[Head]:
    found: list[Head] = []
    at = 0
    while at < len(lines):
        head = _head_at(lines, at, asked)
        if head is None:
            at += 1
            continue
        found.append(_with_rule_above(lines, head))
        at = head.stop
    return found


def _head_at(lines: list[str], at: int, asked: str) -> Head | None:
    line = lines[at]
    if not line.strip() or _MARKED.match(line):
        return None
    if stop := _fields_end(lines, at) or _attribution_end(lines, at):
        return Head(at, stop)
    if _BANNER.match(line):
        below = at + 1 + next((n for n, each in enumerate(lines[at + 1 : at + 3]) if each.strip()), 0)
        return Head(at, _fields_end(lines, below) or at + 1)
    if _LABEL.match(line) and any(_asks(each.lstrip("> "), asked) for each in lines[at + 1 : at + 6]):
        return Head(at, at + 1)
    if _asks(line, asked):
        return Head(_labels_above(lines, at), at + 1)
    return None


def _fields_end(lines: list[str], at: int) -> int:
    """Behind a block of From, Sent, To, Subject; 0 where there is none. "Från: Centralen, Till: Sjukhuset" is none."""
    if at >= len(lines) or not _FROM.match(lines[at]):
        return 0
    last, dated, others = at, 0, 0
    for row in range(at + 1, min(at + 9, len(lines))):
        if _DATED.match(lines[row]):
            last, dated = row, dated + 1
        elif _OTHER.match(lines[row]):
            last, others = row, others + 1
        elif lines[row].strip() and row > last + 1:
            break
    return last + 1 if dated and dated + others >= 2 else 0


def _attribution_end(lines: list[str], at: int) -> int:
    if _NAMED.match(lines[at]):
        return at + 1
    for rows in (1, 2, 3) if _ATTRIBUTION_START.match(lines[at]) else (1,):
        block = lines[at : at + rows]
        if not all(line.strip() for line in block):
            return 0
        if _ATTRIBUTION.fullmatch(" ".join(line.strip() for line in block)[:600]):
            return at + rows
    return 0


def _with_rule_above(lines: list[str], head: Head) -> Head:
    above = next((row for row in range(head.start - 1, max(head.start - 3, -1), -1) if lines[row].strip()), -1)
    return Head(above, head.stop) if above >= 0 and _RULE.match(lines[above]) else head


def _labels_above(lines: list[str], at: int) -> int:
    start = at
    for row in range(at - 1, max(at - 7, -1), -1):
        if not lines[row].strip() or not _FIELD.match(lines[row]):
            break
        start = row
    return start


def _next_is_marked(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_MARKED.match(following))


def _asks(line: str, asked: str) -> bool:
    """Whether the line is our question, or as much of it as fits on a line."""
    words = _bare(line)
    if not asked or len(words) < max(MOST_OF_A_LINE, len(asked) * 2 // 5):
        return False
    return words in asked or (asked in words and len(words) <= len(asked) + 60)


def _bare(words: str) -> str:
    return "".join(_LETTERS.findall(words[:LONGEST_LINE].casefold()))
