"""Every pair of colours in use is told apart, and the tokens say the same everywhere."""

from __future__ import annotations

import re

import pytest

from lyhord.rendering.charts.spec import Tone
from lyhord.rendering.contrast import SHAPE_MINIMUM, TEXT_MINIMUM, contrast, luminance
from lyhord.rendering.tokens import COLOURS, TONES, TYPE, ToneStyle, css

BACKGROUNDS = (COLOURS.paper, COLOURS.panel, COLOURS.panel_warm)
TEXTS = (COLOURS.ink, COLOURS.muted, COLOURS.accent, COLOURS.accent_deep, COLOURS.warm, COLOURS.positive, COLOURS.link)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("colour", TEXTS)
def test_text_reaches_four_and_a_half(colour: str, background: str) -> None:
    assert contrast(colour, background) >= TEXT_MINIMUM


@pytest.mark.parametrize("colour", [COLOURS.accent, COLOURS.accent_deep])
def test_text_on_the_accent_is_readable(colour: str) -> None:
    assert contrast(COLOURS.on_accent, colour) >= TEXT_MINIMUM


@pytest.mark.parametrize("style", TONES.values(), ids=TONES)
def test_a_shape_is_outlined_so_that_it_stands_out(style: ToneStyle) -> None:
    for background in (COLOURS.paper, COLOURS.panel, COLOURS.panel_warm):
        assert contrast(style.stroke, background) >= SHAPE_MINIMUM


@pytest.mark.parametrize("style", TONES.values(), ids=TONES)
def test_a_label_is_readable_on_fill_and_pattern_alike(style: ToneStyle) -> None:
    assert contrast(style.text, style.fill) >= TEXT_MINIMUM
    assert contrast(style.text, style.over) >= TEXT_MINIMUM


@pytest.mark.parametrize("name", [Tone.OWN, Tone.TOTAL])
def test_own_and_total_may_colour_their_own_text(name: Tone) -> None:
    assert contrast(TONES[name].stroke, COLOURS.paper) >= TEXT_MINIMUM


def test_focus_and_meaningful_edges_are_seen() -> None:
    assert min(contrast(COLOURS.edge, back) for back in BACKGROUNDS) >= SHAPE_MINIMUM
    assert min(contrast(COLOURS.focus, back) for back in BACKGROUNDS) >= SHAPE_MINIMUM


def test_every_tone_has_a_look_and_compared_results_differ_in_shape() -> None:
    assert set(TONES) == set(Tone)
    compared = (Tone.OWN, Tone.TOTAL, Tone.GROUP, Tone.PREVIOUS, Tone.OTHER)
    assert len({TONES[name].marker for name in compared}) == len(compared)


def test_grades_differ_in_greyscale_or_in_pattern() -> None:
    grades = [TONES[name] for name in (Tone.BEST, Tone.GOOD, Tone.MIDDLE, Tone.POOR, Tone.NEUTRAL)]
    for index, first in enumerate(grades):
        for second in grades[index + 1 :]:
            lighter, darker = sorted((luminance(first.fill), luminance(second.fill)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 1.3 or first.pattern is not second.pattern


def test_the_css_holds_every_colour_and_size_once() -> None:
    written = css()
    names = re.findall(r"^  (--[a-z0-9-]+):", written, flags=re.MULTILINE)
    assert len(names) == len(set(names))
    assert f"--ink: {COLOURS.ink};" in written
    assert f"--text-body: {TYPE.body / 16:g}rem;" in written
    assert f"--own-fill: {TONES[Tone.OWN].fill};" in written
