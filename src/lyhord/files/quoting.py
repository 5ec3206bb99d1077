"""Reading the words of a mystery measurement out of its sound rows."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from lyhord.files.columns import ANSWER_TEXT, COMMENT_ON, EXAMPLE, QUESTION, source_column
from lyhord.files.durations import moment
from lyhord.files.engines import ROW, Frame, fetched
from lyhord.files.quotations import ExampleLetter, InterviewerComment, Quotations, UnansweredLetter
from lyhord.files.resolving import (
    OUT,
    PLACE,
    ROAD,
    WORKING,
    ItemSource,
    Resolver,
    division_column,
    has_text,
    item_column,
)
from lyhord.instruments.definition import Cut

MOST_QUOTATIONS = 20_000
_AREA = division_column("area")
_YES = ("ja", "yes", "x", "1", "true", "Ja", "JA")


def quotations_in(frame: Frame, resolver: Resolver) -> Quotations:
    """Comments, unanswered letters and examples, in file order. A survey has none: its comments are only counted."""
    if resolver.instrument.method != "mystery":
        return Quotations()
    present = frame.collect_schema().names()
    counted = frame.filter(nw.col(OUT).is_null())
    if _AREA not in present:
        counted = counted.with_columns(nw.lit("").alias(_AREA))
    return Quotations(
        comments=tuple(_comments(counted, resolver, present)),
        unanswered=tuple(_unanswered(counted, resolver, present)),
        examples=tuple(_examples(counted, present)),
    )


def _ordered(frame: Frame, *columns: str) -> list[tuple[str, ...]]:
    rows = fetched(frame.select("_file", ROW, *columns).sort("_file", ROW).head(MOST_QUOTATIONS))
    return [tuple("" if text is None else str(text).strip() for text in row[2:]) for row in rows]


def _comments(frame: Frame, resolver: Resolver, present: list[str]) -> Iterator[InterviewerComment]:
    columns = {name: name.removeprefix(COMMENT_ON) for name in present if name.startswith(COMMENT_ON)}
    columns |= {column: "" for _, column in resolver.sources.texts}  # a comment on the whole call
    for column, factor in columns.items():
        for municipality, channel, area, text in _ordered(frame.filter(has_text(column)), PLACE, ROAD, _AREA, column):
            yield InterviewerComment(channel, area, factor, text, municipality)


def _unanswered(frame: Frame, resolver: Resolver, present: list[str]) -> Iterator[UnansweredLetter]:
    """Letters without any answer; one that was answered too late is not among them."""
    for source in resolver.sources.items:
        cut = source.item.cut
        if source.column.startswith(WORKING) and cut:
            yield from _letters(frame, source, cut, present)


def _letters(frame: Frame, source: ItemSource, cut: Cut, present: list[str]) -> Iterator[UnansweredLetter]:
    sent_in = source_column(cut.sources[0], present)
    if sent_in is None:
        return
    waiting = ~nw.col(item_column(source.item.id)).is_null() & nw.col(source.column).is_null()
    asked = frame if QUESTION in present else frame.with_columns(nw.lit("").alias(QUESTION))
    for municipality, area, question, sent in _ordered(asked.filter(waiting), PLACE, _AREA, QUESTION, sent_in):
        at = moment(sent)
        if at is not None:
            yield UnansweredLetter(area, question, at, municipality)


def _examples(frame: Frame, present: list[str]) -> Iterator[ExampleLetter]:
    if not {EXAMPLE, ANSWER_TEXT, QUESTION} <= set(present):
        return
    chosen = nw.col(EXAMPLE).str.strip_chars().is_in(list(_YES)).fill_null(False)
    for municipality, area, question, answer in _ordered(frame.filter(chosen), PLACE, _AREA, QUESTION, ANSWER_TEXT):
        yield ExampleLetter(area, question, answer, municipality)
