"""Rounding: once, last, half away from zero."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

# A float holds 15-17 digits and sums of counts lose a few; a true tie is farther than this from any other figure
# as long as n is below 10**9, so reading a float at 13 significant digits restores the decimal that was meant.
_AS_MEANT = Context(prec=13)


def round_half_away(value: float | Fraction | Decimal, decimals: int) -> Decimal:
    """``value`` rounded to ``decimals`` places, a half going away from zero (84,25 -> 84,3; -0,25 -> -0,3).

    A Fraction or Decimal is rounded exactly. A float is first read at 13 significant digits, so that 84.25 stored as
    84.24999999999999 still rounds up. Minus zero becomes zero. A value that is not finite raises ValueError.
    """
    tenfold = Fraction(10) ** decimals
    scaled = _exact(value) * tenfold
    whole, rest = divmod(abs(scaled), 1)
    steps = int(whole) + (1 if rest >= Fraction(1, 2) else 0)
    rounded = Decimal(steps if scaled >= 0 else -steps).scaleb(-decimals)
    return rounded.quantize(Decimal(1).scaleb(-decimals)) if decimals >= 0 else rounded.quantize(Decimal(1))


def _exact(value: float | Fraction | Decimal) -> Fraction:
    """The number that was meant, exactly."""
    if isinstance(value, float):
        meant = _AS_MEANT.create_decimal_from_float(value)
        if not meant.is_finite():
            raise ValueError(f"Only a finite number can be rounded, not {value}. Withhold the figure instead.")
        return Fraction(meant)
    return Fraction(value)
