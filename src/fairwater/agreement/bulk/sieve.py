"""Which samples exceed a limit: floats for the clear cases, decimals for the rest.

A row is clear if its whole allowed set stays away from the limit by more than
rounding could move it, and nothing else bears on it: at two figures half-up,
a value moves by less than a tenth of itself, so under a limit of 100 only
rows that reach between 90 and 112 need decimals. Everything not clear
(near the limit, straddling it, a guard rule, a distrusted flag, a unit that
does not match, a limit that changed in time) goes to the exact outcome, row by
row. The sieve can only cost time, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fairwater.agreement.bulk.columns import ABSENT, PLAIN, SILENT, VAGUE, Columns, Floats, Stated
from fairwater.agreement.bulk.steps import ALWAYS, NEVER, Bools, Ints
from fairwater.agreement.evidence import SampleEvidence
from fairwater.agreement.model import Limit, Round
from fairwater.agreement.outcome import CONTRADICTED
from fairwater.quantities.decimals import exact
from fairwater.quantities.units import UnitError, convert

COMPLIES: Final = 0
EXCEEDS: Final = 1
DOUBTFUL: Final = 2
UNSPOKEN: Final = 3
"""The row says nothing about the limit's nuclides: no evidence on it."""
OPEN: Final = 9

NEAR: Final = 1e-9
"""Relative distance within which a float does not tell two reported numbers apart."""

CODES: Final = {"complies": COMPLIES, "exceeds": EXCEEDS, "indeterminate": DOUBTFUL}

Codes = NDArray[np.int8]
ExactOutcomes = Callable[[Sequence[SampleEvidence], Limit], Sequence[int]]


def outcomes(
    columns: Columns, limit: Limit, distrusted: frozenset[str], weigh: ExactOutcomes
) -> Codes:
    """Outcome code of every row against one limit.

    `distrusted` are the flags the agreement treats as indeterminate; `weigh`
    gives the exact outcomes of rows it is handed.
    """
    codes = np.full(len(columns), OPEN, np.int8)
    spoken, silent = _spoken(columns, limit)
    codes[~spoken] = UNSPOKEN
    codes[spoken & ~silent & _numberless(columns, limit)] = DOUBTFUL
    open_ = codes == OPEN
    plain = _clear(columns, limit, codes, open_ & ~_troubled(columns, limit, distrusted))
    close = np.flatnonzero((codes == OPEN) & plain)
    if len(close):
        kind, first = _kinds(columns, limit, close)
        codes[close] = np.array(weigh(columns.samples(close[first]), limit), np.int8)[kind]
    left = np.flatnonzero(codes == OPEN)
    if len(left):
        codes[left] = weigh(columns.samples(left), limit)
    return codes


def _clear(columns: Columns, limit: Limit, codes: Codes, usable: Bools) -> Bools:
    """Write the clear codes; return the rows on which nothing but the stated numbers bears."""
    found = combined(columns, limit)
    if found is None:
        return np.zeros(len(columns), np.bool_)
    usable, low, high = usable & found[0], found[1], found[2]
    clear = usable
    if limit.screening is not None and limit.screening.technique in columns.techniques:
        level = float(exact(limit.screening.level))
        screened = columns.techniques[limit.screening.technique]
        clear = usable & ~(screened & (high > level - _blur(level)))
    for rows, level in _levels(columns, limit):
        here = clear & rows
        least, most = _moved(low, high, limit.round)
        codes[here & (most < level - _blur(level))] = COMPLIES
        codes[here & (least > level + _blur(level))] = EXCEEDS
    always = len(limit.dated) == 1 and limit.dated[0].from_ is None and limit.dated[0].to is None
    return usable if always else np.zeros(len(columns), np.bool_)


def _kinds(columns: Columns, limit: Limit, rows: Ints) -> tuple[Ints, Ints]:
    """Kind of each row, and one row of each kind: rows that state the same numbers.

    Where screening bears, so does whether the row is by that technique.
    A plain number has at most fifteen figures, so that equal doubles are equal decimals.
    """
    wanted = set(limit.nuclides)
    fields: list[NDArray[np.float64]] = []
    for nuclides, stated in columns.stated.items():
        if wanted.isdisjoint(nuclides) or (
            limit.sum_from == "reported" and len(wanted) > 1 and set(nuclides) != wanted
        ):
            continue
        fields += [stated.how[rows].astype(np.float64), stated.low[rows], stated.high[rows]]
    if limit.screening is not None and limit.screening.technique in columns.techniques:
        fields.append(columns.techniques[limit.screening.technique][rows].astype(np.float64))
    _, first, kind = np.unique(
        np.stack(fields, axis=1), axis=0, return_index=True, return_inverse=True
    )
    return kind.reshape(-1), first


def _blur(level: float) -> float:
    return NEAR * max(abs(level), 1.0)


def _spoken(columns: Columns, limit: Limit) -> tuple[Bools, Bools]:
    """Rows that may speak of the limit's nuclides; of them, those of which no column says it.

    A row that is alone holds a result: if no column has it, it is on other nuclides.
    """
    wanted = set(limit.nuclides)
    spoken = np.zeros(len(columns), np.bool_)
    anything = np.zeros(len(columns), np.bool_)
    for nuclides, stated in columns.stated.items():
        anything |= stated.how != ABSENT
        if wanted & set(nuclides):
            spoken |= stated.how != ABSENT
    silent = ~anything & ~columns.alone
    return spoken | silent, silent


def _numberless(columns: Columns, limit: Limit) -> Bools:
    """Rows whose one figure the limit looks at is not there: any value, so it stays open.

    So does a sum that is not reported while some part is not there. What else bears on them
    (a flag, a screening, a guard) leaves them open, too.
    """
    none = np.zeros(len(columns), np.bool_)
    if any(entry.value is not None and exact(entry.value) <= 0 for entry in limit.dated):
        return none
    without = _unstated(columns, tuple(sorted(limit.nuclides)))
    if len(limit.nuclides) == 1:
        return none if limit.combine == "sum_of_fractions" else without
    if limit.combine != "sum" or limit.sum_from not in ("reported", "reported_else_parts"):
        return none
    if limit.sum_from == "reported":
        return without
    parts = [_unstated(columns, (nuclide,)) for nuclide in limit.nuclides]
    some_part: Bools = np.logical_or.reduce(parts)
    return without & some_part


def _unstated(columns: Columns, nuclides: tuple[str, ...]) -> Bools:
    stated = columns.stated.get(nuclides)
    found: Bools = np.ones(len(columns), np.bool_) if stated is None else stated.how <= SILENT
    return found


def _troubled(columns: Columns, limit: Limit, distrusted: frozenset[str]) -> Bools:
    """Rows that something besides the numbers may decide."""
    troubled = np.zeros(len(columns), np.bool_)
    for flag in distrusted | CONTRADICTED:
        if flag in columns.flags:
            troubled |= columns.flags[flag]
    if limit.decide is not None and limit.decide.rule == "guard":
        # A detected value is widened by its uncertainty; a censored one is as it stands.
        for stated in columns.stated.values():
            troubled |= (stated.how != ABSENT) & ((stated.low > 0) | (stated.low == stated.high))
    return troubled


def combined(columns: Columns, limit: Limit) -> tuple[Bools, Floats, Floats] | None:
    """Rows whose combined set is plain, and its ends in the limit's unit; None if no row's is."""
    together = columns.stated.get(tuple(sorted(limit.nuclides)))
    parts = [columns.stated.get((nuclide,)) for nuclide in limit.nuclides]
    if limit.combine == "sum_of_fractions" or (
        limit.combine == "single" and len(limit.nuclides) > 1
    ):
        return None
    if len(limit.nuclides) == 1:
        return _ends(together, limit)
    reported = _ends(together, limit)
    added = _added(parts, limit)
    if limit.sum_from == "reported":
        return reported
    if limit.sum_from == "parts":
        return added
    unstated = np.zeros(len(columns), np.bool_)  # rows where some part surely has no number
    for part in parts:
        unstated |= True if part is None else part.how <= SILENT
    if limit.sum_from == "reported_else_parts":
        silent = together is None or together.how <= SILENT
        return _first_of(reported, _only(added, np.broadcast_to(silent, len(columns))))
    return _first_of(added, _only(reported, unstated))


Ends = tuple[Bools, Floats, Floats]


def _ends(stated: Stated | None, limit: Limit) -> Ends | None:
    if stated is None:
        return None
    if stated.basis is not None and limit.basis not in (None, "any", stated.basis):
        return None
    factor = 1.0
    if stated.unit is not None and stated.unit != limit.unit:
        try:
            if convert(exact("0"), stated.unit, limit.unit):
                return None  # not proportional
            factor = float(convert(exact("1"), stated.unit, limit.unit))
        except UnitError:
            return None
    usable = stated.how == PLAIN
    if limit.kind_not_stated == "as_limit":
        usable = usable | (stated.how == VAGUE)
    return usable, stated.low * factor, stated.high * factor


def _added(parts: Sequence[Stated | None], limit: Limit) -> Ends | None:
    total: Ends | None = None
    for part in parts:
        ends = _ends(part, limit)
        if ends is None:
            return None
        total = (
            ends if total is None else (total[0] & ends[0], total[1] + ends[1], total[2] + ends[2])
        )
    return total


def _only(ends: Ends | None, rows: Bools) -> Ends | None:
    return None if ends is None else (ends[0] & rows, ends[1], ends[2])


def _first_of(a: Ends | None, b: Ends | None) -> Ends | None:
    if a is None or b is None:
        return b if a is None else a
    usable = a[0]
    return usable | b[0], np.where(usable, a[1], b[1]), np.where(usable, a[2], b[2])


def _moved(low: Floats, high: Floats, rule: Round | str) -> tuple[Floats, Floats]:
    """The ends, moved outwards by the most that any rounding mode could move them."""
    if isinstance(rule, str):
        return low, high
    if rule.significant is not None:
        share = 10.0 ** (1 - rule.significant)
        return low - share * np.abs(low), high + share * np.abs(high)
    step = 10.0 ** -(rule.places or 0)
    return low - step, high + step


def _levels(columns: Columns, limit: Limit) -> list[tuple[Bools, float]]:
    """Values of the limit, each with the rows whose day surely falls in its time."""
    first, last = columns.days[limit.applies_by]
    found = []
    for entry in limit.dated:
        if entry.value is None:
            continue
        start = ALWAYS if entry.from_ is None else date.fromisoformat(entry.from_).toordinal()
        end = NEVER + 1 if entry.to is None else date.fromisoformat(entry.to).toordinal()
        found.append(((first >= start) & (last < end), float(exact(entry.value))))
    return found
