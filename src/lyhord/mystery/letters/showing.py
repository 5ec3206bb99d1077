"""A mail as a reviewer sees it: its pieces with what was read from them marked, its facts, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lyhord.text.replies.findings import Assessment, Evidence, Fact, Role, Rung, SenderClass, Sign, Span

ROLES: Final = MappingProxyType(
    {
        Role.ANSWER: gettext_lazy("Avsändarens egna ord"),
        Role.SIGNATURE: gettext_lazy("Avsändaruppgifter"),
        Role.NOTICE: gettext_lazy("Standardtext"),
        Role.QUOTE: gettext_lazy("Citerad text"),
    }
)
SIGNS: Final = MappingProxyType(
    {
        Sign.HEADER_AUTOMATIC: gettext_lazy("mejlets huvud säger att en maskin har skrivit det"),
        Sign.BOUNCE: gettext_lazy("en e-postserver meddelar att brevet inte kunde levereras"),
        Sign.SUBJECT_AUTOMATIC: gettext_lazy("ärenderaden är en maskins"),
        Sign.PHRASE_RECEIPT: gettext_lazy("orden är en automatisk bekräftelses"),
        Sign.PHRASE_ABSENCE: gettext_lazy("orden säger att någon är borta"),
        Sign.PHRASE_RECEIVED: gettext_lazy("orden säger bara att brevet har kommit"),
        Sign.PHRASE_FORWARDED: gettext_lazy("orden säger att frågan har skickats vidare"),
        Sign.PHRASE_ASKED_COLLEAGUE: gettext_lazy("en kollega ombeds svara"),
        Sign.ANSWER_CONTENT: gettext_lazy("det finns ord kvar som kan vara ett svar"),
        Sign.NO_WORDS: gettext_lazy("avsändaren har inte skrivit något eget"),
    }
)
RUNGS: Final = MappingProxyType(
    {
        Rung.ADDRESS: gettext_lazy("det kom till brevets egen adress"),
        Rung.REFERENCE: gettext_lazy("det hänvisar till vårt brev"),
        Rung.QUOTED: gettext_lazy("vår fråga står citerad i det"),
        Rung.SUBJECT: gettext_lazy("avsändarens domän, ärenderaden och tiden stämmer"),
    }
)
CLASSES: Final = MappingProxyType(
    {
        SenderClass.COMPLETE: gettext_lazy("Namn, befattning eller förvaltning, kommun och telefon"),
        SenderClass.NAME_PHONE: gettext_lazy("Namn och telefon"),
        SenderClass.NAME_DEPARTMENT: gettext_lazy("Namn och förvaltning"),
        SenderClass.OTHER: gettext_lazy("Övrigt"),
    }
)
LABELS: Final = MappingProxyType(
    {
        "name": gettext_lazy("namn"),
        "post": gettext_lazy("befattning eller förvaltning"),
        "municipality": gettext_lazy("kommun"),
        "phone": gettext_lazy("telefon"),
    }
)
LINK, TIP = gettext_lazy("länk"), gettext_lazy("merinformation")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; ``mark`` says what was read from them, empty where nothing was."""

    words: str
    mark: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the mail with its runs; ``folded`` until somebody wants to see it."""

    role: str
    label: str | Promise
    runs: tuple[Run, ...]
    folded: bool


def parts_of(found: Assessment) -> list[Part]:
    """The mail's text in its pieces, with facts, links and tips marked where they stand."""
    marks = sorted(_marks(found), key=lambda mark: (mark[0].start, -mark[0].stop))
    text = found.division.text
    parts = []
    for piece in found.division.pieces:
        if piece.span.of(text).strip():
            runs = tuple(_runs(text, piece.span, marks))
            parts.append(Part(piece.role.value, ROLES[piece.role], runs, piece.role in (Role.QUOTE, Role.NOTICE)))
    return parts


def facts_of(found: Assessment) -> list[tuple[str | Promise, str]]:
    """The sender's four details with the words that each was read from; empty where it was not found."""
    return [(label, fact.words if fact else "") for label, fact in _facts(found)]


def reasons_of(signs: Iterable[str]) -> list[str | Promise]:
    """Why the mail is taken to be what is suggested."""
    return [SIGNS[Sign(sign)] for sign in signs if sign in set(Sign)]


def seen_in(evidence: Iterable[Evidence]) -> Mapping[str, str]:
    """What was seen of each sign, in the mail's words."""
    return {str(SIGNS[one.sign]): one.seen[:200] for one in evidence if one.seen}


def _facts(found: Assessment) -> list[tuple[str | Promise, Fact | None]]:
    return [(label, getattr(found.sender, field)) for field, label in LABELS.items()]


def _marks(found: Assessment) -> list[tuple[Span, str | Promise]]:
    facts = [(fact.span, label) for label, fact in _facts(found) if fact]
    links = [(link.span, LINK) for link in found.additional.links]
    return [*facts, *links, *((span, TIP) for span in found.additional.tips)]


def _runs(text: str, span: Span, marks: Iterable[tuple[Span, str | Promise]]) -> Iterable[Run]:
    at = span.start
    for marked, label in marks:
        if marked.start < at or marked.stop > span.stop:
            continue
        if marked.start > at:
            yield Run(text[at : marked.start])
        yield Run(marked.of(text), label)
        at = marked.stop
    if at < span.stop:
        yield Run(text[at : span.stop].rstrip("\n"))
