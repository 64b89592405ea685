"""The axis of activity: logarithmic, broken at the foot, with 0 below the break.

All panels of a report give a decade the same height; a panel on another quantity may stand
a number of decades lower, and its caption says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log10
from typing import Final, NamedTuple

from fairwater.node.briefing.content import LimitLine, Series

MAX_DECADES: Final = 5
FOOT: Final = 18.0
"""Height of the break between the lowest decade and 0."""


class Scale(NamedTuple):
    """Powers of ten from `low` to `high` between `top` and `bottom` of the drawing."""

    low: int
    high: float
    top: float
    bottom: float

    def y(self, value: float | None) -> float:
        """Height of a value; 0 is the bottom, None (unbounded) the top."""
        if value is None:
            return self.top
        if value <= 0:
            return self.bottom
        span = self.bottom - FOOT - self.top
        at = self.bottom - FOOT - span * (log10(value) - self.low) / (self.high - self.low)
        return min(self.bottom - 4, max(self.top, at))

    @property
    def decades(self) -> range:
        """The powers of ten that carry a line."""
        return range(self.low, floor(self.high) + 1)


def reach(series: Series, limits: Iterable[LimitLine]) -> tuple[int, float]:
    """Powers of ten between which all ends of a series and its limits lie."""
    ends = [end for p in series.points for end in (p.low, p.high) if end]
    ends += [value for limit in limits if (value := numeric(limit.value))]
    if not ends:
        return 0, 2
    low, high = floor(log10(min(ends))), log10(max(ends) * 1.3)
    return max(low, floor(high) - MAX_DECADES), max(high, low + 1.0)


def shared(series: Sequence[Series], limits: Sequence[LimitLine]) -> tuple[int, float]:
    """The decades most panels share: those of all series on the first one's quantity."""
    quantity, unit = series[0].quantity, series[0].unit
    found = [reach(s, limits) for s in series if (s.quantity, s.unit) == (quantity, unit)]
    low, high = min(low for low, _ in found), max(high for _, high in found)
    return max(low, floor(high) - MAX_DECADES), high


def shifted(own: tuple[int, float], common: tuple[int, float]) -> tuple[int, float]:
    """The decades of a panel: the common ones, or as many lower where its values lie below."""
    down = max(0, common[0] - own[0])
    return common[0] - down, common[1] - down


def numeric(text: str) -> float | None:
    """A limit's value for drawing; None where there is none, or no number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value > 0 else None
