"""The page on the sample reports: every row of its tables is computed here, so that the page cannot lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.reference.printed import VASTERAS, VETLANDA, mystery_material, survey_material

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults, mystery_results, shown_interval, shown_value
from lyhord.composition.prose import Prose
from lyhord.composition.standing import Standing, standing_of
from lyhord.method.figures import Figure
from lyhord.method.intervals import wilson
from lyhord.method.measures import SHARE_RULE, measure_figure
from lyhord.rendering import numbers

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "sample-reports.md"
COLUMNS = ("Figure", "Key", "Printed", "Ours", "n", "Base", "95 % interval", "Rule")


class Row(NamedTuple):
    """One line of a table on the page."""

    figure: str
    key: str
    printed: str
    ours: str
    n: str
    base: str
    interval: str
    rule: str


class Computed(NamedTuple):
    """The same figure from counts."""

    ours: str
    n: str
    base: str
    interval: str
    rule: str


def tables() -> list[list[Row]]:
    """The page's two tables, rows only."""
    found: list[list[Row]] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if tuple(cells) == COLUMNS:
            found.append([])
        elif line.startswith("| ") and len(cells) == len(COLUMNS):
            found[-1].append(Row(*cells))
    return found


@cache
def vetlanda() -> MysteryResults:
    return mystery_results(Draft(Prose("mystery", "sv")), mystery_material(), VETLANDA.code)


@cache
def survey() -> Standing:
    return standing_of(survey_material())


def plain(text: str) -> str:
    return text.replace(numbers.NO_BREAK_SPACE, " ")


def of_mystery(key: str) -> Computed:
    """One of Vetlanda's figures: a measure, or one option's share of its item."""
    results = vetlanda()
    item, _, option = key.partition(":")
    if not option:
        found = results.figures[key]
        interval = plain(shown_interval(results, key, "sv"))
        return Computed(plain(shown_value(results, key, "sv")), str(found.n), found.base, interval, found.rule)
    counts = results.counts(item)
    bounds = wilson(counts.of(option), counts.n)
    base = next(m.base for m in results.instrument.measures if m.item == item).in_language("sv")
    interval = f"{numbers.interval(bounds.low, bounds.high, 0, 'sv')} %"
    share = plain(numbers.percent(100 * counts.of(option) / counts.n, 0, "sv"))
    return Computed(share, str(counts.n), base, interval, SHARE_RULE)


def of_survey(key: str) -> Computed:
    """One of Västerås's figures, or with ``total:`` before it the participants' mean."""
    standing = survey()
    kind, _, measure_id = key.rpartition(":")
    measure = standing.instrument.measure(measure_id)
    if kind == "total":
        total = standing.totals[measure_id]
        interval = numbers.interval(total.low, total.high, 1, "sv")
        mean = numbers.decimal(total.mean_of_participants, 1, "sv")
        return Computed(mean, str(total.members), "deltagande kommuner", interval, total.rule)
    counts = standing.own_counts(measure.item, VASTERAS.code)
    found: Figure = measure_figure(measure, standing.instrument, counts)
    interval = numbers.interval(found.low, found.high, found.decimals, "sv")
    return Computed(numbers.decimal(found.value, found.decimals, "sv"), str(found.n), found.base, interval, found.rule)


def line_of(row: Row) -> Computed:
    return Computed(row.ours, row.n, row.base, row.interval, row.rule)


@pytest.mark.parametrize("row", tables()[0], ids=lambda row: row.key)
def test_the_vetlanda_table_is_computed(row: Row) -> None:
    assert line_of(row) == of_mystery(row.key)


@pytest.mark.parametrize("row", tables()[1], ids=lambda row: row.key)
def test_the_vasteras_table_is_computed(row: Row) -> None:
    assert line_of(row) == of_survey(row.key)


def test_the_tables_hold_every_figure_that_the_reports_print_of_the_two_municipalities() -> None:
    mystery, citizens = ({row.key for row in table} for table in tables())
    assert {measure.id for measure in vetlanda().instrument.measures} <= mystery
    headline = {measure.id for measure in survey().headline}
    assert headline | {f"total:{each}" for each in headline} <= citizens
    assert {"epost.vantat.over_5_dagar"} <= citizens


def test_only_the_rows_that_the_page_explains_differ_from_print() -> None:
    rows = [row for table in tables() for row in table]
    differing = {row.key for row in rows if row.printed not in ("–", row.ours)}
    worded = {"tel.information.god", "tel.intresse.god"}  # "nära sex av tio", "nära två av tre"
    assert differing - worded == {"epost.matt1", "epost.vantat.over_5_dagar", "epost.skalig_tid.hogst_2_dagar"}
