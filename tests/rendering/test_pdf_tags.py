"""Row headers are put where they belong and nowhere else, with the same bytes each time."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from lyhord.rendering.pdf_tags import with_row_headers


def tagged(*rows: tuple[Name, ...], group: Name = Name.TBody) -> bytes:
    """A PDF of one table whose rows hold cells of the given kinds."""
    document = Pdf.new()
    document.add_blank_page()
    made = [Dictionary(S=Name.TR, K=Array([Dictionary(S=cell) for cell in row])) for row in rows]
    body = Dictionary(S=group, K=Array(made) if len(made) > 1 else made[0])  # a single child may stand without a list
    document.Root.StructTreeRoot = Dictionary(K=Dictionary(S=Name.Table, K=Array([body, 3])))
    written = io.BytesIO()
    document.save(written, deterministic_id=True)
    return written.getvalue()


def kinds(pdf: bytes) -> list[list[str]]:
    with Pdf.open(io.BytesIO(pdf)) as document:
        rows = document.Root.StructTreeRoot.K.K[0].K
        return [[str(cell.S) for cell in row.K] for row in (rows if isinstance(rows, Array) else [rows])]


ROW = (Name.TD, Name.TD, Name.TD, Name.TD)


def test_the_first_cell_of_each_body_row_becomes_a_header() -> None:
    assert kinds(with_row_headers(tagged(ROW, ROW))) == [["/TH", "/TD", "/TD", "/TD"]] * 2


@pytest.mark.parametrize(
    ("rows", "columns", "marked"), [(1, 4, False), (2, 4, True), (2, 3, False), (3, 3, True), (50, 2, False)]
)
def test_a_table_whose_headers_would_outnumber_its_values_is_left(rows: int, columns: int, marked: bool) -> None:
    made = kinds(with_row_headers(tagged(*[(Name.TD,) * columns] * rows)))
    assert {row[0] for row in made} == {"/TH" if marked else "/TD"}


def test_the_header_has_row_scope() -> None:
    with Pdf.open(io.BytesIO(with_row_headers(tagged(ROW, ROW)))) as document:
        cell = document.Root.StructTreeRoot.K.K[0].K[0].K[0]
        assert Dictionary(O=Name.Table, Scope=Name.Row) == cell.A


def test_rows_of_the_head_are_left_as_they_are() -> None:
    assert kinds(with_row_headers(tagged(ROW, ROW, group=Name.THead))) == [["/TD"] * 4] * 2


def test_equal_input_gives_equal_bytes() -> None:
    source = tagged(ROW, ROW)
    assert with_row_headers(source) == with_row_headers(source)


def test_a_file_without_tags_is_left_without() -> None:
    document = Pdf.new()
    document.add_blank_page()
    written = io.BytesIO()
    document.save(written)
    with pikepdf.open(io.BytesIO(with_row_headers(written.getvalue()))) as made:
        assert Name.StructTreeRoot not in made.Root
