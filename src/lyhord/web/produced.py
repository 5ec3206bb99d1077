"""What was produced: the file ``index.json`` in a folder of reports, read and checked.

The file is UTF-8 JSON of this form; names of files are relative to the folder and use ``/``::

    {"version": 1,
     "reports": [{"id": "skr-servicematning-2023-9901-sv",
                  "organisation": "Exempelköpings kommun",
                  "municipality": "9901",            # code, or "riket" for a national report
                  "instrument": "skr-servicematning-2023",
                  "title": "SKR Servicemätning 2023", # the instrument's name in the report's language
                  "round": "2023",
                  "language": "sv",
                  "fictitious": true,
                  "files": [{"format": "pdf", "name": "9901/rapport.pdf", "size": 181234}],
                  "withheld": [["Enkelhet, Bygglov, e-post", "färre än 7 svar"]]}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lyhord.rendering.alphabet import in_swedish_order
from lyhord.reports.records import INDEX, VERSION

COUNTRY: Final = "riket"
YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ProducedError(Exception):
    """A folder of reports cannot be shown; the message says which file, what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class ProducedFile:
    """One file of a report; ``size`` in bytes."""

    format: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ProducedReport:
    """One report in one language, in as many formats as it was made."""

    id: str
    organisation: str
    municipality: str
    instrument: str
    title: str
    round: str
    language: str
    fictitious: bool
    files: tuple[ProducedFile, ...]
    withheld: tuple[tuple[str, str], ...] = ()

    @property
    def national(self) -> bool:
        """Whether the report is about all municipalities."""
        return self.municipality == COUNTRY

    def file(self, format_name: str) -> ProducedFile | None:
        """The file in this format, or None where it was not made."""
        return next((file for file in self.files if file.format == format_name), None)

    def mentions(self, words: str) -> bool:
        """Whether every one of the words stands in what a person would look for it by; case does not matter."""
        spoken = f"{self.organisation} {self.municipality} {self.title} {self.round}".casefold()
        return all(word in spoken for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The reports of one round of one instrument, the national ones first, then by organisation and language."""

    round: str
    instrument: str
    title: str
    reports: tuple[ProducedReport, ...]

    @property
    def round_name(self) -> str:
        """The round's name where it says more than the instrument's; else empty."""
        return "" if self.round in (self.instrument, self.title) else self.round


def read_produced(folder: Path) -> tuple[ProducedReport, ...]:
    """Every report that the folder's index lists; empty where there is no index yet.

    ProducedError where the index is not of the form above.
    """
    index = folder / INDEX
    try:
        content = json.loads(index.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise ProducedError(f"{index} kan inte läsas ({error}). Gör rapporterna en gång till.") from error
    try:
        if content["version"] != VERSION:
            raise ProducedError(f"{index} har version {content['version']!r}; den här versionen läser {VERSION}.")
        return tuple(_report(entry) for entry in content["reports"])
    except (KeyError, TypeError, ValueError) as error:
        raise ProducedError(f"{index} saknar något eller har fel form ({error!r}). Gör rapporterna igen.") from error


def path_of(folder: Path, file: ProducedFile) -> Path:
    """Where the file lies; ProducedError where its name leads out of the folder or it is gone."""
    path = (folder / file.name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ProducedError(f"{INDEX} nämner {file.name!r}, som ligger utanför mappen med rapporter.")
    if not path.is_file():
        raise ProducedError(f"{file.name!r} finns inte längre i mappen. Gör rapporterna en gång till.")
    return path


def grouped(reports: tuple[ProducedReport, ...]) -> tuple[ReportGroup, ...]:
    """The reports by round and instrument, the latest round first."""
    groups: dict[tuple[str, str], list[ProducedReport]] = {}
    for report in sorted(reports, key=_place_in_group):
        groups.setdefault((report.round, report.instrument), []).append(report)
    return tuple(
        ReportGroup(round_id, instrument, _title(members), tuple(members))
        for (round_id, instrument), members in sorted(groups.items(), key=_latest_first)
    )


def _place_in_group(report: ProducedReport) -> tuple[bool, bool, str, str, bool]:
    # The country is called differently in each language; a municipality is not.
    name = "" if report.national else in_swedish_order(report.organisation)
    return not report.national, report.fictitious, name, report.municipality, report.language != "sv"


def _latest_first(group: tuple[tuple[str, str], list[ProducedReport]]) -> tuple[int, str, str]:
    (round_id, instrument), _ = group
    years = YEAR.findall(f"{instrument} {round_id}")
    return -int(years[-1]) if years else 0, round_id, instrument


def _title(reports: list[ProducedReport]) -> str:
    return next((report.title for report in reports if report.language == "sv"), reports[0].title)


def _report(entry: Mapping[str, object]) -> ProducedReport:
    files, withheld = entry["files"], entry.get("withheld", [])
    if not isinstance(files, list) or not isinstance(withheld, list):
        raise TypeError("files and withheld must be lists")
    names = ("id", "organisation", "municipality", "instrument", "title", "round", "language")
    texts = {name: str(entry[name]) for name in names}
    return ProducedReport(
        **texts,
        fictitious=bool(entry["fictitious"]),
        files=tuple(ProducedFile(str(file["format"]), str(file["name"]), int(file["size"])) for file in files),
        withheld=tuple((str(what), str(why)) for what, why in withheld),
    )
