"""Calendar periods and the windows made of them.

A window of W at day `at` is the civil days in ``(at - W, at]``. Months and
years go to the same day number, clamped to the month's last day: 31 March minus
one month is 29 February in a leap year. A day leaves a window on the first `at`
with ``at - W >= day``, which is not always ``day + W`` (31 January leaves a
window of one month on 1 March, not on 29 February).

A duration in hours (`PT24H`) is a span between instants, not a number of days.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from fairwater.quantities.errors import QuantityError

PeriodUnit = Literal["Y", "M", "W", "D", "H"]
_UNITS: Final[dict[str, PeriodUnit]] = {"Y": "Y", "M": "M", "W": "W", "D": "D", "H": "H"}
_FORM = re.compile(r"P(?:(\d{1,4})([YMWD])|T(\d{1,4})(H))")


class Period(NamedTuple):
    """A count of calendar years, months, weeks or days, or of hours."""

    number: int
    unit: PeriodUnit

    @classmethod
    def parse(cls, text: str) -> Period:
        """Period of an ISO 8601 duration with one unit: P2Y, P1M, P4W, P30D, PT24H.

        Raises
        ------
        QuantityError
            For any other text: mixed units (P1Y2M) have no single meaning for a window.
        """
        return _parsed(text)

    @property
    def is_hours(self) -> bool:
        """Whether the period is a span between instants."""
        return self.unit == "H"

    def before(self, day: date) -> date:
        """`day` minus this period, clamped to the last valid day of its month."""
        return self._shift(day, -self.number)

    def after(self, day: date) -> date:
        """`day` plus this period, clamped to the last valid day of its month."""
        return self._shift(day, self.number)

    def __str__(self) -> str:
        return f"PT{self.number}H" if self.unit == "H" else f"P{self.number}{self.unit}"

    def _shift(self, day: date, count: int) -> date:
        if self.unit == "H":
            raise QuantityError(f"`{self}` is a span of hours; a window of days needs P…D, W, M, Y")
        try:
            if self.unit == "D":
                return day + timedelta(days=count)
            if self.unit == "W":
                return day + timedelta(weeks=count)
            months = day.year * 12 + day.month - 1 + count * (12 if self.unit == "Y" else 1)
            year, month = divmod(months, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return date(year, month + 1, min(day.day, last))
        except (ValueError, OverflowError) as error:
            raise QuantityError(f"{day} shifted by {self} leaves the calendar") from error


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Period:
    match = _FORM.fullmatch(text)
    if match is None:
        raise QuantityError(
            f"`{text}` is not a duration of one unit; write P30D, P4W, P1M, P1Y or PT24H"
        )
    return Period(int(match[1] or match[3]), _UNITS[match[2] or match[4]])


def in_window(day: date, at: date, window: Period) -> bool:
    """Whether `day` lies in ``(at - window, at]``."""
    return window.before(at) < day <= at


@lru_cache(maxsize=65_536)
def exit_day(day: date, window: Period) -> date:
    """First day `at` whose window no longer holds `day`: the first with ``at - W >= day``."""
    at = window.after(day)
    while window.before(at) < day:
        at += timedelta(days=1)
    while at > day and window.before(at - timedelta(days=1)) >= day:
        at -= timedelta(days=1)
    return at
