"""LibreOffice opens the office files and shows every slide and sheet."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest
from tests.rendering.sample import sample_report

from lyhord.rendering.faces import render

pytestmark = [pytest.mark.office, pytest.mark.slow]


def pages_shown(content: bytes, ending: str, folder: Path) -> int:
    """The pages LibreOffice makes of the file; a missing LibreOffice fails the test."""
    source = folder / f"rapport.{ending}"
    source.write_bytes(content)
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pikepdf.open(folder / "rapport.pdf") as pdf:
        return len(pdf.pages)


def test_a_presentation_shows_every_slide(tmp_path: Path) -> None:
    assert pages_shown(render(sample_report(), "pptx"), "pptx", tmp_path) == 24


def test_a_workbook_prints_each_sheet_one_page_wide(tmp_path: Path) -> None:
    # Twelve sheets, of which the two with 66 rows go on to a second and third page.
    assert pages_shown(render(sample_report(), "xlsx"), "xlsx", tmp_path) == 15
