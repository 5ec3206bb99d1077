"""The question banks: what a file must hold, and what the shipped one says."""

from __future__ import annotations

from collections import Counter

import pytest

from lyhord.instruments.catalogue import load
from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.question_banks import available_banks, bank_text, load_bank
from lyhord.instruments.question_reading import bank_from_text, likeness
from lyhord.instruments.questions import require_fit

BANK = "kkik-2017"
MYSTERY = "kkik-mystery-2017"
HEAD = """
format = 1
id = "egen"
version = "1.0"
instruments = ["kkik-mystery-2017"]
licence = "CC0-1.0"
calls = ["tel"]
letters = ["epost"]
name = { sv = "Egna", en = "Own" }
[sources]
egen = "Egen."
[traits]
foralder = { sv = "förälder", en = "parent" }
"""
CALL = """
[[questions]]
id = "bygglov.tel.1"
area = "bygglov"
channel = "tel"
source = "egen"
text = "Får man bygga en altan?"
facts = ["om man får"]
"""
LETTER = """
[[questions]]
id = "bygglov.epost.1"
area = "bygglov"
channel = "epost"
source = "egen"
subject = "Träd"
text = "Hur gammalt är trädet på torget?"
facts = ["åldern"]
"""
KNOWN = {
    "Hur är skolbarn försäkrade?",
    "Hur gör jag när jag ska ansöka till vuxenutbildningen?",
    "Är det tillåtet att sälja nygräddade våfflor vid en skolfest?",
    "Vad kan man få för hjälp med bostadsanpassning när man har en familjemedlem med funktionshinder?",
    "Vilka kulturstipendier och fonder kan man söka?",
    "Dags att söka förskoleplats. Undrar om det finns några föräldrakooperativa alternativ i kommunen?",
    "Hur lång är handläggningstiden när man söker bygglov och vad kostar det?",
}


def faults_of(text: str) -> str:
    with pytest.raises(InstrumentError) as raised:
        bank_from_text(text, "egen.toml")
    return str(raised.value)


def test_the_shipped_bank_serves_the_mystery_instrument() -> None:
    assert available_banks(MYSTERY) == (BANK,)
    assert available_banks("skr-servicematning-2023") == ()
    require_fit(load_bank(BANK), load(MYSTERY))


def test_it_has_six_questions_for_each_of_ten_areas_by_phone_and_six_others_by_letter() -> None:
    counted = Counter((question.area, question.channel) for question in load_bank(BANK).questions)
    assert len(counted) == 20
    assert set(counted.values()) == {6}


def test_the_seven_known_questions_stand_there_word_by_word_with_their_source() -> None:
    verbatim = {"vetlanda-2018", "svt-plus"}
    assert {one.text for one in load_bank(BANK).questions if one.source in verbatim} == KNOWN


def test_no_two_questions_of_the_shipped_bank_are_alike() -> None:
    texts = [question.text for question in load_bank(BANK).questions]
    pairs = ((one, other) for place, one in enumerate(texts) for other in texts[:place])
    assert max(likeness(*pair) for pair in pairs) < 0.45


def test_every_question_reads_as_something_a_resident_would_say() -> None:
    for question in load_bank(BANK).questions:
        assert "?" in question.text, question.id
        assert question.text == question.text.strip()
        assert 4 <= len(question.text.split()) <= 60, question.id
        assert len(question.facts) <= 3, question.id
        assert not any(fact.endswith(".") or fact[0].isupper() for fact in question.facts), question.id


def test_letters_open_and_close_in_many_ways() -> None:
    openings = Counter(one.text.split()[0].rstrip("!,.") for one in load_bank(BANK).questions_in("epost"))
    assert len(openings) >= 8
    assert len({one.subject for one in load_bank(BANK).questions_in("epost")}) == 60


def test_a_small_bank_is_read() -> None:
    bank = bank_from_text(HEAD + CALL + LETTER, "egen.toml")
    assert [one.id for one in bank.questions_in("epost")] == ["bygglov.epost.1"]
    assert bank.question("bygglov.tel.1").facts == ("om man får",)
    with pytest.raises(KeyError, match=r"egen has no question 'x\.y'"):
        bank.question("x.y")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (HEAD, "questions is missing"),
        (HEAD + CALL + CALL, "is written 2 times"),
        (HEAD + CALL.replace('"tel"', '"fax"'), "channel is 'fax'"),
        (HEAD + CALL.replace('source = "egen"', 'source = "annan"'), "source is 'annan'. Choose one of egen"),
        (HEAD + CALL + 'trait = "hund"', "trait is 'hund'. Choose one of foralder"),
        (HEAD + CALL + 'subject = "Altan"', "nobody says a subject line aloud"),
        (HEAD + LETTER.replace('subject = "Träd"\n', ""), "subject is missing"),
        (HEAD + LETTER.replace("Träd", "T" * 81), "subject is too long"),
        (HEAD + CALL.replace("altan", "altan " * 200), "Use at most 600"),
        (HEAD + CALL.replace('["om man får"]', "[]"), "facts is empty"),
        (HEAD + CALL + CALL.replace("tel.1", "tel.2").replace("en altan", "en stor altan"), "nearly that of"),
        (HEAD.replace('["epost"]', '["tel"]') + CALL, "spoken or written, not both"),
        (HEAD.replace("egen =", '"Å ä" ='), "is no name of a source"),
        (HEAD + CALL + "ton = 1", "ton is not a key of the format"),
        ("format = [", "is not TOML"),
        ("x" * 1_000_001, "far below 1 MB"),
    ],
)
def test_what_is_wrong_with_a_bank_is_told_with_its_remedy(written: str, told: str) -> None:
    assert told in faults_of(written)


@pytest.mark.parametrize(
    ("bank", "instrument", "told"),
    [
        (HEAD + CALL, "skr-servicematning-2023", "lacks skr-servicematning-2023"),
        (HEAD.replace('["epost"]', '["chatt"]') + CALL, MYSTERY, "has chatt, which kkik-mystery-2017 lacks"),
        (HEAD + CALL.replace('area = "bygglov"', 'area = "hamn"'), MYSTERY, "is 'hamn'"),
        (HEAD + CALL + LETTER, MYSTERY, "questions of forskola through tel are 0, while another area has 1"),
    ],
)
def test_a_bank_that_does_not_serve_an_instrument_is_refused(bank: str, instrument: str, told: str) -> None:
    with pytest.raises(InstrumentError, match=told):
        require_fit(bank_from_text(bank, "egen.toml"), load(instrument))


def test_an_unknown_bank_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InstrumentError, match=f"Choose one of {BANK}"):
        bank_text("annan")


def test_texts_without_words_are_alike() -> None:
    assert likeness("", "!") == 1
