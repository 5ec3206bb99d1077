"""Reading a composed Report in tests: its words, charts, judgements and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from lyhord.rendering.charts.spec import ChartSpec, StackedShares
from lyhord.rendering.report import (
    Block,
    Bullets,
    Callout,
    Chart,
    Judgement,
    KeyFigures,
    Paragraph,
    Quotations,
    Report,
    Section,
    Table,
)

SomeBlock = TypeVar("SomeBlock", bound=Block)


@dataclass(frozen=True)
class Read:
    """What stands in a report or a part of it."""

    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """Every word of the part, block by block, one a line."""
        return "\n".join(line for section in _walk(self.sections) for line in _lines(section))

    @property
    def charts(self) -> list[StackedShares]:
        """The 100 % bars of the part."""
        blocks = (block for section in _walk(self.sections) for block in section.blocks)
        return [block.spec for block in blocks if isinstance(block, Chart) and isinstance(block.spec, StackedShares)]

    def text_of(self, section_id: str) -> str:
        """The words of one section inside the part."""
        return Read(tuple(each for each in _walk(self.sections) if each.id == section_id)).text


def prose_of(whole: Report | Section) -> Read:
    """A report's or a section's content, to be asked for words and charts."""
    return Read(whole.sections if isinstance(whole, Report) else (whole,))


def section(report: Report, section_id: str) -> Section:
    """The section with this id; StopIteration where the report has none."""
    return next(each for _, each in report.walk() if each.id == section_id)


def section_ids(report: Report) -> list[str]:
    """The ids of all sections in reading order."""
    return [each.id for _, each in report.walk()]


def blocks_of(whole: Report | Section, kind: type[SomeBlock]) -> list[SomeBlock]:
    """All blocks of one kind, in reading order."""
    return [b for each in _walk(prose_of(whole).sections) for b in each.blocks if isinstance(b, kind)]


def judgements(whole: Report | Section) -> list[Judgement]:
    """All judging sentences, in reading order."""
    return blocks_of(whole, Judgement)


def cover_fact(report: Report, label: str) -> str:
    """One fact of the cover."""
    return dict(report.cover.facts)[label]


def chart_specs(report: Report) -> list[ChartSpec]:
    """What every chart shows, in reading order."""
    return [chart.spec for chart in blocks_of(report, Chart)]


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for each in sections:
        yield each
        yield from _walk(each.sections)


def _lines(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from _words(block)


def _words(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph(text=text) | Judgement(text=text):
            return (text,)
        case Bullets(items=items):
            return items
        case KeyFigures(tiles=tiles):
            return tuple(word for tile in tiles for word in (tile.label, tile.value, tile.comparison, tile.interval))
        case Callout(label=label, value=value, note=note):
            return (label, value, note)
        case Chart(spec=spec, note=note):
            return (spec.title, note)
        case Table(title=title, columns=columns, rows=rows, note=note):
            cells = [cell.text for row in rows for cell in row]
            return (title, *(column.heading for column in columns), *cells, note)
        case Quotations(heading=heading, quotes=quotes):
            return (heading, *(word for quote in quotes for word in (quote.text, quote.attribution)))
