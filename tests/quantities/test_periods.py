"""Windows: cases of the agreement language, and properties of exit days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period, exit_day, in_window

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
windows = st.builds(Period, st.integers(1, 400), st.sampled_from(["D", "W"])) | st.builds(
    Period, st.integers(1, 30), st.sampled_from(["M", "Y"])
)


@pytest.mark.parametrize(
    ("day", "window", "leaves"),
    [
        # agreement_language.md, Windows: 31 Jan, P1M leaves on 1 Mar, not 29 Feb.
        ("2024-01-31", "P1M", "2024-03-01"),
        ("2024-02-29", "P1Y", "2025-03-01"),
        ("2021-03-01", "P30D", "2021-03-31"),
        ("2021-02-22", "P60D", "2021-04-23"),
    ],
)
def test_a_day_leaves_on_the_first_at_whose_window_excludes_it(
    day: str, window: str, leaves: str
) -> None:
    assert exit_day(date.fromisoformat(day), Period.parse(window)) == date.fromisoformat(leaves)


@given(days, windows)
def test_exit_day_is_where_membership_ends(day: date, window: Period) -> None:
    leaves = exit_day(day, window)
    assert not in_window(day, leaves, window)
    assert in_window(day, leaves - timedelta(days=1), window)
    assert in_window(day, day, window)
    assert not in_window(day, day - timedelta(days=1), window)


@given(days, days, windows)
def test_membership_is_one_run_of_days(day: date, at: date, window: Period) -> None:
    assert in_window(day, at, window) == (day <= at < exit_day(day, window))


@pytest.mark.parametrize("text", ["30D", "P1Y2M", "P", "PT30M", "P-1D", "P1.5D", "p30d"])
def test_durations_of_more_than_one_meaning_are_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="duration of one unit"):
        Period.parse(text)


def test_hours_are_not_days() -> None:
    with pytest.raises(QuantityError, match="span of hours"):
        Period.parse("PT24H").before(date(2021, 1, 1))
