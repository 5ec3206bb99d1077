"""The index of a folder of reports: what is read, what is refused, and in which order it is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lyhord.web.produced import ProducedError, ProducedFile, grouped, path_of, read_produced
from web.produced_folder import report_entry, write_folder


def test_a_folder_without_an_index_has_no_reports(tmp_path: Path) -> None:
    assert read_produced(tmp_path) == ()


def test_a_report_is_read_with_its_files(tmp_path: Path) -> None:
    (report,) = read_produced(write_folder(tmp_path, report_entry(withheld=[["Bygglov", "färre än 7 svar"]])))
    assert report.organisation == "Exempelköpings kommun"
    assert report.withheld == (("Bygglov", "färre än 7 svar"),)
    assert report.file("pdf") == ProducedFile("pdf", "9901/skr-servicematning-2023-9901-sv.pdf", 181_234)
    assert report.file("docx") is None


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"version": 2, "reports": []}',
        '{"version": 1, "reports": [{}]}',
        '{"version": 1, "reports": 7}',
        json.dumps({"version": 1, "reports": [report_entry(files=None)]}),
        json.dumps({"version": 1, "reports": [report_entry(files=[{"format": "pdf", "name": "a", "size": "big"}])]}),
        json.dumps({"version": 1, "reports": [report_entry(withheld=["one"])]}),
    ],
)
def test_an_index_of_another_form_is_refused_by_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.json").write_text(content, encoding="utf-8")
    with pytest.raises(ProducedError, match=r"index\.json"):
        read_produced(tmp_path)


@pytest.mark.parametrize("name", ["../secret.pdf", "a/../../secret.pdf", "link.pdf"])
def test_a_file_outside_the_folder_is_never_given(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"hemligt")
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    with pytest.raises(ProducedError, match="utanför mappen"):
        path_of(folder, ProducedFile("pdf", name, 1))


def test_an_absolute_name_is_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"hemligt")
    with pytest.raises(ProducedError, match="utanför mappen"):
        path_of(tmp_path / "reports", ProducedFile("pdf", str(tmp_path / "secret.pdf"), 1))


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProducedError, match="finns inte längre"):
        path_of(tmp_path, ProducedFile("pdf", "gone.pdf", 1))


def test_groups_come_latest_first_and_the_country_before_its_municipalities(tmp_path: Path) -> None:
    def entry(name: str, number: int, **changes: Any) -> dict[str, Any]:
        return report_entry(name, id=f"r{number}", **changes)

    entries = [
        entry("Östby", 1),
        entry("Ängsby", 2),
        entry("Åby", 3),
        entry("Zby", 4),
        entry("Äkta", 5, fictitious=False),
        entry("Hela landet", 6, municipality="riket"),
        entry("Vetlanda", 7, round="2017", title="KKiK"),
    ]
    groups = grouped(read_produced(write_folder(tmp_path, *entries)))
    shown = [[report.organisation for report in group.reports] for group in groups]
    assert [group.round for group in groups] == ["2023", "2017"]
    assert shown == [["Hela landet", "Äkta", "Zby", "Åby", "Ängsby", "Östby"], ["Vetlanda"]]


def test_rounds_named_after_their_instruments_come_latest_first_and_are_not_named_twice(tmp_path: Path) -> None:
    names = ("kkik-mystery-2017", "skr-servicematning-2022", "skr-servicematning-2023", "egen")
    entries = [report_entry(id=name, instrument=name, round=name) for name in names]
    groups = grouped(read_produced(write_folder(tmp_path, *entries)))
    assert [group.instrument for group in groups] == [*reversed(names[:3]), "egen"]
    assert {group.round_name for group in groups} == {""}


@pytest.mark.parametrize(
    ("words", "found"), [("", True), ("EXEMPEL", True), ("9901", True), ("2023 skr", True), ("skr 2022", False)]
)
def test_a_report_is_found_by_every_word_it_is_known_by(tmp_path: Path, words: str, found: bool) -> None:
    (report,) = read_produced(write_folder(tmp_path, report_entry()))
    assert report.mentions(words) is found
