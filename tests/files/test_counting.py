"""The count, on both engines, against counting one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import EXEMPELKOPING, PROVSTAD
from tests.files.answer_files import ENGINES, a_call, a_letter, flat, naive_count, read, survey

from lyhord.files.counting import Division, answer_patterns, divisions_of, option_counts
from lyhord.files.engines import Engine, Session, fetched
from lyhord.method.tally import Pair

GRADES = ["1", "2", "3", "4", "5"]
CATEGORIES = ["", "bygglov", "vatten_avfall", "ovrigt"]
DATES = ["", "2022-12-31", "2023-01-01", "2023-01-02", "2023-03-19", "2023-03-20"]
common = {
    "kommun": st.sampled_from([EXEMPELKOPING, PROVSTAD]),
    "datum": st.sampled_from(DATES),
    "arendekategori": st.sampled_from(CATEGORIES),
    "kommentar": st.sampled_from(["", "Tack!"]),
}
calls = st.fixed_dictionaries(
    common | {"kanal": st.just("tel"), "bemotande": st.sampled_from(GRADES), "enkelhet": st.sampled_from(["", *GRADES])}
)
answered = st.fixed_dictionaries(
    common
    | {"kanal": st.just("epost"), "filter": st.just("ja")}
    | {"tydlighet": st.sampled_from(["", *GRADES]), "enkelhet": st.sampled_from(["", *GRADES])}
)
unanswered = st.fixed_dictionaries(
    common
    | {"kanal": st.just("epost"), "filter": st.just("nej")}
    | {"vantat": st.sampled_from(["", "1_2_dagar"]), "skalig_tid": st.sampled_from(["", "under_1_dygn"])}
)
soundly = st.lists(st.one_of(calls, answered, unanswered), min_size=1, max_size=60)


@settings(max_examples=8, deadline=None)
@given(answers=soundly)
def test_both_engines_count_as_a_person_would(answers: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        polars, duckdb = (read(Path(folder), answers, engine) for engine in ENGINES)
    assert polars == duckdb
    assert polars.rows_rejected == 0
    assert flat(polars) == naive_count(answers, survey())


@settings(max_examples=8, deadline=None)
@given(answers=soundly, order=st.randoms())
def test_the_order_of_rows_does_not_matter(answers: list[dict[str, str]], order: Random) -> None:
    shuffled = list(answers)
    order.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        assert read(Path(folder), answers).counts == read(Path(folder), shuffled).counts


@pytest.mark.parametrize("engine", ENGINES)
def test_pairs_are_counted_within_a_row(tmp_path: Path, engine: str) -> None:
    reading = read(tmp_path, [a_call(), a_call(), a_call(bemotande="1"), a_call(enkelhet="")], engine)
    pair = Pair("2023", "skr-servicematning-2023", EXEMPELKOPING, "tel.bemotande", "tel.enkelhet")
    assert reading.counts.pairs.counts[pair] == {("5", "4"): 2, ("1", "4"): 1}


def test_comments_are_counted_and_not_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, [a_call(kommentar="Ring mig"), a_call(kommentar="   "), a_letter()])
    assert {(flow.channel, flow.answered, flow.commented) for flow in reading.counts.flows} == {
        ("tel", 2, 1),
        ("epost", 1, 0),
    }
    assert "Ring mig" not in repr(reading)


@pytest.mark.parametrize(
    ("day", "week"), [("2022-12-31", "2022-W52"), ("2023-01-01", "2022-W52"), ("2024-12-30", "2025-W01")]
)
def test_weeks_are_iso_weeks(tmp_path: Path, day: str, week: str) -> None:
    counted = flat(read(tmp_path, [a_call(datum=day)]))
    assert counted[EXEMPELKOPING, "tel", "week", week, "tel.bemotande", "5"] == 1


@pytest.mark.parametrize("engine", list(Engine))
def test_a_listed_pair_of_breakdowns_is_crossed(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "rows.parquet"
    pl.DataFrame(
        {
            "_m": ["9901"] * 3,
            "_b_a": ["x", "x", None],
            "_b_b": ["y", "z", "z"],
            "_i_q": ["1", "1", "1"],
            "_inside": [True] * 3,
        },
    ).write_parquet(path)
    crossed = Division("a*b", ("_b_a", "_b_b"), whole=False)
    with Session(engine, tmp_path) as session:
        patterns = answer_patterns(session.opened([path], numbered=False), ["_m", "_inside", "_b_a", "_b_b"], ["_i_q"])
        rows = fetched(option_counts(patterns, ["_i_q"], crossed))
    assert sorted(rows) == [("9901", "x", "y", "_i_q", "1", 1), ("9901", "x", "z", "_i_q", "1", 1)]


def test_breakdowns_are_not_crossed_unless_listed() -> None:
    assert [division.id for division in divisions_of(survey(), ["category", "week"])] == ["none", "category", "week"]
