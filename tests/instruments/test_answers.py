"""Answers are cleaned where their meaning is plain and otherwise refused with field, reason and remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.instruments.answers import LONGEST_TEXT, check_answer, check_row
from lyhord.instruments.catalogue import available, load
from lyhord.instruments.problems import Problem, ProblemCode

SURVEY = load("skr-servicematning-2023")
MYSTERY = load("kkik-mystery-2017")
ITEMS = [item for instrument_id in available() for item in load(instrument_id).items]


def problems_of(answers: dict[str, str], channel: str = "tel") -> list[tuple[str, ProblemCode]]:
    """The problems of one row: a survey's if it answers tel.enkelhet or a filter, else a mystery form's."""
    instrument = SURVEY if answers.keys() & {"tel.enkelhet", "epost.filter", "epost.tydlighet"} else MYSTERY
    return [(problem.field, problem.code) for problem in check_row(instrument, channel, answers).problems]


@pytest.mark.parametrize(
    ("item_id", "raw", "stored"),
    [
        ("tel.bemotande", "5", "5"),
        ("tel.bemotande", " 4.0 ", "4"),
        ("tel.bemotande", "4,0", "4"),
        ("tel.bemotande", "5 - Bäst", "5"),
        ("tel.bemotande", "", ""),
        ("epost.filter", "JA", "ja"),
        ("epost.filter", "Yes", "ja"),
        ("epost.vantat", "1-2 dagar", "1_2_dagar"),
        ("epost.vantat", "mindre  än ett dygn", "under_1_dygn"),
        ("tel.arendekategori", "Vård, omsorg & sociala frågor", "vard_omsorg_sociala"),
        ("tel.kommentar", "  Bra!\0 ", "Bra!"),
    ],
)
def test_a_survey_answer_is_stored_by_its_code(item_id: str, raw: str, stored: str) -> None:
    assert check_answer(SURVEY.item(item_id), raw) == stored


@pytest.mark.parametrize(
    ("item_id", "raw", "stored"),
    [
        ("tel.kontakttid_s", "45", "45"),
        ("tel.kontakttid_s", "045,50", "45.5"),
        ("tel.kontakttid_s", "0", "0"),
        ("epost.skickat", "2017-10-22 10:35", "2017-10-22T10:35:00"),
        ("epost.skickat", "2017-10-22T10:35:20.000", "2017-10-22T10:35:20"),
        ("epost.skickat", "2017-10-22T08:35Z", "2017-10-22T10:35:00"),
        ("epost.skickat", "2017-11-22T10:35+01:00", "2017-11-22T10:35:00"),
    ],
)
def test_seconds_and_moments_are_stored_in_one_form(item_id: str, raw: str, stored: str) -> None:
    assert check_answer(MYSTERY.item(item_id), raw) == stored


@pytest.mark.parametrize(
    ("item_id", "raw", "code"),
    [
        ("tel.bemotande", "6", ProblemCode.NO_SUCH_OPTION),
        ("tel.bemotande", "4.5", ProblemCode.NO_SUCH_OPTION),
        ("tel.bemotande", "=1+1", ProblemCode.NO_SUCH_OPTION),
        ("tel.kommentar", "x" * (LONGEST_TEXT + 1), ProblemCode.TOO_LONG),
    ],
)
def test_what_is_no_survey_answer_is_refused(item_id: str, raw: str, code: ProblemCode) -> None:
    problem = check_answer(SURVEY.item(item_id), raw)
    assert isinstance(problem, Problem)
    assert (problem.field, problem.code) == (item_id, code)


@pytest.mark.parametrize("raw", ["-1", "1 min", "1e3", "86401", "NaN", "²"])
def test_what_is_no_number_of_seconds_is_refused(raw: str) -> None:
    problem = check_answer(MYSTERY.item("tel.kontakttid_s"), raw)
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.NOT_SECONDS


@pytest.mark.parametrize(
    "raw", ["2017-10-22", "22/10 10:35", "2017-02-30 10:00", "2017-10-22 25:00", "1017-10-22 10:35"]
)
def test_what_is_no_day_and_time_is_refused(raw: str) -> None:
    problem = check_answer(MYSTERY.item("epost.skickat"), raw)
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.NOT_A_MOMENT


def test_a_problem_says_what_and_what_to_do_in_both_languages() -> None:
    problem = check_answer(SURVEY.item("tel.bemotande"), "6")
    assert isinstance(problem, Problem)
    assert problem.message() == "”6” är inget svarsalternativ till Bemötande."
    assert problem.remedy() == "Ange något av 1, 2, 3, 4, 5."
    assert problem.message("en") == "“6” is not an option of Courtesy."
    assert problem.remedy("en") == "Give one of 1, 2, 3, 4, 5."


@pytest.mark.parametrize(
    ("channel", "answers", "expected"),
    [
        ("tel", {"tel.bemotande": "5", "tel.enkelhet": "4"}, []),
        ("tel", {"tel.bemotande": "", "tel.enkelhet": "4"}, []),
        ("tel", {"tel.enkelhet": ""}, [("", ProblemCode.EMPTY)]),
        ("tel", {"tel.enkelhet": "4", "epost.tydlighet": "4"}, [("epost.tydlighet", ProblemCode.UNKNOWN_ITEM)]),
        ("tel", {"tel.enkelhet": "9"}, [("tel.enkelhet", ProblemCode.NO_SUCH_OPTION)]),
        ("epost", {"epost.filter": "ja", "epost.tydlighet": "5"}, []),
        ("epost", {"epost.filter": "nej", "epost.tydlighet": "5"}, [("epost.tydlighet", ProblemCode.NOT_ASKED)]),
        (
            "epost",
            {"epost.tydlighet": "5"},
            [("epost.filter", ProblemCode.MISSING), ("epost.tydlighet", ProblemCode.NOT_ASKED)],
        ),
        ("tel", {"tel.utfall": "kontakt", "tel.kontakttid_s": "40", "tel.svar": "god", "tel.intresse": "god"}, []),
        ("tel", {"tel.utfall": "kontakt", "tel.kontakttid_s": "40"}, [("tel.svar", ProblemCode.MISSING)]),
        ("tel", {"tel.utfall": "talsvar"}, []),
        ("tel", {"tel.utfall": "talsvar", "tel.svar": "god"}, [("tel.svar", ProblemCode.CONTRADICTS)]),
        ("tel", {"tel.utfall": "talsvar", "tel.kontakttid_s": "9"}, [("tel.kontakttid_s", ProblemCode.NOT_ASKED)]),
        (
            "tel",
            {"tel.utfall": "kontakt", "tel.kontakttid_s": "61", "tel.kontakt": "inom_60", "tel.svar": "god"},
            [("tel.kontakt", ProblemCode.CONTRADICTS)],
        ),
        ("tel", {"tel.utfall": "kontakt", "tel.kontakt": "inom_60", "tel.svar": "god"}, []),
        ("epost", {"epost.skickat": "2017-10-22 10:35"}, []),
        (
            "epost",
            {"epost.skickat": "2017-10-22 10:35", "epost.merinformation": "ja"},
            [("epost.merinformation", ProblemCode.NOT_ASKED)],
        ),
        (
            "epost",
            {"epost.skickat": "2017-10-22 10:35", "epost.besvarat": "2017-10-20 10:35"},
            [("epost.besvarat", ProblemCode.BEFORE)],
        ),
        ("epost", {"epost.besvarat": "2017-10-20 10:35"}, [("epost.skickat", ProblemCode.MISSING)]),
    ],
)
def test_a_row_is_checked_as_a_whole(
    channel: str, answers: dict[str, str], expected: list[tuple[str, ProblemCode]]
) -> None:
    assert problems_of(answers, channel) == expected


def test_a_faulty_value_is_not_also_called_missing() -> None:
    assert problems_of({"epost.filter": "kanske"}, "epost") == [("epost.filter", ProblemCode.NO_SUCH_OPTION)]


def test_a_call_without_contact_gets_the_answer_that_follows() -> None:
    checked = check_row(MYSTERY, "tel", {"tel.utfall": "Talsvar eller röstbrevlåda"})
    assert dict(checked.answers) == {"tel.svar": "dalig", "tel.utfall": "talsvar"}


def test_an_answer_to_a_question_not_asked_says_when_it_is() -> None:
    answers = {"epost.filter": "nej", "epost.tydlighet": "5"}
    (problem,) = check_row(SURVEY, "epost", answers).problems
    assert problem.message() == "Tydlighet har ett svar men ställs bara när Fått svar är Ja."
    assert problem.remedy("en") == "Remove the answer or correct the answer to Received a reply."


def test_an_unknown_channel_is_refused() -> None:
    with pytest.raises(KeyError, match="has no channel 'chatt'"):
        check_row(SURVEY, "chatt", {})


@pytest.mark.parametrize("code", ProblemCode)
def test_every_kind_of_problem_has_texts_in_both_languages(code: ProblemCode) -> None:
    words = (
        "given",
        "name",
        "options",
        "most",
        "length",
        "channel",
        "items",
        "condition",
        "other",
        "expected",
        "earlier",
    )
    problem = Problem("tel.enkelhet", code, dict.fromkeys(words, "x"))
    texts = {problem.message(), problem.remedy(), problem.message("en"), problem.remedy("en")}
    assert len(texts) == 4
    assert problem.message("fi") == problem.message("sv")


@given(st.sampled_from(ITEMS), st.text(max_size=40))
def test_a_checked_answer_is_stored_unchanged_when_checked_again(item, raw) -> None:
    stored = check_answer(item, raw)
    if isinstance(stored, str):
        assert check_answer(item, stored) == stored
    else:
        assert stored.message()
        assert stored.remedy()


@given(st.sampled_from([item for item in ITEMS if item.options]), st.data())
def test_every_option_can_be_given_by_code_and_by_label(item, data: st.DataObject) -> None:
    option = data.draw(st.sampled_from(item.options))
    language = data.draw(st.sampled_from(["sv", "en"]))
    assert check_answer(item, option.code.upper()) == option.code
    assert check_answer(item, option.label.in_language(language)) == option.code
