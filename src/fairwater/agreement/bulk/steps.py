"""Step functions: a count of evidence in a moving window, for every unit at once.

A sample of day d counts in the window ``(at - W, at]`` for every `at` from the
day it is both taken and known until the day the window leaves it behind. So a
count over the whole history is +1 where a sample enters, -1 where it leaves,
and a running sum; no window is ever searched. 31 January, 30 days:

    at      ... 30 Jan   31 Jan .... 1 Mar   2 Mar ...
    count          0        1          1        0         leaves on 2 March

Days are proleptic ordinals (`date.toordinal`), a unit is its rank, and one
integer ``unit * SPAN + day`` orders both. A `Steps` says the value from each
key on, until the next key of the same unit; before a unit's first key it is 0.
Nothing here knows what is counted.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairwater.quantities.errors import QuantityError
from fairwater.quantities.periods import Period, exit_day

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SPAN: Final = 1 << 32
"""Distance of two units' keys; every day lies far inside it."""

NEVER: Final = 1 << 30
"""A day after every day: not yet, no end."""

ALWAYS: Final = 0
"""A day before every day."""

_LAST_DAY: Final = date.max.toordinal()


class Steps(NamedTuple):
    """Value from each key (unit * SPAN + day) on; keys ascend strictly."""

    key: Ints
    value: Ints

    def at(self, keys: Ints) -> Ints:
        """Value at each key, 0 before the unit's first."""
        if not len(self.key):
            return np.zeros(len(keys), np.int64)
        index = np.searchsorted(self.key, keys, side="right") - 1
        found = self.value[np.maximum(index, 0)]
        same_unit = (index >= 0) & (self.key[np.maximum(index, 0)] // SPAN == keys // SPAN)
        return np.where(same_unit, found, 0)


class Spans(NamedTuple):
    """Half-open stretches of days ``[enter, leave)`` in a unit; an empty one counts nothing."""

    unit: Ints
    enter: Ints
    leave: Ints

    def where(self, chosen: Bools) -> Spans:
        """The chosen ones."""
        return Spans(self.unit[chosen], self.enter[chosen], self.leave[chosen])


def count(spans: Spans) -> Steps:
    """How many spans cover each day, as steps."""
    real = spans.where(spans.leave > spans.enter)
    base = real.unit * SPAN
    keys = np.concatenate((base + real.enter, base + real.leave))
    change = np.ones(len(keys), np.int64)
    change[len(real.unit) :] = -1
    return running(keys, change)


def running(keys: Ints, change: Ints) -> Steps:
    """Running sum of changes, one step a key."""
    if not len(keys):
        return Steps(np.empty(0, np.int64), np.empty(0, np.int64))
    order = np.argsort(keys, kind="stable")
    keys, total = keys[order], np.cumsum(change[order])
    last = np.append(keys[1:] != keys[:-1], True)
    return Steps(keys[last], total[last])


def merged(spans: Spans, of: Ints) -> Spans:
    """The union of the spans that share a unit and an `of`: for counting distinct ones.

    Two samples of one sampling point cover the days of either; the point counts once.
    """
    real = spans.leave > spans.enter
    spans, of = spans.where(real), of[real]
    if not len(of):
        return spans
    order = np.lexsort((spans.enter, of, spans.unit))
    unit, enter, leave, of = (a[order] for a in (spans.unit, spans.enter, spans.leave, of))
    new_group = np.append(True, (unit[1:] != unit[:-1]) | (of[1:] != of[:-1]))
    group = np.cumsum(new_group)
    # The furthest end so far inside each group: a running maximum that a group's number restarts.
    reach = np.maximum.accumulate(leave + group * SPAN) - group * SPAN
    apart = new_group.copy()
    apart[1:] |= enter[1:] > reach[:-1]
    starts = np.flatnonzero(apart)
    ends = np.append(starts[1:], len(unit)) - 1
    return Spans(unit[starts], enter[starts], reach[ends])


def leaving(days: Ints, window: Period | None) -> Ints:
    """First day whose window no longer holds each day; `NEVER` without a window.

    Months and years are clamped to a month's last day, so that the answer is not
    always ``day + W``; each different day is worked out once.
    """
    if window is None:
        return np.full(len(days), NEVER, np.int64)
    number, unit = window
    if unit in "DW":
        length = number * (7 if unit == "W" else 1)
        return np.where(days >= NEVER, NEVER, days + length)
    different, index = np.unique(days, return_inverse=True)
    return np.array([_leaving(int(day), window) for day in different], np.int64)[index]


@lru_cache(maxsize=100_000)
def _leaving(day: int, window: Period) -> int:
    if not 0 < day <= _LAST_DAY:
        return NEVER if day > _LAST_DAY else ALWAYS
    try:
        return exit_day(date.fromordinal(day), window).toordinal()
    except (QuantityError, OverflowError):  # leaves after the calendar's last day
        return NEVER


def union_keys(*steps: Steps | Ints) -> Ints:
    """Every key at which any of them changes, ascending, each once."""
    parts = [s.key if isinstance(s, Steps) else s for s in steps]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)
