"""A report being written: the language, the texts, and the running numbers of charts and tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lyhord.composition.prose import Prose
from lyhord.method.figures import Figure
from lyhord.rendering.charts.spec import ChartSpec
from lyhord.rendering.report import Chart, Column, Paragraph, ParagraphKind, Table, TableCell


class Draft:
    """Numbers charts and tables in the order they are written; holds what was withheld on the way."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.language = prose.language
        self.withheld: list[tuple[str, str]] = []
        self._charts = 0
        self._tables = 0

    def chart(self, spec: ChartSpec, note: str = "", figures: Sequence[Figure] = ()) -> Chart:
        """The next chart of the report."""
        self._charts += 1
        return Chart(self._charts, spec, note, tuple(figures))

    def table(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[TableCell]], note: str = ""
    ) -> Table:
        """The next table of the report."""
        self._tables += 1
        return Table(self._tables, title, tuple(columns), tuple(tuple(row) for row in rows), note)

    def lead(self, key: str, **values: object) -> Paragraph:
        """A lead paragraph with the text ``key``."""
        return Paragraph(self.prose(key, **values), ParagraphKind.LEAD)

    def body(self, key: str, **values: object) -> Paragraph:
        """A body paragraph with the text ``key``."""
        return Paragraph(self.prose(key, **values))

    def note(self, key: str, **values: object) -> Paragraph:
        """A small paragraph with the text ``key``."""
        return Paragraph(self.prose(key, **values), ParagraphKind.NOTE)

    def left_out(self, municipalities: Collection[str]) -> str:
        """What follows a note when participants are left out of a sum: how many and why; nothing when none is."""
        if not municipalities:
            return ""
        key = "sums.left_out_one" if len(municipalities) == 1 else "sums.left_out"
        return " " + self.prose(key, count=len(municipalities))

    def withhold(self, what: str, why: str) -> None:
        """Remember what was left out of the report and why, for the production summary."""
        if (what, why) not in self.withheld:
            self.withheld.append((what, why))
