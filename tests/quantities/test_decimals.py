"""Rounding and decimals against published rules and the field cases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.quantities.decimals import (
    exact,
    plain,
    round_places,
    round_significant,
    total,
)
from fairwater.quantities.errors import QuantityError

# Field case F2: two significant figures at the edge, third digit half up.
F2 = [
    ("9.9", "95.0", "104.9", "100", False),
    ("12.3", "92.7", "105.0", "110", True),
    ("4.5", "95.0", "99.5", "100", False),
]


@pytest.mark.parametrize(("cs134", "cs137", "summed", "rounded", "exceeded"), F2)
def test_sum_first_then_two_figures_half_up(
    cs134: str, cs137: str, summed: str, rounded: str, exceeded: bool
) -> None:
    value = total([exact(cs134), exact(cs137)])
    assert plain(value) == summed
    figures = round_significant(value, 2, "half_up")
    assert plain(figures) == rounded
    assert (figures > exact("100")) is exceeded


def test_the_mode_decides_a_tie() -> None:
    tie = exact("105")
    assert plain(round_significant(tie, 2, "half_up")) == "110"
    assert plain(round_significant(tie, 2, "half_even")) == "100"
    assert plain(round_significant(tie, 2, "half_down")) == "100"


def test_decimals_are_not_floats() -> None:
    assert 0.1 + 0.2 > 0.3  # what binary floating point says
    assert total([exact("0.1"), exact("0.2")]) == exact("0.3")


@pytest.mark.parametrize("text", ["", " 1", "1_000", "1,5", "٣", "１", "nan", "inf", "+1", "1e"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="not a decimal number"):
        exact(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(1, 8))
def test_rounding_moves_by_at_most_half_a_step(value: Decimal, figures: int) -> None:
    rounded = round_significant(value, figures, "half_even")
    if value:
        step = Decimal(1).scaleb(value.adjusted() - figures + 1)
        assert abs(rounded - value) * 2 <= step
    assert round_significant(-value, figures, "half_up") == -round_significant(
        value, figures, "half_up"
    )


def test_places() -> None:
    assert plain(round_places(exact("12.345"), 2, "half_up")) == "12.35"
    assert plain(round_places(exact("1449"), -2, "half_up")) == "1400"
