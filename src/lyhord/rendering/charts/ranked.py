"""Participants from best to worst as dots with intervals, one's own large and green, the total a blue line.

Up to twenty stand in rows, each with its value; more stand side by side, where own, total, best and worst carry theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale, ticks, widened
from lyhord.rendering.charts.frame import GRID, LEADING, Drawn, Frame, axis_note, value_axis
from lyhord.rendering.charts.labels import shorten, wrap
from lyhord.rendering.charts.marks import marker
from lyhord.rendering.charts.spec import Mark, Ranked, Tone
from lyhord.rendering.charts.svg import SMALL, TEXT_SIZE, line, path, stroke, text
from lyhord.rendering.charts.wording import place_words, word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import count, decimal, interval, with_unit
from lyhord.rendering.tokens import COLOURS, TONES

_IN_ROWS: Final = 20
_NARROW: Final = 100
_ROW: Final = 20.0
_PLOT_HEIGHT: Final = 190.0
_TOP: Final = 26.0  # the lane where one's own label stands
_OTHER: Final = TONES[Tone.OTHER]
_OWN: Final = TONES[Tone.OWN]
_TOTAL: Final = TONES[Tone.TOTAL]


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark with a value, and its place counted from the best."""

    place: int
    mark: Mark
    value: float


@dataclass(frozen=True, slots=True)
class _Plot:
    spec: Ranked
    frame: Frame
    places: tuple[_Place, ...]
    across: Scale  # places side by side, or values in rows
    upright: Scale  # values, downwards
    own: _Place | None

    def shown(self, value: float | None) -> str:
        """A value as printed."""
        return with_unit(value, self.spec.decimals, self.spec.unit, self.frame.language)


def draw(spec: Ranked, frame: Frame) -> Drawn:
    """The chart's body and height."""
    valued = [(mark, mark.value) for mark in spec.marks if mark.value is not None]
    places = tuple(_Place(index, mark, value) for index, (mark, value) in enumerate(valued, start=1))
    if not places:
        return Drawn(text(0, 16, word("no_data", frame.language), fill=COLOURS.muted), 24)
    known = [place.value for place in places] + ([spec.total.value] if spec.total.value is not None else [])
    low, high = widened(spec.axis_min, spec.axis_max, known)
    if len(places) <= _IN_ROWS:
        return _in_rows(spec, frame, places, (low, high))
    right = frame.width - _total_room(spec, frame)
    across = Scale(0.5, len(places) + 0.5, 34.0, right)
    plot = _Plot(spec, frame, places, across, Scale(low, high, _TOP + _PLOT_HEIGHT, _TOP), _own_of(places))
    return _side_by_side(plot)


def _own_of(places: Sequence[_Place]) -> _Place | None:
    """The first mark in one's own tone."""
    return next((place for place in places if place.mark.tone is Tone.OWN), None)


def _side_by_side(plot: _Plot) -> Drawn:
    bottom = plot.upright.start
    drawn = [_value_grid(plot), _others(plot), _total_line(plot), _own(plot)]
    beneath, height = _beneath(plot, bottom + 10)
    note = axis_note(plot.frame, Scale(plot.upright.low, plot.upright.high, 0, 1), 0, 0, bottom + height + 22)
    return Drawn("".join(drawn) + beneath + note, bottom + height + (30 if note else 14))


def _value_grid(plot: _Plot) -> str:
    drawn = []
    for value in ticks(plot.upright.low, plot.upright.high, 5):
        y = plot.upright.at(value)
        drawn.append(line(plot.across.start - 6, y, plot.across.end, y, GRID))
        label = decimal(value, 0 if value == int(value) else 1, plot.frame.language)
        drawn.append(text(plot.across.start - 11, y + 4, label, anchor="end", size=SMALL, fill=COLOURS.muted))
    return "".join(drawn)


def _others(plot: _Plot) -> str:
    """Everyone else's intervals and dots as two paths: a dot is a line of no length with round ends."""
    narrow = len(plot.places) > _NARROW
    whiskers, dots = [], []
    at = plot.upright.at
    for place in plot.places:
        mark = place.mark
        if mark.tone is Tone.OWN:
            continue
        x = f"{plot.across.at(place.place):.1f}"
        dots.append(f"M{x} {at(place.value):.1f}h.01")
        if mark.low is not None and mark.high is not None:
            whiskers.append(f"M{x} {at(mark.low):.1f}V{at(mark.high):.1f}")
    pitch = (plot.across.end - plot.across.start) / len(plot.places)
    size = min(max(pitch * 0.62, 2.2), 6.0)
    return path("".join(whiskers), stroke(_OTHER.stroke, 0.7 if narrow else 1.1)) + path(
        "".join(dots), stroke(_OTHER.stroke, size) + ' stroke-linecap="round"'
    )


def _own(plot: _Plot) -> str:
    """One's own dot, interval and label, the label above the plot with a line down to it."""
    own = plot.own
    if own is None:
        return ""
    x, y = plot.across.at(own.place), plot.upright.at(own.value)
    top, drawn = y, ""
    if own.mark.low is not None and own.mark.high is not None:
        low, top = plot.upright.at(own.mark.low), plot.upright.at(own.mark.high)
        data = f"M{x - 4:.1f} {low:.1f}h8M{x:.1f} {low:.1f}V{top:.1f}M{x - 4:.1f} {top:.1f}h8"
        drawn = path(data, stroke(COLOURS.paper, 4.6)) + path(data, stroke(_OWN.stroke, 2.2))
    value = plot.shown(own.value)
    room = plot.frame.width * 0.6
    label = f"{shorten(own.mark.label, room, weight=Weight.BOLD)} {value}".strip() + _base(own.mark, plot.frame)
    half = text_width(label, TEXT_SIZE, Weight.BOLD) / 2
    at = min(max(x, half), plot.frame.width - half)
    leader = line(x, 17, x, top, stroke(_OWN.stroke, 1, "2 2")) + _halo(x, y)
    name = text(at, 11, label, anchor="middle", weight=Weight.BOLD, fill=_OWN.stroke)
    return leader + drawn + marker(Tone.OWN, x, y, 6.0) + name


def _base(mark: Mark, frame: Frame) -> str:
    return "" if mark.n is None else f" (n={count(mark.n, frame.language)})"


def _halo(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7.6" fill="{COLOURS.paper}"/>'


def _total_room(spec: Ranked, frame: Frame) -> float:
    """The width that the total's label needs to the right of the plot."""
    if spec.total.value is None:
        return 6.0
    value = with_unit(spec.total.value, spec.decimals, spec.unit, frame.language)
    lines = _total_lines(spec, frame)
    return max(text_width(part, SMALL, Weight.SEMIBOLD) for part in (*lines, value)) + 12


def _total_lines(spec: Ranked, frame: Frame) -> tuple[str, ...]:
    label = spec.total.label or word("total", frame.language)
    return wrap(label, min(110.0, frame.width * 0.2), size=SMALL, weight=Weight.SEMIBOLD)


def _total_line(plot: _Plot) -> str:
    """The total as a dashed blue line across, labelled at its right end."""
    if plot.spec.total.value is None:
        return ""
    y = plot.upright.at(plot.spec.total.value)
    lines = [*_total_lines(plot.spec, plot.frame), plot.shown(plot.spec.total.value)]
    first = min(max(y - (len(lines) - 1) * 7 + 4, 34), plot.upright.start - (len(lines) - 1) * 14)
    drawn = [line(plot.across.start - 6, y, plot.across.end + 3, y, stroke(_TOTAL.stroke, 1.8, _TOTAL.dash))]
    for index, part in enumerate(lines):
        drawn.append(
            text(plot.across.end + 8, first + index * 14, part, size=SMALL, weight=Weight.SEMIBOLD, fill=_TOTAL.stroke)
        )
    return "".join(drawn)


def _beneath(plot: _Plot, y: float) -> tuple[str, float]:
    """The lanes under the plot: places where one's own rank surely lies, its words, and the two ends."""
    words = _place_words(plot.spec, plot.frame, plot.own, len(plot.places))
    drawn, height = [_ends(plot, y + 12)], 20.0
    if not words:
        return "".join(drawn), height
    own = plot.own
    if own is not None and plot.spec.rank_low is not None and plot.spec.rank_high is not None:
        low, high = plot.across.at(plot.spec.rank_low - 0.4), plot.across.at(plot.spec.rank_high + 0.4)
        data = f"M{low:.1f} {y + 22:.1f}v8M{low:.1f} {y + 26:.1f}H{high:.1f}M{high:.1f} {y + 22:.1f}v8"
        drawn.append(path(data, stroke(_OWN.stroke, 2)))
        drawn.append(marker(Tone.OWN, plot.across.at(own.place), y + 26, 3.6))
    shown = shorten(words, plot.frame.width, size=SMALL, weight=Weight.SEMIBOLD)
    half = text_width(shown, SMALL, Weight.SEMIBOLD) / 2
    wanted = plot.across.at(own.place) if own else half
    x = min(max(wanted, half), plot.frame.width - half)
    drawn.append(text(x, y + 46, shown, anchor="middle", size=SMALL, weight=Weight.SEMIBOLD, fill=_OWN.stroke))
    return "".join(drawn), 52.0


def _ends(plot: _Plot, y: float) -> str:
    """The best and the worst value at either end, and how many there are between them where there is room."""
    best = word("best", plot.frame.language, value=plot.shown(plot.places[0].value))
    worst = word("worst", plot.frame.language, value=plot.shown(plot.places[-1].value))
    middle = word("ranked_axis", plot.frame.language, count=count(len(plot.places), plot.frame.language))
    start, end = plot.across.start - 6, plot.across.end
    drawn = text(start, y, best, size=SMALL, fill=COLOURS.muted)
    drawn += text(end, y, worst, anchor="end", size=SMALL, fill=COLOURS.muted)
    free = end - start - text_width(best, SMALL) - text_width(worst, SMALL) - 30
    if text_width(middle, SMALL) > free:
        return drawn
    centre = (start + text_width(best, SMALL) + end - text_width(worst, SMALL)) / 2
    return drawn + text(centre, y, middle, anchor="middle", size=SMALL, fill=COLOURS.muted)


def _place_words(spec: Ranked, frame: Frame, own: _Place | None, total: int) -> str:
    """Own place with its confidence set; empty where one's own is not among the marks or has no set."""
    if own is None:
        return ""
    if spec.rank_low is None or spec.rank_high is None:
        return ""
    return place_words((own.place, total, spec.rank_low, spec.rank_high), frame.language)


def _in_rows(spec: Ranked, frame: Frame, places: Sequence[_Place], axis: tuple[float, float]) -> Drawn:
    """Few participants: a row each, with place, name where given, dot, interval and value."""
    labels = [shorten(place.mark.label, frame.width * 0.34, weight=Weight.BOLD) for place in places]
    named = max((text_width(label, TEXT_SIZE, Weight.BOLD) for label in labels), default=0.0)
    bases = [_base(place.mark, frame).strip(" ()") for place in places]
    base_room = max(text_width(base, SMALL) for base in bases)
    start = 24 + named + (base_room + 12 if base_room else 0.0) + 12
    values, value_room = _row_values(spec, frame, places, start)
    scale = Scale(*axis, start, max(frame.width - value_room, start + 30))
    plot = _Plot(spec, frame, tuple(places), scale, Scale(0, 1, 0, 1), _own_of(places))
    top = 24.0 if spec.total.value is not None else 4.0
    bottom = top + _ROW * len(places)
    drawn = [value_axis(frame, scale, top, bottom, spec.unit), _total_upright(plot, top, bottom)]
    for index, place in enumerate(places):
        drawn.append(_ranked_row(plot, place, (labels[index], bases[index], values[index]), top + _ROW * (index + 0.5)))
    height = bottom + 22
    words = _place_words(spec, frame, plot.own, len(places))
    for part in wrap(words, frame.width, size=SMALL, weight=Weight.SEMIBOLD) if words else ():
        drawn.append(text(0, height + 12, part, size=SMALL, weight=Weight.SEMIBOLD, fill=_OWN.stroke))
        height += LEADING
    note = axis_note(frame, scale, 0, 0, height + 14)
    return Drawn("".join(drawn) + note, height + (22 if note else 6))


def _ranked_row(plot: _Plot, place: _Place, words: tuple[str, str, str], y: float) -> str:
    own = place.mark.tone is Tone.OWN
    weight, colour = (Weight.BOLD, _OWN.stroke) if own else (Weight.REGULAR, COLOURS.ink)
    style = _OWN if own else _OTHER
    drawn = [
        text(16, y + 4, str(place.place), anchor="end", size=SMALL, fill=COLOURS.muted),
        text(24, y + 4, words[0], weight=weight, fill=colour) if words[0] else "",
        text(plot.across.start - 12, y + 4, words[1], anchor="end", size=SMALL, fill=COLOURS.muted) if words[1] else "",
        text(plot.frame.width, y + 4, words[2], anchor="end", weight=weight, fill=colour),
    ]
    if place.mark.low is not None and place.mark.high is not None:
        low, high = plot.across.at(place.mark.low), plot.across.at(place.mark.high)
        drawn.append(line(low, y, high, y, stroke(style.stroke, 2.2 if own else 1.2)))
    return "".join(drawn) + marker(place.mark.tone, plot.across.at(place.value), y, 6.0 if own else 3.4)


def _row_values(spec: Ranked, frame: Frame, places: Sequence[_Place], start: float) -> tuple[list[str], float]:
    """The rows' values and the room they need; without their intervals where the dots would get too little."""
    values = [_row_value(spec, frame, place.mark) for place in places]
    room = max(text_width(value, TEXT_SIZE, Weight.BOLD) for value in values) + 14
    if start + room > frame.width * 0.7:
        values = [with_unit(place.value, spec.decimals, spec.unit, frame.language) for place in places]
        room = max(text_width(value, TEXT_SIZE, Weight.BOLD) for value in values) + 14
    return values, room


def _row_value(spec: Ranked, frame: Frame, mark: Mark) -> str:
    value = with_unit(mark.value, spec.decimals, spec.unit, frame.language)
    if mark.low is None or mark.high is None:
        return value
    return f"{value} ({interval(mark.low, mark.high, spec.decimals, frame.language)})"


def _total_upright(plot: _Plot, top: float, bottom: float) -> str:
    """The total as a dashed blue line down through the rows, labelled at its head."""
    if plot.spec.total.value is None:
        return ""
    x = plot.across.at(plot.spec.total.value)
    value = plot.shown(plot.spec.total.value)
    room = plot.frame.width * 0.5
    name = shorten(plot.spec.total.label or word("total", plot.frame.language), room, size=SMALL)
    label = f"{name} {value}"
    half = text_width(label, SMALL, Weight.SEMIBOLD) / 2
    at = min(max(x, half), plot.frame.width - half)
    return line(x, top - 6, x, bottom, stroke(_TOTAL.stroke, 1.8, _TOTAL.dash)) + text(
        at, 11, label, anchor="middle", size=SMALL, weight=Weight.SEMIBOLD, fill=_TOTAL.stroke
    )
