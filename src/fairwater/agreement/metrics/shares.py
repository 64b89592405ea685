"""Shares: an exact upper confidence bound, and the agreement of laboratories.

`exceed_share_upper` is the one-sided Clopper-Pearson bound: with x of n samples
above the limit it is at most p exactly if

    sum over i <= x of  C(n, i) p^i (1 - p)^(n - i)  <=  1 - confidence,

which is decided in integers. It assumes random, independent samples of one
population; targeted monitoring is not that. 0 of 59, 299, 2,995 show at most
5, 1, 0.1 % at 95 %.

`interlab_agreement` is the share of paired results (two laboratories, one
sample) with |E_n| <= 1, E_n = (a - b) / sqrt(U_a^2 + U_b^2), U = 2 u
(ISO 13528; clause from memory).
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Literal

from msgspec import structs

from fairwater.agreement.combining import combine
from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence, SampleEvidence
from fairwater.agreement.logic import EITHER, FAILS, HOLDS, compare
from fairwater.agreement.metrics.findings import finding, judged_samples, movers
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import candidates, unjudged
from fairwater.agreement.model import Atom, Decide, Limit
from fairwater.agreement.scope import Window
from fairwater.agreement.verdict import Missing, SampleOutcome
from fairwater.quantities.decimals import EXACT

_SIX = decimal.Context(prec=6, rounding=decimal.ROUND_HALF_EVEN)
_LONG = decimal.Context(prec=60)
ONE = Decimal(1)


def upper_bound_at_most(
    x: int, n: int, share: Decimal, confidence: Decimal, *, strict: bool = False
) -> bool:
    """Whether the upper confidence bound of x in n is at most (`strict`: below) `share`.

    Exact: integers only.
    """
    if n == 0 or x >= n:
        return share > 1 or (share == 1 and not strict)
    if share >= 1:
        return True
    p, doubt = Fraction(share), 1 - Fraction(confidence)
    if p <= 0:
        return False
    a, b = p.numerator, p.denominator
    # Sum of C(n,i) a^i (b-a)^(n-i), as (b-a)^(n-x) times a sum of small powers.
    tail, term = 0, 1
    for i in range(x + 1):
        tail = tail * (b - a) + term * a**i
        term = term * (n - i) // (i + 1)
    total = tail * (b - a) ** (n - x) * doubt.denominator
    most = doubt.numerator * b**n
    return bool(total < most) if strict else bool(total <= most)


def upper_bound(x: int, n: int, confidence: Decimal) -> Decimal:
    """The bound itself at six significant digits, half-even (bisection, 50 digits)."""
    if n == 0 or x >= n:
        return ONE
    low, high = Decimal(0), ONE
    target = _LONG.subtract(ONE, confidence)
    while _LONG.subtract(high, low) > Decimal("1e-12") * high:
        middle = _LONG.divide(_LONG.add(low, high), Decimal(2))
        if _tail(x, n, middle) <= target:
            high = middle
        else:
            low = middle
    return _SIX.plus(high)


def _tail(x: int, n: int, p: Decimal) -> Decimal:
    q = _LONG.subtract(ONE, p)
    term = _LONG.power(q, n)
    ratio = _LONG.divide(p, q)
    total = term
    for i in range(x):
        term = _LONG.divide(
            _LONG.multiply(_LONG.multiply(term, ratio), Decimal(n - i)), Decimal(i + 1)
        )
        total = _LONG.add(total, term)
    return total


def exceed_share_upper(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Upper confidence bound of the share of samples above the limit."""
    confidence = ctx.number(atom.confidence) if atom.confidence is not None else None
    samples = judged_samples(atom, ctx, evidence, window)
    if confidence is None:
        entry = ctx.missing("parameter", "confidence", owed_by=None)
        read = finding(atom, ctx, window, samples, Decimal(0), None, [entry])
        return structs.replace(read, truth="unknown", could_be=EITHER)
    sure = [s for s in samples if s.place == "in"]
    maybe = [s for s in samples if s.place == "maybe"]
    if not sure:
        return finding(atom, ctx, window, samples, Decimal(0), Decimal(0), _open_shares(samples))
    above = _count(sure, "exceeds")
    below = _count(sure, "complies")
    doubtful = len(sure) - above - below
    doubtful_maybe = _count(maybe, "indeterminate")
    x_worst = above + doubtful + doubtful_maybe + _count(maybe, "exceeds")
    n_worst = x_worst + below
    n_best = len(sure) + doubtful_maybe + _count(maybe, "complies")
    strict = asked.comparator in ("lt", "ge")
    worst = upper_bound_at_most(x_worst, n_worst, asked.number, confidence, strict=strict)
    best = upper_bound_at_most(above, n_best, asked.number, confidence, strict=strict)
    at_most = "holds" if worst else ("unknown" if best else "fails")
    outlook = {"holds": HOLDS, "fails": FAILS, "unknown": EITHER}[at_most]
    if asked.comparator in ("gt", "ge"):
        at_most = {"holds": "fails", "fails": "holds", "unknown": "unknown"}[at_most]
        outlook = {HOLDS: FAILS, FAILS: HOLDS, EITHER: EITHER}[outlook]
    read = finding(
        atom,
        ctx,
        window,
        samples,
        upper_bound(above, n_best, confidence),
        upper_bound(x_worst, n_worst, confidence),
        _open_shares(samples),
    )
    return structs.replace(read, truth=at_most, could_be=outlook)


def _count(samples: list[SampleOutcome], outcome: str) -> int:
    return sum(sample.outcome == outcome for sample in samples)


def _open_shares(samples: list[SampleOutcome]) -> list[Missing]:
    """Doubts of every sample count here: a complying sample that is inside helps."""
    return [
        entry
        for sample in samples
        for entry in (movers(sample) or (sample.doubts if sample.place == "maybe" else ()))
    ]


PairVerdict = Literal["agrees", "differs", "uncertainty", "indeterminate_result"]


def interlab_agreement(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Share of paired results that agree within their expanded uncertainties."""
    tally: dict[tuple[bool, str], int] = {}
    open_: list[Missing] = []
    samples: list[SampleOutcome] = []
    for candidate in candidates(atom, ctx, evidence, window):
        pairs = _pairs(candidate.records, atom, ctx)
        if not pairs:
            continue
        samples.append(unjudged(candidate))
        if not candidate.certain:
            open_.extend(candidate.doubts)
        for verdict in pairs:
            kind = verdict if verdict in ("agrees", "differs") else "open"
            tally[candidate.certain, kind] = tally.get((candidate.certain, kind), 0) + 1
            if verdict in ("uncertainty", "indeterminate_result"):
                owed = ctx.role("results")
                open_.append(ctx.missing(verdict, candidate.sample, owed_by=owed))
    n = {key: tally.get(key, 0) for key in
         [(c, k) for c in (True, False) for k in ("agrees", "differs", "open")]}  # fmt: skip
    worst = n[True, "differs"] + n[True, "open"] + n[False, "differs"] + n[False, "open"]
    low = _share(n[True, "agrees"], n[True, "agrees"] + worst)
    best = n[True, "agrees"] + n[True, "open"] + n[False, "agrees"] + n[False, "open"]
    high = _share(best, best + n[True, "differs"])
    read = finding(atom, ctx, window, samples, _six(low), _six(high), open_)
    if not any(s.place == "in" for s in samples):
        return read
    truth = compare(_exactly(low), _exactly(high), asked.comparator, asked.number)
    return structs.replace(read, truth=truth)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _six(share: Fraction) -> Decimal:
    return _SIX.divide(Decimal(share.numerator), Decimal(share.denominator))


def _exactly(share: Fraction) -> Decimal:
    return _LONG.divide(Decimal(share.numerator), Decimal(share.denominator))


def _pairs(records: tuple[SampleEvidence, ...], atom: Atom, ctx: Context) -> list[PairVerdict]:
    found: list[PairVerdict] = []
    named = sorted((r for r in records if r.lab is not None and r.values), key=lambda r: r.id)
    for a, b in combinations(named, 2):
        if a.lab == b.lab:
            continue
        for limit in _measurands(a, b, atom, ctx):
            found.append(_pair(a, b, limit))
    return found


def _measurands(a: SampleEvidence, b: SampleEvidence, atom: Atom, ctx: Context) -> list[Limit]:
    """What is compared: the limit's combination, or every nuclide or sum both report."""
    if atom.limits:
        return [ctx.limit(key) for key in atom.limits]
    common = {v.nuclides for v in a.values} & {v.nuclides for v in b.values}
    wanted = [n for n in sorted(common) if not atom.nuclides or set(n) <= set(atom.nuclides)]
    unit = {v.nuclides: v.unit or "" for v in a.values}
    return [
        Limit(
            id="+".join(nuclides),
            nuclides=nuclides,
            combine="sum",
            unit=unit[nuclides],
            exceeds_when="gt",
            round="none",
            value="0",
            sum_from="reported",
        )
        for nuclides in wanted
    ]


def _pair(a: SampleEvidence, b: SampleEvidence, limit: Limit) -> PairVerdict:
    expanded = structs.replace(limit, decide=Decide(rule="guard", k="2"))
    first, second = combine(a, expanded)[0], combine(b, expanded)[0]
    if not (first.allowed.exact and second.allowed.exact):
        return "indeterminate_result"
    if first.spread is None or second.spread is None:
        return "uncertainty"
    gap = EXACT.subtract(first.allowed.low, second.allowed.low)
    square = EXACT.multiply(gap, gap)
    width = EXACT.add(
        EXACT.multiply(first.spread, first.spread), EXACT.multiply(second.spread, second.spread)
    )
    return "agrees" if square <= width else "differs"
