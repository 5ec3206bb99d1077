"""The register of Sweden's municipalities, and others given beside the answers for demonstrations."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from lyhord.files.errors import FileError
from lyhord.method.groups import Municipality

_COLUMNS = ("code", "name", "formal_name", "county", "kommungrupp", "size_class", "similar_codes")


@cache
def swedish_municipalities() -> tuple[Municipality, ...]:
    """The 290 municipalities with kommungrupp 2023 and similar municipalities 2025, by code."""
    text = files("lyhord.files").joinpath("data", "kommuner.csv").read_text(encoding="utf-8")
    return _parsed(text, "kommuner.csv")


def municipalities_from(path: Path) -> tuple[Municipality, ...]:
    """Municipalities from a CSV with the register's columns; raises FileError for a missing file or column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise FileError("not_found", file=path.name) from None
    return _parsed(text, path.name)


def register(extra: Iterable[Municipality] = ()) -> tuple[Municipality, ...]:
    """The register with ``extra`` municipalities added; an extra one replaces the one with the same code."""
    by_code = {place.code: place for place in (*swedish_municipalities(), *extra)}
    return tuple(by_code[code] for code in sorted(by_code))


def _parsed(text: str, file: str) -> tuple[Municipality, ...]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(StringIO(text), delimiter=delimiter)
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        found = ", ".join(reader.fieldnames or ())
        raise FileError("missing_columns", file=file, columns=", ".join(missing), found=found)
    return tuple(_municipality(row) for row in reader)


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"].zfill(4),
        name=row["name"],
        formal_name=row["formal_name"],
        county=row["county"],
        kommungrupp=row["kommungrupp"],
        kommungrupp_name=row.get("kommungrupp_name") or "",
        size_class=row["size_class"],
        similar=tuple(row["similar_codes"].split()),
    )
