"""Every face is found by name, repeats byte for byte, and says what the report says."""

from __future__ import annotations

import pytest
from tests.rendering.sample import sample_report

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.faces import FORMATS, face, file_name, render

STARTS = {
    "pdf": b"%PDF-",
    "pptx": b"PK",
    "xlsx": b"PK",
    "html": b"<!doctype html>",
    "csv": b"\xef\xbb\xbf",
    "kolada": b"\xef",
}


def test_the_formats_are_those_the_command_offers() -> None:
    assert set(FORMATS) == set(STARTS)


@pytest.mark.parametrize("name", sorted(STARTS))
def test_a_face_is_rendered_alike_each_time(name: str) -> None:
    content = render(sample_report(), name)
    assert content.lower().startswith(STARTS[name].lower())
    assert content == render(sample_report(), name)


@pytest.mark.parametrize("name", sorted(STARTS))
def test_file_names_are_the_reports_id_with_an_ending_of_their_own(name: str) -> None:
    report = sample_report()
    assert file_name(report, name).startswith("provrapport-2023-9901-sv.")
    assert len({file_name(report, other) for other in FORMATS}) == len(FORMATS)


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(RenderingError, match=r"'docx'.*pdf, pptx, xlsx, html, csv, kolada"):
        face("docx")
