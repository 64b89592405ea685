"""When weeks may be covered and points revisited, in one unit: bounds from above.

Weeks: a run of whole weeks counts while its last week is the last complete
one. Counted without asking when the samples became known, so the truth is at
most this.

Revisits: each point that surely exceeded within the look-back has enough
decided samples in the window. Counted without asking whether they came after
the first exceedance, so again at most this.
"""

from __future__ import annotations

import numpy as np

from fairwater.agreement.bulk.sieve import DOUBTFUL, EXCEEDS, Codes
from fairwater.agreement.bulk.steps import (
    ALWAYS,
    NEVER,
    Ints,
    Spans,
    count,
    merged,
    union_keys,
)

SATURDAY, SUNDAY = 6, 0
"""Ordinals of days by weekday, modulo 7: day 7 was a Sunday."""


def covered_days(
    rows: slice, days: tuple[Ints, Ints], *, needed: int, least: int, ends_on: int
) -> tuple[Ints, Ints]:
    """Days from which a run of weeks may be covered, and days from which it is not, paired.

    Parameters
    ----------
    rows : slice
        Rows of one unit.
    days : tuple of ndarray
        First and last day of each row's date.
    needed, least : int
        Weeks in the run, samples in each.
    ends_on : int
        Weekday on which weeks end, as an ordinal modulo 7.
    """
    first, last = (side[rows] for side in days)
    stated = (first > ALWAYS) & (last < NEVER)
    ends = first + (ends_on - first) % 7
    together = stated & (ends == last + (ends_on - last) % 7)
    week, samples = np.unique(ends[together], return_counts=True)
    week = week[samples >= least]
    if not len(week) or needed < 1:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    run = np.ones(len(week), np.int64)
    for index in range(1, len(week)):
        if week[index] == week[index - 1] + 7:
            run[index] = run[index - 1] + 1
    enough = week[run >= needed]
    return enough, enough + 7


def unvisited(
    point: Ints, codes: Codes, before: Spans, now: Spans, needed: int
) -> tuple[Ints, Ints]:
    """Keys and numbers of points that surely exceeded and have too few samples in the window.

    `before` are the days on which each row's exceedance counts, `now` those on
    which the row counts as a visit.
    """
    above = codes == EXCEEDS
    keys = np.empty(0, np.int64)
    steps = []
    for number in np.unique(point[above & (point >= 0)]):
        here = point == number
        asked = before.where(here & above)
        active = count(merged(asked, np.zeros(len(asked.unit), np.int64)))
        visits = count(now.where(here & (codes != DOUBTFUL)))
        steps.append((active, visits))
        keys = union_keys(keys, active, visits)
    short = np.zeros(len(keys), np.int64)
    for active, visits in steps:
        short += (active.at(keys) > 0) & (visits.at(keys) < needed)
    return keys, short
