"""Answer time in working hours: one's own mean beside the printed ones, and per area as counts allow."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import MysteryResults, measure_text
from lyhord.method.tally import DurationSum
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import Bars, Mark, Tone
from lyhord.rendering.report import Block, Paragraph

MEASURE = "epost.svarstid.timmar"
ITEM = "epost.svarstid"
SECONDS_PER_HOUR = 3600


def hours_blocks(draft: Draft, results: MysteryResults) -> list[Block]:
    """A bar chart of mean hours and the sentences on it."""
    figure = results.figures[MEASURE]
    measure = results.instrument.measure(MEASURE)
    language = draft.language
    marks = [Mark(results.municipality.formal_name, figure.value, figure.n, figure.low, figure.high, Tone.OWN)]
    previous, group = results.previous(MEASURE), results.group(MEASURE)
    if previous is not None:
        marks.append(Mark(previous.figure.label, previous.figure.value, tone=Tone.PREVIOUS))
    if group is not None:
        marks.append(Mark(group.figure.label, group.figure.value, tone=Tone.GROUP))
    values = {"base": figure.base, "n": numbers.count(figure.n, language)}
    if group is not None and group.figure.low is not None and group.figure.high is not None:
        low, high = (numbers.decimal(end, 0, language) for end in (group.figure.low, group.figure.high))
        note = draft.prose("factor.hours_note", low=low, high=high, **values)
    else:
        note = draft.prose("factor.hours_note_plain", **values)
    unit = draft.prose("factor.hours_unit")
    chart = draft.chart(Bars(draft.prose("factor.hours_title"), "", tuple(marks), unit), note, [figure])
    said = draft.prose("factor.hours_result", value=measure_text(measure, figure.value, language), n=values["n"])
    return [chart, Paragraph(said), *_fastest(draft, results)]


def area_hours(results: MysteryResults) -> list[tuple[str, DurationSum]]:
    """(area code, durations) of every area with an answered letter, in the instrument's order."""
    areas = results.instrument.breakdown("area")
    found = []
    for area in areas.values if areas else ():
        duration = results.duration(ITEM, area.code)
        if duration is not None and duration.n:
            found.append((area.code, duration))
    return found


def mean_hours(duration: DurationSum) -> float:
    """Mean hours of at least one duration."""
    return duration.seconds / duration.n / SECONDS_PER_HOUR


def _fastest(draft: Draft, results: MysteryResults) -> list[Block]:
    breakdown = results.instrument.breakdown("area")
    outside = breakdown.outside_total if breakdown else ()
    means = [(mean_hours(duration), code) for code, duration in area_hours(results) if code not in outside]
    if breakdown is None or len(means) < 2:
        return []
    value, code = min(means)
    names = {option.code: option.label.in_language(draft.language) for option in breakdown.values}
    measure = results.instrument.measure(MEASURE)
    shown = measure_text(measure, value, draft.language)
    return [draft.body("factor.hours_fastest", area=names[code], value=shown)]
