"""The Report: one frozen value that every face (PDF, PPTX, XLSX, HTML, CSV, Kolada) renders.

Text in a Report is finished text in the Report's language; numbers that stand in prose were formatted by
``numbers`` from the same Figure that the tables and charts hold, so a number can never differ between faces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lyhord.method.figures import Figure
from lyhord.rendering.charts.spec import ChartSpec


class ParagraphKind(StrEnum):
    """How a paragraph is set."""

    LEAD = "lead"
    BODY = "body"
    NOTE = "note"  # small: base, source, method


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain running text, no markup."""

    text: str
    kind: ParagraphKind = ParagraphKind.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence that judges, with the rule that produced it and the figures it rests on."""

    text: str
    rule: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A tile: label, figure as text, comparison and interval as text."""

    label: str
    value: str
    comparison: str
    interval: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of tiles."""

    tiles: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A named measure standing alone: "Mått 2 i KKiK: 52 %", with what it rests on."""

    label: str
    value: str
    note: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption; ``number`` is given once, by the composer, over the whole report."""

    number: int
    spec: ChartSpec
    note: str = ""  # base, n, what was left out
    figures: tuple[Figure, ...] = ()


class Align(StrEnum):
    """Column alignment."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: the text shown, and the unrounded number for XLSX and CSV where it is one."""

    text: str
    number: float | None = None
    figure: Figure | None = None
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column heading; ``number_format`` is an Excel format for its numbers."""

    heading: str
    align: Align = Align.START
    number_format: str = ""
    width: float = 1.0  # relative


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; the first column holds row headers. ``title`` is its caption."""

    number: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A comment or letter quoted, masked before it came here."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Quotations:
    """Quoted comments under one heading."""

    heading: str
    quotes: tuple[Quotation, ...]


Block = Paragraph | Bullets | Judgement | KeyFigures | Callout | Chart | Table | Quotations


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part; level 1 starts on a new page when ``new_page``; deeper levels stand inside."""

    id: str  # stable, for anchors: "resultat-telefon"
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says."""

    kind: str  # "Resultatrapport"
    title: str  # "SKR Servicemätning 2023"
    organisation: str  # "Västerås kommun"
    date: str  # as printed
    facts: tuple[tuple[str, str], ...] = ()  # ("Mätperiod", "13 mars–12 maj 2023")


@dataclass(frozen=True, slots=True)
class Brand:
    """A municipality's colour and logo. The colour is checked for contrast before use; the logo is SVG or PNG."""

    accent: str = "#0b5c63"
    logo: bytes | None = None
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class KoladaRow:
    """One row for Kolada: a KPI value with its definition."""

    kpi: str
    municipality: str
    period: int
    gender: str
    value: float
    definition: str


@dataclass(frozen=True)
class Report:
    """A whole report, ready to be rendered."""

    id: str  # "skr-servicematning-2023-1980-sv"; stable, used in file names
    language: str
    cover: Cover
    sections: tuple[Section, ...]
    municipality: str  # code, or "riket"
    instrument: str
    round: str
    issued: str  # ISO date, fixed by the caller so that bytes repeat
    fictitious: bool = False  # every page then says "påhittade uppgifter"
    brand: Brand = field(default_factory=Brand)
    kolada: tuple[KoladaRow, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()  # (what, why), for the production summary

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Every section with its depth (1 = top), in reading order."""

        def descend(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[int, Section]]:
            for section in sections:
                yield depth, section
                yield from descend(section.sections, depth + 1)

        yield from descend(self.sections, 1)
