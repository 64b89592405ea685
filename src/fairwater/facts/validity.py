"""When a limit is in force: days with the precision its source gives them.

A source writes a day, a month, a year, or one of two years; a limit's first and
last day are kept as it writes them:

    validity: {from: 2012-04-01, to: open}      both days included
    validity: {from: "2016-01", to: "2023-08-02"}    some day of January
    validity: {from: "1989", to: "2011/2012"}   some day of 1989; of 2011 or 2012
    validity: {from: not_stated, to: 2022-06-29}
    validity: not_stated

    >>> Validity(since="2016-01", to="open").on(date(2016, 1, 15))
    'may have begun'
    >>> Validity(since="2016-01", to="open").on(date(2016, 2, 1))
    'in force'

Inside the part that is not known the answer is *may have begun* or *may have
ended*: never yes, never no.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated, Final, Literal

import msgspec

_YEAR = r"\d{4}"
_MONTH = rf"{_YEAR}-(0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(0[1-9]|[12]\d|3[01])"
_SOME = rf"{_DAY}|{_MONTH}|{_YEAR}|{_YEAR}/{_YEAR}"

OPEN: Final = "open"
NOT_STATED: Final = "not_stated"
SomeDay = Annotated[str, msgspec.Meta(pattern=rf"^({_SOME})$")]
FirstDay = Annotated[str, msgspec.Meta(pattern=rf"^({_SOME}|{NOT_STATED})$")]
LastDay = Annotated[str, msgspec.Meta(pattern=rf"^({_SOME}|{OPEN}|{NOT_STATED})$")]

When = Literal[
    "in force",
    "not yet in force",
    "ended",
    "may have begun",
    "may have ended",
    "not stated",
]


class Validity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First and last day in force, each as precise as the source; `to` is ``open`` without end."""

    since: FirstDay = msgspec.field(name="from")
    to: LastDay

    def __post_init__(self) -> None:
        first, last = days(self.since), days(self.to)
        if first is not None and last is not None and last[1] < first[0]:
            raise ValueError(f"validity ends in {self.to}, before it begins in {self.since}")

    def on(self, day: date) -> When:
        """Whether the limit is in force on this civil day, as far as the dates can tell."""
        first, last = days(self.since), days(self.to)
        if last is not None and day > last[1]:
            return "ended"
        if first is not None and day < first[0]:
            return "not yet in force"
        if first is None or self.to == NOT_STATED:
            return "not stated"
        if day < first[1]:
            return "may have begun"
        if last is not None and day > last[0]:
            return "may have ended"
        return "in force"

    def covers(self, day: date) -> bool:
        """Whether the limit is certainly in force on this civil day."""
        return self.on(day) == "in force"


def days(text: str) -> tuple[date, date] | None:
    """Earliest and latest day that a text of this page allows; None for *open* and *not stated*.

    Raises
    ------
    ValueError
        A day that no calendar has (2021-02-30), or years in the wrong order.
    """
    if text in (OPEN, NOT_STATED):
        return None
    if "/" in text:
        earlier, later = text.split("/")
        if earlier >= later:
            raise ValueError(f"`{text}`: the earlier year stands first")
        return date(int(earlier), 1, 1), date(int(later), 12, 31)
    pieces = [int(piece) for piece in text.split("-")]
    if len(pieces) == 1:
        return date(pieces[0], 1, 1), date(pieces[0], 12, 31)
    if len(pieces) == 2:
        year, month = pieces
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(*pieces), date(*pieces)
