"""Every unit's timeline at once.

    evaluate_all(agreement, columns, as_of=day)  ->  one `Timeline` a unit and measure

The answer is that of `machine.timeline` for each unit, its verdicts `thinned`
(see `walking`). It is fast because hardly any unit is walked:

1. outcomes: every sample against every limit, by the sieve;
2. bounds: when each transition from a measure's first state may hold, for all
   units in one pass; where it never may and nobody decided anything, the
   measure has stood still;
3. still units differ only in what their windows hold on the last day and what is
   stated of them; one of each kind is judged, the others repeat it (`stillness`);
4. the rest is walked, unit by unit, on the days that can matter.

What columns do not carry (zones that split, samples that name only part of a
unit, another evidence scope) sends its units to the exact machine, whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import numpy as np
from msgspec import structs

from fairwater.agreement.bulk.bounds import FINDINGS, Bounds
from fairwater.agreement.bulk.columns import NO_UNIT, Columns, exact_evidence
from fairwater.agreement.bulk.on_demand import OnDemand
from fairwater.agreement.bulk.resting import collector_resting
from fairwater.agreement.bulk.sieve import CODES, UNSPOKEN, Codes, outcomes
from fairwater.agreement.bulk.standing import LISTED, Standing, without_samples
from fairwater.agreement.bulk.steps import SPAN
from fairwater.agreement.bulk.stillness import Still
from fairwater.agreement.bulk.truths import HOLDS, Truths
from fairwater.agreement.bulk.walking import Swift, covers, every_leaf, members, moving, thinned
from fairwater.agreement.conditions import Atom, Fixed, StateIs
from fairwater.agreement.context import Context, Terms, terms_of
from fairwater.agreement.evidence import Evidence, SampleEvidence
from fairwater.agreement.instants import conditions_of, leaves
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.machine import timeline
from fairwater.agreement.model import Agreement, Transition
from fairwater.agreement.outcome import record_outcome, speaks_of
from fairwater.agreement.terms import Limit
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.verdict import Verdict


def evaluate_all(
    agreement: Agreement,
    columns: Columns,
    *,
    as_of: date,
    known_at: date | None = None,
    knowledge: Knowledge = "journal",
    decisions: str = "as_recorded",
    bindings: Mapping[str, str] | None = None,
    hindsight: bool | None = None,
    codes: Mapping[str, Codes] | None = None,
) -> list[Timeline]:
    """Timeline of every unit that has evidence, by unit in code point order, then measure.

    Parameters
    ----------
    agreement : Agreement
        The version that governs.
    columns : Columns
        All samples, known from the day that `knowledge` names, and all statements.
    as_of, known_at : date
        The day asked about and the day whose knowledge answers (default `as_of`).
    knowledge : {"journal", "published", "resulted", "sampled"}
        What the columns' `known` is; repeated in the answer.
    decisions : str
        ``as_recorded``, ``prompt`` or ``prompt:PERIOD``: then every timeline is hypothetical.
    bindings : mapping, optional
        Role to party.
    hindsight : bool, optional
        Judge every past day on what is known at `known_at`; default only where
        `known_at` lies after `as_of`.
    codes : mapping, optional
        Outcome of every row by limit id, where they were worked out before (`grid`).

    Returns
    -------
    list of Timeline
        The same for any order of rows.
    """
    known_at = known_at or as_of
    run = Run(
        agreement,
        columns,
        as_of=as_of,
        known_at=known_at,
        knowledge=knowledge,
        decisions=decisions,
        bindings=bindings or {},
        hindsight=known_at > as_of if hindsight is None else hindsight,
        codes=codes,
    )
    with collector_resting():
        return [told for number in range(len(columns.units)) for told in run.unit(number)]


def judge_rows(
    agreement: Agreement, columns: Columns, limits: Sequence[str] | None = None
) -> dict[str, Codes]:
    """Outcome code of every row against the limits that the agreement's conditions name."""
    terms = terms_of(agreement)
    return {
        key: _codes(columns, terms, terms.limits[key])
        for key in (limits_named(agreement) if limits is None else limits)
    }


def limits_named(agreement: Agreement) -> list[str]:
    """Ids of the limits that some condition compares with."""
    named = {
        key
        for condition in conditions_of(agreement.transitions)
        for leaf in leaves(condition)
        if isinstance(leaf, Atom)
        for key in leaf.limit
    }
    return sorted(named)


def _codes(columns: Columns, terms: Terms, limit: Limit) -> Codes:
    # An outcome depends on the terms, never on the day it is asked (only its notes do).
    ctx = Context(at=date.max, known_at=date.max, terms=terms)

    def weigh(samples: Sequence[SampleEvidence], limit: Limit) -> list[int]:
        return [
            CODES[record_outcome(sample, limit, ctx).verdict]
            if speaks_of(sample, limit)
            else UNSPOKEN
            for sample in samples
        ]

    return outcomes(columns, limit, terms.indeterminate_flags, weigh)


class Run:
    """One evaluation of all units."""

    def __init__(
        self,
        agreement: Agreement,
        columns: Columns,
        *,
        as_of: date,
        known_at: date,
        knowledge: Knowledge,
        decisions: str,
        bindings: Mapping[str, str],
        hindsight: bool,
        codes: Mapping[str, Codes] | None = None,
    ) -> None:
        self.agreement, self.columns = agreement, columns
        self.as_of, self.known_at, self.hindsight = as_of, known_at, hindsight
        self.knowledge, self.decisions, self.bindings = knowledge, decisions, bindings
        self.exactly = needs_exact(agreement, columns.others)
        self.still: dict[tuple[object, ...], list[Timeline]] = {}
        self.measures = {measure.id for measure in agreement.measures}
        if self.exactly:
            return
        terms = terms_of(agreement)
        found = dict(codes or {})
        found |= judge_rows(agreement, columns, sorted({*limits_named(agreement)} - {*found}))
        self.standing = Standing(columns, terms, self.bindings, as_of, known_at, hindsight)
        self.own = self.standing.by_unit
        self.bounds = Bounds(columns, terms, found, known_at.toordinal(), hindsight, self.standing)
        initial = {m.id: m.initial for m in agreement.measures}
        only = next(iter(initial)) if len(initial) == 1 else None
        first = [
            t
            for t in agreement.transitions
            if initial.get(t.measure or only or "") in t.from_  # from where the measure starts
        ]
        self.ends: dict[str, tuple[Truths, Truths]] = {}
        self.moving = self._may_move(first)
        self.kinds = self._kinds(first)

    def unit(self, number: int) -> list[Timeline]:
        """Timelines of one unit, one a measure."""
        if self.exactly:
            return self._exact(number)
        others = self.own.get(number, self.own[NO_UNIT])
        if self.moving[number] or self.standing.moved_by_hand(number, self.measures):
            return self._walk(Swift, number, others)
        kind = self.kinds[number]
        # Not the kind of units without samples of their own, whose `now` is shared.
        group = ("own", int(self.standing.group[number])) if kind is None else kind
        if group not in self.still:
            self.still[group] = self._walk(Still, number, others)
        unit = self.columns.named(number)
        told = [structs.replace(told, unit=unit) for told in self.still[group]]
        return told if kind is not None else self._of_its_own(told, number, others)

    def _of_its_own(
        self, like: Sequence[Timeline], number: int, others: Evidence
    ) -> list[Timeline]:
        """Timelines of a unit that stood still as others did, with what its own samples say."""
        walked: list[list[Timeline]] = []

        def judge(place: int, name: str) -> Verdict:
            if not walked:
                walked.append(self._walk(Still, number, others))
            return walked[0][place].now[name]

        def ends(name: str) -> tuple[int, int] | None:
            if name not in self.ends:
                return None
            least, most = self.ends[name]
            return int(least[number]), int(most[number])

        return [
            structs.replace(told, now=OnDemand(tuple(told.now), partial(judge, place), ends))
            for place, told in enumerate(like)
        ]

    def _walk(self, way: type[Swift], number: int, others: Evidence) -> list[Timeline]:
        walk = way(
            self.agreement,
            self.bounds,
            number,
            others,
            as_of=self.as_of,
            known_at=self.known_at,
            decisions=self.decisions,
            bindings=self.bindings,
        )
        walk.run()
        return [walk.told(key, self.knowledge) for key in sorted(walk.tracks)]

    def _exact(self, number: int) -> list[Timeline]:
        evidence = exact_evidence(self.columns, number)
        unit = self.columns.named(number)
        told = [
            timeline(
                self.agreement,
                measure.id,
                unit,
                evidence,
                as_of=self.as_of,
                known_at=self.known_at,
                knowledge=self.knowledge,
                decisions=self.decisions,
                bindings=self.bindings,
                hindsight=self.hindsight,
            )
            for measure in sorted(self.agreement.measures, key=lambda m: m.id)
        ]
        return [thinned_timeline(one, evidence) for one in told]

    def _may_move(self, transitions: Sequence[Transition]) -> list[bool]:
        """Units in which some transition from a first state may hold up to `as_of`."""
        units = len(self.columns.units)
        every = slice(0, len(self.columns))
        found = np.zeros(units, np.bool_)
        for transition in transitions:
            bound = self.bounds.transition(transition, every, None)
            if bound.rest[1] == HOLDS:
                found[:] = True
            within = (bound.most == HOLDS) & (bound.key % SPAN <= self.as_of.toordinal())
            found[bound.key[within] // SPAN] = True
            last = np.arange(units, dtype=np.int64) * SPAN + self.as_of.toordinal()
            self.ends[transition.id] = bound.at(last)
        return list(map(bool, found))

    def _kinds(self, transitions: Sequence[Transition]) -> list[tuple[object, ...] | None]:
        """What tells still units apart on the last day; None where a sample of their own does."""
        units = len(self.columns.units)
        every = slice(0, len(self.columns))
        own = self.bounds.irregular.copy()
        marks: list[Sequence[object]] = [self.standing.group.tolist()]
        at = self.as_of.toordinal()
        for transition in transitions:
            for leaf in every_leaf(transition):
                if isinstance(leaf, Atom) and leaf.metric in LISTED:
                    marks.append([self.standing.listed_name(leaf, n) for n in range(units)])
                if isinstance(leaf, Fixed | StateIs) or without_samples(leaf):
                    continue
                if not isinstance(leaf, Atom) or leaf.metric in ("weeks_covered", "revisits"):
                    own[:] = True
                    continue
                if not self.bounds.windowed(leaf):
                    own[:] = True
                    continue
                placed = self.bounds.placed(leaf, every, None)
                if leaf.metric not in FINDINGS or not self.bounds.countable(leaf):
                    # It lists every sample inside; where there is none, it says the same of all.
                    own[self.columns.unit[covers(placed.maybe, at)]] = True
                    continue
                own[self.columns.unit[moving(placed, at)]] = True
                inside = np.zeros(units, np.bool_)
                inside[self.columns.unit[members(placed, at)]] = True
                marks.append(inside.tolist())
        gone = self.columns.gone <= self.known_at.toordinal()
        own[self.columns.unit[gone]] = True  # a withdrawn record is told in every verdict
        return [
            None if alone else kind
            for alone, kind in zip(own.tolist(), zip(*marks, strict=True), strict=True)
        ]


def needs_exact(agreement: Agreement, others: Evidence) -> bool:
    """Whether units cannot be told apart by columns alone."""
    over = any(
        isinstance(leaf, Atom) and leaf.over is not None
        for condition in conditions_of(agreement.transitions)
        for leaf in leaves(condition)
    )
    return bool(others.zones) or over


def thinned_timeline(told: Timeline, evidence: Evidence) -> Timeline:
    """A timeline with every verdict `thinned`."""
    gone = evidence.replaced_by(date.max)
    return structs.replace(
        told,
        openings=tuple(structs.replace(o, verdict=thinned(o.verdict, gone)) for o in told.openings),
        taken=tuple(
            structs.replace(t, verdict=thinned(t.verdict, gone)) if t.verdict else t
            for t in told.taken
        ),
        now={key: thinned(verdict, gone) for key, verdict in told.now.items()},
    )
