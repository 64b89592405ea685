"""Step functions against day-by-day counting."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.agreement.bulk.steps import NEVER, SPAN, Spans, count, leaving, merged
from fairwater.quantities.periods import Period, in_window

spans = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 40), st.integers(0, 15), st.integers(0, 2)),
    max_size=15,
)


def arrays(drawn: list[tuple[int, int, int, int]]) -> tuple[Spans, np.ndarray]:
    table = np.array(drawn, np.int64).reshape(-1, 4)
    return Spans(table[:, 0], table[:, 1], table[:, 1] + table[:, 2]), table[:, 3]


def by_day(drawn: list[tuple[int, int, int, int]], unit: int, day: int) -> list[int]:
    return [of for u, start, length, of in drawn if u == unit and start <= day < start + length]


@given(spans)
def test_counts_are_those_of_every_day(drawn) -> None:
    parts, of = arrays(drawn)
    total, different = count(parts), count(merged(parts, of))
    keys = np.array([u * SPAN + day for u in range(3) for day in range(60)], np.int64)
    here = [by_day(drawn, u, day) for u in range(3) for day in range(60)]
    assert total.at(keys).tolist() == [len(found) for found in here]
    assert different.at(keys).tolist() == [len(set(found)) for found in here]


@given(
    st.dates(date(2019, 1, 1), date(2025, 12, 31)),
    st.sampled_from(["P1D", "P30D", "P2W", "P1M", "P13M", "P1Y", "P4Y"]),
)
def test_a_day_leaves_when_the_window_no_longer_holds_it(day: date, text: str) -> None:
    window = Period.parse(text)
    left = date.fromordinal(int(leaving(np.array([day.toordinal()]), window)[0]))
    assert not in_window(day, left, window)
    assert in_window(day, left - timedelta(days=1), window)


@pytest.mark.parametrize("window", [None, Period.parse("P30D"), Period.parse("P1M")])
def test_a_day_not_stated_never_leaves(window: Period | None) -> None:
    assert leaving(np.array([NEVER]), window).tolist() == [NEVER]


def test_the_trap_of_31_january() -> None:
    """agreement_language.md: 31 Jan leaves a window of P1M on 1 March, not on 29 February."""
    left = leaving(np.array([date(2024, 1, 31).toordinal()]), Period.parse("P1M"))
    assert date.fromordinal(int(left[0])) == date(2024, 3, 1)
