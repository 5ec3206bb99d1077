"""The rules a row must keep to, one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import EXEMPELKOPING
from tests.files.answer_files import (
    ENGINES,
    HEADER,
    a_call,
    a_letter,
    csv_text,
    flat,
    one_call,
    read,
    reading_of,
    written,
)

BAD_ROWS = [
    pytest.param(a_call(kommun="Atlantis"), "kommun", "Atlantis", "unknown_municipality", id="unknown municipality"),
    pytest.param(a_call(kommun=""), "kommun", "", "unknown_municipality", id="no municipality"),
    pytest.param(a_call(kanal="fax"), "kanal", "fax", "unknown_channel", id="unknown channel"),
    pytest.param(a_call(bemotande="6"), "bemotande", "6", "unknown_option", id="score 6"),
    pytest.param(a_call(bemotande="4,5"), "bemotande", "4,5", "unknown_option", id="half a grade"),
    pytest.param(a_call(bemotande="=1+4"), "bemotande", "=1+4", "unknown_option", id="formula as grade"),
    pytest.param(a_call(datum="2023-02-30"), "datum", "2023-02-30", "bad_date", id="no such day"),
    pytest.param(a_call(datum="13/3 2023"), "datum", "13/3 2023", "bad_date", id="not ISO"),
    pytest.param(a_call(arendekategori="väder"), "arendekategori", "väder", "unknown_option", id="unknown category"),
    pytest.param(a_letter(filter="nej"), "tydlighet", "4", "not_asked", id="graded without an answer"),
    pytest.param(a_letter(vantat="1_2_dagar"), "vantat", "1_2_dagar", "not_asked", id="waited though answered"),
    pytest.param(a_call(filter="ja"), "filter", "ja", "not_in_channel", id="e-mail question after a call"),
    pytest.param(a_letter(filter=""), "filter", "", "missing_required", id="required filter missing"),
    pytest.param(a_call(bemotande="", enkelhet=""), "kommun", EXEMPELKOPING, "no_answer", id="nothing answered"),
]


@pytest.mark.parametrize(("answer", "field", "value", "fault"), BAD_ROWS)
def test_a_bad_row_is_rejected_and_the_good_one_counts(
    tmp_path: Path, answer: dict[str, str], field: str, value: str, fault: str
) -> None:
    reading = read(tmp_path, [a_call(), answer])
    assert (field, value, fault) in [(reject.field, reject.value, reject.fault) for reject in reading.rejects]
    assert {reject.row for reject in reading.rejects} == {3}
    assert (reading.rows_read, reading.rows_counted, reading.rows_rejected) == (2, 1, 1)
    assert flat(reading) == one_call()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_reject_tells_reason_and_remedy(tmp_path: Path, language: str) -> None:
    reading = read(tmp_path, [param.values[0] for param in BAD_ROWS])  # type: ignore[misc]  # the table's first column
    for reject in reading.rejects:
        assert reject.reason(language)
        assert reject.remedy(language).endswith(".")
        assert "{" not in reject.remedy(language)


def test_both_engines_reject_alike(tmp_path: Path) -> None:
    answers = [param.values[0] for param in BAD_ROWS]
    polars, duckdb = (read(tmp_path, answers, engine) for engine in ENGINES)  # type: ignore[arg-type]  # as above
    assert polars == duckdb


def test_the_first_of_equal_ids_counts(tmp_path: Path) -> None:
    reading = read(tmp_path, [a_call(svar_id="7"), a_call(svar_id="8"), a_call(svar_id="7", bemotande="1")])
    assert [(reject.row, reject.value, reject.fault) for reject in reading.rejects] == [(4, "7", "duplicate_id")]
    assert (EXEMPELKOPING, "tel", "none", "", "tel.bemotande", "1") not in flat(reading)


def test_rows_without_an_id_are_no_duplicates(tmp_path: Path) -> None:
    assert read(tmp_path, [a_call(svar_id=""), a_call(svar_id="")]).rows_counted == 2


def test_one_row_may_have_several_faults(tmp_path: Path) -> None:
    reading = read(tmp_path, [a_call(kommun="X", bemotande="6", datum="igår")])
    assert [reject.field for reject in reading.rejects] == ["kommun", "datum", "bemotande"]
    assert reading.rows_rejected == 1


def test_a_row_with_more_fields_than_headings_is_rejected(tmp_path: Path) -> None:
    text = csv_text([a_call(), a_call(kommentar="bra; men dyrt")])
    for content in (text, text.replace("bra", 'b"ra')):  # the fast reader, and the forgiving one
        reading = reading_of(written(tmp_path, content))
        assert [(reject.row, reject.fault) for reject in reading.rejects] == [(3, "too_many_fields")]


def test_row_numbers_are_those_of_a_text_editor(tmp_path: Path) -> None:
    text = csv_text([a_call(kommentar='"två\nrader"'), a_call(bemotande="6")]).replace(f"\n{EXEMPELKOPING}", "\n")
    reading = reading_of(written(tmp_path, "\n".join([";".join(HEADER), *text.splitlines()[1:]])))
    assert [reject.row for reject in reading.rejects] == [4]


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    text = csv_text([a_call()]) + ";" * (len(HEADER) - 1) + "\n\n"
    assert reading_of(written(tmp_path, text)).rows_read == 1


def test_an_excluded_case_is_in_no_base_and_needs_no_answers(tmp_path: Path) -> None:
    header = [*HEADER, "bortfall"]
    answers = [a_call(), a_call(bortfall="fel nummer"), a_call(bemotande="", enkelhet="", bortfall="fel nummer")]
    reading = reading_of(written(tmp_path, csv_text(answers, header)))
    assert (reading.rows_counted, reading.rows_excluded, reading.rows_rejected) == (3, 2, 0)
    assert [flow.excluded for flow in reading.counts.flows] == [(("fel nummer", 2),)]
    assert flat(reading) == one_call()
