"""What the rules suggest of a letter, each with the words that it was read from; a person confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A place in ``Letter.text``: from ``start`` to before ``stop``, in characters."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.stop]


class Role(StrEnum):
    """What a piece of the letter's text is."""

    ANSWER = "answer"  # the sender's own words
    SIGNATURE = "signature"  # greeting and sender details
    NOTICE = "notice"  # a ticket system's line, or a standing text on personal data or viruses
    QUOTE = "quote"  # what somebody wrote before


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines that have one role."""

    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Division:
    """The letter's text in pieces that cover it, in order. A hint: always show the whole text beside it."""

    text: str
    pieces: tuple[Piece, ...]

    def of(self, *roles: Role) -> str:
        """The pieces with these roles, in order, without blank lines at the ends."""
        return "\n".join(p.span.of(self.text).strip("\n") for p in self.pieces if p.role in roles).strip()

    @property
    def answer(self) -> str:
        """The sender's own words without the signature."""
        return self.of(Role.ANSWER)


class Kind(StrEnum):
    """What came; only ANSWER stops the clock."""

    AUTOMATIC = "automatic"  # a machine wrote it: receipt, absence, bounce
    FORWARDED = "forwarded"  # received or passed on, without an answer
    ANSWER = "answer"


class Sign(StrEnum):
    """Something that speaks for a kind."""

    HEADER_AUTOMATIC = "header_automatic"  # Auto-Submitted and its kin, null Return-Path
    BOUNCE = "bounce"  # a delivery report
    SUBJECT_AUTOMATIC = "subject_automatic"
    PHRASE_RECEIPT = "phrase_receipt"  # "detta är ett automatiskt svar", "har registrerats med ärendenummer"
    PHRASE_ABSENCE = "phrase_absence"  # "jag är på semester till"
    PHRASE_RECEIVED = "phrase_received"  # "tack för ditt mejl, vi återkommer": a machine's words, and a person's
    PHRASE_FORWARDED = "phrase_forwarded"  # "jag har skickat din fråga vidare till"
    PHRASE_ASKED_COLLEAGUE = "phrase_asked_colleague"  # "Anna, kan du svara på denna?"
    ANSWER_CONTENT = "answer_content"  # words left when the phrases above are taken away
    NO_WORDS = "no_words"  # nothing of the sender's own


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign, what was seen, and where in the text (None for headers)."""

    sign: Sign
    seen: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Classified:
    """The suggested kind and every sign for and against. Only AUTOMATIC is ever ``certain``."""

    kind: Kind
    certain: bool
    evidence: tuple[Evidence, ...]
    bounced: bool = False  # it never arrived: the probe leaves the base


class SenderClass(StrEnum):
    """The four classes of the KKiK form (scale ``avsandare``)."""

    COMPLETE = "fullstandig"
    NAME_PHONE = "namn_tel"
    NAME_DEPARTMENT = "namn_forvaltning"
    OTHER = "ovrigt"


@dataclass(frozen=True, slots=True)
class Fact:
    """One sender detail as it was written, and where."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """What the sender says of itself: each detail as it was read, or None."""

    name: Fact | None = None
    post: Fact | None = None  # befattning, funktion or förvaltning
    municipality: Fact | None = None
    phone: Fact | None = None

    @property
    def sender_class(self) -> SenderClass:
        """The class that follows from the four facts; a telephone number goes before a department."""
        if not self.name:
            return SenderClass.OTHER
        if self.phone:
            return SenderClass.COMPLETE if self.post and self.municipality else SenderClass.NAME_PHONE
        return SenderClass.NAME_DEPARTMENT if self.post else SenderClass.OTHER


class Rung(IntEnum):
    """By what a letter was matched with its probe, the surest first."""

    ADDRESS = 1  # the probe's own address is among the recipients
    REFERENCE = 2  # In-Reply-To, References or an enclosed letter name our Message-ID
    QUOTED = 3  # our Message-ID or our question stands in the text
    SUBJECT = 4  # sender's domain, subject and time fit


@dataclass(frozen=True, slots=True)
class OpenProbe:
    """What matching must know of a probe that was sent. ``domains``: the municipality's, with its ticket systems'."""

    key: str
    address: str  # the persona's address that it was sent from
    message_id: str
    subject: str
    question: str
    sent_at: datetime
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """The probe that a letter answers, or None and the ``candidates`` that a person chooses among (perhaps none)."""

    probe: str | None
    rung: Rung | None
    evidence: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the answer: as it stands, where it leads when wrapping is undone, and how to show it."""

    span: Span
    written: str
    target: str
    shown: str


@dataclass(frozen=True, slots=True)
class Additional:
    """Whether the answer seems to hold more than was asked for ("merinformation"), and why."""

    suggested: bool
    links: tuple[Link, ...] = ()
    tips: tuple[Span, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything suggested of one letter. ``masked`` has the names and numbers of officials hidden."""

    match: Match
    division: Division
    classified: Classified
    sender: SenderFacts
    additional: Additional
    masked: str
