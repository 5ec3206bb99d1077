"""Interviewers' comments, example letters and unanswered letters, masked so that no officer can be recognised."""

from __future__ import annotations

from lyhord.composition.cells import text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults
from lyhord.method.suppression import comments_masked
from lyhord.rendering import numbers
from lyhord.rendering.report import Block, Quotation, Quotations, Section


def comment_quotes(draft: Draft, results: MysteryResults, channel: str, factor: str) -> list[Block]:
    """The comments on one factor; without the area's name where few calls lie behind it."""
    quotations = results.material.quotations.of(results.code)
    comments = [c for c in quotations.comments if (c.channel, c.factor) == (channel, factor)]
    if not comments:
        return []
    masked = any(_masked(results, f"{channel}.svar", comment.area) for comment in comments)
    quotes = tuple(
        Quotation(comment.text, "" if masked else _area_name(draft, results, comment.area)) for comment in comments
    )
    blocks: list[Block] = [Quotations(draft.prose("quotes.title"), quotes)]
    if masked:
        blocks.append(draft.note("quotes.masked_note"))
        name = results.instrument.item(f"{channel}.{factor}").name.in_language(draft.language)
        draft.withhold(f"{draft.prose('quotes.title')}: {name}", draft.prose("quotes.masked_note"))
    return blocks


def example_quotes(draft: Draft, results: MysteryResults) -> list[Block]:
    """The questions of well-answered letters; answers are described, never quoted, since they name officers."""
    examples = results.material.quotations.of(results.code).examples
    if not examples:
        return []
    quotes = tuple(
        Quotation(
            draft.prose("quotes.example_masked"),
            draft.prose(
                "quotes.example_question", area=_area_name(draft, results, example.area), question=example.question
            ),
        )
        for example in examples
    )
    return [Quotations(draft.prose("quotes.example_title"), quotes)]


def unanswered_section(draft: Draft, results: MysteryResults) -> Section:
    """The letters that nobody answered, with area, question and when they were sent."""
    letters = results.material.quotations.of(results.code).unanswered
    title = draft.prose("unanswered.title")
    if not letters:
        return Section("obesvarade-brev", title, (draft.body("unanswered.none"),))
    rows = [
        [
            text_cell(_area_name(draft, results, letter.area)),
            text_cell(letter.question),
            text_cell(numbers.moment(letter.sent, draft.language)),
        ]
        for letter in letters
    ]
    columns = [
        text_column(draft.prose("unanswered.area"), 1.2),
        text_column(draft.prose("unanswered.question"), 3),
        text_column(draft.prose("unanswered.sent"), 1.2),
    ]
    table = draft.table(draft.prose("unanswered.table_title"), columns, rows)
    return Section("obesvarade-brev", title, (draft.body("unanswered.lead"), table))


def _masked(results: MysteryResults, item: str, area: str) -> bool:
    return comments_masked(results.instrument, "area", results.counts(item, area).n) if area else False


def _area_name(draft: Draft, results: MysteryResults, area: str) -> str:
    breakdown = results.instrument.breakdown("area")
    options = breakdown.values if breakdown else ()
    return next((option.label.in_language(draft.language) for option in options if option.code == area), area)
