"""What can be wrong with an answer, as values with texts in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lyhord.instruments.definition import LocalText


class ProblemCode(StrEnum):
    """The kinds of problems; stable, so that callers may act on them."""

    NO_SUCH_OPTION = "no_such_option"
    NOT_SECONDS = "not_seconds"
    NOT_A_MOMENT = "not_a_moment"
    TOO_LONG = "too_long"
    UNKNOWN_ITEM = "unknown_item"
    MISSING = "missing"
    NOT_ASKED = "not_asked"
    CONTRADICTS = "contradicts"
    BEFORE = "before"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the field (an item id, or "" for the whole row), its kind and what the texts mention."""

    field: str
    code: ProblemCode
    params: Mapping[str, str | LocalText]

    def message(self, language: str = "sv") -> str:
        """What is wrong, in Swedish or English (Swedish for any other language)."""
        return _TEXTS[self.code][0].in_language(language).format_map(self._words(language))

    def remedy(self, language: str = "sv") -> str:
        """What to do about it, in Swedish or English (Swedish for any other language)."""
        return _TEXTS[self.code][1].in_language(language).format_map(self._words(language))

    def _words(self, language: str) -> dict[str, str]:
        return {
            name: word.in_language(language) if isinstance(word, LocalText) else word
            for name, word in self.params.items()
        }


def _text(sv: str, en: str) -> LocalText:
    return LocalText(MappingProxyType({"sv": sv, "en": en}))


_TEXTS: Mapping[ProblemCode, tuple[LocalText, LocalText]] = MappingProxyType(
    {
        ProblemCode.NO_SUCH_OPTION: (
            _text("”{given}” är inget svarsalternativ till {name}.", "“{given}” is not an option of {name}."),
            _text("Ange något av {options}.", "Give one of {options}."),
        ),
        ProblemCode.NOT_SECONDS: (
            _text("”{given}” är inte ett antal sekunder.", "“{given}” is not a number of seconds."),
            _text(
                "Ange ett tal från 0 till {most}, till exempel 45 eller 45,5.",
                "Give a number from 0 to {most}, such as 45 or 45.5.",
            ),
        ),
        ProblemCode.NOT_A_MOMENT: (
            _text("”{given}” är inte dag och klockslag.", "“{given}” is not a day and a time."),
            _text("Skriv som 2017-10-22 10:35.", "Write as in 2017-10-22 10:35."),
        ),
        ProblemCode.TOO_LONG: (
            _text("Texten har {length} tecken.", "The text has {length} characters."),
            _text("Korta den till högst {most} tecken.", "Shorten it to at most {most} characters."),
        ),
        ProblemCode.UNKNOWN_ITEM: (
            _text("{given} är ingen fråga i kanalen {channel}.", "{given} is not a question of the channel {channel}."),
            _text("Ta bort värdet eller välj bland {items}.", "Remove the value or choose among {items}."),
        ),
        ProblemCode.MISSING: (
            _text("{name} saknar svar.", "{name} has no answer."),
            _text("Frågan är obligatorisk: fyll i ett svar.", "The question is required: fill in an answer."),
        ),
        ProblemCode.NOT_ASKED: (
            _text(
                "{name} har ett svar men ställs bara när {condition} är {options}.",
                "{name} has an answer but is only asked when {condition} is {options}.",
            ),
            _text(
                "Ta bort svaret eller rätta svaret på {condition}.",
                "Remove the answer or correct the answer to {condition}.",
            ),
        ),
        ProblemCode.CONTRADICTS: (
            _text(
                "{name} är ”{given}”, men av {other} följer ”{expected}”.",
                "{name} is “{given}”, but {other} implies “{expected}”.",
            ),
            _text("Rätta det ena av de två svaren.", "Correct one of the two answers."),
        ),
        ProblemCode.BEFORE: (
            _text(
                "{name} ({given}) ligger före {other} ({earlier}).", "{name} ({given}) is before {other} ({earlier})."
            ),
            _text("Kontrollera dag och klockslag för båda.", "Check the day and time of both."),
        ),
        ProblemCode.EMPTY: (
            _text("Inga svar.", "No answers."),
            _text("Ta bort raden eller fyll i minst ett svar.", "Remove the row or fill in at least one answer."),
        ),
    }
)
