"""Which probe a letter answers: rungs from the surest down, and a person wherever two remain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from lyhord.text.replies.findings import Match, OpenProbe, Rung
from lyhord.text.replies.letter import Letter

LONGEST_WAIT: Final = timedelta(days=30)  # for the last rung only: the others hold however late the answer is
SHORTEST_QUESTION: Final = 16  # letters; a shorter question may stand in any text
SHORTEST_SUBJECT: Final = 6  # letters; a shorter subject must be the whole subject
_PREFIX: Final = re.compile(
    r"\s*(?:(?:sv|vb|re|fw|fwd|ang|angående|vs|aw|svar|besvarat|svar\spå(?:\s\w+){0,2}|ärende|kopia|auto(?:matiskt\s)?svar|autosvar|"
    r"frånvaro\w*|frånvarande|automatic\sreply)\s?:|\[[^\]]{0,80}\]|\([^)]{0,80}\)|#\d{1,12}|"
    r"(?:ärende(?:nummer|nr)?|id|dnr|ref)\s?[:#]?\s?[\w/-]{0,10}\d[\w/-]{0,20}|[a-zåäö]{1,5}-?\d{2,4}-\d{1,8})[\s:,-]*",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W_]+")

_Rule = Callable[[Letter, OpenProbe], str]


def matched(letter: Letter, probes: Iterable[OpenProbe], received_at: datetime) -> Match:
    """Match by address, then Message-ID, then quoted words, then sender and subject.

    A rung that leaves one probe decides. One that leaves several hands them down to the next; what is left at the end
    are candidates for a person. ``received_at`` is our own server's time; probes sent later are not considered.
    """
    remaining = [probe for probe in probes if probe.sent_at <= received_at]
    by_sender = _by_sender_and_subject(received_at)
    text = _bare(letter.text)
    rules: tuple[tuple[Rung, _Rule], ...] = (
        (Rung.ADDRESS, _by_address),
        (Rung.REFERENCE, _by_reference),
        (Rung.REFERENCE, _by_enclosed_sender),
        (Rung.QUOTED, lambda each, probe: _by_quoted_words(each, text, probe)),
        (Rung.QUOTED, _by_quoted_address),
        (Rung.SUBJECT, by_sender),
    )
    narrowed = False
    for rung, rule in rules:
        fitting = [(probe, seen) for probe in remaining if (seen := rule(letter, probe))]
        if len(fitting) == 1:
            probe, seen = fitting[0]
            return Match(probe.key, rung, seen)
        if fitting:
            remaining, narrowed = [probe for probe, _ in fitting], True
    candidates = tuple(probe.key for probe in remaining) if narrowed else ()
    return Match(None, None, "several fit" if candidates else "none fits", candidates)


def plain_subject(subject: str) -> str:
    """The subject without answer prefixes, case numbers and brackets; in the letter case it has."""
    words = subject[:500]
    while found := _PREFIX.match(words):
        if not found.end():
            break
        words = words[found.end() :]
    return re.sub(r"\s*(?:\[[^\]]{0,80}\]|\([^)]{0,80}\)|ref:\S{0,80})\s*$", "", words).strip()


def _by_address(letter: Letter, probe: OpenProbe) -> str:
    return probe.address if probe.address.lower() in letter.recipients else ""


def _by_reference(letter: Letter, probe: OpenProbe) -> str:
    ours = probe.message_id.strip("<>")
    named = {*letter.refers_to, *(n for each in letter.enclosed for n in (each.message_id, *each.refers_to))}
    named |= {found.strip("<> ") for found in letter.headers.get("original-message-id", ())}
    return f"<{ours}>" if ours in named else ""


def _by_enclosed_sender(letter: Letter, probe: OpenProbe) -> str:
    address = probe.address.lower()
    return address if any(each.sender.address == address for each in letter.enclosed) else ""


def _by_quoted_words(letter: Letter, bare_text: str, probe: OpenProbe) -> str:
    if probe.message_id.strip("<>") in letter.text:
        return probe.message_id
    question = _bare(probe.question)
    return probe.question if len(question) >= SHORTEST_QUESTION and question in bare_text else ""


def _by_quoted_address(letter: Letter, probe: OpenProbe) -> str:
    return probe.address if probe.address.lower() in letter.text.lower() else ""


def _by_sender_and_subject(received_at: datetime) -> _Rule:
    def rule(letter: Letter, probe: OpenProbe) -> str:
        domain = letter.sender.address.rpartition("@")[2]
        ours = any(domain == each or domain.endswith("." + each) for each in probe.domains)
        if not ours or received_at - probe.sent_at > LONGEST_WAIT:
            return ""
        theirs, asked = _bare(plain_subject(letter.subject)), _bare(plain_subject(probe.subject))
        same = theirs == asked or (len(asked) >= SHORTEST_SUBJECT and asked in _bare(letter.subject))
        return f"{domain}: {letter.subject[:200]}" if same and asked else ""

    return rule


def _bare(words: str) -> str:
    return "".join(_LETTERS.findall(words.casefold()))
