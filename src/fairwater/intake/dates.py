"""Dates as tables write them: eras, ranges, parts of a month, serials, missing years.

    H24.3.29             day; era and year counted in it
    H24.6.14〜H24.6.15    range; also `H24.6.14〜15`, `H24.6.14，6.18` (a list)
    9月上旬               first third of September; its year from another date
    24.3.29              the era is the profile's assumption
    41337                spreadsheet serial of the stated system
    2012/3/29 20120329   year first; `order: dmy` reads 29/03/2012
    2012-03-29T20:00Z    the civil day at the profile's clock; without an offset that clock is meant
    H24.12               month

A date the profile's rules do not explain is a fault. `2.30` of any year is one too.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import NamedTuple

from fairwater.intake.calendars import EraYears
from fairwater.intake.numbers import fold, fold_figures
from fairwater.intake.profile import Dates

_SERIAL_ORIGIN = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_CLOCK = re.compile(
    r"[T ](?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r" ?(?P<offset>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?",
    re.ASCII,
)
_RANGE = re.compile(r"\s*[~―-]\s*")
_LIST = re.compile(r"\s*(?:[,;、・]|及び|or)\s*|\s+")


class Unreadable(Exception):
    """Why a text is no date of this profile: a reason of `reasons.REASONS` and what is known."""

    def __init__(self, reason: str, expected: str, near: DateReading | None = None) -> None:
        super().__init__(reason)
        self.reason, self.expected, self.near = reason, expected, near


class DateReading(NamedTuple):
    """First and last possible day; `flags` of the rules that were used; `open`: no end stated."""

    first: date
    last: date
    flags: tuple[str, ...] = ()
    open: bool = False

    @property
    def assumed_year(self) -> bool:
        """Whether the year comes from another date."""
        return "year_assumed" in self.flags


class _Point(NamedTuple):
    year: int | None
    month: int
    first: int
    last: int
    flags: tuple[str, ...]
    eras: EraYears | None = None


class DateReader:
    """Reads the dates of one profile."""

    def __init__(self, dates: Dates, eras: Sequence[EraYears], zone: tzinfo | None = None) -> None:
        self._dates = dates
        self._zone = zone
        self._eras = {fold(mark): era for era in eras for mark in era.marks}
        marks = "|".join(re.escape(mark) for mark in sorted(self._eras, key=len, reverse=True))
        era = rf"(?:(?P<era>{marks})\.?\s*)?" if marks else "(?P<era>(?!))?"
        thirds = dates.thirds or {}
        self._thirds = {fold(word): days for word, days in thirds.items()}
        third = "|".join(map(re.escape, self._thirds)) or "(?!)"
        self._new_era = re.compile(marks) if marks else None
        year_first = (
            rf"{era}(?P<y>\d{{1,4}})(?:(?P<s>[./-])(?P<m>\d{{1,4}})(?P=s)(?P<d>\d{{1,4}})"
            r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)"
        )
        day_first = r"(?P<era>(?!))?(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})"
        month_first = r"(?P<era>(?!))?(?P<m>\d{1,2})(?P<s>[./-])(?P<d>\d{1,2})(?P=s)(?P<y>\d{4})"
        self._full = [re.compile(year_first, re.ASCII)]
        if dates.order != "ymd":
            other = day_first if dates.order == "dmy" else month_first
            iso = r"(?P<era>(?!))?(?P<y>\d{4})(?P<s>-)(?P<m>\d\d)-(?P<d>\d\d)"
            self._full = [re.compile(other, re.ASCII), re.compile(iso, re.ASCII)]
        self._third = re.compile(
            rf"{era}(?:(?P<y>\d{{1,4}})[.年/])?(?P<m>\d{{1,2}})[.月]?(?P<third>{third})", re.ASCII
        )
        self._month = re.compile(
            rf"{era}(?P<y>\d{{1,4}})(?:[./-](?P<m>\d{{1,2}})|年(?P<m2>\d{{1,2}})月)(?!\d|[./-]\d)",
            re.ASCII,
        )
        self._month_day = re.compile(
            r"(?P<m>\d{1,2})(?:(?P<s>[./])(?P<d>\d{1,2})|月(?P<d2>\d{1,2})日?)(?!\d|[./]\d)",
            re.ASCII,
        )
        self._day = re.compile(r"(?P<d>\d{1,2})日?(?![\d./])", re.ASCII)

    def read(self, text: str, *, year_before: date | None = None) -> DateReading:
        """Days a text may mean.

        Parameters
        ----------
        text : str
            The cell.
        year_before : date, optional
            For a date without a year: the year is the latest that puts it on or before this day.

        Raises
        ------
        Unreadable
            With the reason, and the days as far as they could be read.
        """
        folded = fold_figures(text)
        if found := self._simple(folded):
            return found
        points, joins, is_open = self._points(folded)
        return self._joined(points, joins, is_open, year_before, text)

    def year_is_missing(self, text: str) -> bool:
        """Whether the text is a date without a year."""
        try:
            points, _, _ = self._points(fold_figures(text))
        except Unreadable:
            return False
        return points[0].year is None

    def _simple(self, text: str) -> DateReading | None:
        if _SERIAL.fullmatch(text) and self._dates.serial is not None:
            day = _SERIAL_ORIGIN[self._dates.serial] + timedelta(days=int(float(text)))
            return DateReading(day, day, ("serial_date",))
        if _SERIAL.fullmatch(text):
            raise Unreadable(
                "unreadable_date",
                f"{self._expected()}; a spreadsheet's count of days only where the profile says"
                ' which (`dates: {serial: "1900"}` or "1904")',
            )
        if match := _COMPACT.fullmatch(text):
            day = _day(int(match[1]), int(match[2]), int(match[3]), text)
            return DateReading(day, day)
        return None

    def _points(self, text: str) -> tuple[list[_Point], list[str], bool]:
        at = 0
        points: list[_Point] = []
        joins: list[str] = []
        while True:
            point, at = self._point(text, at, points[-1] if points else None)
            points.append(point)
            if at == len(text):
                return points, joins, False
            if len(points) == 1 and (clock := _CLOCK.fullmatch(text, at)):
                if clock["offset"] is not None:
                    points = [self._at_our_clock(point, clock)]
                return points, joins, False
            if not self._dates.ranges:
                raise Unreadable("unreadable_date", self._expected())
            if match := _RANGE.match(text, at):
                joins.append("range")
            elif match := _LIST.match(text, at):
                joins.append("list")
            elif self._new_era is not None and self._new_era.match(text, at):
                joins.append("list")
                continue
            else:
                raise Unreadable("unreadable_date", self._expected())
            at = match.end()
            if at == len(text):
                kind = joins.pop()
                return points, joins, kind == "range"

    def _at_our_clock(self, point: _Point, clock: re.Match[str]) -> _Point:
        """The civil day at the profile's clock of a day and time with an offset."""
        if self._zone is None or point.year is None or point.first != point.last:
            raise Unreadable("unreadable_date", self._expected())
        offset = clock["offset"].replace("Z", "+00:00").replace(":", "")
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        ahead = timedelta(minutes=-minutes if offset[0] == "-" else minutes)
        try:
            there = datetime(
                point.year, point.month, point.first, int(clock["h"]), int(clock["m"])
            ).replace(tzinfo=timezone(ahead))
            here = there.astimezone(self._zone)
        except (ValueError, OverflowError) as error:
            raise Unreadable("impossible_day", "a day of the calendar") from error
        return point._replace(year=here.year, month=here.month, first=here.day, last=here.day)

    def _point(self, text: str, at: int, before: _Point | None) -> tuple[_Point, int]:
        if match := self._third.match(text, at):
            first, last = self._thirds[match["third"]]
            year, flags, era = self._year(match["era"], match["y"], before)
            return _Point(
                year, int(match["m"]), first, last, (*flags, "part_of_month"), era
            ), match.end()
        for pattern in self._full:
            if match := pattern.match(text, at):
                groups = match.groupdict()
                year, flags, era = self._year(match["era"], match["y"], before)
                month = int(match["m"] or groups.get("m2") or 0)
                day = int(match["d"] or groups.get("d2") or 0)
                return _Point(year, month, day, day, flags, era), match.end()
        if before is None:
            match = self._month.match(text, at)
            if match and (match["era"] or len(match["y"]) == 4 or match["m2"]):
                year, flags, era = self._year(match["era"], match["y"], None)
                return _Point(year, int(match["m"] or match["m2"]), 1, 31, flags, era), match.end()
            if re.fullmatch(r"\d{4}", text, re.ASCII):
                return _Point(int(text), 0, 0, 0, ()), len(text)
        match = self._month_day.match(text, at)
        if match and (before is not None or match["s"] != "."):
            year = before.year if before else None
            day = int(match["d"] or match["d2"])
            era = before.eras if before else None
            return _Point(year, int(match["m"]), day, day, (), era), match.end()
        if before is not None and (match := self._day.match(text, at)):
            day = int(match["d"])
            return _Point(before.year, before.month, day, day, (), before.eras), match.end()
        raise Unreadable("unreadable_date", self._expected())

    def _year(
        self, mark: str | None, digits: str | None, before: _Point | None
    ) -> tuple[int | None, tuple[str, ...], EraYears | None]:
        if digits is None:
            if mark is not None:
                raise Unreadable("unreadable_date", self._expected())
            return (before.year if before else None), (), (before.eras if before else None)
        number = int(digits)
        if mark is not None:
            era = self._eras[mark]
            return era.year(number), (), era
        if len(digits) == 4:
            return number, (), None
        if before is not None and before.eras is not None:
            return before.eras.year(number), (), before.eras
        if self._dates.without_era is None or len(digits) > 2:
            raise Unreadable("unreadable_date", self._expected())
        era = self._eras[fold(self._dates.without_era)]
        return era.year(number), ("era_assumed",), era

    def _joined(
        self,
        points: list[_Point],
        joins: list[str],
        is_open: bool,
        year_before: date | None,
        text: str,
    ) -> DateReading:
        flags = {flag for point in points for flag in point.flags}
        if points[0].year is None:
            if year_before is None:
                raise Unreadable("unreadable_date", f"a date with its year; {self._expected()}")
            points = _with_year(points, year_before, text)
            flags.add("year_assumed")
        days: list[tuple[date, date]] = []
        for point in points:
            year = point.year if point.year is not None else days[-1][1].year
            days.append(_days(year, point, text))
        ascending = all(a[1] <= b[1] and a[0] <= b[0] for a, b in pairwise(days))
        if not ascending:
            raise Unreadable("contradictory_dates", "days in ascending order")
        if joins or is_open:
            flags.add("date_range")
        if is_open:
            flags.add("open_range")
        reading = DateReading(days[0][0], days[-1][1], tuple(sorted(flags)), is_open)
        for point in points:
            if point.eras is not None and point.year is not None:
                beyond = point.eras.beyond(days[0][0], days[-1][1])
                if beyond:
                    raise Unreadable("impossible_day", beyond, reading)
        return reading

    def _expected(self) -> str:
        forms = ["2012-03-29"]
        if self._dates.order != "ymd":
            forms.append("29/03/2012" if self._dates.order == "dmy" else "03/29/2012")
        if self._eras:
            forms.append(f"{next(iter(self._eras))}24.3.29")
        if self._dates.ranges:
            forms.append("a range of such days")
        return "a day such as " + ", ".join(forms)


def _with_year(points: list[_Point], before: date, text: str) -> list[_Point]:
    for year in range(before.year, before.year - 8, -1):
        try:
            first, _ = _days(year, points[0], text)
        except Unreadable:
            continue
        if first <= before:
            return [points[0]._replace(year=year), *points[1:]]
    raise Unreadable("impossible_day", "a day of the calendar")


def _days(year: int, point: _Point, text: str) -> tuple[date, date]:
    if point.month == 0:
        return _day(year, 1, 1, text), _day(year, 12, 31, text)
    if not 1 <= point.month <= 12:
        raise Unreadable("impossible_day", "a month from 1 to 12")
    end = calendar.monthrange(year, point.month)[1] if 1 <= year <= 9999 else 28
    last = min(point.last, end) if point.first != point.last else point.last
    return _day(year, point.month, point.first, text), _day(year, point.month, last, text)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("impossible_day", "a day of the calendar") from error


def from_parts(year: str | None, month: str | None, day: str | None) -> DateReading:
    """Days of a date in three columns; absent or 0 means not stated.

    Raises
    ------
    Unreadable
        For a part that is no number, a day without a month, or a day of no calendar.
    """
    numbers: list[int] = []
    for part in (year, month, day):
        folded = fold_figures(part) if part is not None else "0"
        if not (folded.isascii() and folded.isdigit() and len(folded) <= 4):
            raise Unreadable("unreadable_date", "year, month and day as whole numbers")
        numbers.append(int(folded))
    y, m, d = numbers
    if y == 0 or (m == 0 and d != 0):
        raise Unreadable("contradictory_dates", "a month beside a day, and a year beside both")
    if y < 1000:
        raise Unreadable("unreadable_date", "a year of four digits")
    if m == 0:
        return DateReading(date(y, 1, 1), date(y, 12, 31))
    text = f"{year}-{month}-{day}"
    if d == 0:
        first, last = _days(y, _Point(y, m, 1, 31, ()), text)
        return DateReading(first, last)
    found = _day(y, m, d, text)
    return DateReading(found, found)
