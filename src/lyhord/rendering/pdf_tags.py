"""Row headers for tagged tables: the first cell of every body row becomes a header cell with row scope.

Typst tags column headers only; ISO 14289-1 (PDF/UA-1) 7.5 wants both, so that a screen reader can say which row a
number belongs to. The file is written again with object streams and an identifier made from its content.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with row headers; equal input gives equal bytes."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        for row in _body_rows(document):
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


def _body_rows(document: Pdf) -> Iterator[Object]:
    root = document.Root.get(Name.StructTreeRoot)
    for element in [] if root is None else _elements(root):
        if element.get(Name.S) == Name.TBody:
            yield from (row for row in _children(element) if row.get(Name.S) == Name.TR)


def _elements(root: Object) -> Iterator[Object]:
    """Every structure element below the root, without going into table rows."""
    waiting = _children(root)
    while waiting:
        element = waiting.pop()
        yield element
        if element.get(Name.S) != Name.TR:
            waiting.extend(_children(element))


def _children(element: Object) -> list[Object]:
    kids = element.get(Name.K)
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and Name.S in kid]


def _mark_first_cell(row: Object) -> None:
    cells = row.get(Name.K)
    first = cells[0] if isinstance(cells, Array) and len(cells) else cells
    if isinstance(first, Dictionary) and first.get(Name.S) == Name.TD:
        first[Name.S] = Name.TH
        first[Name.A] = Dictionary(O=Name.Table, Scope=Name.Row)
