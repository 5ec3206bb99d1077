"""Reads a drawn chart back: its texts as boxes, its rectangles, and made-up specs of every kind to draw."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from hypothesis import strategies as st

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
from lyhord.rendering.charts.svg import ASCENT, DESCENT, TEXT_SIZE
from lyhord.rendering.fonts import Weight, text_width

SPACE = "{http://www.w3.org/2000/svg}"
_WEIGHTS = {"400": Weight.REGULAR, "600": Weight.SEMIBOLD, "700": Weight.BOLD}


@dataclass(frozen=True)
class Box:
    """A label as drawn: its words and the rectangle that its letters take."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether letters would touch; a hair of rounding is let through."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.2 and down > 0.2


def root(svg: str) -> ElementTree.Element:
    """The drawing as a tree; fails where it is not well-formed."""
    return ElementTree.fromstring(svg)  # noqa: S314 - the project's own output


def labels(svg: str) -> list[Box]:
    """Every visible label with its box."""
    return [_box(element) for element in root(svg).iter(f"{SPACE}text")]


def _box(element: ElementTree.Element) -> Box:
    words, size = element.text or "", float(element.get("font-size", TEXT_SIZE))
    width = text_width(words, size, _WEIGHTS[element.get("font-weight", "400")])
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
    return Box(words, left, y - ASCENT * size, left + width, y + DESCENT * size)


def size(svg: str) -> tuple[float, float]:
    """The drawing's width and height from its view box."""
    _, _, width, height = root(svg).get("viewBox", "").split()
    return float(width), float(height)


WORDS = ("Bemötande", "Enkelhet", "för", "Miljö- och byggnadsnämnden", "e\u2011post", "Västra Exempelköping", "Ö", "i")
label_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
hundred = st.floats(0, 100)
bases = st.none() | st.integers(1, 999999)


def tones_of(*tones: Tone) -> st.SearchStrategy[Tone]:
    """One of the tones, or of those that compare where none is named."""
    return st.sampled_from(tones or (Tone.OWN, Tone.TOTAL, Tone.GROUP, Tone.PREVIOUS, Tone.OTHER))


@st.composite
def marks(draw: st.DrawFn, label: str | None = None, tone: Tone | None = None, withheld: bool = True) -> Mark:
    """A mark, withheld now and then, with an interval around its value now and then."""
    value = draw(st.none() | hundred) if withheld else draw(hundred)
    low = high = None
    if value is not None and draw(st.booleans()):
        half = draw(st.floats(0, 20))
        low, high = max(0.0, value - half), min(100.0, value + half)
    words = draw(label_texts) if label is None else label
    return Mark(words, value, draw(bases), low, high, tone or draw(tones_of()), draw(st.sampled_from(("", "för få"))))


@st.composite
def shares(draw: st.DrawFn, options: int) -> tuple[float, ...]:
    """Shares that sum to 100, many of them narrow or nothing."""
    parts = draw(st.lists(st.sampled_from((0, 0, 1, 2, 3, 8, 40, 200)), min_size=options, max_size=options))
    total = sum(parts)
    return tuple(part * 100 / total for part in parts) if total else ()


@st.composite
def stacked(draw: st.DrawFn) -> StackedShares:
    """Rows of shares or counts."""
    options = draw(st.integers(2, 7))
    tones = st.sampled_from((Tone.BEST, Tone.GOOD, Tone.MIDDLE, Tone.POOR, Tone.NEUTRAL))
    legend = tuple((draw(label_texts), draw(tones)) for _ in range(options))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        parts = draw(shares(options))
        counts = tuple(round(part * 6 / 100) for part in parts) if draw(st.booleans()) else ()
        rows.append(StackedRow(draw(label_texts), parts, draw(bases), counts, "", draw(st.booleans())))
    return StackedShares("Titel", "", legend, tuple(rows))


@st.composite
def bars(draw: st.DrawFn) -> Bars:
    """Bars in percent or hours."""
    rows = tuple(draw(marks()) for _ in range(draw(st.integers(1, 7))))
    unit, decimals = draw(st.sampled_from((("%", 0), ("timmar", 1), ("", 1))))
    return Bars("Titel", "", rows, unit, decimals, draw(st.sampled_from((None, 100.0))))


@st.composite
def dots(draw: st.DrawFn) -> DotsWithIntervals:
    """Rows of one's own and others that share their labels."""
    others = draw(st.lists(st.tuples(label_texts, tones_of(Tone.TOTAL, Tone.GROUP)), max_size=5, unique=True))
    rows = tuple(
        IntervalRow(
            draw(label_texts),
            draw(marks("Exempelköping", Tone.OWN)),
            tuple(draw(marks(label, tone)) for label, tone in others),
        )
        for _ in range(draw(st.integers(1, 4)))
    )
    return DotsWithIntervals("Titel", "", rows, axis_min=draw(st.sampled_from((0.0, 60.0))))


@st.composite
def ranked(draw: st.DrawFn) -> Ranked:
    """From one to 290 participants, one's own among them or not."""
    number = draw(st.sampled_from((1, 2, 5, 20, 21, 40, 67, 120, 290)))
    best, span = draw(st.floats(60, 100)), draw(st.floats(0, 60))
    values = [best - span * place / number for place in range(number)]
    own = draw(st.none() | st.integers(0, number - 1))
    name = draw(label_texts)
    rows = tuple(
        Mark(name if place == own else "", value, 120, value, value, Tone.OWN if place == own else Tone.OTHER)
        for place, value in enumerate(values)
    )
    total = draw(marks(draw(label_texts), Tone.TOTAL))
    low = draw(st.integers(1, number))
    ends = (low, draw(st.integers(low, number))) if own is not None and draw(st.booleans()) else (None, None)
    axis = draw(st.sampled_from((0.0, 50.0)))
    return Ranked("Titel", "", rows, total, "", 1, ends[0], ends[1], axis)


@st.composite
def trends(draw: st.DrawFn) -> Trend:
    """Series over one to nine rounds with gaps and breaks."""
    rounds = draw(st.integers(1, 9))
    series = tuple(
        TrendSeries(draw(label_texts), draw(tones_of()), tuple(draw(st.none() | hundred) for _ in range(rounds)))
        for _ in range(draw(st.integers(1, 4)))
    )
    places = draw(st.lists(st.integers(1, rounds - 1), max_size=2, unique=True)) if rounds > 1 else []
    breaks = tuple((place, draw(label_texts)) for place in sorted(places))
    return Trend("Titel", "", tuple(str(2015 + index) for index in range(rounds)), series, breaks)


def specs() -> st.SearchStrategy[ChartSpec]:
    """A chart of any kind."""
    return st.one_of(stacked(), bars(), dots(), ranked(), trends())
