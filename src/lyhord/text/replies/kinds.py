"""Automatic, forwarded or an answer: a suggestion with every sign for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lyhord.text.replies.details import is_name
from lyhord.text.replies.findings import Classified, Division, Evidence, Kind, Role, Sign, Span
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.phrases import (
    ABSENT,
    ASKED,
    COLLEAGUE_WILL,
    CONTACT,
    FORWARDED,
    GREETED,
    KIND_WORDS,
    MACHINE,
    PASSED_LATER,
    RECEIPT,
    RECEIVED,
    WHO,
)
from lyhord.text.replies.signature import sender_facts

SHORT_NOTE: Final = 6  # words to a colleague above a letter passed on
MOST_READ: Final = 20_000  # characters
# X-Auto-Response-Suppress is not among them: it asks others not to answer, and stands on people's letters too.
_HEADERS: Final = (
    ("auto-submitted", re.compile(r"^\s*(?!no\b)\S", re.IGNORECASE)),
    ("x-autoreply", re.compile(r"")),
    ("x-autorespond", re.compile(r"")),
    ("x-autoresponse", re.compile(r"")),
    ("precedence", re.compile(r"auto", re.IGNORECASE)),
    ("return-path", re.compile(r"^\s*<>\s*$")),
    ("content-type", re.compile(r"^\s*multipart/report\b", re.IGNORECASE)),
)
_SUBJECT: Final = re.compile(
    r"auto(?:matisk\w*)?[\s-]?(?:svar|reply|besked|bekräftelse|respon\w+)|automaattinen|out\sof\s(?:the\s)?office|frånvar|ej\spå\splats|"
    r"(?:^|\s)är\sledig|^(?:läst|read|bekräftelse|mottaget|ärendekvittens)\b|(?:har\stagit|är)\semot|är\s(?:mottage[nt]|registrera[dt])|"
    r"tack\sför\sditt|hur\snöjd|hur\supplevde|hur\sblev\sdu",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT: Final = re.compile(
    r"kan\sinte\slevereras|kunde\sinte\slevereras|undeliver|delivery\sstatus\snotification|returned\smail|failure\snotice|"
    r"delivery\s(?:has\s)?fail|mail\sdelivery\sfail|delayed|fördröj",
    re.IGNORECASE,
)
_BOUNCE_TEXT: Final = re.compile(
    r"levereras|misslyckad|kunde\sinte\shittas|hittades\sinte|could\snot\sbe\sdelivered|unable\sto\sdeliver|wasn'?t\sable\sto\sdeliver|"
    r"permanent|undeliverable|rejected|user\sunknown|mailbox\s(?:is\s)?full|does\snot\sexist",
    re.IGNORECASE,
)
_DELAY: Final = re.compile(r"delay|fördröj|försena", re.IGNORECASE)
_POSTMASTER: Final = re.compile(r"^(?:mailer-daemon|postmaster|microsoftexchange\w*)@", re.IGNORECASE)
_NOBODY: Final = re.compile(r"^(?:no|do-?not)[.-]?reply|^(?:svara-?ej|svara-?inte|ingen-?svar)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[^.!?\n]{1,2000}(?:[.!?](?=\S)[^.!?\n]{0,300}){0,20}[.!?]*")
_CLAUSE: Final = re.compile(r"(?<=\w):\s(?=\w)|,?\s(?=men\s)")
_PASSED_ON: Final = re.compile(r"^\W{0,3}(?:vb|fw|fwd|vl|vidarebefordrat)\s?:", re.IGNORECASE)
# The first that fits is a sentence's sign.
_PHRASES: Final = (
    (Sign.PHRASE_FORWARDED, COLLEAGUE_WILL),
    (Sign.PHRASE_ABSENCE, ABSENT),
    (Sign.PHRASE_RECEIPT, MACHINE),
    (Sign.PHRASE_RECEIPT, PASSED_LATER),
    (Sign.PHRASE_FORWARDED, FORWARDED),
    (Sign.PHRASE_ASKED_COLLEAGUE, ASKED),
    (Sign.PHRASE_RECEIPT, RECEIPT),
    (Sign.PHRASE_RECEIVED, RECEIVED),
    (Sign.PHRASE_FORWARDED, WHO),
)


def classified(letter: Letter, division: Division) -> Classified:
    """Suggest a kind.

    Only AUTOMATIC is ever certain: where headers say so, a phrase says so, and nothing is left that could be an answer,
    or where the mail server's own report tells of the delivery. What stops the clock is always a person's word, and no
    letter is discarded for its kind.
    """
    signs = [*_of_headers(letter), *_of_text(division)]
    if bounce := _bounce(letter, division, signs):
        return bounce
    held = {evidence.sign for evidence in signs}
    signed = sender_facts(division).name is not None
    short = len(division.answer.split()) <= SHORT_NOTE and not any(sign.isdigit() for sign in division.answer)
    passed_on = bool(_PASSED_ON.match(letter.subject))
    kind = _kind(held, passed_on=passed_on, files=_has_files(letter), signed=signed, short=short)
    return Classified(kind, _is_certain(kind, held), tuple(signs))


def _has_files(letter: Letter) -> bool:
    return any(not attachment.inline for attachment in letter.attachments)


def _bounce(letter: Letter, division: Division, signs: list[Evidence]) -> Classified | None:
    failed = [report for report in letter.reports if report.action == "failed"]
    if failed:
        seen = Evidence(Sign.BOUNCE, f"{failed[0].action} {failed[0].status}".strip())
        return Classified(Kind.AUTOMATIC, certain=True, evidence=(*signs, seen), bounced=True)
    if letter.reports:
        seen = Evidence(Sign.BOUNCE, letter.reports[0].action)
        return Classified(Kind.AUTOMATIC, certain=True, evidence=(*signs, seen))
    subject = _BOUNCE_SUBJECT.search(letter.subject)
    text = _BOUNCE_TEXT.search(division.text[:MOST_READ])
    from_server = bool(_POSTMASTER.match(letter.sender.address))
    if from_server and (subject or text):
        seen = Evidence(Sign.BOUNCE, letter.subject[:200])
        bounced = not _DELAY.search(letter.subject)
        return Classified(Kind.AUTOMATIC, certain=False, evidence=(*signs, seen), bounced=bounced)
    return None


def _kind(held: set[Sign], *, passed_on: bool, files: bool, signed: bool, short: bool) -> Kind:
    by_machine = bool(held & {Sign.HEADER_AUTOMATIC, Sign.SUBJECT_AUTOMATIC})
    content = Sign.ANSWER_CONTENT in held
    if Sign.PHRASE_ABSENCE in held and (by_machine or not content):
        return Kind.AUTOMATIC
    received = bool(held & {Sign.PHRASE_RECEIPT, Sign.PHRASE_RECEIVED})
    surely_machine = held >= {Sign.HEADER_AUTOMATIC, Sign.SUBJECT_AUTOMATIC} and received
    if passed_on and not files and short:
        return Kind.FORWARDED
    if content:
        return Kind.AUTOMATIC if surely_machine or (by_machine and Sign.PHRASE_RECEIPT in held) else Kind.ANSWER
    if held & {Sign.PHRASE_FORWARDED, Sign.PHRASE_ASKED_COLLEAGUE}:
        return Kind.FORWARDED
    if by_machine or Sign.PHRASE_RECEIPT in held:
        return Kind.AUTOMATIC
    if Sign.PHRASE_RECEIVED in held:
        return Kind.FORWARDED if signed else Kind.AUTOMATIC
    return Kind.FORWARDED if passed_on and not files else Kind.ANSWER


def _is_certain(kind: Kind, held: set[Sign]) -> bool:
    phrases = {Sign.PHRASE_ABSENCE, Sign.PHRASE_RECEIPT, Sign.PHRASE_RECEIVED}
    says_so = Sign.HEADER_AUTOMATIC in held and bool(held & phrases)
    return kind is Kind.AUTOMATIC and says_so and Sign.ANSWER_CONTENT not in held


def _of_headers(letter: Letter) -> Iterator[Evidence]:
    for name, says in _HEADERS:
        for value in letter.headers.get(name, ()):
            if says.search(value):
                yield Evidence(Sign.HEADER_AUTOMATIC, f"{name}: {value[:80]}")
    if _NOBODY.match(letter.sender.address):
        yield Evidence(Sign.SUBJECT_AUTOMATIC, letter.sender.address[:80])
    if found := _SUBJECT.search(letter.subject[:300]):
        yield Evidence(Sign.SUBJECT_AUTOMATIC, found.group())


def _of_text(division: Division) -> Iterator[Evidence]:
    """One sign for each sentence of the sender's own: the phrase that it is, or content."""
    words = False
    read = 0
    for role, span in _sentences(division):
        sentence = span.of(division.text)
        read += len(sentence)
        if read > MOST_READ:
            break
        sign = _sign_of(sentence, role)
        words = words or sign is not None or role is Role.ANSWER
        if sign is not None:
            yield Evidence(sign, sentence[:200], span)
    if not words:
        yield Evidence(Sign.NO_WORDS, "")


def _sentences(division: Division) -> Iterator[tuple[Role, Span]]:
    for piece in division.pieces:
        if piece.role not in (Role.ANSWER, Role.NOTICE):
            continue
        written = piece.span.of(division.text)[:MOST_READ]
        for found in _SENTENCE.finditer(written):
            for start, stop in _clauses(found.group()):
                if found.group()[start:stop].strip(" \t.!?-–_*"):
                    at = piece.span.start + found.start()
                    yield piece.role, Span(at + start, at + stop)


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """The sentence cut before "men" and behind a colon, where an answer may follow a receipt's words."""
    edges = [0, *(cut.end() for cut in _CLAUSE.finditer(sentence)), len(sentence)]
    for start, stop in pairwise(edges):
        words = sentence[start:stop]
        yield start + len(words) - len(words.lstrip()), stop - (len(words) - len(words.rstrip()))


def _sign_of(sentence: str, role: Role) -> Sign | None:
    if role is Role.NOTICE:  # ticket lines stand about answers too; only a machine's own words tell
        return Sign.PHRASE_RECEIPT if MACHINE.search(sentence) else None
    for sign, pattern in _PHRASES:
        if pattern.search(sentence):
            return sign
    if GREETED.fullmatch(sentence) or KIND_WORDS.fullmatch(sentence) or CONTACT.search(sentence) or is_name(sentence):
        return None
    return Sign.ANSWER_CONTENT
