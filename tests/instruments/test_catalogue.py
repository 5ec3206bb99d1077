"""The shipped instruments hold what their sources say, and what is not said is marked."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from lyhord.instruments.catalogue import available, definition_text, load
from lyhord.instruments.definition import Instrument, ItemKind, LocalText, MeasureKind, Thresholds
from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.reading import instrument_from_text

SURVEYS = ("skr-servicematning-2022", "skr-servicematning-2023", "skr-servicematning-2024")
MYSTERY = "kkik-mystery-2017"
EXAMPLES = Path(__file__).parents[2] / "examples" / "instruments"


def texts_of(instrument: Instrument) -> list[LocalText]:
    options = [option for item in instrument.items for option in item.options]
    options += [option for breakdown in instrument.breakdowns for option in breakdown.values]
    return [
        instrument.name,
        *(channel.name for channel in instrument.channels),
        *(text for item in instrument.items for text in (item.name, item.wording)),
        *(text for measure in instrument.measures for text in (measure.name, measure.base)),
        *(option.label for option in options),
        *(option.anchor for option in options if option.anchor),
        *instrument.breaks.values(),
    ]


def put(instrument: Instrument, channel: str) -> list[str]:
    return [item.key for item in instrument.items_in(channel) if item.is_put]


def test_four_instruments_are_shipped() -> None:
    assert available() == (MYSTERY, *SURVEYS)


@pytest.mark.parametrize("instrument_id", [MYSTERY, *SURVEYS])
def test_every_text_of_a_shipped_instrument_is_in_swedish_and_english(instrument_id: str) -> None:
    assert all({"sv", "en"} <= text.texts.keys() for text in texts_of(load(instrument_id)))


@pytest.mark.parametrize("instrument_id", [MYSTERY, *SURVEYS])
def test_every_assumption_of_a_shipped_instrument_has_a_reason(instrument_id: str) -> None:
    assumptions = load(instrument_id).assumptions
    assert assumptions
    assert all(len(assumption.reason) > 20 for assumption in assumptions)


def test_an_instrument_is_read_once() -> None:
    assert load(MYSTERY) is load(MYSTERY)


def test_an_unknown_instrument_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InstrumentError, match=r"skr-2023.*\n.*kkik-mystery-2017, skr-servicematning-2022"):
        load("skr-2023")


@pytest.mark.parametrize(("year", "quota"), [(2022, 200), (2023, 400), (2024, 400)])
def test_the_quota_belongs_to_the_year(year: int, quota: int) -> None:
    assert [channel.quota for channel in load(f"skr-servicematning-{year}").channels] == [quota, quota]


@pytest.mark.parametrize("instrument_id", SURVEYS)
def test_survey_grades_are_worth_0_to_100_in_steps_of_25(instrument_id: str) -> None:
    instrument = load(instrument_id)
    for item_id in ("tel.bemotande", "tel.enkelhet", "epost.tydlighet", "epost.enkelhet"):
        points = [(option.code, option.points) for option in instrument.item(item_id).options]
        assert points == [("1", 0), ("2", 25), ("3", 50), ("4", 75), ("5", 100)]


@pytest.mark.parametrize("instrument_id", SURVEYS)
def test_survey_figures_go_to_six_kolada_ids(instrument_id: str) -> None:
    measures = load(instrument_id).measures
    assert {measure.id: measure.kolada_id for measure in measures if measure.kolada_id} == {
        "tel.bemotande.index": "N00671",
        "tel.enkelhet.index": "N00672",
        "epost.tydlighet.index": "N00673",
        "epost.enkelhet.index": "N00674",
        "tel.antal": "N00675",
        "epost.antal": "N00676",
    }


@pytest.mark.parametrize("instrument_id", SURVEYS)
def test_a_survey_summary_shows_the_four_indices(instrument_id: str) -> None:
    headlines = [measure for measure in load(instrument_id).measures if measure.headline]
    assert [measure.kind for measure in headlines] == [MeasureKind.INDEX] * 4


@pytest.mark.parametrize("instrument_id", [MYSTERY, *SURVEYS])
def test_the_thresholds_are_those_of_the_house(instrument_id: str) -> None:
    area = 30 if instrument_id == MYSTERY else 0
    assert load(instrument_id).thresholds == Thresholds(small_area=area)


def test_the_type_of_matter_is_new_in_2023() -> None:
    assert load("skr-servicematning-2022").breakdown("category") is None
    category = load("skr-servicematning-2023").breakdown("category")
    assert category
    assert [option.code for option in category.values] == [
        "vard_omsorg_sociala",
        "bygglov",
        "gata_park_trafik",
        "foretag_naringsliv",
        "vatten_avfall",
        "kultur_fritid_forening",
        "skola_forskola",
        "ovrigt",
    ]


def test_categories_no_source_names_are_marked_as_assumptions() -> None:
    keys = {assumption.key for assumption in load("skr-servicematning-2023").assumptions}
    assert {"scales.arende.options.skola_forskola", "scales.arende.options.ovrigt"} <= keys


@pytest.mark.parametrize(
    ("year", "telephone", "email"),
    [
        (2022, "bemotande enkelhet kommentar", "filter tydlighet enkelhet vantat skalig_tid kommentar"),
        (
            2023,
            "bemotande enkelhet arendekategori kommentar",
            "filter tydlighet enkelhet vantat skalig_tid arendekategori kommentar",
        ),
        (
            2024,
            "bemotande arendekategori enkelhet kommentar",
            "filter tydlighet enkelhet vantat skalig_tid arendekategori kommentar",
        ),
    ],
)
def test_questions_are_put_in_the_order_of_their_year(year: int, telephone: str, email: str) -> None:
    instrument = load(f"skr-servicematning-{year}")
    assert put(instrument, "tel") == telephone.split()
    assert put(instrument, "epost") == email.split()


@pytest.mark.parametrize("instrument_id", SURVEYS)
def test_the_tone_of_a_comment_is_coded_never_asked(instrument_id: str) -> None:
    tone = load(instrument_id).item("tel.ton")
    assert tone.coded_from == "tel.kommentar"
    assert not tone.is_put


def test_comments_fall_under_eight_themes() -> None:
    themes = load("skr-servicematning-2023").breakdown("theme")
    assert themes
    assert len(themes.values) == 8


def test_the_surveys_share_their_definitions_of_measures() -> None:
    first, second, third = (load(instrument_id).measures for instrument_id in SURVEYS)
    assert first == second == third


def test_comparability_is_mutual() -> None:
    loaded = {instrument_id: load(instrument_id) for instrument_id in available()}
    pairs = {
        (instrument.id, measure, other)
        for instrument in loaded.values()
        for measure, others in instrument.comparable_with.items()
        for other in others
        if other in loaded
    }
    assert len(pairs) == 3 * 2 * 17
    assert {(other, measure, instrument) for instrument, measure, other in pairs} == pairs


def test_a_mystery_courtesy_grade_is_worth_exact_thirds_of_the_maximum() -> None:
    points = [option.points for option in load(MYSTERY).item("tel.bemotande").options]
    assert points == [100, Fraction(200, 3), Fraction(100, 3), 0]


def test_measure_3_of_vetlanda_comes_out_exactly() -> None:
    grades = load(MYSTERY).item("tel.bemotande")
    counts = {"mycket_god": 15, "god": 9, "medelgod": 6, "dalig": 1}
    total = sum((grades.option(code).points or 0) * count for code, count in counts.items())
    assert total / 31 == Fraction(69 * 100, 93)
    assert load(MYSTERY).measure("tel.matt3").percent_of_max


def test_ten_areas_are_measured_and_the_executive_office_stays_outside_the_total() -> None:
    areas = load(MYSTERY).breakdown("area")
    assert areas
    assert len(areas.values) == 10
    assert areas.outside_total == ("kommunledningskontoret",)


def test_mystery_answer_times_are_cut_in_working_days_of_nine_hours() -> None:
    cut = load(MYSTERY).item("epost.svarstid").cut
    assert cut
    assert cut.edges == (9, 18, 45, 90)
    assert cut.missing == cut.options[-1] == "ej_svar"


def test_mystery_bases_differ_by_measure() -> None:
    bases = {measure.id: measure.base.in_language("sv") for measure in load(MYSTERY).measures}
    assert bases["tel.matt2"] == "alla samtal utom till kommunledningskontoret"
    assert bases["tel.matt3"] == "samtal där frågan fick svar"
    assert bases["tel.intresse.god"] == "samtal med en handläggare"
    assert bases["epost.merinformation.andel"] == "besvarade brev utom till kommunledningskontoret"


def test_no_unverified_kolada_id_is_shipped() -> None:
    assert not [measure for measure in load(MYSTERY).measures if measure.kolada_id]
    assert "measures.kolada_id" in {assumption.key for assumption in load(MYSTERY).assumptions}


@pytest.mark.parametrize("item_id", ["tel.svar", "tel.information", "tel.intresse", "tel.bemotande"])
def test_interviewers_have_a_description_beside_every_grade(item_id: str) -> None:
    assert all(option.anchor for option in load(MYSTERY).item(item_id).options)


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda file: file.name)
def test_an_example_of_ones_own_instrument_loads(file: Path) -> None:
    assert load(file).id == file.stem


def test_the_chat_example_grades_and_recommends() -> None:
    chat = load(EXAMPLES / "chatt-nps.toml")
    assert chat.item("chatt.enkelhet").kind is ItemKind.SCALE
    assert chat.name.in_language("fi") == "Kysymyksiä chatin jälkeen"
    assert [option.points for option in chat.item("chatt.rekommendera").options] == [0] * 7 + [50, 50, 100, 100]


def test_a_file_must_be_named_after_its_instrument(tmp_path: Path) -> None:
    file = tmp_path / "min-enkat.toml"
    file.write_bytes((EXAMPLES / "chatt-nps.toml").read_bytes())
    with pytest.raises(InstrumentError, match=r"id is 'chatt-nps'. Name the file chatt-nps.toml"):
        load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match=r"saknas.toml: 1 fault.*\n.*cannot be read"):
        load(tmp_path / "saknas.toml")


def test_a_directory_is_no_instrument(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("instrument_id", available())
def test_the_text_of_an_instrument_is_what_it_is_read_from(instrument_id: str) -> None:
    assert instrument_from_text(definition_text(instrument_id), instrument_id) == load(instrument_id)
