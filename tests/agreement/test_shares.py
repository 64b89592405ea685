"""The exact upper bound of a share, against the page that asked for it and plain fractions.

Figures of the protocols page: zero exceedances of 3, 1,078, 8,502, 24,304 samples bound the
share at 63, 0.28, 0.035, 0.012 % (95 %); 59, 299, 2,995 show less than 5, 1, 0.1 %.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairwater.agreement.metrics.shares import upper_bound, upper_bound_at_most

CONFIDENCE = Decimal("0.95")


@pytest.mark.parametrize(
    ("n", "percent"), [(3, "63"), (1078, "0.28"), (8502, "0.035"), (24304, "0.012")]
)
def test_bounds_of_the_protocols_page(n: int, percent: str) -> None:
    shown = upper_bound(0, n, CONFIDENCE) * 100
    assert shown.quantize(Decimal(percent)) == Decimal(percent)


@pytest.mark.parametrize(("n", "share"), [(59, "0.05"), (299, "0.01"), (2995, "0.001")])
def test_the_smallest_numbers_that_show_a_share(n: int, share: str) -> None:
    assert upper_bound_at_most(0, n, Decimal(share), CONFIDENCE)
    assert not upper_bound_at_most(0, n - 1, Decimal(share), CONFIDENCE)


@settings(deadline=None)
@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.decimals(0, 1, places=3),
    st.decimals("0.5", "0.999", places=3),
)
def test_decided_as_the_sum_of_fractions_says(
    counted: tuple[int, int], share: Decimal, confidence: Decimal
) -> None:
    """``sum over i <= x of C(n,i) p^i (1-p)^(n-i) <= 1 - confidence``, written out plainly."""
    x, n = counted
    p = Fraction(share)
    tail = sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(x + 1)), Fraction(0))
    expected = share == 1 if x == n else tail <= 1 - Fraction(confidence)
    assert upper_bound_at_most(x, n, share, confidence) == expected


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_the_bound_is_where_the_decision_turns(counted: tuple[int, int]) -> None:
    x, n = counted
    bound = upper_bound(x, n, CONFIDENCE)
    assert upper_bound_at_most(x, n, bound * Decimal("1.00001"), CONFIDENCE)
    assert not upper_bound_at_most(x, n, bound * Decimal("0.99999"), CONFIDENCE)


def test_nothing_sampled_bounds_nothing() -> None:
    assert upper_bound(0, 0, CONFIDENCE) == 1
    assert not upper_bound_at_most(0, 0, Decimal("0.5"), CONFIDENCE)
