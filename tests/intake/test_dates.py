"""Dates: what each stated form means, what is flagged, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.intake.calendars import eras_of
from fairwater.intake.dates import DateReader, Unreadable, from_parts
from fairwater.intake.profile import Dates

JAPANESE = Dates(
    calendar="japanese",
    without_era="H",
    without_year=("resulted",),
    serial="1900",
    ranges=True,
    thirds={"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)},
)
READER = DateReader(JAPANESE, eras_of(JAPANESE))
PLAIN = DateReader(Dates(), ())
BEFORE = date(2013, 1, 11)


@pytest.mark.parametrize(
    ("text", "first", "last", "flags"),
    [
        ("H24.3.29", "2012-03-29", "2012-03-29", ()),
        ("Ｈ２４．３．２９", "2012-03-29", "2012-03-29", ()),
        ("H.24.5.17", "2012-05-17", "2012-05-17", ()),
        ("平成24年3月29日", "2012-03-29", "2012-03-29", ()),
        ("R1.5.1", "2019-05-01", "2019-05-01", ()),
        ("S63.12.31", "1988-12-31", "1988-12-31", ()),
        ("24.3.29", "2012-03-29", "2012-03-29", ("era_assumed",)),
        ("25.08.06", "2013-08-06", "2013-08-06", ("era_assumed",)),
        ("2013.6.24", "2013-06-24", "2013-06-24", ()),
        ("2012/3/29", "2012-03-29", "2012-03-29", ()),
        ("2012-03-29", "2012-03-29", "2012-03-29", ()),
        ("20120329", "2012-03-29", "2012-03-29", ()),
        ("2012-03-29 10:15", "2012-03-29", "2012-03-29", ()),
        # FACTS.md: serials are the 1900 system, 41337 = 2013-03-04
        ("41337", "2013-03-04", "2013-03-04", ("serial_date",)),
        ("H24.6.14〜H24.6.15", "2012-06-14", "2012-06-15", ("date_range",)),
        ("H24.6.14～15", "2012-06-14", "2012-06-15", ("date_range",)),
        ("H24.4.24〜5.1", "2012-04-24", "2012-05-01", ("date_range",)),
        ("H24.12.28〜H25.1.4", "2012-12-28", "2013-01-04", ("date_range",)),
        ("H24.7.9〜24.7.23", "2012-07-09", "2012-07-23", ("date_range",)),
        ("H24.6.14，15", "2012-06-14", "2012-06-15", ("date_range",)),
        ("H24.8.21，8.25，8.29，", "2012-08-21", "2012-08-29", ("date_range",)),
        ("H24.5.16 5.17 5.21", "2012-05-16", "2012-05-21", ("date_range",)),
        ("H24.7.1H24.7.8", "2012-07-01", "2012-07-08", ("date_range",)),
        ("H25.1.9及び1.10", "2013-01-09", "2013-01-10", ("date_range",)),
        ("2013/5/8〜5/14", "2013-05-08", "2013-05-14", ("date_range",)),
        ("H25/5/23∼5/28", "2013-05-23", "2013-05-28", ("date_range",)),
        ("H24.12", "2012-12-01", "2012-12-31", ()),
        ("2012年2月", "2012-02-01", "2012-02-29", ()),
        ("2012", "2012-01-01", "2012-12-31", ()),
        ("24年10月中旬", "2012-10-11", "2012-10-20", ("era_assumed", "part_of_month")),
        ("平成25年2月下旬", "2013-02-21", "2013-02-28", ("part_of_month",)),
        ("H25.11月上旬", "2013-11-01", "2013-11-10", ("part_of_month",)),
        ("9月上旬", "2012-09-01", "2012-09-10", ("part_of_month", "year_assumed")),
        ("1月上旬", "2013-01-01", "2013-01-10", ("part_of_month", "year_assumed")),
        ("12月上旬〜12月中旬", "2012-12-01", "2012-12-20",
         ("date_range", "part_of_month", "year_assumed")),
        ("9月9日", "2012-09-09", "2012-09-09", ("year_assumed",)),
        ("1月12日", "2012-01-12", "2012-01-12", ("year_assumed",)),
        ("2月29日", "2012-02-29", "2012-02-29", ("year_assumed",)),
        ("4/25-26", "2012-04-25", "2012-04-26", ("date_range", "year_assumed")),
        ("8月18〜21日", "2012-08-18", "2012-08-21", ("date_range", "year_assumed")),
        ("3/17・18", "2012-03-17", "2012-03-18", ("date_range", "year_assumed")),
    ],
)  # fmt: skip
def test_understood(text: str, first: str, last: str, flags: tuple[str, ...]) -> None:
    reading = READER.read(text, year_before=BEFORE)
    assert (str(reading.first), str(reading.last), tuple(sorted(reading.flags))) == (
        first,
        last,
        flags,
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("H24.4.1718", "impossible_day"),
        ("H24.2.30", "impossible_day"),
        ("H25.2.29", "impossible_day"),
        ("2013/3/67", "impossible_day"),
        ("H258.22", "impossible_day"),
        ("H254.8.10", "impossible_day"),  # that era ended in its year 31
        ("H24.2.27〜H24.2.30", "impossible_day"),
        ("9999999999", "unreadable_date"),
        ("12.4", "unreadable_date"),  # December 4th or April of an era's year 12
        ("29/03/2012", "impossible_day"),
        ("HH26.2.4", "unreadable_date"),
        ("H24..6.19", "unreadable_date"),
        ("H24.10.110.3", "unreadable_date"),
        ("20・21", "unreadable_date"),
        ("H24.11頃", "unreadable_date"),
        ("H25.4.", "unreadable_date"),
        ("東京都", "unreadable_date"),
        ("2012-03-29 25:15", "unreadable_date"),
        ("H24.6.15〜H24.6.14", "contradictory_dates"),
        ("2013/5/22 1", "contradictory_dates"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        READER.read(text, year_before=BEFORE)
    assert caught.value.reason == reason


@pytest.mark.parametrize("text", ["H24.3.29", "24.3.29", "41337", "9月上旬", "2012/3/1〜3/2"])
def test_what_the_profile_does_not_state_is_not_understood(text: str) -> None:
    with pytest.raises(Unreadable):
        PLAIN.read(text, year_before=BEFORE)


def test_a_date_without_a_year_needs_another_date() -> None:
    with pytest.raises(Unreadable):
        READER.read("9月9日")


def test_an_open_range_says_so() -> None:
    assert READER.read("H24.4.8〜").open


def test_serials_of_the_other_system() -> None:
    # Field case F6: 40725 is 2015-07-02 under 1904, 2011-07-01 under 1900.
    of_1904 = DateReader(Dates(serial="1904"), ())
    of_1900 = DateReader(Dates(serial="1900"), ())
    assert of_1904.read("40725").first == date(2015, 7, 2)
    assert of_1900.read("40725").first == date(2011, 7, 1)


@given(st.dates(date(1989, 1, 8), date(2019, 4, 30)))
def test_every_day_of_an_era_round_trips(day: date) -> None:
    text = f"H{day.year - 1988}.{day.month}.{day.day}"
    assert READER.read(text).first == day == READER.read(text).last


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 400))
def test_ranges_hold_both_ends(day: date, length: int) -> None:
    last = day + timedelta(length)
    reading = READER.read(f"{day:%Y/%m/%d}〜{last:%Y/%m/%d}")
    assert (reading.first, reading.last) == (day, last)


@given(st.text(max_size=25))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    _read_or_refused(text)


@given(st.text("H平成0123456789.〜，/年月日上旬- ", max_size=20))
def test_any_text_that_looks_like_a_date_is_one_or_refused(text: str) -> None:
    _read_or_refused(text)


def _read_or_refused(text: str) -> None:
    try:
        reading = READER.read(text, year_before=BEFORE)
    except Unreadable as refusal:
        reason = refusal.reason
    else:
        assert reading.first <= reading.last
        return
    assert reason in {"impossible_day", "unreadable_date", "contradictory_dates"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("2016", "7", "0"), ("2016-07-01", "2016-07-31")),
        (("2016", "0", "0"), ("2016-01-01", "2016-12-31")),
        (("2016", "7", None), ("2016-07-01", "2016-07-31")),
        (("2016", "07", "09"), ("2016-07-09", "2016-07-09")),
    ],
)
def test_three_columns(parts: tuple[str, str, str | None], expected: tuple[str, str]) -> None:
    reading = from_parts(*parts)
    assert (str(reading.first), str(reading.last)) == expected


@pytest.mark.parametrize(
    "parts", [("2016", "2", "30"), ("2016", "0", "3"), ("16", "2", "3"), ("2016", "x", "1")]
)
def test_three_columns_refused(parts: tuple[str, str, str]) -> None:
    with pytest.raises(Unreadable):
        from_parts(*parts)
