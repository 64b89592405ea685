"""Conditions on what stands on record: their truth day by day, exactly, for every unit.

A document, a register, a declaration, a name on a list: no sample bears on them, and
statements are few. Units about which the same statements are made share an answer, and
it can change only on the statements' own days. So the exact evaluator is asked once a
group of units and day, and what it says bounds the condition from below and above alike.

    said = Standing(columns, terms, bindings, as_of, known_at, hindsight)
    said.bound(leaf, units, since)      None where samples bear on the leaf, too
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from fairwater.agreement.bulk.columns import NO_UNIT, STATEMENTS, Columns, statements_by_unit
from fairwater.agreement.bulk.steps import SPAN, Ints
from fairwater.agreement.bulk.truths import FAILS, HOLDS, UNKNOWN, Bound
from fairwater.agreement.conditions import AnyCondition, Atom, Declared
from fairwater.agreement.context import Context, Terms
from fairwater.agreement.evaluator import judge
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.instants import instants
from fairwater.agreement.metrics.goods import AREA_COLUMNS, PRODUCT_COLUMNS
from fairwater.agreement.model import Transition

RECORDED: Final = frozenset(
    {
        "document_valid", "facility_registered", "noncompliance_count", "rejected_documents",
        "report_age",
    }
)  # fmt: skip
"""Metrics that read statements and no samples (`report_age` unless it names nuclides)."""
LISTED: Final = frozenset({"production_area", "product_listed"})
"""Metrics that ask, of a unit, whether its name is on a list: nothing else bears on them."""

_CODES: Final = {"fails": FAILS, "unknown": UNKNOWN, "holds": HOLDS}
_DAY: Final = timedelta(days=1)


def without_samples(leaf: AnyCondition) -> bool:
    """Whether no sample bears on a leaf, so that its days are those of statements."""
    if isinstance(leaf, Declared):
        return True
    if not isinstance(leaf, Atom) or leaf.over is not None:
        return False
    return leaf.metric in LISTED or (leaf.metric in RECORDED and not leaf.nuclides)


@dataclass(slots=True, eq=False)
class Standing:
    """Statements by the units they concern, and the truths they make."""

    columns: Columns
    terms: Terms
    bindings: Mapping[str, str]
    as_of: date
    known_at: date
    hindsight: bool
    by_unit: Mapping[int, Evidence] = field(init=False)
    of_facilities: bool = field(init=False)
    group: Ints = field(init=False)
    evidence: list[Evidence] = field(init=False)
    kept: dict[tuple[AnyCondition, int | None, int], tuple[list[int], list[int]]] = field(
        init=False, default_factory=dict
    )

    listed: dict[tuple[Atom, str], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_unit = statements_by_unit(self.columns)
        # What is asked of a facility depends on which one the unit is.
        self.of_facilities = any(d.column == "facility" for d in self.terms.dimensions)
        self.group = np.zeros(len(self.columns.units), np.int64)
        self.evidence = [self.by_unit[NO_UNIT]]
        numbers: dict[tuple[str, ...], int] = {}
        for unit, about in self.by_unit.items():
            if unit == NO_UNIT:
                continue
            key = tuple(
                f"{name} {entry.id}" for name in STATEMENTS for entry in getattr(about, name)
            )
            if key not in numbers:
                numbers[key] = len(self.evidence)
                self.evidence.append(about)
            self.group[unit] = numbers[key]

    def bound(self, leaf: AnyCondition, units: Ints, since: int | None) -> Bound | None:
        """Truth of a leaf in some units, ascending; None where samples bear on it, too."""
        if not without_samples(leaf) or self.columns.others.zones or self.of_facilities:
            return None
        if isinstance(leaf, Atom) and leaf.metric in LISTED:
            codes = np.array([self._listed(leaf, unit) for unit in units.tolist()], np.int8)
            return Bound(units * SPAN, codes, codes, (UNKNOWN, UNKNOWN))
        keys: list[Ints] = []
        truths: list[Ints] = []
        groups = self.group[units]
        for number in np.unique(groups):
            days, found = self._steps(leaf, since, int(number))
            here = units[groups == number]
            keys.append((here[:, None] * SPAN + np.array(days, np.int64)).reshape(-1))
            truths.append(np.tile(np.array(found, np.int64), len(here)))
        if not keys:
            return None
        key, truth = np.concatenate(keys), np.concatenate(truths).astype(np.int8)
        order = np.argsort(key)
        return Bound(key[order], truth[order], truth[order], (UNKNOWN, UNKNOWN))

    def moved_by_hand(self, unit: int, measures: Collection[str]) -> bool:
        """Whether some decision or assertion known so far concerns one of a unit's measures."""
        about = self.evidence[int(self.group[unit])]
        named = [(entry.known, entry.measure) for entry in about.decisions]
        named += [(entry.known, entry.measure) for entry in about.assertions]
        return any(
            known <= self.known_at and (measure is None or measure in measures)
            for known, measure in named
        )

    def listed_name(self, leaf: Atom, unit: int) -> str:
        """The name of a unit that a list may hold."""
        columns = AREA_COLUMNS if leaf.metric == "production_area" else PRODUCT_COLUMNS
        named = self.columns.named(unit)
        found = (named.get(d.id) for d in self.terms.dimensions if d.column in columns)
        return next((name for name in found if name is not None), "")

    def _listed(self, leaf: Atom, unit: int) -> int:
        key = (leaf, self.listed_name(leaf, unit))
        found = self.listed.get(key)
        if found is None:
            context = Context(
                at=self.as_of, known_at=self.known_at, terms=self.terms,
                unit=self.columns.named(unit), bindings=self.bindings,
            )  # fmt: skip
            found = self.listed[key] = _CODES[judge(leaf, Evidence(), context, "").verdict]
        return found

    def _steps(
        self, leaf: AnyCondition, since: int | None, number: int
    ) -> tuple[list[int], list[int]]:
        """Days from which a leaf's truth is another in a group of units, and those truths."""
        found = self.kept.get((leaf, since, number))
        if found is not None:
            return found
        evidence = self.evidence[number]
        step = Transition(id="leaf", from_=(), to="leaf", when=leaf)
        days = sorted(instants([step], (), evidence, self.terms, self.as_of))
        if since is not None and date.fromordinal(since) < self.as_of:
            days = sorted({*days, date.fromordinal(since), date.fromordinal(since) + _DAY})
        unit = self._some_unit(number)
        before = days[0] - _DAY if days[0] > date.min else days[0]
        at, truths = [0], [self._truth(leaf, evidence, unit, before, since)]
        for day in days:
            truth = self._truth(leaf, evidence, unit, day, since)
            if truth != truths[-1]:
                at.append(day.toordinal())
                truths.append(truth)
        self.kept[leaf, since, number] = (at, truths)
        return at, truths

    def _truth(
        self,
        leaf: AnyCondition,
        evidence: Evidence,
        unit: Mapping[str, str],
        day: date,
        since: int | None,
    ) -> int:
        known_at = self.known_at if self.hindsight else min(day, self.known_at)
        context = Context(
            at=day,
            known_at=known_at,
            terms=self.terms,
            unit=unit,
            bindings=self.bindings,
            since=None if since is None else date.fromordinal(since),
        )
        return _CODES[judge(leaf, evidence.as_known(known_at), context, "").verdict]

    def _some_unit(self, number: int) -> Mapping[str, str]:
        """A unit of a group: every statement of the group concerns each of them."""
        return self.columns.named(int(np.flatnonzero(self.group == number)[0]))
