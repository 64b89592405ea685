"""When a condition may hold, for every unit at once: truth bounded from below and above.

Truth is a number, fails 0, unknown 1, holds 2, so that `all` is the least of
its parts, `any` the greatest, `not` is 2 minus. A counting atom becomes a step
function of truth; so does what stands on record (`standing`); what is neither
(a share, the weeks covered) is bounded by [0, 2]. Where the least and the greatest agree
nothing is left to look at; where they do not, the exact evaluator is asked.

The bounds may be wide, never wrong: `holds` at a day lies within them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from msgspec.structs import replace

from fairwater.agreement.bulk.columns import Columns
from fairwater.agreement.bulk.operands import day_of_since, fixed, in_hours, valued, whole
from fairwater.agreement.bulk.runs import SATURDAY, SUNDAY, covered_days, unvisited
from fairwater.agreement.bulk.shares import least_samples, share_bound
from fairwater.agreement.bulk.sieve import COMPLIES, DOUBTFUL, EXCEEDS, UNSPOKEN, Codes
from fairwater.agreement.bulk.standing import Standing
from fairwater.agreement.bulk.steps import (
    NEVER,
    SPAN,
    Bools,
    Ints,
    Spans,
    Steps,
    count,
    leaving,
    merged,
    union_keys,
)
from fairwater.agreement.bulk.truths import (
    FAILS,
    HOLDS,
    UNKNOWN,
    Bound,
    at_least,
    compared,
    constant,
)
from fairwater.agreement.conditions import (
    All,
    Any,
    AnyCondition,
    AtLeast,
    Atom,
    Fixed,
    Not,
)
from fairwater.agreement.context import Terms
from fairwater.agreement.model import Transition
from fairwater.quantities.decimals import exact
from fairwater.quantities.periods import Period

COUNTED: Final = frozenset(
    {"exceed_count", "distinct_points_exceeding", "sample_count", "distinct_points"}
)
FINDINGS: Final = frozenset({"exceed_count", "distinct_points_exceeding"})


class Placed(NamedTuple):
    """Rows an atom may look at, with the days they are surely, and possibly, inside."""

    rows: slice
    spoken: Bools
    codes: Codes
    surely: Spans
    maybe: Spans


@dataclass(slots=True, eq=False)
class Bounds:
    """Bounds over columns as known: `known_at` for every day (`hindsight`), or as days pass."""

    columns: Columns
    terms: Terms
    codes: dict[str, Codes]
    known_at: int
    hindsight: bool
    standing: Standing | None = None
    irregular: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.irregular = np.zeros(len(self.columns.units), np.bool_)
        self.irregular[self.columns.unit[~self.columns.alone]] = True

    def condition(self, condition: AnyCondition, rows: slice, since: int | None) -> Bound:
        """Bounds of a condition over the units in `rows`, evidence starting after `since`."""
        if self.standing is not None and rows.stop > rows.start:
            first, last = self.columns.unit[rows.start], self.columns.unit[rows.stop - 1]
            said = self.standing.bound(condition, np.arange(first, last + 1), since)
            if said is not None:
                return said
        match condition:
            case Fixed():
                truth = HOLDS if condition.fixed == "holds" else FAILS
                return constant(truth, truth)
            case Not():
                part = self.condition(condition.of, rows, since)
                rest = (2 - part.rest[1], 2 - part.rest[0])
                return Bound(part.key, 2 - part.most, 2 - part.least, rest)
            case Atom():
                return self._atom(condition, rows, since)
            case All() | Any() | AtLeast():
                parts = [self.condition(part, rows, since) for part in condition.of]
                match condition:
                    case All():
                        needed: int | None = len(parts)
                    case Any():
                        needed = 1
                    case AtLeast():
                        needed = whole(condition.at_least, self.terms)
                return constant(FAILS, HOLDS) if needed is None else at_least(parts, needed)
            case _:
                return constant(FAILS, HOLDS)

    def transition(self, transition: Transition, rows: slice, since: int | None) -> Bound:
        """Bounds of a transition's condition, exceptions included."""
        parts = [self.condition(transition.when, rows, since)]
        for clause in transition.except_:
            parts.append(self.condition(clause.then, rows, since))
        if len(parts) == 1:
            return parts[0]
        # The verdict is that of the base or of an exception, or unknown where they differ;
        # whether an exception applies is left to the exact evaluator.
        keys = union_keys(*(part.key for part in parts))
        ends = [part.at(keys) for part in parts]
        return Bound(
            keys,
            np.minimum.reduce([least for least, _ in ends]),
            np.maximum.reduce([most for _, most in ends]),
            (min(p.rest[0] for p in parts), max(p.rest[1] for p in parts)),
        )

    def countable(self, atom: Atom) -> bool:
        """Whether the atom is counted here and not by the exact evaluator."""
        if atom.metric not in COUNTED or atom.over is not None:
            return False
        if len(atom.comparators) != 1 or atom.comparator == "is":
            return False
        if fixed(atom.window, self.terms) is None or fixed(atom.operand, self.terms) is None:
            return False
        if in_hours(atom, self.terms):
            return False
        coverage = atom.metric not in FINDINGS
        return not (coverage and (atom.when_short != "unknown" or atom.comparator != "ge"))

    def windowed(self, atom: Atom) -> bool:
        """Whether `placed` tells which rows the atom may look at."""
        return fixed(atom.window, self.terms) is not None and not in_hours(atom, self.terms)

    def placed(self, atom: Atom, rows: slice, since: int | None) -> Placed:
        """Where the atom's rows stand in its window, day by day."""
        c = self.columns
        first, last = (side[rows] for side in c.days[atom.date])
        known, gone = c.known[rows], c.gone[rows]
        gone = np.where(gone > self.known_at, NEVER, gone)
        period = fixed(atom.window, self.terms)
        window = Period.parse(period) if period else None
        left_first, left_last = leaving(first, window), leaving(last, window)
        usable = known <= self.known_at
        if self.hindsight:
            usable &= gone == NEVER
            enter_all, enter_any = last, first
        else:
            enter_all, enter_any = np.maximum(last, known), np.maximum(first, known)
        start = since if atom.since == "last_transition" else day_of_since(atom.since)
        surely, maybe = usable, usable
        if start is not None:
            surely, maybe = usable & (first > start), usable & (last > start)
        unit = c.unit[rows]
        end_all = np.where(surely, np.minimum(left_first, gone), 0)
        end_any = np.where(maybe, np.minimum(left_last, gone), 0)
        codes = self.judged(atom, rows)
        return Placed(
            rows,
            codes != UNSPOKEN,
            codes,
            Spans(unit, enter_all, end_all),
            Spans(unit, enter_any, end_any),
        )

    def judged(self, atom: Atom, rows: slice) -> Codes:
        """Outcome of each row against any of the atom's limits; complies where it names none."""
        found = np.full(rows.stop - rows.start, UNSPOKEN if atom.limits else COMPLIES, np.int8)
        for key in atom.limits:
            codes = self.codes[key][rows]
            rank = _WORSE[codes] > _WORSE[found]
            found = np.where(rank, codes, found)
        return found

    def _atom(self, atom: Atom, rows: slice, since: int | None) -> Bound:
        if atom.metric == "exceed_share_upper":
            return self._share(atom, rows, since)
        if not self.countable(atom):
            return self._unpaired(atom, rows) or self._at_most(atom, rows)
        if any(not valued(self.terms, key) for key in atom.limits):
            return constant(UNKNOWN, UNKNOWN)
        placed = self.placed(atom, rows, since)
        number = exact(str(fixed(atom.operand, self.terms)))
        point = self.columns.point[rows]
        distinct = atom.metric.startswith("distinct")
        if atom.metric not in FINDINGS:
            decided = placed.spoken & (placed.codes != DOUBTFUL)
            low = _total(placed.surely.where(decided), point[decided] if distinct else None)
            keys = low.key
            enough = low.value >= int(number)
            least = np.where(enough, HOLDS, UNKNOWN).astype(np.int8)
            without = HOLDS if int(number) <= 0 else UNKNOWN
            return self._widened(Bound(keys, least, least, (without, without)), rows)
        above = placed.spoken & (placed.codes == EXCEEDS)
        low = _total(placed.surely.where(above), point[above] if distinct else None)
        if atom.comparator in ("ge", "gt"):
            # Whether it fails or is unknown below the number depends on who else was sampled;
            # it does not hold either way.
            needed = math.ceil(number) if atom.comparator == "ge" else math.floor(number) + 1
            holds = low.value >= needed
            rest = (HOLDS, HOLDS) if needed <= 0 else (FAILS, UNKNOWN)
            bound = Bound(
                low.key,
                np.where(holds, HOLDS, FAILS).astype(np.int8),
                np.where(holds, HOLDS, UNKNOWN).astype(np.int8),
                rest,
            )
            return self._widened(bound, rows)
        possible = placed.spoken & (placed.codes != COMPLIES)
        high = _total(
            placed.maybe.where(possible), point[possible] if distinct else None, nameless_apart=True
        )
        members = placed.surely.where(placed.spoken)
        inside = count(merged(members, np.zeros(len(members.unit), np.int64)))
        keys = union_keys(low, high, inside)
        least = compared(
            low.at(keys),
            high.at(keys),
            (inside.at(keys) == 0) & (atom.empty != "zero"),
            atom.comparator,
            number,
        )
        zero = np.zeros(1, np.int64)
        rest_code = int(
            compared(zero, zero, zero == (atom.empty == "zero"), atom.comparator, number)[0]
        )
        return self._widened(Bound(keys, least, least, (rest_code, rest_code)), rows)

    def _unpaired(self, atom: Atom, rows: slice) -> Bound | None:
        """Laboratories agree on one sample: where each has one record, it stays unknown."""
        if atom.metric != "interlab_agreement" or atom.over is not None or atom.empty == "zero":
            return None
        text = fixed(atom.operand, self.terms)
        if not text or atom.comparator not in ("ge", "gt") or exact(text) <= 0:
            return None
        return self._widened(constant(UNKNOWN, UNKNOWN), rows)

    def _share(self, atom: Atom, rows: slice, since: int | None) -> Bound:
        """An upper confidence bound on a share, told from the number of samples where it can."""
        wide = constant(FAILS, HOLDS)
        text, sure = fixed(atom.operand, self.terms), fixed(atom.confidence, self.terms)
        if atom.comparator != "le" or atom.over is not None or not text or not sure:
            return wide
        if atom.empty == "zero" or not self.windowed(atom):
            return wide
        if any(not valued(self.terms, key) for key in atom.limits):
            return constant(UNKNOWN, UNKNOWN)
        needed = least_samples(exact(text), exact(sure))
        if needed is None:
            return wide
        placed = self.placed(atom, rows, since)
        share = exact(text) if exact(sure) * 2 >= 1 else None
        bound = share_bound(placed.surely, placed.maybe, placed.spoken, placed.codes, needed, share)
        return self._widened(bound, rows)

    def _at_most(self, atom: Atom, rows: slice) -> Bound:
        """What bounds from above: weeks and revisits of one unit, samples of others of all."""
        wide = constant(FAILS, HOLDS)
        if atom.metric in ("independent_sample_count", "abnormal_finding"):
            return self._nobody_elses(atom, rows) or wide
        units = self.columns.unit[rows]
        single = len(units) > 0 and units[0] == units[-1] and not self.irregular[units[0]]
        if not single or atom.since is not None or atom.over is not None:
            return wide
        if atom.metric == "weeks_covered":
            return self._weeks(atom, rows) or wide
        if atom.metric == "revisits":
            return self._revisits(atom, rows) or wide
        return wide

    def _nobody_elses(self, atom: Atom, rows: slice) -> Bound | None:
        """Where no sample says who drew or saw it, none is another's: nothing is known."""
        if atom.since is not None or atom.over is not None:
            return None
        text = fixed(atom.operand, self.terms)
        if not text or atom.when_short != "unknown" or atom.empty == "zero":
            return None
        zero, above = ("eq", "le"), ("eq", "ge", "gt")
        if atom.comparator not in (above if exact(text) > 0 else zero) or exact(text) < 0:
            return None
        attended = self.columns.unit[rows][self.columns.attended[rows]]
        keys = np.unique(attended) * SPAN
        bound = Bound(
            keys,
            np.full(len(keys), FAILS, np.int8),
            np.full(len(keys), HOLDS, np.int8),
            (UNKNOWN, UNKNOWN),
        )
        return self._widened(bound, rows)

    def _weeks(self, atom: Atom, rows: slice) -> Bound | None:
        operand = atom.weeks if atom.weeks is not None else atom.ge
        needed, least = (fixed(o, self.terms) for o in (operand, atom.min_per_week))
        if needed is None or least is None:
            return None
        plans = self.terms.plans
        saturday = bool(plans) and plans[0].week == "Sunday to Saturday"
        begin, end = covered_days(
            rows,
            self.columns.days[atom.date],
            needed=int(exact(needed or "1")),
            least=int(exact(least or "1")),
            ends_on=SATURDAY if saturday else SUNDAY,
        )
        unit = np.full(len(begin), self.columns.unit[rows.start], np.int64)
        held = count(merged(Spans(unit, begin, end), np.zeros(len(begin), np.int64)))
        most = np.where(held.value > 0, HOLDS, UNKNOWN).astype(np.int8)
        return Bound(held.key, np.zeros(len(most), np.int8), most, (FAILS, UNKNOWN))

    def _revisits(self, atom: Atom, rows: slice) -> Bound | None:
        texts = [fixed(o, self.terms) for o in (atom.window, atom.look_back, atom.ge)]
        if None in texts or in_hours(atom, self.terms):
            return None
        now = self.placed(atom, rows, None)
        before = self.placed(replace(atom, window=atom.look_back), rows, None)
        keys, short = unvisited(
            self.columns.point[rows],
            now.codes,
            before.surely,
            now.surely,
            int(exact(texts[2] or "1")),
        )
        most = np.where(short == 0, HOLDS, UNKNOWN).astype(np.int8)
        return Bound(keys, np.zeros(len(keys), np.int8), most, (FAILS, HOLDS))

    def _widened(self, bound: Bound, rows: slice) -> Bound:
        """Nothing is known here of units with replicates or samples whose result is due."""
        units = self.columns.unit[rows]
        if not len(units) or not self.irregular[units[0] : units[-1] + 1].any():
            return bound
        odd = np.flatnonzero(self.irregular)
        odd = odd[(odd >= units[0]) & (odd <= units[-1])]
        if len(bound.key):
            wild = self.irregular[bound.key // (1 << 32)]
            bound = Bound(bound.key[~wild], bound.least[~wild], bound.most[~wild], bound.rest)
        keys = np.concatenate((bound.key, odd * (1 << 32)))
        order = np.argsort(keys)
        least = np.concatenate((bound.least, np.zeros(len(odd), np.int8)))[order]
        most = np.concatenate((bound.most, np.full(len(odd), HOLDS, np.int8)))[order]
        return Bound(keys[order], least, most, bound.rest)


_WORSE: Final = np.array([1, 3, 2, 0], np.int8)
"""Rank of an outcome code where several limits are named: exceeds, doubtful, complies, unspoken."""


def _total(spans: Spans, point: Ints | None, *, nameless_apart: bool = False) -> Steps:
    """How many samples, or how many different points.

    A sample that names no point lies at some point: alone it is one, beside a
    named one it need not be another, but it may (`nameless_apart`).
    """
    if point is None:
        return count(spans)
    stated = point >= 0
    named = count(merged(spans.where(stated), point[stated]))
    nameless = spans.where(~stated)
    if not len(nameless.unit):
        return named
    other = count(nameless)
    keys = union_keys(named, other)
    at_points, elsewhere = named.at(keys), other.at(keys)
    if nameless_apart:
        return Steps(keys, at_points + elsewhere)
    return Steps(keys, np.maximum(at_points, np.minimum(elsewhere, 1)))
