"""The PDF passes the accessibility gate, repeats byte for byte, and says what the report says."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Name
from tests.rendering.sample import sample_report

from lyhord.rendering.errors import RenderingError
from lyhord.rendering.pdf import render_pdf
from lyhord.rendering.report import Brand, Column, Paragraph, Quotation, Quotations, Report, Section, Table, TableCell

LONG_NAME = "Malung-Sälens och Nordmalings gemensamma räddningstjänstförbund"
VARIANTS = {
    "swedish": sample_report("sv"),
    "english": sample_report("en"),
    "real data, own red, long name": sample_report(
        organisation="Upplands Väsby kommun", brand=Brand(accent="#c8102e"), fictitious=False
    ),
    "yellow, longest name, no logo": sample_report(organisation=LONG_NAME, brand=Brand(accent="#ffcd00")),
    "one paragraph": replace(sample_report(), sections=(Section("a", "Ensam", (Paragraph("Kort."),)),)),
}


@pytest.mark.parametrize("report", VARIANTS.values(), ids=VARIANTS.keys())
def test_every_variant_passes_the_accessibility_gate(report: Report) -> None:
    verdict = page.validate_pdf_bytes(render_pdf(report), profile="ua1")
    assert verdict.is_compliant, [failure.message for failure in verdict.failures]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_semantic_checker_finds_no_fault(language: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(render_pdf(sample_report(language)))
    outloud = Path(sys.executable).parent / "outloud"
    done = subprocess.run([outloud, "--skip", "TAG-002", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_same_report_gives_the_same_bytes_twice() -> None:
    assert render_pdf(sample_report()) == render_pdf(sample_report())


def test_another_process_and_thread_count_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from lyhord.rendering.pdf import render_pdf; from tests.rendering.sample import sample_report;"
        "print(hashlib.sha256(render_pdf(sample_report())).hexdigest())"
    )
    environment = {**os.environ, "RAYON_NUM_THREADS": "1", "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=root
    )
    assert done.stdout.strip() == hashlib.sha256(render_pdf(sample_report())).hexdigest()


def test_a_report_rendered_in_between_leaves_no_trace() -> None:
    first = render_pdf(sample_report())
    render_pdf(sample_report("en"))
    assert render_pdf(sample_report()) == first


def test_the_file_says_its_language_title_and_date() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sample_report()))) as document:
        assert str(document.Root.Lang) == "sv-SE"
        assert str(document.docinfo["/Title"]) == "Servicemätning 2023 – Exempelköpings kommun"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20230615")


def test_every_body_row_begins_with_a_row_header() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sample_report()))) as document:
        rows = [row for row in _tagged(document, Name.TR) if Name.TBody == row.P.S]
        assert len(rows) == 4 + 9 + 66
        assert all(row.K[0].S == Name.TH and row.K[0].A.Scope == Name.Row for row in rows)


def test_every_chart_has_an_alternative_text() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sample_report()))) as document:
        alternatives = [str(one.Alt) for one in _tagged(document, Name.Figure)]
    assert len(alternatives) == 7 + 1  # the charts and the logo
    assert all(len(text) > 10 for text in alternatives)


def test_made_up_data_are_said_on_every_page_and_only_then(tmp_path: Path) -> None:
    made_up, real = sample_report(), sample_report(fictitious=False)
    assert all("Påhittade uppgifter" in text for text in _pages(render_pdf(made_up), tmp_path))
    assert not any("Påhittade" in text for text in _pages(render_pdf(real), tmp_path))


def test_pages_are_numbered_and_contents_point_to_them(tmp_path: Path) -> None:
    pages = _pages(render_pdf(sample_report()), tmp_path)
    assert f"Sida 3 av {len(pages)}" in pages[2]
    assert "Innehåll" in pages[1]
    assert "Sammanfattning" in pages[2]


def test_no_page_but_the_last_is_nearly_empty(tmp_path: Path) -> None:
    file = tmp_path / "read.pdf"
    file.write_bytes(render_pdf(sample_report()))
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    for text in boxes.split("<page ")[2:-1]:
        lowest = max(y for y in map(float, re.findall(r'yMax="([\d.]+)"', text)) if y < 770)  # above the footer
        assert lowest > 842 * 0.36


def test_a_comment_with_emoji_and_foreign_letters_still_makes_an_accessible_file() -> None:
    quotes = Quotations("Kommentarer 😊", (Quotation("Tack 👍🏽❤️ \x00 العربية 中文", "Telefon 🎉"),))
    made = render_pdf(replace(sample_report(), sections=(Section("a", "A", (quotes,)),)))
    assert page.is_pdf_compliant_bytes(made, profile="ua1")


def test_email_is_held_together(tmp_path: Path) -> None:
    text = " ".join(_pages(render_pdf(sample_report()), tmp_path))
    assert "e\N{NON-BREAKING HYPHEN}post" in text
    assert "e-post" not in text


def test_markup_in_a_report_is_text_and_not_markup(tmp_path: Path) -> None:
    wicked = '#panic("x") $x$ *bold* <label> @ref \\ `code` https://example.org/a_b'
    section = Section("a", wicked, (Paragraph(wicked), Paragraph('")#read("/etc/passwd")')))
    text = " ".join(_pages(render_pdf(replace(sample_report(), sections=(section,))), tmp_path))
    assert '#panic("x") $x$ *bold* <label> @ref' in text
    assert '#read("/etc/passwd")' in text


def test_a_short_row_names_the_table_and_the_row() -> None:
    table = Table(7, "Kort", (Column("A"), Column("B")), ((TableCell("bara en"),),))
    with pytest.raises(RenderingError, match=r"Table 7 \(Kort\), row 1: 1 cells for 2 columns"):
        render_pdf(replace(sample_report(), sections=(Section("a", "A", (table,)),)))


def test_a_broken_logo_is_said_with_the_report() -> None:
    broken = b"<svg xmlns='http://www.w3.org/2000/svg'><g>"
    with pytest.raises(RenderingError, match="provrapport-2023-9901-sv"):
        render_pdf(sample_report(brand=Brand(logo=broken, logo_alt="Trasig")))


def _pages(pdf: bytes, folder: Path) -> list[str]:
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def _tagged(document: pikepdf.Pdf, kind: Name) -> list[pikepdf.Object]:
    return [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get(Name.S) == kind]
