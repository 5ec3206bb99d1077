"""Which column of a file means what: headings, aliases and the files that only look like answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lyhord.files.errors import FileError, WrongFileError
from lyhord.instruments.definition import Instrument, ItemKind

ANSWER_ID = "svar_id"
MUNICIPALITY = "kommun"
CHANNEL = "kanal"
DATE = "datum"
EXCLUDED = "bortfall"
QUESTION = "fraga"
EXAMPLE = "exempel"
ANSWER_TEXT = "svarstext"
COMMENT_ON = "kommentar_"

_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "svarsid": ANSWER_ID,
        "svars_id": ANSWER_ID,
        "response_id": ANSWER_ID,
        "respondent_id": ANSWER_ID,
        "answer_id": ANSWER_ID,
        "kommunkod": MUNICIPALITY,
        "kommunnamn": MUNICIPALITY,
        "municipality": MUNICIPALITY,
        "kontaktvag": CHANNEL,
        "channel": CHANNEL,
        "svarsdatum": DATE,
        "date": DATE,
        "bortfallsorsak": EXCLUDED,
        "kategori": "arendekategori",
        "category": "arendekategori",
        "area": "omrade",
        "question": QUESTION,
    }
)
_CONTACT_COLUMNS = frozenset({"phonenumberoremail", "surveyrefcode", "recruitmentmethod", "agentrefcode"})
_COUNT_COLUMNS = frozenset({"municipality", "item", "option", "count"})
_LETTERS = str.maketrans("åäöéü", "aaoeu")


def folded(heading: str) -> str:
    """A name as it is compared: lower case, å ä ö as a a o, all but letters and digits as underscores.

    What comes out is also a safe column name on every engine.
    """
    text = unicodedata.normalize("NFC", heading.strip().strip("\ufeff")).casefold().translate(_LETTERS)
    return re.sub(r"\W+", "_", text)


@dataclass(frozen=True, slots=True)
class Columns:
    """The understood columns of one file: canonical name -> heading as written in the file."""

    headings: Mapping[str, str]
    ignored: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.headings


def names_of(item_id: str) -> tuple[str, str]:
    """The columns an item may stand in: its full id, and its key without the channel."""
    return folded(item_id), folded(item_id.split(".", 1)[-1])


def source_column(item_id: str, present: Iterable[str]) -> str | None:
    """The canonical column an item is read from: its full id where the file has it, else its key, else None."""
    here = frozenset(present)
    return next((name for name in names_of(item_id) if name in here), None)


def understood(file: str, headings: Sequence[str], instrument: Instrument) -> Columns:
    """Match a heading row against an instrument.

    Raises WrongFileError for contacts or counts files, FileError for doubled columns and where no column belongs to
    any question.
    """
    named = [(_canonical(heading, instrument), heading) for heading in headings if heading and heading.strip()]
    _refuse_other_sorts(file, frozenset(folded(heading) for heading in headings if heading))
    wanted = _wanted(instrument)
    known: dict[str, str] = {}
    ignored: list[str] = []
    for name, heading in named:
        if name not in wanted and not name.startswith(COMMENT_ON):
            ignored.append(heading)
        elif name in known:
            raise FileError("doubled_column", file=file, columns=f"{known[name]} / {heading}")
        else:
            known[name] = heading
    _require_items(file, known, headings, instrument)
    return Columns(MappingProxyType(known), tuple(ignored))


def require(file: str, columns: Columns, names: Sequence[str]) -> None:
    """Raise FileError unless the file has every one of the columns ``names``."""
    missing = [name for name in names if name not in columns]
    if missing:
        found = ", ".join([*columns.headings.values(), *columns.ignored])
        raise FileError("missing_columns", file=file, columns=", ".join(missing), found=found)


def _canonical(heading: str, instrument: Instrument) -> str:
    name = folded(heading)
    return name if name in _wanted(instrument) else _ALIASES.get(name, name)


def _wanted(instrument: Instrument) -> frozenset[str]:
    roles = {ANSWER_ID, MUNICIPALITY, CHANNEL, DATE, EXCLUDED, QUESTION, EXAMPLE, ANSWER_TEXT}
    divisions = {folded(breakdown.column) for breakdown in instrument.breakdowns}
    return frozenset(roles | divisions | _item_columns(instrument))


def _item_columns(instrument: Instrument) -> set[str]:
    cuts = [item.cut for item in instrument.items if item.cut]
    sources = {name for cut in cuts for source in cut.sources for name in names_of(source)}
    named = {name for item in instrument.items for name in names_of(item.id)}
    return named | sources


def _refuse_other_sorts(file: str, names: frozenset[str]) -> None:
    if len(names & _CONTACT_COLUMNS) >= 2:
        raise WrongFileError("contacts_not_answers", file=file)
    if names >= _COUNT_COLUMNS:
        raise WrongFileError("counts_not_answers", file=file)


def _require_items(file: str, known: Mapping[str, str], headings: Sequence[str], instrument: Instrument) -> None:
    if not _item_columns(instrument) & known.keys():
        graded = dict.fromkeys(item.key for item in instrument.items if item.kind is not ItemKind.TEXT)
        found = ", ".join(heading for heading in headings if heading)
        expected = ", ".join(graded)
        raise FileError("no_item_columns", file=file, instrument=instrument.id, columns=expected, found=found)
