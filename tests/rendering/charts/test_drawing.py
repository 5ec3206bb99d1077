"""What holds for every chart: safe, accessible, repeatable, and with labels that can be read."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rendering.charts.drawn import SPACE, labels, root, size, specs

from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.charts.spec import (
    Bars,
    ChartSpec,
    DotsWithIntervals,
    IntervalRow,
    Mark,
    Ranked,
    StackedRow,
    StackedShares,
    Tone,
    Trend,
    TrendSeries,
)
from lyhord.rendering.errors import RenderingError

HOSTILE = "<script>alert('x')</script> \"&amp; ]]> \x00\x07\x1b \u202eomvänt\u2028 \ud800 {0} %s"
GRADES = (("God", Tone.BEST), ("Dålig", Tone.POOR))


def every_kind(words: str = "Exempelköping") -> tuple[ChartSpec, ...]:
    own = Mark(words, 82.7, 400, 79.7, 85.7, Tone.OWN, note=words)
    total = Mark(words, 83.0, 18396, tone=Tone.TOTAL)
    return (
        StackedShares(words, "", ((words, Tone.BEST), (words, Tone.POOR)), (StackedRow(words, (60.0, 40.0), 5),)),
        StackedShares(words, "", GRADES, (StackedRow(words, (), 2, note=words),)),
        Bars(words, "", (own, Mark(words, None, note=words)), unit=words),
        DotsWithIntervals(words, "", (IntervalRow(words, own, (total,)),)),
        Ranked(words, "", (Mark("", 90.0), own, Mark("", 70.0)), total, rank_low=1, rank_high=3),
        Ranked(words, "", (*(Mark("", 90.0 - place) for place in range(30)), own), total),
        Trend(words, "", (words, "2023"), (TrendSeries(words, Tone.OWN, (80.0, None)),), ((1, words),)),
    )


@settings(max_examples=150)
@given(specs(), st.sampled_from((320.0, 480.0, 640.0, 900.0)), st.sampled_from(("sv", "en")))
def test_labels_stay_within_the_drawing_and_off_each_other(spec: ChartSpec, width: float, language: str) -> None:
    svg = draw(spec, language=language, width=width)
    boxes, (right, bottom) = labels(svg), size(svg)
    assert not [box for box in boxes if box.left < -0.2 or box.top < -0.2 or box.right > right + 0.2]
    assert not [box for box in boxes if box.bottom > bottom + 0.2]
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.overlaps(other)]


@given(specs())
def test_a_drawing_repeats_itself_and_holds_no_number_that_is_none(spec: ChartSpec) -> None:
    svg = draw(spec)
    assert svg == draw(spec)
    assert not re.search(r"\bnan\b|\binf\b|None", svg)


@pytest.mark.parametrize("spec", every_kind(HOSTILE))
def test_hostile_labels_stay_text(spec: ChartSpec) -> None:
    tree = root(draw(spec))
    tags = {element.tag.removeprefix(SPACE) for element in tree.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
    assert "<script>" in (tree.findtext(f"{SPACE}title") or "")
    assert not re.search("[\x00-\x08\u202e\u2028]", "".join(tree.itertext()))


@pytest.mark.parametrize("spec", every_kind())
def test_nothing_in_a_drawing_needs_an_exception_from_a_strict_content_policy(spec: ChartSpec) -> None:
    svg = draw(spec)
    for element in root(svg).iter():
        assert not {"style", "class", "href", "onload"} & set(element.attrib)
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("spec", every_kind())
def test_a_drawing_is_an_image_with_title_and_description(spec: ChartSpec) -> None:
    tree = root(draw(spec))
    named = {element.get("id"): element.text for element in tree if element.get("id")}
    assert tree.get("role") == "img"
    assert named[tree.get("aria-labelledby")] == "Exempelköping"
    assert named[tree.get("aria-describedby")]


def test_ids_differ_between_charts_and_by_key() -> None:
    ids = [root(draw(spec)).get("aria-labelledby") for spec in every_kind()]
    ids.append(root(draw(every_kind()[0], key="again")).get("aria-labelledby"))
    assert len(set(ids)) == len(ids)


def test_a_given_description_is_used_as_it_is() -> None:
    spec = Bars("Titel", "Så här är det.", (Mark("A", 3.0),))
    assert root(draw(spec)).findtext(f"{SPACE}desc") == "Så här är det."


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (Bars("T", "", (Mark("A", float("nan")),)), "no number"),
        (Bars("T", "", (Mark("A", -1.0),)), "cannot be negative"),
        (StackedShares("T", "", GRADES, (StackedRow("A", (50.0,)),)), "one for each"),
        (StackedShares("T", "", GRADES, (StackedRow("A", (70.0, 60.0)),)), "one whole"),
        (StackedShares("T", "", GRADES, (StackedRow("A", (-1.0, 60.0)),)), "one whole"),
        (Trend("T", "", ("1", "2"), (TrendSeries("A", Tone.OWN, (1.0,)),)), "None where there is none"),
    ],
)
def test_what_cannot_be_drawn_truly_is_refused(spec: ChartSpec, said: str) -> None:
    with pytest.raises(RenderingError, match=said):
        draw(spec)


def test_an_unknown_language_and_a_sliver_of_width_are_refused() -> None:
    with pytest.raises(RenderingError, match="no words in language"):
        draw(every_kind()[1], language="fi")
    with pytest.raises(RenderingError, match="at least 280"):
        draw(every_kind()[0], width=100)
