"""Writes folders of produced reports for the tests of the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STYLE = "body{color:#16262b}"
PAGE = f'<!doctype html><html lang="sv"><head><title>Rapport</title><style>{STYLE}</style></head><body>Rapport</body>'
CONTENT = {"pdf": b"%PDF-1.7 ", "html": PAGE.encode(), "pptx": b"PK pptx", "xlsx": b"PK xlsx", "csv": b"a;b\n"}


def report_entry(organisation: str = "Exempelköpings kommun", **changes: Any) -> dict[str, Any]:
    """One report of the index, in four formats."""
    entry = {
        "id": "skr-servicematning-2023-9901-sv",
        "organisation": organisation,
        "municipality": "9901",
        "instrument": "skr-servicematning-2023",
        "title": "SKR Servicemätning 2023",
        "round": "2023",
        "language": "sv",
        "fictitious": True,
        "withheld": [],
        **changes,
    }
    names = {kind: f"{entry['municipality']}/{entry['id']}.{kind}" for kind in ("pdf", "html", "pptx", "xlsx")}
    entry.setdefault("files", [{"format": kind, "name": name, "size": 181_234} for kind, name in names.items()])
    return entry


def write_folder(folder: Path, *entries: dict[str, Any]) -> Path:
    """A folder with an index of the entries and a small file for each of their files."""
    for entry in entries:
        for file in entry["files"]:
            path = folder / file["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(CONTENT[file["format"]])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.json").write_text(json.dumps({"version": 1, "reports": entries}), encoding="utf-8")
    return folder


def whole_round(folder: Path) -> Path:
    """A folder like that of a national round: a national report, long and short names, two languages, two rounds."""
    names = ["Ängsby kommun", "Västerås kommun", "Exempelköpings kommun", "Åkerstads kommun", "Provstads kommun"]
    names += ["Det långa namnets Norra Landskommunförbund med omnejd och kustbygd"]
    entries = [
        report_entry(name, id=f"skr-servicematning-2023-99{n:02}-sv", municipality=f"99{n:02}", fictitious=n != 1)
        for n, name in enumerate(names)
    ]
    entries[2]["withheld"] = [["Enkelhet, Bygglov, e-post", "färre än 7 svar"], ["Enkelhet, Övrigt, e-post", "följd"]]
    national = report_entry("Hela landet", id="riket-2023-sv", municipality="riket")
    english = report_entry("Västerås kommun", id="vasteras-en", municipality="9901", language="en", fictitious=False)
    earlier = report_entry(
        "Vetlanda kommun", id="vetlanda-2017", instrument="kkik-2017", round="2017", title="KKiK Servicemätning 2017"
    )
    return write_folder(folder, *entries, national, english, earlier)
