"""PowerPoint and Excel files keep to Office's own schemas."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from tests.rendering.sample import sample_report

from lyhord.rendering.faces import render


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["pptx", "xlsx"])
def test_an_office_file_has_no_schema_error(tmp_path: Path, name: str, language: str) -> None:
    path = tmp_path / f"report.{name}"
    path.write_bytes(render(sample_report(language), name))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_a_damaged_file_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "report.pptx"
    content = render(sample_report("sv"), "pptx")
    path.write_bytes(content[: len(content) // 2])
    assert not OpenXmlValidator().validate(path).is_valid
