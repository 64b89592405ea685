"""Truth as numbers, and as step functions bounded from below and above.

Fails 0, unknown 1, holds 2: `all` is then the least of its parts, `any` the
greatest, at least k of them the k-th greatest, `not` 2 minus.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairwater.agreement.bulk.steps import Bools, Ints, Steps, union_keys

Truths = NDArray[np.int8]

FAILS: Final = 0
UNKNOWN: Final = 1
HOLDS: Final = 2


class Bound(NamedTuple):
    """Least and greatest truth from each key on; `rest` before a unit's first key."""

    key: Ints
    least: Truths
    most: Truths
    rest: tuple[int, int]

    def at(self, keys: Ints) -> tuple[Truths, Truths]:
        """The bounds at some keys."""
        if not len(self.key):
            return (
                np.full(len(keys), self.rest[0], np.int8),
                np.full(len(keys), self.rest[1], np.int8),
            )
        # Coded as one number above `rest`, so that 0, "before the first key", stays rest.
        packed = Steps(self.key, (self.least * 3 + self.most + 1).astype(np.int64)).at(keys)
        code = np.where(packed == 0, self.rest[0] * 3 + self.rest[1] + 1, packed) - 1
        return (code // 3).astype(np.int8), (code % 3).astype(np.int8)


def constant(least: int, most: int) -> Bound:
    """The same bounds on every day."""
    none = np.empty(0, np.int8)
    return Bound(np.empty(0, np.int64), none, none, (least, most))


def at_least(parts: Sequence[Bound], needed: int) -> Bound:
    """At least `needed` of the parts: the needed-th greatest truth, at both ends."""
    keys = union_keys(*(part.key for part in parts))
    ends = [part.at(keys) for part in parts]
    return Bound(
        keys,
        _nth([least for least, _ in ends], needed, len(keys)),
        _nth([most for _, most in ends], needed, len(keys)),
        (_nth_of([p.rest[0] for p in parts], needed), _nth_of([p.rest[1] for p in parts], needed)),
    )


def _nth(truths: Sequence[Truths], needed: int, size: int) -> Truths:
    if needed <= 0 or needed > len(truths):
        return np.full(size, HOLDS if needed <= 0 else FAILS, np.int8)
    ordered: Truths = np.sort(np.stack(truths), axis=0)[len(truths) - needed]
    return ordered


def _nth_of(truths: Sequence[int], needed: int) -> int:
    if needed <= 0 or needed > len(truths):
        return HOLDS if needed <= 0 else FAILS
    return sorted(truths)[len(truths) - needed]


def compared(low: Ints, high: Ints, unbounded: Bools, comparator: str, x: Decimal) -> Truths:
    """Truth of every value in [low, high] (or [low, infinity)) compared with x."""
    floor, ceiling = math.floor(x), math.ceil(x)
    whole = floor == ceiling
    if comparator in ("lt", "le"):
        needed = ceiling if comparator == "lt" else floor + 1  # holds while below this number
        sure = (high < needed) & ~unbounded
        never = low >= needed
    else:
        never = (low > floor) | (~unbounded & (high < ceiling))
        sure = (low == high) & ~unbounded & (low == floor) & whole
        if comparator == "ne":
            never, sure = sure, never
    return np.where(sure, HOLDS, np.where(never, FAILS, UNKNOWN)).astype(np.int8)
