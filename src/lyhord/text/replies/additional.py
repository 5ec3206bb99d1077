"""Signs that an answer holds more than was asked for ("merinformation"): links, tips, attached forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lyhord.text.replies.findings import Additional, Division, Link, Piece, Role, Span
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.unwrapping import host_of, shown, unwrapped

MOST_LINKS: Final = 100
_URL: Final = re.compile(
    r"https?://[^\s<>\"]{3,3000}|(?<![@\w./-])(?:www\.[^\s<>\"]{3,500}|"
    r"[a-zåäö0-9][a-zåäö0-9-]{1,60}(?:\.[a-zåäö0-9-]{2,60}){0,3}\.(?:se|nu|com|org|eu|net|gov|example)(?![\wåäö.@-]*@)\b(?:/[^\s<>\"]{0,500})?)",
    re.IGNORECASE,
)
_TIP: Final = re.compile(
    r"\btips|läs(?:a)?\s(?:gärna\s)?mer\b|mer\sinformation|mer\som\s(?:detta|det)|passa\s(?:även\s|också\s)?på\b|tänk\spå\satt|glöm\sinte|"
    r"rekommend|\bdu\skan\s(?:också|även|dessutom|istället|i\sstället)|\bni\skan\s(?:också|även|dessutom|istället|i\sstället)|dessutom|"
    r"(?:vi|det\sfinns|finns)\s(?:har\s)?(?:också|även)\b|bifoga|skickar\smed|se\säven|hör\s(?:även|också)|även\s(?:värt|bra)|"
    r"däremot\b|kolla\s(?:även|också)|du\skan\slika\sgärna|glömde\s(?:att\s)?(?:nämna|säga)|välkommen\satt\sboka|kan\svara\s(?:bra|värt)\satt|välkommen\s(?:på|till)\svår|ett\salternativ|öppet\shus|informations(?:kväll|träff|möte)|"
    r"för\smer\b|read\smore|further\sinformation|you\scan\salso|please\snote",
    re.IGNORECASE,
)
_SURVEY: Final = re.compile(r"enkät|betyg|nöjd\smed|undersökning|avregistrera", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|bmp|svg|webp)$", re.IGNORECASE)
_NO_FORM: Final = re.compile(r"\.(?:vcf|p7s|p7m|asc|ics|png|jpe?g|gif|dat|eml|htm|html)$|^$", re.IGNORECASE)
_SOCIAL: Final = re.compile(r"(?:^|\.)(?:facebook|instagram|twitter|x|linkedin|youtube)\.(?:com|example)$")


def suggested(letter: Letter, division: Division) -> Additional:
    """Suggest from the answer alone: links of the signature and of standing texts say nothing about the question.

    A link to a survey, a picture, social media or a mail address is left out. Tips without links are found by their
    words. A person decides.
    """
    pieces = [piece for piece in division.pieces if piece.role is Role.ANSWER]
    links = _distinct(link for piece in pieces for link in _links(division.text, piece))
    tips = tuple(span for piece in pieces for span in _tips(division.text, piece))
    files = tuple(each.name for each in letter.attachments if not each.inline and not _NO_FORM.search(each.name))
    return Additional(bool(links or tips or files), links, tips, files)


def _distinct(links: Iterator[Link]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.shown.casefold().removeprefix("www."), link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def _links(text: str, piece: Piece) -> Iterator[Link]:
    for found in _URL.finditer(text, piece.span.start, piece.span.stop):
        written = found.group().rstrip(".,;:!?)'*]»”")
        target = unwrapped(written)
        host = host_of(target)
        around = text[max(found.start() - 80, 0, text.rfind("\n", 0, found.start()) + 1) : found.start()]
        if not host or _SOCIAL.search(host) or _PICTURE.search(target) or _SURVEY.search(around + target):
            continue
        yield Link(Span(found.start(), found.start() + len(written)), written, target, shown(target))


def _tips(text: str, piece: Piece) -> Iterator[Span]:
    for found in _TIP.finditer(text, piece.span.start, piece.span.stop):
        yield Span(found.start(), found.end())
