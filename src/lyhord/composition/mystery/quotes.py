"""Interviewers' comments, example letters and unanswered letters, masked so that no officer can be recognised."""

from __future__ import annotations

from lyhord.composition.cells import text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults
from lyhord.files.quotations import UnansweredLetter
from lyhord.method.suppression import comments_masked
from lyhord.rendering import numbers
from lyhord.rendering.report import Block, Quotation, Quotations, Section


def comment_quotes(draft: Draft, results: MysteryResults, channel: str, factor: str) -> list[Block]:
    """The comments on one factor; without the area's name where few calls lie behind it."""
    quotations = results.material.quotations.of(results.code)
    comments = [c for c in quotations.comments if (c.channel, c.factor) == (channel, factor)]
    if not comments:
        return []
    masked = any(_masked(results, channel, comment.area) for comment in comments)
    quotes = tuple(
        Quotation(draft.prose.quoted(each.text), "" if masked else _area_name(draft, results, each.area))
        for each in comments
    )
    blocks: list[Block] = [Quotations(draft.prose("quotes.title"), quotes)]
    if masked:
        blocks.append(draft.note("quotes.masked_note"))
        name = results.instrument.item(f"{channel}.{factor}").name.in_language(draft.language)
        draft.withhold(f"{draft.prose('quotes.title')}: {name}", draft.prose("quotes.masked_note"))
    return blocks


def example_quotes(draft: Draft, results: MysteryResults) -> list[Block]:
    """The questions of well-answered letters; answers are never quoted, since they name officers."""
    examples = results.material.quotations.of(results.code).examples
    if not examples:
        return []
    quotes = tuple(
        Quotation(draft.prose.quoted(each.question), _area_name(draft, results, each.area)) for each in examples
    )
    return [Quotations(draft.prose("quotes.example_title"), quotes), draft.note("quotes.example_masked")]


def unanswered_section(draft: Draft, results: MysteryResults) -> Section:
    """The letters that nobody answered, by area and then by when they were sent."""
    title = draft.prose("unanswered.title")
    letters = _in_order(results)
    outside = results.instrument.breakdown("area")
    apart = [each for each in letters if outside is not None and each.area in outside.outside_total]
    unlisted = results.counts("epost.svarstid").of("ej_svar") - (len(letters) - len(apart))
    if not letters:
        key = "unanswered.none" if unlisted <= 0 else "unanswered.unlisted"
        return Section("obesvarade-brev", title, (draft.body(key, count=unlisted),))
    rows = [
        [
            text_cell(_area_name(draft, results, letter.area)),
            text_cell(letter.question or "–"),
            text_cell(numbers.moment(letter.sent, draft.language)),
        ]
        for letter in letters
    ]
    columns = [
        text_column(draft.prose("unanswered.area"), 1.4),
        text_column(draft.prose("unanswered.question"), 3),
        text_column(draft.prose("unanswered.sent"), 1.1),
    ]
    notes = []
    if apart:
        notes.append(draft.prose("unanswered.outside", count=len(apart)))
    if unlisted > 0:
        notes.append(draft.prose("unanswered.also", count=unlisted))
    table = draft.table(draft.prose("unanswered.table_title"), columns, rows, " ".join(notes))
    return Section("obesvarade-brev", title, (draft.body("unanswered.lead"), table))


def _in_order(results: MysteryResults) -> list[UnansweredLetter]:
    """By area as the instrument lists them, then by when the letter was sent."""
    breakdown = results.instrument.breakdown("area")
    places = {option.code: place for place, option in enumerate(breakdown.values if breakdown else ())}
    letters = results.material.quotations.of(results.code).unanswered
    return sorted(letters, key=lambda letter: (places.get(letter.area, len(places)), letter.sent))


def _masked(results: MysteryResults, channel: str, area: str) -> bool:
    return bool(area) and comments_masked(results.instrument, "area", results.cases(channel, area))


def _area_name(draft: Draft, results: MysteryResults, area: str) -> str:
    breakdown = results.instrument.breakdown("area")
    options = breakdown.values if breakdown else ()
    return next((option.label.in_language(draft.language) for option in options if option.code == area), area)
