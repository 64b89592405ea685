"""Kleene's three-valued logic, and what an unknown could still become.

    all        fails if one fails, holds if every one holds, else unknown
    any        holds if one holds, fails if every one fails, else unknown
    not        holds and fails change places; unknown stays unknown
    at_least k holds if k hold; fails if holds + unknown < k; else unknown

`could_be` narrows an unknown: a condition that can only become true (too little
evidence so far) says so. Parts are taken as independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

Truth = Literal["holds", "fails", "unknown"]
Settled = Literal["holds", "fails"]
Outlook = frozenset[Settled]
"""The settled verdicts that remain possible; one element for a settled verdict."""

HOLDS: Outlook = frozenset({"holds"})
FAILS: Outlook = frozenset({"fails"})
EITHER: Outlook = HOLDS | FAILS
OPPOSITE: Final[dict[Truth, Truth]] = {"holds": "fails", "fails": "holds", "unknown": "unknown"}


def negate(truth: Truth) -> Truth:
    """`not`."""
    return OPPOSITE[truth]


def at_least(needed: int, parts: Sequence[Truth]) -> Truth:
    """Whether at least `needed` of `parts` hold. `all` and `any` are the two ends of it."""
    holding = sum(part == "holds" for part in parts)
    if holding >= needed:
        return "holds"
    open_ = sum(part == "unknown" for part in parts)
    return "fails" if holding + open_ < needed else "unknown"


def every(parts: Sequence[Truth]) -> Truth:
    """`all`; holds for no parts."""
    return at_least(len(parts), parts)


def some(parts: Sequence[Truth]) -> Truth:
    """`any`; fails for no parts."""
    return at_least(1, parts)


def outlook_at_least(needed: int, parts: Sequence[Outlook]) -> Outlook:
    """What `at_least` could still become, given what each part could."""
    surely = sum(part == HOLDS for part in parts)
    possibly = sum("holds" in part for part in parts)
    could: set[Settled] = set()
    if possibly >= needed:
        could.add("holds")
    if surely < needed:
        could.add("fails")
    return frozenset(could)


def outlook_not(part: Outlook) -> Outlook:
    """What `not` could still become."""
    return EITHER if part == EITHER else (FAILS if part == HOLDS else HOLDS)


def compare(low: Decimal | None, high: Decimal | None, comparator: str, x: Decimal) -> Truth:
    """Verdict of ``v comparator x`` for every v in [low, high] (a bound of None is infinite).

    `low` None means that even the least possible value is unbounded above.
    """
    if comparator == "ge":
        return _above(low, high, x, strict=False)
    if comparator == "gt":
        return _above(low, high, x, strict=True)
    if comparator == "lt":
        return negate(_above(low, high, x, strict=False))
    if comparator == "le":
        return negate(_above(low, high, x, strict=True))
    if low is None or x < low or (high is not None and x > high):
        equal: Truth = "fails"
    else:
        equal = "holds" if low == high else "unknown"
    return equal if comparator == "eq" else negate(equal)


def _above(low: Decimal | None, high: Decimal | None, x: Decimal, *, strict: bool) -> Truth:
    if low is None or low > x or (low == x and not strict):
        return "holds"
    if high is not None and (high < x or (high == x and strict)):
        return "fails"
    return "unknown"
