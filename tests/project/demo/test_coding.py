"""Themes and tones: the published percentages, and nothing that contradicts the answers."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.project.demo.made import SEEDS, national

from lyhord.method.rounding import round_half_away
from lyhord.project.demo.published import THEMES

either_seed = pytest.mark.parametrize("seed", SEEDS)
COMMENTS = 12_205
TONES = ("positiv", "neutral", "negativ")


def tones(seed: int, breakdown: str) -> dict[str, Counter[str]]:
    coded = national(seed).coded
    assert coded is not None
    found: dict[str, Counter[str]] = {}
    for cell, count in coded.cells():
        if cell.place.breakdown == breakdown:
            found.setdefault(cell.place.value, Counter())[cell.option] += count
    return found


def percent(part: float, whole: float) -> int:
    return int(round_half_away(100 * part / whole, 0))


@either_seed
def test_each_comment_has_one_tone(seed: int) -> None:
    assert tones(seed, "none")[""].total() == COMMENTS
    assert sum(each.total() for each in tones(seed, "category").values()) == COMMENTS


@either_seed
def test_the_themes_have_their_published_shares(seed: int) -> None:
    shares = {theme: percent(each.total(), COMMENTS) for theme, each in tones(seed, "theme").items()}
    assert shares == dict(THEMES)


@either_seed
@pytest.mark.parametrize(("theme", "positive", "negative"), [("enkelhet", 28, 45), ("digitala_tjanster", 15, 20)])
def test_two_themes_have_their_published_tones(seed: int, theme: str, positive: int, negative: int) -> None:
    counted = tones(seed, "theme")[theme]
    assert percent(counted["positiv"], counted.total()) == positive
    assert percent(counted["negativ"], counted.total()) == negative
    assert percent(counted["neutral"], counted.total()) == 100 - positive - negative


@either_seed
def test_the_extreme_themes_are_those_the_report_names(seed: int) -> None:
    by_theme = tones(seed, "theme")

    def most(tone: str) -> str:
        return max(by_theme, key=lambda theme: by_theme[theme][tone] / by_theme[theme].total())

    assert [most(tone) for tone in TONES] == ["bemotande", "digitala_tjanster", "enkelhet"]


@either_seed
def test_criticism_by_category_runs_from_11_to_23_percent(seed: int) -> None:
    by_category = tones(seed, "category")
    negative = {each: percent(counted["negativ"], counted.total()) for each, counted in by_category.items()}
    positive = {each: counted["positiv"] / counted.total() for each, counted in by_category.items()}
    assert (min(negative.values()), max(negative.values())) == (11, 23)
    assert negative["gata_park_trafik"] == 23
    assert set(sorted(positive, key=lambda each: -positive[each])[:3]) == {
        "foretag_naringsliv",
        "vatten_avfall",
        "kultur_fritid_forening",
    }
    assert all(32 <= percent(counted["neutral"], counted.total()) <= 35 for counted in by_category.values())


def test_a_municipality_has_as_many_tones_as_comments() -> None:
    made = national()
    assert made.coded is not None
    toned = Counter[tuple[str, str]]()
    for cell, count in made.coded.cells():
        if cell.place.breakdown == "none":
            toned[cell.place.municipality, cell.place.channel] += count
    written = {(f.municipality, f.channel): f.commented for f in made.reading.counts.flows if f.commented}
    assert toned == written


def test_no_theme_is_mentioned_by_more_than_commented_in_a_category_or_channel() -> None:
    made = national()
    assert made.coded is not None
    comments, mentions = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
    for cell, count in made.coded.cells():
        where = (cell.place.municipality, cell.place.channel)
        if cell.place.breakdown == "none":
            comments[where] += count
        elif cell.place.breakdown == "theme":
            mentions[(*where, cell.place.value)] += count
    assert all(count <= comments[where[:2]] for where, count in mentions.items())
