"""What is put to somebody follows from what has been answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.instruments.catalogue import load
from lyhord.instruments.definition import Instrument
from lyhord.instruments.routing import asked, implied_answers, next_item

SURVEY = load("skr-servicematning-2023")
MYSTERY = load("kkik-mystery-2017")


def keys(instrument: Instrument, channel: str, answers: dict[str, str]) -> list[str]:
    """The keys of the items that are put."""
    return [item.key for item in asked(instrument, channel, {f"{channel}.{k}": v for k, v in answers.items()})]


@pytest.mark.parametrize(
    ("answer", "put"),
    [
        ("", "filter arendekategori kommentar"),
        ("ja", "filter tydlighet enkelhet arendekategori kommentar"),
        ("nej", "filter vantat skalig_tid arendekategori kommentar"),
    ],
)
def test_whoever_got_a_reply_grades_it_and_who_did_not_tells_how_long_it_took(answer: str, put: str) -> None:
    assert keys(SURVEY, "epost", {"filter": answer}) == put.split()


@pytest.mark.parametrize(
    ("outcome", "answer", "put"),
    [
        ("kontakt", "god", "utfall kontakttid_s svar information intresse bemotande kommentar"),
        ("kontakt", "dalig", "utfall kontakttid_s svar intresse kommentar"),
        ("talsvar", "dalig", "utfall svar kommentar"),
        ("talsvar", "", "utfall svar kommentar"),
    ],
)
def test_an_interviewer_grades_what_the_call_gave(outcome: str, answer: str, put: str) -> None:
    assert keys(MYSTERY, "tel", {"utfall": outcome, "svar": answer}) == put.split()


@pytest.mark.parametrize(
    ("answers", "graded"),
    [
        ({"skickat": "2017-10-22T10:35:00"}, False),
        ({"skickat": "2017-10-22T10:35:00", "besvarat": "2017-10-23T09:00:00"}, True),
        ({"svarstid": "2_5_dygn"}, True),
        ({"svarstid": "ej_svar", "skickat": "2017-10-22T10:35:00", "besvarat": "2017-11-22T10:35:00"}, False),
    ],
)
def test_a_sender_is_graded_only_where_a_reply_came_in_time(answers: dict[str, str], graded: bool) -> None:
    assert ("avsandare" in keys(MYSTERY, "epost", answers)) == graded


def test_an_answer_left_behind_by_a_change_of_mind_leads_nowhere() -> None:
    answers = {"utfall": "talsvar", "svar": "", "information": "god", "bemotande": "god"}
    assert "bemotande" not in keys(MYSTERY, "tel", answers)


def test_items_that_are_worked_out_or_coded_are_never_put() -> None:
    put = {item.id for channel in ("tel", "epost") for item in asked(MYSTERY, channel, {})}
    assert not put & {"tel.kontakt", "epost.svarstid"}
    assert "tel.ton" not in {item.id for item in asked(SURVEY, "tel", {})}


def test_questions_come_one_at_a_time_until_none_is_left() -> None:
    answers: dict[str, str] = {}
    order = []
    while item := next_item(SURVEY, "epost", answers):
        order.append(item.key)
        answers[item.id] = "nej" if item.key == "filter" else ""
    assert order == ["filter", "vantat", "skalig_tid", "arendekategori", "kommentar"]


def test_no_contact_is_a_poor_answer_without_asking() -> None:
    answers = {"tel.utfall": "upptagen"}
    assert implied_answers(MYSTERY, "tel", answers) == {"tel.svar": "dalig"}
    following = next_item(MYSTERY, "tel", answers)
    assert following
    assert following.key == "kommentar"


def test_a_contact_implies_nothing() -> None:
    assert implied_answers(MYSTERY, "tel", {"tel.utfall": "kontakt"}) == {}


@given(st.data())
def test_a_question_is_put_only_after_the_one_it_depends_on(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from([SURVEY, MYSTERY]))
    channel = data.draw(st.sampled_from(["tel", "epost"]))
    answers = {
        item.id: data.draw(st.sampled_from(["", *(option.code for option in item.options)]))
        for item in instrument.items_in(channel)
        if item.options and item.is_put
    }
    put = asked(instrument, channel, answers)
    ids = [item.id for item in put]
    assert ids == [item.id for item in instrument.items_in(channel) if item.id in ids]
    for item in put:
        if item.asked_when and instrument.item(item.asked_when.item).is_put:
            assert item.asked_when.item in ids[: ids.index(item.id)]
            implied = implied_answers(instrument, channel, answers)
            assert {answers[item.asked_when.item], implied.get(item.asked_when.item)} & {*item.asked_when.options}
