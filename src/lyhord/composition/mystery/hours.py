"""Answer time in working hours: one's own mean beside the printed ones, and per area as counts allow."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.beside import printed_beside, upper_first
from lyhord.composition.mystery.results import MysteryResults, measure_text, shown_interval
from lyhord.method.figures import Figure
from lyhord.method.rounding import round_half_away
from lyhord.method.tally import DurationSum
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import Bars, Mark, Tone
from lyhord.rendering.report import Block, Paragraph

MEASURE = "epost.svarstid.timmar"
ITEM = "epost.svarstid"
SECONDS_PER_HOUR = 3600


def hours_blocks(draft: Draft, results: MysteryResults) -> list[Block]:
    """A bar chart of mean hours and the sentences on it; only words where too few letters were answered."""
    figure = results.figures[MEASURE]
    n = numbers.count(figure.n, draft.language)
    if figure.value is None:
        key = "factor.too_few_hours" if figure.n else "factor.nothing"
        return [draft.body(key, base=figure.base, n=n)]
    marks = [Mark(results.municipality.formal_name, figure.value, figure.n, figure.low, figure.high, Tone.OWN)]
    previous, group = results.previous(MEASURE), results.group(MEASURE)
    for reference, tone in ((previous, Tone.PREVIOUS), (group, Tone.GROUP)):
        if reference is not None:
            marks.append(Mark(upper_first(reference.figure.label), reference.figure.value, tone=tone))
    note = draft.prose("factor.chart_note", base=figure.base, n=n)
    unit = draft.prose("factor.hours_unit")
    chart = draft.chart(Bars(draft.prose("factor.hours_title"), "", tuple(marks), unit), note, [figure])
    return [
        chart,
        _said(draft, results, figure, n),
        *printed_beside(draft, results, MEASURE),
        *_fastest(draft, results),
    ]


def _said(draft: Draft, results: MysteryResults, figure: Figure, n: str) -> Paragraph:
    measure = results.instrument.measure(MEASURE)
    key = "factor.hours_result" if figure.low is not None else "factor.hours_result_plain"
    value = measure_text(measure, figure.value, draft.language)
    return draft.body(key, value=value, n=n, interval=shown_interval(results, MEASURE, draft.language))


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
    """The area or areas with the shortest time as printed, each with its number of letters."""
    breakdown = results.instrument.breakdown("area")
    outside = breakdown.outside_total if breakdown else ()
    measure = results.instrument.measure(MEASURE)
    means = [
        (round_half_away(mean_hours(duration), measure.decimals), code, duration)
        for code, duration in area_hours(results)
        if code not in outside
    ]
    if breakdown is None or len({value for value, _, _ in means}) < 2:
        return []
    least = min(value for value, _, _ in means)
    names = {option.code: option.label.in_language(draft.language) for option in breakdown.values}
    areas = [
        draft.prose("factor.hours_area", area=names[code], n=numbers.count(duration.n, draft.language))
        for value, code, duration in means
        if value == least
    ]
    shown = measure_text(measure, float(least), draft.language)
    return [draft.body("factor.hours_fastest", areas=draft.prose.joined(areas), value=shown)]
