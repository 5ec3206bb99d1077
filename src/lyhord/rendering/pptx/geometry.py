"""The slide's measures: 16:9, in inches, with the areas that every slide shares; and the step to EMU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EMU_PER_INCH: Final = 914_400
POINTS_PER_INCH: Final = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in inches from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width


def emu(inches: float) -> int:
    """Inches as English Metric Units."""
    return round(inches * EMU_PER_INCH)


SLIDE: Final = Box(0, 0, 40 / 3, 7.5)
MARGIN: Final = 0.6
_WIDTH: Final = SLIDE.width - 2 * MARGIN
KICKER: Final = Box(MARGIN, 0.34, 9.2, 0.28)
BADGE: Final = Box(SLIDE.width - MARGIN - 2.3, 0.24, 2.3, 0.3)
TITLE: Final = Box(MARGIN, 0.64, _WIDTH, 0.84)
CONTENT: Final = Box(MARGIN, 1.62, _WIDTH, 5.16)
FOOT_RULE: Final = 6.98
FOOTER: Final = Box(MARGIN, 7.02, 9.0, 0.3)
NUMBER: Final = Box(SLIDE.width - MARGIN - 1.5, 7.02, 1.5, 0.3)
VISUAL: Final = Box(CONTENT.x, CONTENT.y, 7.95, CONTENT.height)  # chart or narrow table with text beside it
SIDE: Final = Box(CONTENT.x + 8.3, CONTENT.y, CONTENT.width - 8.3, CONTENT.height)
READING_WIDTH: Final = 9.8  # lines longer than this are hard to read
COVER_FIELD: Final = Box(0, 0, 8.4, SLIDE.height)
COVER_TITLE: Final = Box(MARGIN, 2.1, 7.2, 2.1)
COVER_KIND: Final = Box(MARGIN, 1.6, 7.2, 0.4)
COVER_NAME: Final = Box(MARGIN, 4.4, 7.2, 1.3)
COVER_FACTS: Final = Box(8.95, 2.1, 3.85, 4.4)
COVER_LOGO: Final = Box(8.95, 0.6, 3.0, 0.95)
SECTION_TITLE: Final = Box(MARGIN, 2.2, 10.6, 1.5)
SECTION_PARTS: Final = Box(MARGIN, 3.9, 10.6, 2.6)
