"""Item names, days and numbers as columns have them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fairwater.archive.converting import conversion, converted, days, item_base


@pytest.mark.parametrize(
    ("item", "base"),
    [
        ("ババガレイ（ナメタガレイ）", "ババガレイ"),
        ("クロソイ", "クロソイ"),
        ("Sebastes (whole)", "Sebastes"),
        ("A(x)(y)", "A(x)"),
        ("A（x（y））", "A"),
        ("A（x)", "A"),  # the widths of a pair need not agree
        ("（x）A", "（x）A"),
        ("A（x）b", "A（x）b"),
        ("（x）", "（x）"),  # an item is never empty
        (" A （x） ", "A"),
        ("A x）", "A x）"),  # no opening bracket
        (None, None),
    ],
)
def test_one_trailing_bracket_goes(item: str | None, base: str | None) -> None:
    assert item_base(item) == base


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012-07-01", "2012-07-01", "2012-07-01"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-09-01/2012-09-10", "2012-09-01", "2012-09-10"),
        ("2012-07-01T23:30:00-02:00", "2012-07-02", "2012-07-02"),  # its day in UTC
        ("1969-12-31", "1969-12-31", "1969-12-31"),
        ("2012-02-30", None, None),
        (None, None, None),
    ],
)
def test_days(text: str | None, first: str | None, last: str | None) -> None:
    found = [
        None if each is None else (date(1970, 1, 1) + timedelta(days=each)).isoformat()
        for each in days(text)
    ]
    assert found == [first, last]


@pytest.mark.parametrize(
    ("text", "unit", "number", "base"),
    [
        ("12.40", "Bq/kg", 12.4, "Bq/kg"),
        ("1", "mBq/L", 0.001, "Bq/L"),
        ("-0.3", "Bq/kg", -0.3, "Bq/kg"),
        ("2", "kBq/kg", 2000.0, "Bq/kg"),
        ("4.0E+00", "Bq/kg", 4.0, "Bq/kg"),
        ("5", "furlong", None, None),
        ("5", None, None, None),
        (None, "Bq/kg", None, "Bq/kg"),
        ("1.2.4", "Bq/kg", None, "Bq/kg"),
    ],
)
def test_numbers(
    text: str | None, unit: str | None, number: float | None, base: str | None
) -> None:
    assert converted(text, unit) == number
    assert conversion(unit).unit == base
