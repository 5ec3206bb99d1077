"""Which slides a report becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rendering.sample import sample_report

from lyhord.method.figures import Figure, Unit
from lyhord.rendering.charts.spec import Bars, Mark
from lyhord.rendering.pptx.geometry import CONTENT
from lyhord.rendering.pptx.items import ChartPart, Kind, Page, TablePart, Texts
from lyhord.rendering.pptx.pages import report_pages
from lyhord.rendering.report import (
    Block,
    Callout,
    Chart,
    Column,
    Judgement,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Quotation,
    Quotations,
    Section,
    Table,
    TableCell,
)

SENTENCE = "Kommunen svarade på alla brev inom två dygn. "


def pages_of(*blocks: Block, title: str = "Avsnitt") -> tuple[Page, ...]:
    return report_pages(replace(sample_report(), sections=(Section("a", title, blocks),)))


def bars(number: int = 1, rows: int = 3, title: str = "Stapel", note: str = "") -> Chart:
    marks = tuple(Mark(f"Rad {row}", 5.0, 9) for row in range(rows))
    return Chart(number, Bars(title, "Beskrivning", marks), note)


def table(rows: int, text: str = "Cell") -> Table:
    return Table(1, "Tabell", (Column("A"), Column("B")), ((TableCell(text), TableCell("1")),) * rows)


def tile(label: str) -> KeyFigure:
    figure = Figure("m", Unit.INDEX, 82.7, 388, "svar")
    return KeyFigure(label, "82,7", label, "80,3–85,1", figure)


def contents(page: Page) -> list[str]:
    return [type(placed.content).__name__ for placed in page.placed]


def texts(pages: tuple[Page, ...]) -> str:
    found = [placed.content for page in pages for placed in page.placed]
    return " ".join(item.text for content in found if isinstance(content, Texts) for item in content.items)


def test_a_chart_stands_beside_the_text_around_it() -> None:
    (page,) = pages_of(Paragraph("Före."), bars(), Judgement("Efter.", "regel", ()))
    assert contents(page) == ["Caption", "ChartPart", "Texts"]
    assert texts((page,)) == "Före. Efter."


def test_a_chart_alone_takes_the_whole_width() -> None:
    (page,) = pages_of(bars())
    assert page.placed[1].box.width == CONTENT.width


def test_a_paragraph_that_leads_to_the_next_chart_stands_with_that() -> None:
    first, second = pages_of(bars(1), Paragraph("Leder vidare."), bars(2, title="Nästa"))
    assert contents(first) == ["Caption", "ChartPart"]
    assert texts((second,)) == "Leder vidare."


def test_the_first_slide_bears_the_sections_title_and_the_next_its_charts() -> None:
    assert [(page.title, page.kicker) for page in pages_of(bars(1), bars(2, title="Nästa"))] == [
        ("Avsnitt", ""),
        ("Nästa", "Avsnitt"),
    ]


def test_a_long_text_goes_on_to_further_slides() -> None:
    pages = pages_of(*[Paragraph(SENTENCE * 12)] * 6)
    assert [page.title for page in pages] == ["Avsnitt", "Avsnitt (2/3)", "Avsnitt (3/3)"]
    assert texts(pages).split() == (SENTENCE * 72).split()


def test_a_long_chart_and_a_long_table_are_split() -> None:
    charts = pages_of(bars(rows=30))
    assert [
        len(part.spec.marks)
        for page in charts
        for part in [page.placed[1].content]
        if isinstance(part, ChartPart) and isinstance(part.spec, Bars)
    ] == [10, 10, 10]
    tables = pages_of(table(60))
    parts = [placed.content for page in tables for placed in page.placed if isinstance(placed.content, TablePart)]
    assert [part.first for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].first, parts[-1].end) == (0, 60)
    assert len({page.title for page in tables}) == len(tables)


@pytest.mark.parametrize("rows", [16, 17, 20, 33, 40])
def test_a_table_that_runs_over_is_cut_into_even_slides(rows: int) -> None:
    placed = [one.content for page in pages_of(table(rows)) for one in page.placed]
    sizes = [part.end - part.first for part in placed if isinstance(part, TablePart)]
    assert sum(sizes) == rows
    assert max(sizes) - min(sizes) <= len(sizes)


def test_a_main_part_without_text_of_its_own_becomes_a_divider() -> None:
    report = replace(sample_report(), sections=(Section("a", "Del", (), (Section("b", "Under", (bars(),)),)),))
    divider, page = report_pages(report)
    assert (divider.kind, divider.title) == (Kind.DIVIDER, "Del")
    assert (page.title, page.kicker) == ("Under", "Del")


def test_titles_alike_are_told_apart() -> None:
    parts = tuple(Section(one, one, (bars(),), (Section(f"{one}1", "Enkelhet", (bars(),)),)) for one in ("Tel", "Mejl"))
    titles = [page.title for page in report_pages(replace(sample_report(), sections=parts))]
    assert titles == ["Tel", "Enkelhet", "Mejl", "Mejl: Enkelhet"]


def test_a_heading_is_never_left_alone_at_the_foot() -> None:
    quotes = Quotations("Rubrik", (Quotation(SENTENCE * 10),) * 3)
    for lines in range(1, 9):
        for page in pages_of(*[Paragraph(SENTENCE * 4)] * lines, quotes)[:-1]:
            last = page.placed[-1].content
            assert not (isinstance(last, Texts) and last.items[-1].text == "Rubrik")


BLOCKS = st.lists(
    st.one_of(
        st.integers(1, 40).map(lambda count: Paragraph(SENTENCE * count)),
        st.integers(0, 25).map(lambda rows: bars(rows=rows, note=SENTENCE * rows)),
        st.builds(table, st.integers(0, 45), st.sampled_from(["Cell", SENTENCE * 3, SENTENCE * 90])),
        st.integers(1, 60).map(lambda count: Callout("Mått " * count, "74 %", SENTENCE * count)),
        st.integers(1, 9).map(lambda count: KeyFigures((tile(SENTENCE * count),) * count)),
        st.integers(1, 60).map(lambda count: Quotations("Röster", (Quotation(SENTENCE * count, "Telefon"),))),
        st.integers(1, 8).map(lambda count: Judgement(SENTENCE * count, "regel", ())),
    ),
    min_size=1,
    max_size=6,
)


@given(BLOCKS)
def test_nothing_ever_stands_outside_its_slide_or_on_something_else(blocks: list[Block]) -> None:
    for page in pages_of(*blocks):
        boxes = [placed.box for placed in page.placed]
        assert boxes
        for box in boxes:
            assert box.bottom <= CONTENT.bottom + 0.02
            assert box.right <= CONTENT.right + 0.02
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one.bottom <= other.y + 0.02 or one.right <= other.x + 0.02 or other.bottom <= one.y + 0.02
                assert apart, (page.title, one, other)


@given(BLOCKS)
def test_no_word_is_lost_and_titles_occur_once(blocks: list[Block]) -> None:
    pages = pages_of(*blocks)
    spoken = sum(len(block.text.split()) for block in blocks if isinstance(block, Paragraph | Judgement))
    headings = sum(1 for block in blocks if isinstance(block, Quotations))
    assert len(texts(pages).split()) == spoken + headings
    assert len({page.title for page in pages}) == len(pages)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sample_report_becomes_slides_with_titles_of_their_own(language: str) -> None:
    pages = report_pages(sample_report(language))
    assert len({page.title for page in pages}) == len(pages) == 22
