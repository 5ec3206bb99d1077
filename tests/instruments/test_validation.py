"""The parts of an instrument must fit together."""

from __future__ import annotations

from importlib.resources import files

import pytest

from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.reading import instrument_from_text

SHELF = files("lyhord.instruments") / "catalogue"
SURVEY = (SHELF / "skr-servicematning-2023.toml").read_text("utf-8")
MYSTERY = (SHELF / "kkik-mystery-2017.toml").read_text("utf-8")


def faults_of(text: str, old: str, new: str) -> list[str]:
    """The faults of a file in which one place was changed."""
    assert old in text
    with pytest.raises(InstrumentError) as caught:
        instrument_from_text(text.replace(old, new, 1), "prov.toml")
    return [str(fault) for fault in caught.value.faults]


SURVEY_CASES = [
    ('id = "tel.enkelhet"', 'id = "tel.bemotande"', "items.tel.bemotande is defined 2 times. Give each its own id."),
    ('id = "tel.kommentar"', 'id = "sms.kommentar"', "items.sms.kommentar.id begins with 'sms'. Begin it with the id"),
    ('id = "epost"\n', 'id = "tel"\n', "channels.tel is defined 2 times."),
    ('code = "2"', 'code = "1"', "items.tel.bemotande.options.1 is defined 2 times."),
    (
        'kind = "text"',
        'kind = "choice"',
        "items.tel.kommentar.options has 0. An item of kind choice needs at least two",
    ),
    ('scale = "grad5"', "", "items.tel.bemotande.options has 0. An item of kind scale needs"),
    ('kind = "scale"', 'kind = "text"', "items.tel.bemotande.options is given. An item of kind text has no options"),
    (
        'kind = "choice"\nscale = "arende"',
        'kind = "scale"\nscale = "arende"',
        "items.tel.arendekategori.options has no points.",
    ),
    (
        '{ item = "epost.filter", options = ["ja"] }',
        '{ item = "epost.fliter", options = ["ja"] }',
        "items.epost.tydlighet.asked_when.item is 'epost.fliter'. Name an item earlier in the same",
    ),
    (
        '{ item = "epost.filter", options = ["ja"] }',
        '{ item = "epost.enkelhet", options = ["5"] }',
        "items.epost.tydlighet.asked_when.item is 'epost.enkelhet'. Name an item earlier",
    ),
    (
        '{ item = "epost.filter", options = ["ja"] }',
        '{ item = "tel.bemotande", options = ["5"] }',
        "items.epost.tydlighet.asked_when.item is 'tel.bemotande'. Name an item earlier in the same channel",
    ),
    (
        '{ item = "epost.filter", options = ["ja"] }',
        '{ item = "epost.filter", options = ["jo"] }',
        "items.epost.tydlighet.asked_when.options[0] is 'jo'. Choose among ja, nej.",
    ),
    (
        '{ item = "epost.filter", options = ["ja"] }',
        '{ item = "epost.filter", options = [] }',
        "items.epost.tydlighet.asked_when.options is empty. Name the options of epost.filter",
    ),
    ('coded_from = "tel.kommentar"', 'coded_from = "tel.bemotande"', "items.tel.ton.coded_from is 'tel.bemotande'."),
    ('coded_from = "tel.kommentar"', 'coded_from = "tel.kommentar"\nrequired = true', "items.tel.ton is never asked."),
    ('quota_item = "tel.bemotande"', 'quota_item = "epost.filter"', "channels.tel.quota_item is 'epost.filter'."),
    (
        'item = "tel.bemotande"\nname',
        'item = "tel.bemotning"\nname',
        "measures.tel.bemotande.index.item is 'tel.bemotning'.",
    ),
    (
        'item = "tel.bemotande"\nname',
        'item = "tel.kommentar"\nname',
        "measures.tel.bemotande.index.item is of kind text.",
    ),
    (
        'item = "tel.bemotande"\nname',
        'item = "tel.ton"\nname',
        "measures.tel.bemotande.index.base_options holds 'positiv'",
    ),
    (
        'item = "tel.bemotande"\nname',
        'item = "epost.enkelhet"\nname',
        "measures.tel.bemotande.index.id begins with another",
    ),
    ('counted = ["4", "5"]', 'counted = ["4", "6"]', "measures.tel.bemotande.nojda.counted[1] is '6'."),
    ('counted = ["4", "5"]', "counted = []", "measures.tel.bemotande.nojda.counted counts none or all of the base."),
    ('counted = ["ja"]', 'counted = ["ja", "nej"]', "measures.epost.fatt_svar.counted counts none or all of the base."),
    (
        'counted = ["4", "5"]',
        'counted = ["5"]\nbase_options = ["4"]',
        "measures.tel.bemotande.nojda.counted[0] is '5'.",
    ),
    (
        "headline = true",
        'headline = true\ncounted = ["5"]',
        "measures.tel.bemotande.index.counted is given. Only a share",
    ),
    ('kolada_id = "N00672"', 'kolada_id = "N00671"', "measures.tel.bemotande.index.kolada_id N00671 is used twice."),
    ('kolada_definition = "Antal', 'source_definition = "Antal', "measures.tel.antal.source_definition is not a key"),
    (
        "smallest_difference = 4",
        "smallest_difference = 0",
        "measures.tel.bemotande.index.smallest_difference is not above 0",
    ),
    ("decimals = 0", "decimals = 0\npercent_of_max = true", "measures.tel.antal.percent_of_max is set. Only an index"),
    ('column = "datum"', 'column = "tema"', "breakdowns.week.column 'tema' is used twice."),
    (
        'column = "datum"',
        'column = "bemotande"',
        "breakdowns.week.column is the column of tel.bemotande, whose options",
    ),
    ('id = "week"', 'id = "none"', "breakdowns.none.id is reserved for undivided counts."),
    (
        "crossed = []",
        'crossed = [["category", "vecka"]]',
        "crossed[0][1] is 'vecka'. Choose among category, week, theme.",
    ),
    ("crossed = []", 'crossed = [["week", "week"]]', "crossed[0].week is defined 2 times."),
    ('"tel.bemotande", "tel.enkelhet"', '"tel.bemotande", "tel.kommentar"', "pairs[0][1] is 'tel.kommentar'."),
    ('"tel.bemotande", "tel.enkelhet"', '"tel.bemotande", "epost.enkelhet"', "pairs[0] joins two channels."),
    ("external = 30", "external = 120", "thresholds.compare is below external. Raise it to at least 120."),
    (
        '"tel.bemotande.index" = ["skr-servicematning-2022"',
        '"tel.x" = ["skr-servicematning-2022"',
        "comparable_with.tel.x is no",
    ),
    (
        '["skr-servicematning-2022", ',
        '["skr-servicematning-2023", ',
        "comparable_with.tel.bemotande.index names the instrument",
    ),
    (
        "[breaks.kkik-mystery-2017]",
        "[breaks.skr-servicematning-2023]",
        "breaks.skr-servicematning-2023 is the instrument",
    ),
]

MYSTERY_CASES = [
    ("edges = [60, 120]", "edges = [120, 60]", "items.tel.kontakt.cut.edges do not rise."),
    ("edges = [60, 120]", "edges = [0, 60]", "items.tel.kontakt.cut.edges do not rise."),
    ("edges = [60, 120]", "edges = [60]", "items.tel.kontakt.cut.options has 3 for 1 edges."),
    ('sources = ["tel.kontakttid_s"]', 'sources = ["tel.utfall"]', "items.tel.kontakt.cut.sources[0] is 'tel.utfall'."),
    ('"epost.skickat", "epost.besvarat"]', '"epost.skickat"]', "items.epost.svarstid.cut.sources names 1."),
    ('"over_120"]\nmissing', '"mer"]\nmissing', "items.tel.kontakt.cut.options[2] is 'mer'."),
    ('missing = "ingen_kontakt"', 'missing = "ingen"', "items.tel.kontakt.cut.missing is 'ingen'."),
    ('missing = "ingen_kontakt"', "", "items.tel.kontakt.options has 'ingen_kontakt', which the cut never gives."),
    ("[items.cut]", 'coded_from = "tel.kommentar"\n\n[items.cut]', "items.tel.kontakt.coded_from is 'tel.kommentar'."),
    ("[items.cut]", "required = true\n\n[items.cut]", "items.tel.kontakt is never asked."),
    ('option = "dalig"', 'option = "usel"', "items.tel.svar.implied.option is 'usel'. Name one of the item's options."),
    ('"ko_avbruten", "fel_person"]', '"ko_avbruten", "annat"]', "items.tel.svar.implied.options[5] is 'annat'."),
    (
        '"epost.svarstid"\nbase_options',
        '"epost.merinformation"\nbase_options',
        "measures.epost.svarstid.timmar.item has no working hours.",
    ),
    (
        'outside_total = ["kommunledningskontoret"]',
        'outside_total = ["klk"]',
        "breakdowns.area.outside_total[0] is 'klk'.",
    ),
    ('opens = "08:00"', 'opens = "8.00"', "working_day.opens is '8.00'. Write a time as in \"08:00\"."),
    ('kind = "choice"\nscale = "kontakttid"', 'kind = "moment"', "items.tel.kontakt.cut.options[0] is 'inom_60'."),
    ('closes = "17:00"', 'closes = "07:00"', "working_day.closes is not after opens."),
    ('"public", "de_facto"]', '"public", "semester"]', "working_day.holiday_categories[1] is 'semester'."),
]


@pytest.mark.parametrize(("old", "new", "fault"), SURVEY_CASES)
def test_what_does_not_fit_in_a_survey_is_found(old: str, new: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(SURVEY, old, new))


@pytest.mark.parametrize(("old", "new", "fault"), MYSTERY_CASES)
def test_what_does_not_fit_in_a_mystery_form_is_found(old: str, new: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(MYSTERY, old, new))


def test_a_cut_in_working_hours_needs_a_working_day() -> None:
    start, end = MYSTERY.index("[working_day]"), MYSTERY.index("[[channels]]")
    found = faults_of(MYSTERY, MYSTERY[start:end], "")
    assert found == ["working_day is missing. Add [working_day]: epost.svarstid is cut in working hours."]


def test_a_channel_without_items_is_found() -> None:
    extra = '[[channels]]\nid = "chatt"\nname = { sv = "Chatt", en = "Chat" }\n\n[[channels]]'
    assert faults_of(SURVEY, "[[channels]]", extra) == [
        'channels.chatt has no items. Give an item an id such as "chatt.enkelhet".'
    ]


def test_a_kolada_id_needs_a_definition() -> None:
    found = faults_of(MYSTERY, 'id = "tel.matt3"\n', 'id = "tel.matt3"\nkolada_id = "U00486"\n')
    assert found == ["measures.tel.matt3.kolada_definition is missing. Say in words what is sent under the Kolada id."]
