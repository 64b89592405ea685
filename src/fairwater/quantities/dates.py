"""Dates with precision: a date is the set of civil days it may mean.

"2016-07-14"               that day
"2016-07"                  1 to 31 July, one of them
"2012-09-01/2012-09-10"    one of these ten
"2021-03-31T16:00:00Z"     the civil day of that instant in the zone asked for
None                       not stated: any day
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairwater.quantities.errors import QuantityError


class CivilInterval(NamedTuple):
    """The days a date may mean, ends included; an end that is None is not stated."""

    first: date | None
    last: date | None

    @property
    def exact(self) -> bool:
        """Whether one day only is meant."""
        return self.first is not None and self.first == self.last

    @property
    def stated(self) -> bool:
        """Whether anything is known of the date."""
        return self.first is not None or self.last is not None


NOT_STATED = CivilInterval(None, None)


def civil(text: str | None, zone: ZoneInfo) -> CivilInterval:
    """Days that a record's date text may mean in `zone`.

    Parameters
    ----------
    text : str or None
        A `DateText`; None is *not stated*.
    zone : ZoneInfo
        Whose civil day an instant falls on. Other forms are civil days already.

    Raises
    ------
    QuantityError
        For a text that names no day (30 February), or a range that ends before it begins.
    """
    if text is None:
        return NOT_STATED
    try:
        if "T" in text:
            instant = datetime.fromisoformat(text)
            if instant.tzinfo is None:
                raise QuantityError(
                    f"`{text}` has no offset, so its day cannot be told; write e.g. {text}+09:00"
                )
            day = instant.astimezone(zone).date()
            return CivilInterval(day, day)
        if "/" in text:
            first, last = (date.fromisoformat(part) for part in text.split("/"))
            if last < first:
                raise QuantityError(f"`{text}` ends before it begins")
            return CivilInterval(first, last)
        if len(text) == 10:
            day = date.fromisoformat(text)
            return CivilInterval(day, day)
        year = int(text[:4])
        if len(text) == 4:
            return CivilInterval(date(year, 1, 1), date(year, 12, 31))
        month = int(text[5:7])
        return CivilInterval(
            date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        )
    except QuantityError:
        raise
    except ValueError as error:
        raise QuantityError(
            f"`{text}` names no day; expected YYYY, YYYY-MM, YYYY-MM-DD, a range of two days "
            "with `/`, or an instant with an offset"
        ) from error


def to_text(days: CivilInterval) -> str | None:
    """Shortest date text of an interval: a day, a month, a year, or a range. None if not stated."""
    first, last = days
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    if (
        (first.year, first.month) == (last.year, last.month)
        and first.day == 1
        and last.day == calendar.monthrange(last.year, last.month)[1]
    ):
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"
