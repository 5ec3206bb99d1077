"""Rows of dots with 95 % intervals: one's own result beside totals and groups, with every value in a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.rendering.charts.axis import Scale, widened
from lyhord.rendering.charts.frame import GAP, LEADING, Columns, Drawn, Frame, axis_note, columns, value_axis
from lyhord.rendering.charts.labels import shorten, wrap
from lyhord.rendering.charts.marks import marker
from lyhord.rendering.charts.spec import DotsWithIntervals, IntervalRow, Mark, Tone
from lyhord.rendering.charts.svg import SMALL, TEXT_SIZE, line, path, stroke, text
from lyhord.rendering.charts.wording import word
from lyhord.rendering.fonts import Weight, text_width
from lyhord.rendering.numbers import interval, with_unit
from lyhord.rendering.tokens import COLOURS, TONES

_LANE: Final = 9.0  # between a row's own dot and the dots it is compared with
_ROW: Final = 38.0
_HEADING_WIDTH: Final = 92.0
_NOTE_ROOM: Final = 160.0  # for the words about the axis beside its ticks
_PLOT_SHARE: Final = 0.3  # of the width, at least, for the dots


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of values: whose they are, where it ends, and its heading's lines."""

    label: str
    tone: Tone
    end: float
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    spec: DotsWithIntervals
    frame: Frame
    left: Columns
    scale: Scale
    columns: tuple[_Column, ...]


def draw(spec: DotsWithIntervals, frame: Frame) -> Drawn:
    """The chart's body and height."""
    left = columns(frame, [row.label for row in spec.rows], [False] * len(spec.rows), [row.own.n for row in spec.rows])
    keys = _keys(spec)
    widths = [_column_width(spec, frame, key) for key in keys]
    if left.plot_start + sum(widths) > frame.width * (1 - _PLOT_SHARE):
        return _in_lines(spec, frame)
    plot_end = frame.width - sum(widths)
    low, high = widened(spec.axis_min, spec.axis_max, _values(spec))
    scale = Scale(low, high, left.plot_start + 4, plot_end - 4)
    return _in_columns(_Plot(spec, frame, left, scale, _columns(keys, widths, plot_end)))


def _in_columns(plot: _Plot) -> Drawn:
    lines = max((len(column.heading) for column in plot.columns), default=0)
    top = lines * LEADING + 14
    drawn = [_headings(plot, top - 12)]
    y = top
    for index, row in enumerate(plot.spec.rows):
        height = max(_ROW, 20 + _LANE * len(row.others), plot.left.row_height(index) + 8)
        middle = y + height / 2
        drawn += [plot.left.draw(index, middle), *_lanes(plot.scale, row, middle), _cells(plot, row, middle)]
        y += height
        drawn.append(line(0, y, plot.frame.width, y, stroke(COLOURS.line, 0.8)))
    axis = value_axis(plot.frame, plot.scale, top, y, plot.spec.unit)
    beside = plot.left.plot_start > _NOTE_ROOM
    note = axis_note(plot.frame, plot.scale, 0, 0, y + 15 + (0 if beside else 18))
    return Drawn(axis + note + "".join(drawn), y + (40 if note and not beside else 22))


def _lanes(scale: Scale, row: IntervalRow, middle: float) -> list[str]:
    """The row's dots, one's own uppermost, each in a lane of its own so that none hides another."""
    first = middle - _LANE * len(row.others) / 2
    marks = [row.own, *row.others]
    return [_dot(scale, mark, first + index * _LANE, own=index == 0) for index, mark in enumerate(marks)]


def _dot(scale: Scale, mark: Mark, y: float, *, own: bool) -> str:
    """A dot with its interval; nothing where the value is withheld."""
    if mark.value is None:
        return ""
    drawn = ""
    if mark.low is not None and mark.high is not None:
        low, high = scale.at(mark.low), scale.at(mark.high)
        cap = 4.0 if own else 2.5
        data = f"M{low:.1f} {y - cap:.1f}v{cap * 2:g}M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - cap:.1f}v{cap * 2:g}"
        drawn = path(data, stroke(TONES[mark.tone].stroke, 1.8 if own else 1.1))
    return drawn + marker(mark.tone, scale.at(mark.value), y, 5.5 if own else 4.0)


def _cells(plot: _Plot, row: IntervalRow, middle: float) -> str:
    """The row's values under their headings; one's own in bold with its interval beneath."""
    found = {_key(mark): mark for mark in (row.own, *row.others)}
    drawn = []
    for index, column in enumerate(plot.columns):
        mark = found.get((column.label, column.tone))
        if mark is not None:
            drawn.append(_cell(plot, column, mark, (middle, index == 0)))
    return "".join(drawn)


def _cell(plot: _Plot, column: _Column, mark: Mark, place: tuple[float, bool]) -> str:
    middle, own = place
    value, beneath = _texts(plot.spec, plot.frame, mark)
    baseline = middle + TEXT_SIZE * 0.36 - (LEADING / 2 if beneath else 0)
    if mark.value is None:
        return text(column.end, baseline, value, anchor="end", size=SMALL, fill=COLOURS.muted)
    drawn = text(column.end, baseline, value, anchor="end", weight=Weight.BOLD if own else Weight.REGULAR)
    if beneath:
        drawn += text(column.end, baseline + LEADING, beneath, anchor="end", size=SMALL, fill=COLOURS.muted)
    return drawn


def _headings(plot: _Plot, bottom: float) -> str:
    """Each column's label with its marker before the first line: heading and legend in one."""
    drawn = []
    for column in plot.columns:
        first = bottom - (len(column.heading) - 1) * LEADING
        for index, part in enumerate(column.heading):
            drawn.append(text(column.end, first + index * LEADING, part, anchor="end", size=SMALL))
        if column.heading:
            x = column.end - text_width(column.heading[0], SMALL) - 9
            drawn.append(marker(column.tone, x, first - 4, 4.2))
    return "".join(drawn)


def _in_lines(spec: DotsWithIntervals, frame: Frame) -> Drawn:
    """The narrow or crowded form: under each row's label a line for each mark, with its value at the end."""
    marks = [mark for row in spec.rows for mark in (row.own, *row.others)]
    shown = [_line_text(spec, frame, mark) for mark in marks]
    text_room = max((text_width(words, TEXT_SIZE, Weight.BOLD) for words in shown), default=0.0)
    widest = frame.width * 0.36
    label_room = min(max((text_width(mark.label, SMALL) for mark in marks), default=0.0) + 18, widest)
    low, high = widened(spec.axis_min, spec.axis_max, _values(spec))
    scale = Scale(low, high, label_room + GAP, max(frame.width - text_room - GAP, label_room + GAP + 30))
    y, drawn = 4.0, []
    for row in spec.rows:
        heading = wrap(row.label, frame.width, weight=Weight.SEMIBOLD, lines=2)
        for part in heading:
            y += LEADING
            drawn.append(text(0, y, part, weight=Weight.SEMIBOLD))
        y += 6
        for mark in (row.own, *row.others):
            label = wrap(mark.label, label_room - 16, size=SMALL, lines=2)
            height = 5 + LEADING * max(len(label), 1)
            drawn.append(_mark_line(_Plot(spec, frame, _NO_COLUMNS, scale, ()), mark, label, y + height / 2))
            y += height
        y += 6
    note = axis_note(frame, scale, 0, 0, y + 33)
    return Drawn(value_axis(frame, scale, 6, y, spec.unit) + note + "".join(drawn), y + (40 if note else 22))


def _mark_line(plot: _Plot, mark: Mark, label: tuple[str, ...], y: float) -> str:
    """One mark with its marker, label, dot and value."""
    own = mark.tone is Tone.OWN
    drawn = [marker(mark.tone, 6, y, 4.2), _dot(plot.scale, mark, y, own=own)]
    first = y + SMALL * 0.36 - (len(label) - 1) * LEADING / 2
    drawn += [text(16, first + row * LEADING, part, size=SMALL) for row, part in enumerate(label)]
    words = _line_text(plot.spec, plot.frame, mark)
    withheld = mark.value is None
    look = (SMALL, COLOURS.muted) if withheld else (TEXT_SIZE, COLOURS.ink)
    weight = Weight.BOLD if own and not withheld else Weight.REGULAR
    baseline = y + TEXT_SIZE * 0.36
    return "".join(drawn) + text(
        plot.frame.width, baseline, words, anchor="end", size=look[0], weight=weight, fill=look[1]
    )


def _line_text(spec: DotsWithIntervals, frame: Frame, mark: Mark) -> str:
    value, beneath = _texts(spec, frame, mark)
    return f"{value} ({beneath})" if beneath else value


def _texts(spec: DotsWithIntervals, frame: Frame, mark: Mark) -> tuple[str, str]:
    """The value and its interval as shown; a withheld value says why."""
    if mark.value is None:
        return shorten(mark.note or word("too_few", frame.language), _HEADING_WIDTH, size=SMALL), ""
    value = with_unit(mark.value, spec.decimals, spec.unit, frame.language)
    if mark.low is None or mark.high is None:
        return value, ""
    return value, interval(mark.low, mark.high, spec.decimals, frame.language)


def _keys(spec: DotsWithIntervals) -> list[tuple[str, Tone]]:
    """Whose values the columns hold, one's own first."""
    owns = [_key(row.own) for row in spec.rows]
    others = [_key(mark) for row in spec.rows for mark in row.others]
    return list(dict.fromkeys(owns + others))


def _key(mark: Mark) -> tuple[str, Tone]:
    return mark.label, mark.tone


def _column_width(spec: DotsWithIntervals, frame: Frame, key: tuple[str, Tone]) -> float:
    marks = [mark for row in spec.rows for mark in (row.own, *row.others) if _key(mark) == key]
    values = [text_width(shown, TEXT_SIZE, Weight.BOLD) for mark in marks for shown in _texts(spec, frame, mark)]
    heading = [text_width(part, SMALL) + 16 for part in wrap(key[0], _HEADING_WIDTH, size=SMALL)]
    return max(values + heading, default=0.0) + GAP


def _columns(keys: Sequence[tuple[str, Tone]], widths: Sequence[float], start: float) -> tuple[_Column, ...]:
    placed, end = [], start
    for (label, tone), width in zip(keys, widths, strict=True):
        end += width
        placed.append(_Column(label, tone, end, wrap(label, _HEADING_WIDTH, size=SMALL)))
    return tuple(placed)


def _values(spec: DotsWithIntervals) -> list[float]:
    marks = [mark for row in spec.rows for mark in (row.own, *row.others)]
    return [mark.value for mark in marks if mark.value is not None]


_NO_COLUMNS: Final = Columns((), (), (), 0.0, 0.0)
