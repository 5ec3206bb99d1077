"""A faulty file is answered with every fault, each with its key and remedy."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.reading import instrument_from_bytes, instrument_from_text

SHELF = files("lyhord.instruments") / "catalogue"
SURVEY = (SHELF / "skr-servicematning-2023.toml").read_text("utf-8")
MYSTERY = (SHELF / "kkik-mystery-2017.toml").read_text("utf-8")
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "instruments.md"


def faults_of(text: str) -> list[str]:
    """The faults of a file, as its author reads them."""
    with pytest.raises(InstrumentError) as caught:
        instrument_from_text(text, "prov.toml")
    return [str(fault) for fault in caught.value.faults]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_example_in_the_documentation_loads() -> None:
    examples = re.findall(r"^```toml\n(.*?)^```", DOCUMENTATION.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(examples) == 1
    instrument = instrument_from_text(examples[0], "besok-2026.toml")
    assert instrument.id == "besok-2026"
    assert instrument.measure("besok.bemotande.index").name.in_language("sv") == "Bemötande, index"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("format = 1", "format = 2", "format is 2. Write 1."),
        ('version = "1.0"', "", "version is missing. Add it."),
        ('version = "1.0"', "version = 1", "version is 1. Write a text in quotation marks."),
        ('method = "survey"', 'method = "enkät"', "method is 'enkät'. Choose one of survey, mystery."),
        ("year = 2023", "year = true", "year is True. Write a whole number from 1990 to 2100."),
        ('"sv", "en"]', '"sv", "engelska"]', "languages[1] is 'engelska'. Use a code such as sv, en or fi."),
        ("quota = 400", "quotas = 400", "channels.tel.quotas is not a key of the format. Did you mean quota?"),
        ("publish = 7", "publish = 5", "thresholds.publish is 5. Write a whole number from 7 to 1000000."),
        ("points = 25", "points = 125", "items.tel.bemotande.options[1].points is 125. Points lie between 0 and 100."),
        (
            "points = 25",
            'points = "25 %"',
            "scales.grad5.options[1].points is '25 %'. Write a number, as in 25, 12.5 or \"200/3\".",
        ),
        (
            'label = { sv = "Ja", en = "Yes" }',
            'label = { sv = "Ja" }',
            "scales.ja_nej.options[0].label.en is missing. Add the text in en, or take en out of languages.",
        ),
        (
            'label = { sv = "Ja", en = "Yes" }',
            'label = { sv = "Ja", en = "Yes", "på norska" = "Ja" }',
            "scales.ja_nej.options[0].label.på norska is not a language code. Use a code such as sv, en or fi.",
        ),
        ('code = "ja"', 'code = "Ja!"', "scales.ja_nej.options[0].code is 'Ja!'. Use only a–z, 0–9"),
        ('scale = "grad5"', 'scale = "grad6"', "items.tel.bemotande.scale names 'grad6'. Define [scales.grad6]"),
        ('kind = "scale"', 'kind = "betyg"', "items.tel.bemotande.kind is 'betyg'. Choose one of scale, choice, text"),
        ("headline = true", 'headline = "ja"', "measures.tel.bemotande.index.headline is 'ja'. Write true or false"),
        ('kolada_id = "N00671"', 'kolada_id = "671"', "measures.tel.bemotande.index.kolada_id is '671'. Use only"),
        ('counted = ["4", "5"]', 'counted = "4"', "measures.tel.bemotande.nojda.counted is '4'. Write a list of texts"),
        (
            'pairs = [["tel.bemotande", "tel.enkelhet"],',
            'pairs = [["tel.bemotande"],',
            "pairs[0] names 1. Name exactly two.",
        ),
        ("[thresholds]", "[trosklar]", "trosklar is not a key of the format."),
        (
            'scale = "ja_nej"',
            'scale = "ja_nej"\noptions = []',
            "items.epost.filter.scale stands beside options. Keep one",
        ),
        (
            'name = { sv = "Fått svar", en = "Received a reply" }',
            "name = 1",
            "items.epost.filter.name is 1. Write texts by",
        ),
        ('{ sv = "Fått svar", en', '{ sv = " ", en', "items.epost.filter.name.sv is ' '. Write a text"),
        (
            'asked_when = { item = "epost.filter", options = ["ja"] }',
            'asked_when = "ja"',
            "items.epost.tydlighet.asked_when is",
        ),
        ('counted = ["4", "5"]', "counted = [4, 5]", "measures.tel.bemotande.nojda.counted[0] is 4. Write a text"),
        ("crossed = []", "crossed = 1", "crossed is 1. Write a list of pairs"),
    ],
)
def test_a_fault_names_its_key_and_the_remedy(old: str, new: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(changed(SURVEY, old, new)))


def test_all_faults_are_found_at_once() -> None:
    text = changed(SURVEY, "year = 2023", "year = 23")
    text = changed(text, "points = 75", "points = 750")
    text = changed(text, 'counted = ["ja"]', 'counted = ["jo"]')
    text = changed(text, "batch = 5", "batch = 1")
    keys = {fault.split()[0] for fault in faults_of(text)}
    assert {"year", "items.tel.bemotande.options[3].points", "measures.epost.fatt_svar.counted[0]"} <= keys
    assert "thresholds.batch" in keys


def test_the_message_names_the_file_and_counts_the_faults() -> None:
    with pytest.raises(InstrumentError, match=r"^prov.toml: 1 fault in the instrument.\n  year is missing"):
        instrument_from_text(changed(SURVEY, "year = 2023", ""), "prov.toml")


def test_a_fault_is_not_reported_again_by_what_builds_on_it() -> None:
    assert faults_of(changed(SURVEY, "points = 25", 'points = "dålig"')) == [
        "scales.grad5.options[1].points is 'dålig'. Write a number, as in 25, 12.5 or \"200/3\"."
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"format = ", "is not TOML: Invalid value"),
        (b"id = 1\nid = 2\n", "is not TOML: Cannot overwrite a value"),
        (b"year = nan\n", "is not TOML: nan is no plain decimal"),
        (b"year = 1e999999999\n", "is not TOML: 1e999999999 is no plain decimal"),
        ("name = 'Värmdö'".encode("cp1252"), "is not UTF-8 (byte 9). Save it as UTF-8."),
        (b"#" * 1_000_001, "has 1000001 bytes."),
        (b"a = " + b"[" * 100_000, "is not TOML"),
    ],
)
def test_what_cannot_be_read_is_said_so(content: bytes, fault: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        instrument_from_bytes(content, "prov.toml")
    assert fault in str(caught.value)


def test_an_empty_file_lacks_everything_that_must_be_there() -> None:
    missing = {fault.split()[0] for fault in faults_of("") if "is missing" in fault}
    assert missing >= {
        "format",
        "id",
        "version",
        "method",
        "year",
        "name",
        "languages",
        "channels",
        "items",
        "measures",
    }


def test_a_byte_order_mark_does_no_harm() -> None:
    assert instrument_from_bytes(b"\xef\xbb\xbf" + SURVEY.encode(), "prov.toml").year == 2023


def test_numbers_are_exact() -> None:
    text = changed(SURVEY, "points = 25", "points = 0.1")
    options = instrument_from_text(text, "prov.toml").item("tel.enkelhet").options
    assert options[1].points == Fraction(1, 10)


def test_a_plain_text_is_swedish_and_a_sign_without_letters_is_the_same_in_every_language() -> None:
    text = changed(SURVEY, 'label = { sv = "2", en = "2" }', 'label = "2"')
    options = instrument_from_text(text, "prov.toml").item("tel.enkelhet").options
    assert options[1].label.texts == {"sv": "2", "en": "2"}
    assert any(
        "label.en is missing" in fault for fault in faults_of(changed(SURVEY, '{ sv = "Ja", en = "Yes" }', '"Ja"'))
    )


def test_a_text_in_a_further_language_is_kept() -> None:
    text = changed(SURVEY, '{ sv = "Ja", en = "Yes" }', '{ sv = "Ja", en = "Yes", fi = "Kyllä" }')
    label = instrument_from_text(text, "prov.toml").item("epost.filter").options[0].label
    assert label.in_language("fi") == "Kyllä"
    assert label.in_language("so") == "Ja"


@given(st.data())
def test_whatever_a_file_holds_it_loads_or_is_refused_with_reasons(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([SURVEY, MYSTERY])).splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    values = st.sampled_from(["", "true", "-1", "[]", "{}", '""', '["ja"]', "1e9", "2017-10-22", '"tel.bemotande"'])
    key = lines[place].partition("=")[0]
    kept = "=" in lines[place] and data.draw(st.booleans())
    lines[place] = f"{key}= {data.draw(values)}" if kept else ""
    try:
        instrument_from_text("\n".join(lines), "prov.toml")
    except InstrumentError as error:
        assert error.faults  # noqa: PT017 - either outcome is right, but never an error without reasons


def test_an_item_without_an_id_is_named_by_its_place() -> None:
    found = faults_of(changed(SURVEY, 'id = "tel.bemotande"\n', ""))
    assert "items[0].id is missing. Add it." in found


def test_edges_must_be_a_list() -> None:
    found = faults_of(changed(MYSTERY, "edges = [60, 120]", "edges = 60"))
    assert found == ["items.tel.kontakt.cut.edges is 60. Write a list, as in [60, 120]."]


def test_items_must_be_written_as_a_list_of_tables() -> None:
    text = 'languages = ["sv"]\nitems = 1\n'
    assert "items is not a list of tables. Write one [[items]] for each." in faults_of(text)


def test_the_shipped_files_are_plain_toml() -> None:
    assert tomllib.loads(SURVEY)["id"] == "skr-servicematning-2023"
