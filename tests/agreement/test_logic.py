"""Kleene's tables, against the definition that a truth value is a set of possible booleans.

*holds* is {True}, *fails* {False}, *unknown* both; an operator's answer is the
set of its answers over every choice. That is strong Kleene logic for parts that
are independent of each other (S. C. Kleene, Introduction to Metamathematics, 1952, § 64).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairwater.agreement.logic import (
    EITHER,
    FAILS,
    HOLDS,
    Truth,
    at_least,
    compare,
    every,
    negate,
    outlook_at_least,
    some,
)

TRUTHS: tuple[Truth, ...] = ("holds", "fails", "unknown")
CHOICES = {"holds": (True,), "fails": (False,), "unknown": (True, False)}


def spoken(answers: set[bool]) -> str:
    return "unknown" if len(answers) == 2 else ("holds" if answers == {True} else "fails")


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_and_or_not(a: Truth, b: Truth) -> None:
    chosen = list(product(CHOICES[a], CHOICES[b]))
    assert every([a, b]) == spoken({x and y for x, y in chosen}) == every([b, a])
    assert some([a, b]) == spoken({x or y for x, y in chosen}) == some([b, a])
    assert negate(a) == spoken({not x for x in CHOICES[a]})


@given(st.lists(st.sampled_from(TRUTHS), max_size=6), st.integers(0, 7))
def test_at_least(parts: list[Truth], needed: int) -> None:
    """holds >= k holds; holds + unknown < k fails."""
    answers = {sum(chosen) >= needed for chosen in product(*(CHOICES[part] for part in parts))}
    assert at_least(needed, parts) == spoken(answers)


@given(st.lists(st.sampled_from([HOLDS, FAILS, EITHER]), max_size=6), st.integers(0, 7))
def test_outlook_of_at_least(parts: list[frozenset[str]], needed: int) -> None:
    said = {frozenset({"holds"}): (True,), frozenset({"fails"}): (False,)}
    chosen = product(*(said.get(part, (True, False)) for part in parts))
    answers = {"holds" if sum(choice) >= needed else "fails" for choice in chosen}
    assert outlook_at_least(needed, parts) == answers


COMPARE = {
    "eq": lambda v, x: v == x,
    "ne": lambda v, x: v != x,
    "lt": lambda v, x: v < x,
    "le": lambda v, x: v <= x,
    "gt": lambda v, x: v > x,
    "ge": lambda v, x: v >= x,
}


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.booleans(),
    st.integers(0, 8),
    st.sampled_from(list(COMPARE)),
)
def test_an_interval_compares_as_each_of_its_values(
    low: int, width: int, unbounded: bool, x: int, comparator: str
) -> None:
    high = None if unbounded else Decimal(low + width)
    values = range(low, 30 if unbounded else low + width + 1)
    answers = {COMPARE[comparator](value, x) for value in values}
    assert compare(Decimal(low), high, comparator, Decimal(x)) == spoken(answers)
