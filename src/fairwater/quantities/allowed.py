"""The set of values a result allows.

A result is evidence about a true value, and a comparison needs all the values
it leaves possible:

    detected 12.4                       [12.4, 12.4]
    censored <6.1 (detection limit)     [0, 6.1]
    censored <y* (decision threshold)   [0, y#] if the detection limit y# is
                                        reported beside it, else [0, inf):
                                        half of the results at a true value
                                        of y* read "not detected"
    over-range >2.0E+05                 [2.0E+05, inf)
    interval 55 to 68                   [55, 68]
    about, not stated                   [0, inf)

Sums add ends to ends. Nothing is ever replaced by LOD/2, LOD or 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from fairwater.quantities.decimals import EXACT, exact
from fairwater.quantities.errors import QuantityError
from fairwater.records import Result

ZERO = Decimal(0)


class Allowed(NamedTuple):
    """Closed interval of possible values in the result's own unit; `high` None is unbounded."""

    low: Decimal
    high: Decimal | None

    @property
    def exact(self) -> bool:
        """Whether one value only is possible."""
        return self.low == self.high


EVERYTHING = Allowed(ZERO, None)


def allowed(result: Result) -> Allowed:
    """Values that `result` allows, in its reported unit.

    Raises
    ------
    QuantityError
        If the fields its kind needs are missing, or an interval is upside down.
    """
    match result.kind:
        case "detected":
            value = _needed(result, result.value, "value")
            return Allowed(value, value)
        case "censored":
            limit = _needed(result, result.value, "value")
            if result.limit_kind != "decision_threshold":
                return Allowed(ZERO, limit)
            if result.limit is None or result.limit_unit not in (None, result.unit):
                return EVERYTHING
            return Allowed(ZERO, exact(result.limit))
        case "over_range":
            return Allowed(_needed(result, result.value, "value"), None)
        case "interval":
            low = _needed(result, result.low, "low")
            high = _needed(result, result.high, "high")
            if high < low:
                raise QuantityError(f"interval from {low} to {high} is upside down")
            return Allowed(low, high)
        case "about" | "not_stated":
            return EVERYTHING


def add(parts: Iterable[Allowed]) -> Allowed:
    """Set of possible sums of values, one from each part."""
    low, high = ZERO, ZERO
    bounded = True
    for part in parts:
        low = EXACT.add(low, part.low)
        if part.high is None:
            bounded = False
        elif bounded:
            high = EXACT.add(high, part.high)
    return Allowed(low, high if bounded else None)


def _needed(result: Result, text: str | None, field: str) -> Decimal:
    if text is None:
        raise QuantityError(f"a result of kind `{result.kind}` needs its `{field}`")
    return exact(text)
