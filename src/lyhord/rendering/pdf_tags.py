"""Row headers for tagged tables: the first cell of every body row becomes a header cell with row scope.

Typst tags column headers only; ISO 14289-1 (PDF/UA-1) 7.5 wants both, so that a screen reader can say which row a
number belongs to. A table so small that headers would outnumber values is left: its row is read whole, label and value,
and checkers take a table of mostly headers for one whose headings were torn apart. The file is written again with
object streams and an identifier made from its content.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

# What never holds a table: it is not read, since most of a report's elements lie in it.
_WITHOUT_TABLES: Final = frozenset(
    ("/TR", "/THead", "/P", "/H1", "/H2", "/H3", "/L", "/TOC", "/Caption", "/BlockQuote")
)


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with row headers; equal input gives equal bytes."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        for rows in _bodies(document):
            if _gains_by_row_headers(rows):
                for row in rows:
                    _mark_first_cell(row)
        written = io.BytesIO()
        document.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return written.getvalue()


def _bodies(document: Pdf) -> Iterator[list[Object]]:
    """The rows of each table body."""
    root = document.Root.get(Name.StructTreeRoot)
    for element in [] if root is None else _elements(root):
        if element.get(Name.S) == Name.TBody:
            yield [row for row in _children(element) if row.get(Name.S) == Name.TR]


def _gains_by_row_headers(rows: list[Object]) -> bool:
    """Whether values would be at least as many as headers: one header for each column and each row."""
    cells = rows[0].get(Name.K) if rows else None
    columns = len(cells) if isinstance(cells, Array) else 1
    return len(rows) * (columns - 1) >= len(rows) + columns


def _elements(root: Object) -> Iterator[Object]:
    """Every structure element below the root, without going into those that hold no table."""
    waiting = _children(root)
    while waiting:
        element = waiting.pop()
        yield element
        if str(element.get(Name.S)) not in _WITHOUT_TABLES:
            waiting.extend(_children(element))


def _children(element: Object) -> list[Object]:
    kids = element.get(Name.K)
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and Name.S in kid]


def _mark_first_cell(row: Object) -> None:
    first = row[Name.K][0]
    if first.get(Name.S) == Name.TD:
        first[Name.S] = Name.TH
        first[Name.A] = Dictionary(O=Name.Table, Scope=Name.Row)
