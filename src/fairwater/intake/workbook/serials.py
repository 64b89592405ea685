"""A date's number to the day it means, by the date system of its workbook.

Both systems count days. The 1900 system has day 1 = 1900-01-01, and counts a day 60,
1900-02-29, that never was: from 61 on the origin is 1899-12-30. Day 60 is refused. The 1904
system has day 0 = 1904-01-01; the two differ by 1,462 days.

Source: ECMA-376 part 1, 18.17.4.1 (from memory); 40725 is 2011-07-01 and 2015-07-02.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from fairwater.intake.workbook.formats import Shown

_1904 = date(1904, 1, 1)
_1900_BEFORE_LEAP = date(1899, 12, 31)
_1900 = date(1899, 12, 30)
_LEAP_DAY = 60
_SECONDS = Decimal(86_400)


class NoSuchDay(ValueError):
    """A number that names no day of the date system."""


def civil_text(stored: str, shown: Shown, *, system_1904: bool) -> str:
    """Day, or day and time, of a stored number, as precise as its format shows it.

    ``civil_text("40725", day, system_1904=True)`` is ``2015-07-02``.

    Raises
    ------
    NoSuchDay
        For a number that is none, is negative, is day 60 of the 1900 system or day 0 of it with
        a date format, or lies beyond the year 9999.
    """
    try:
        number = Decimal(stored)
    except InvalidOperation as error:
        raise NoSuchDay(f"`{stored}` is not a number") from error
    if not number.is_finite() or number < 0 or number > 3_000_000:
        raise NoSuchDay(f"{stored} is outside the date system")
    days = int(number)
    seconds = int(((number - days) * _SECONDS).to_integral_value(ROUND_HALF_UP))
    if days == 0 and not shown.day and not shown.month and not shown.year:
        return _clock(seconds % 86_400)
    if system_1904:
        origin = _1904
    elif days == _LEAP_DAY:
        raise NoSuchDay("1900-02-29 never was")
    elif days == 0:
        raise NoSuchDay("day 0 of the 1900 date system")
    else:
        origin = _1900 if days > _LEAP_DAY else _1900_BEFORE_LEAP
    try:
        at = datetime(origin.year, origin.month, origin.day) + timedelta(days, seconds)
    except OverflowError as error:
        raise NoSuchDay(f"{stored} is beyond the year 9999") from error
    if at.time() != datetime.min.time():
        return f"{at:%Y-%m-%d} {_clock(at.hour * 3600 + at.minute * 60 + at.second)}"
    if shown.year and not shown.month and not shown.day:
        return f"{at.year:04}"
    if shown.year and shown.month and not shown.day:
        return f"{at.year:04}-{at.month:02}"
    return at.date().isoformat()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
