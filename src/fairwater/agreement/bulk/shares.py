"""What counting tells of an upper confidence bound on a share, without working it out.

With fewer than n0 samples the bound exceeds the share even where none is above the
limit; from n0 on, none above, it does not. n0 is the least n for which 0 of n shows at
most the share (59 for 5 % at 95 %). Where more than the share was above, so is the bound:
of n draws at probability x/n at most x succeed in half the cases or more (x is the median),
so a bound at a confidence of half or more is not below x/n. Between, the exact evaluator
decides.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import numpy as np

from fairwater.agreement.bulk.sieve import COMPLIES, EXCEEDS, Codes
from fairwater.agreement.bulk.steps import Bools, Spans, count, union_keys
from fairwater.agreement.bulk.truths import FAILS, HOLDS, UNKNOWN, Bound
from fairwater.agreement.metrics.shares import upper_bound_at_most

MOST_SAMPLES = 1_000_000
"""A share that would take more samples is left to the exact evaluator."""
MOST_PARTS = 10**9
"""So is one that is no ratio of whole numbers up to this (products stay within 64 bits)."""


def share_bound(
    surely: Spans,
    maybe: Spans,
    spoken: Bools,
    codes: Codes,
    least_n: int,
    share: Decimal | None = None,
) -> Bound:
    """Bounds of `exceed_share_upper` compared by `le` with a share that takes `least_n` samples.

    Parameters
    ----------
    surely, maybe : Spans
        Days on which each row is surely, and possibly, inside.
    spoken : array of bool
        Rows that speak of the limit.
    codes : array of int
        Outcome of each row.
    least_n : int
        The least n for which 0 of n shows at most the share.
    share : Decimal, optional
        The share, where the confidence is a half or more.
    """
    sure = count(surely.where(spoken))
    possible = count(maybe.where(spoken))
    harmful = count(maybe.where(spoken & (codes != COMPLIES)))
    keys = union_keys(sure, possible, harmful)
    n_low, n_high, bad = sure.at(keys), possible.at(keys), harmful.at(keys)
    fails = n_high < least_n
    if share is not None:
        above = count(surely.where(spoken & (codes == EXCEEDS))).at(keys)
        part, whole = share.as_integer_ratio()
        if whole < MOST_PARTS:
            fails |= above * whole > n_high * part
    fails &= n_low > 0
    clean = (bad == 0) & (n_low >= least_n)
    least = np.where(clean, UNKNOWN, FAILS)
    least = np.where(n_high == 0, UNKNOWN, least)  # no sample at all: unknown
    most = np.where(fails, FAILS, np.where(n_high == 0, UNKNOWN, HOLDS))
    return Bound(keys, least.astype(np.int8), most.astype(np.int8), (UNKNOWN, UNKNOWN))


@lru_cache(maxsize=256)
def least_samples(share: Decimal, confidence: Decimal) -> int | None:
    """The least n for which 0 of n shows at most `share` at `confidence`; None beyond reach."""
    if not 0 < share < 1 or not 0 < confidence < 1:
        return None
    low, high = 0, 1
    while not upper_bound_at_most(0, high, share, confidence):
        low, high = high, high * 2
        if high > MOST_SAMPLES:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound_at_most(0, middle, share, confidence):
            high = middle
        else:
            low = middle
    return high
