"""Dates with precision."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.quantities.dates import NOT_STATED, CivilInterval, civil, to_text
from fairwater.quantities.errors import QuantityError

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-07", "2016-07-01", "2016-07-31"),  # field case F5
        ("2016", "2016-01-01", "2016-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012-09-01/2012-09-10", "2012-09-01", "2012-09-10"),
        # agreement_cases.yaml, window_near_end_and_time_zone
        ("2021-03-31T14:59:00Z", "2021-03-31", "2021-03-31"),
        ("2021-03-31T16:00:00Z", "2021-04-01", "2021-04-01"),
    ],
)
def test_a_date_is_the_days_it_may_mean(text: str, first: str, last: str) -> None:
    assert civil(text, TOKYO) == CivilInterval(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2016-02-30", "2016-13", "2012-09-10/2012-09-01", "x"])
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        civil(text, TOKYO)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(QuantityError, match="no offset"):
        civil("2021-03-31T14:59:00", TOKYO)


@given(st.dates(), st.dates())
def test_written_and_read_again(a: date, b: date) -> None:
    days = CivilInterval(min(a, b), max(a, b))
    assert civil(to_text(days), TOKYO) == days
    assert civil(None, TOKYO) == NOT_STATED
    assert to_text(NOT_STATED) is None
