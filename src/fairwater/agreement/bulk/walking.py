"""One unit's history from its columns: the exact walk, on the days that can matter.

`Swift` is the machine's `Walk`, judged by the same evaluator. It differs in
what it looks at, never in what it concludes:

- days: only those on which the bounds of some transition from the state in
  force change, instead of every entry and exit of every sample;
- evidence: the samples that may lie in a window and do not surely comply,
  one that surely complies where there is one (so that the window is not
  empty), and for coverage every sample inside.

Its verdicts are `thinned`: a finding lists the samples that could move it, not
the thousands that comply. The dossier of one unit lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
from msgspec.structs import replace

from fairwater.agreement.bulk.bounds import FINDINGS, Bounds, Placed
from fairwater.agreement.bulk.columns import DATE_KINDS, Columns, day_of, supersessions_of
from fairwater.agreement.bulk.glance import Glance
from fairwater.agreement.bulk.on_demand import OnDemand
from fairwater.agreement.bulk.promised import promised
from fairwater.agreement.bulk.sieve import COMPLIES
from fairwater.agreement.bulk.standing import without_samples
from fairwater.agreement.bulk.steps import ALWAYS, NEVER, SPAN, Bools, Ints, Spans, leaving
from fairwater.agreement.bulk.truths import HOLDS, Bound
from fairwater.agreement.conditions import AnyCondition, Atom
from fairwater.agreement.context import StateReading
from fairwater.agreement.evaluator import evaluate
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.instants import conditions_of, instants, leaves
from fairwater.agreement.knowledge import Knowledge
from fairwater.agreement.logic import EITHER
from fairwater.agreement.model import Agreement, Transition
from fairwater.agreement.timeline import Timeline
from fairwater.agreement.tracks import Track
from fairwater.agreement.verdict import Node, Verdict
from fairwater.agreement.walk import Walk
from fairwater.quantities.decimals import exact
from fairwater.quantities.periods import Period

NOWHERE_NEAR: Final = Verdict(
    verdict="unknown",
    could_be=EITHER,
    missing=(),
    also_open=(),
    tree=Node(form="bounded", path="", verdict="unknown", could_be=EITHER),
    at=date.min,
    known_at=date.min,
)
"""Stands for a verdict that cannot hold on a day nobody asks about."""


class Swift(Walk):
    """The walk of one unit, rank `number` in the bounds' columns."""

    def __init__(
        self,
        agreement: Agreement,
        bounds: Bounds,
        number: int,
        others: Evidence,
        *,
        as_of: date,
        known_at: date,
        decisions: str,
        bindings: Mapping[str, str],
    ) -> None:
        columns = bounds.columns
        super().__init__(
            agreement,
            bounds.terms,
            columns.named(number),
            _with_own_changes(columns, number, others),
            as_of=as_of,
            known_at=known_at,
            decisions=decisions,
            bindings=bindings,
            hindsight=bounds.hindsight,
        )
        self.bounds = bounds
        self.number = number
        self.rows = columns.rows(number)
        self.near: dict[str, Glance] = {}
        self.placed: dict[tuple[Atom, int | None], Placed] = {}
        self.today: date | None = None
        self.glancing = False
        self.last: dict[str, tuple[date, Mapping[str, StateReading]]] = {}

    def run(self) -> None:
        """Walk the days that can matter up to `as_of`."""
        measures = self.agreement.measures
        self.days = instants(
            self.agreement.transitions, measures, self.evidence, self.terms, self.as_of
        )
        first = self._first_day()
        if first is not None and first <= self.as_of:
            self.days.add(first)
        for track in self.tracks.values():
            self._look(track)
        while self.days:
            self.today = min(self.days)
            self.days.discard(self.today)
            self._step(self.today)

    def _first_day(self) -> date | None:
        """The first day on which anything at all is dated or known."""
        columns = self.bounds.columns
        days = [columns.known[self.rows]]
        for kind in DATE_KINDS:
            days += [columns.days[kind][0][self.rows], columns.days[kind][1][self.rows]]
        every = np.concatenate(days)
        stated = every[(every > ALWAYS) & (every < NEVER)]
        return day_of(int(stated.min())) if len(stated) else None

    def _look(self, track: Track) -> None:
        """Note the days, later than today, on which a transition may begin or cease to hold."""
        since = None if track.since is None else track.since.toordinal()
        after = ALWAYS if self.today is None else self.today.toordinal()
        for key, transition in track.transitions.items():
            if track.state not in transition.from_:
                continue
            bound = self.bounds.transition(transition, self.rows, since)
            self.near[key] = Glance.of(bound)
            days = turning_days(self.bounds, transition, bound, self.rows, since)
            days = days[(days > after) & (days <= self.as_of.toordinal())]
            self.days |= {date.fromordinal(int(day)) for day in days}

    def _moved(self, track: Track, day: date) -> None:
        super()._moved(track, day)
        self._look(track)

    def _open_and_close(
        self, track: Track, day: date, known_at: date, states: Mapping[str, StateReading]
    ) -> None:
        self.last[track.measure.id] = (known_at, states)
        self.glancing = True
        super()._open_and_close(track, day, known_at, states)
        self.glancing = False

    def told(self, measure: str, knowledge: Knowledge) -> Timeline:
        """The timeline of one measure; what holds on the last day is worked out when read."""
        track = self.tracks[measure]
        track.now = OnDemand(
            tuple(sorted(key for key, t in track.transitions.items() if track.state in t.from_)),
            lambda name: self._on_last_day(track, name),
            self._ends,
        )
        return super().told(measure, knowledge)

    def _ends(self, name: str) -> tuple[int, int] | None:
        """Least and greatest truth of a transition's condition on the last day, if counted."""
        glance = self.near.get(name)
        return None if glance is None else glance.on(self.as_of.toordinal())

    def _on_last_day(self, track: Track, name: str) -> Verdict:
        known_at, states = self.last[track.measure.id]
        return self._verdict(track, track.transitions[name], self.as_of, known_at, states)

    def _verdict(
        self,
        track: Track,
        transition: Transition,
        day: date,
        known_at: date,
        states: Mapping[str, StateReading],
    ) -> Verdict:
        if self.glancing:
            least, most = self.near[transition.id].on(day.toordinal())
            if most < HOLDS:
                return NOWHERE_NEAR
            opening = track.open.get(transition.id)
            if least == HOLDS and opening is not None and not self.prompt:
                return opening.verdict  # it still holds; what opened it is what is told
        self.reads.add(f"transitions.{transition.id}")
        since = None if track.since is None else track.since.toordinal()
        context = self.context(track, day, known_at, states)

        def judge() -> Verdict:
            rows = self._looked_at(transition, day.toordinal(), known_at.toordinal(), since)
            evidence = replace(self.evidence, samples=tuple(self.bounds.columns.samples(rows)))
            verdict = evaluate(
                transition.when,
                evidence,
                context,
                transition.except_,
                f"transitions.{transition.id}.when",
            )
            return thinned(verdict, evidence.replaced_by(known_at))

        surely = self.glancing and self.near[transition.id].on(day.toordinal())[0] == HOLDS
        return promised(judge) if surely else judge()

    def _looked_at(self, transition: Transition, at: int, known_at: int, since: int | None) -> Ints:
        """Rows that the exact evaluator needs for a transition's verdict on one day."""
        columns, rows = self.bounds.columns, self.rows
        alone = columns.alone[rows]
        known = columns.known[rows] <= known_at
        wanted = known & (columns.gone[rows] <= known_at)  # set aside, and told
        standing = known & (columns.gone[rows] > known_at)
        for leaf in every_leaf(transition):
            if not isinstance(leaf, Atom) or without_samples(leaf):
                continue
            if not self.bounds.countable(leaf):
                wanted |= standing
                continue
            placed = self._placed(leaf, since)
            inside = standing & covers(placed.maybe, at)
            if leaf.metric not in FINDINGS:
                wanted |= inside
                continue
            clear = inside & (placed.codes == COMPLIES) & alone
            surely = clear & covers(placed.surely, at)
            # One that surely complies keeps the window from being empty; of those only maybe
            # inside, the doubts are told.
            wanted |= (inside & placed.spoken & ~clear) | (clear & ~surely)
            wanted[np.flatnonzero(surely)[:1]] = True
        chosen: Ints = np.flatnonzero(wanted | (standing & ~alone)) + rows.start
        return chosen

    def _placed(self, atom: Atom, since: int | None) -> Placed:
        found = self.placed.get((atom, since))
        if found is None:
            found = self.placed[atom, since] = self.bounds.placed(atom, self.rows, since)
        return found


def _with_own_changes(columns: Columns, number: int, others: Evidence) -> Evidence:
    """The statements, with the supersessions of them and of the unit's own samples only."""
    if not others.supersessions:
        return others
    rows = columns.rows(number)
    changed = np.flatnonzero(columns.gone[rows] < NEVER) + rows.start
    own = replace(others, samples=tuple(columns.samples(changed)))
    return replace(others, supersessions=supersessions_of(own))


def turning_days(
    bounds: Bounds, transition: Transition, bound: Bound, rows: slice, since: int | None
) -> Ints:
    """Days on which the condition may begin or cease to hold, by its bounds in one unit."""
    least, most = bound.at(bound.key - 1)
    turns = ((least == HOLDS) != (bound.least == HOLDS)) | (
        (most == HOLDS) != (bound.most == HOLDS)
    )
    changes: Ints = bound.key[turns | (bound.key % SPAN == 0)] % SPAN
    if not ambiguous(bound):
        return changes
    # Somewhere it cannot be told from the bounds: there, every day on which a part may change.
    days = [changes]
    for leaf in every_leaf(transition):
        if not isinstance(leaf, Atom) or without_samples(leaf):
            continue
        part = bounds.condition(leaf, rows, since)
        days.append(part.key % SPAN)
        if part.rest[0] != part.rest[1] or (part.least != part.most).any():
            days.append(_every_day(bounds, leaf, rows))
    candidates = np.unique(np.concatenate(days))
    unit = int(bounds.columns.unit[rows.start]) if rows.stop > rows.start else 0
    _, most = bound.at(unit * SPAN + candidates)
    turning: Ints = np.union1d(candidates[most == HOLDS], changes)
    return turning


def ambiguous(bound: Bound) -> bool:
    """Whether it somewhere may hold, and may not."""
    wide = (bound.least < HOLDS) & (bound.most == HOLDS)
    return bool(wide.any()) or (bound.rest[0] < HOLDS and bound.rest[1] == HOLDS)


def every_leaf(transition: Transition) -> list[AnyCondition]:
    """The parts without parts of a transition's conditions."""
    return [leaf for condition in conditions_of([transition]) for leaf in leaves(condition)]


def _every_day(bounds: Bounds, atom: Atom, rows: slice) -> Ints:
    """Every day on which a sample of the unit becomes known, enters, leaves, or ends a week."""
    columns = bounds.columns
    days = [columns.known[rows], columns.gone[rows]]
    periods = [Period.parse(text) for text in _texts(bounds, atom)]
    for side in columns.days[atom.date]:
        stated = side[rows]
        stated = stated[(stated > ALWAYS) & (stated < NEVER)]
        days += [stated, stated + 1]
        for period in periods:
            if period.is_hours:
                days += [stated + n for n in range(1, period[0] // 24 + 3)]
            else:
                days.append(leaving(stated, period))
    every: Ints = np.unique(np.concatenate(days))
    every = every[(every > ALWAYS) & (every < NEVER)]
    if atom.metric == "weeks_covered" and len(every):
        after = every[-1] + 7 * (_most(bounds, atom) + 3)
        run = np.arange(every[0], after)
        plans = bounds.terms.plans
        saturday = bool(plans) and plans[0].week == "Sunday to Saturday"
        every = np.union1d(every, run[run % 7 == (6 if saturday else 0)])  # 7 is a Sunday
    return every


def _most(bounds: Bounds, atom: Atom) -> int:
    """The most weeks that the atom may ask for."""
    texts = [str(w) for w in (atom.weeks, atom.ge) if isinstance(w, int | str)]
    for operand in (atom.weeks, atom.ge):
        if operand is not None and not isinstance(operand, int | str):
            dated = bounds.terms.parameters[operand.param].dated
            texts += [entry.value for entry in dated if entry.value is not None]
    return max((int(exact(text)) for text in texts), default=1)


def _texts(bounds: Bounds, atom: Atom) -> list[str]:
    found: list[str] = []
    for operand in (atom.window, atom.look_back):
        if isinstance(operand, str):
            found.append(operand)
        elif operand is not None:
            dated = bounds.terms.parameters[operand.param].dated
            found += [entry.value for entry in dated if entry.value is not None]
    return found


def members(placed: Placed, at: int) -> Bools:
    """Rows surely inside at a day, that speak of the limits."""
    return placed.spoken & covers(placed.surely, at)


def moving(placed: Placed, at: int) -> Bools:
    """Rows possibly inside at a day that do not surely comply, or are not surely inside."""
    maybe, surely = covers(placed.maybe, at), covers(placed.surely, at)
    found: Bools = placed.spoken & maybe & ((placed.codes != COMPLIES) | ~surely)
    return found


def covers(spans: Spans, at: int) -> Bools:
    """Spans that hold a day."""
    inside: Bools = (spans.enter <= at) & (at < spans.leave)
    return inside


def thinned(verdict: Verdict, replaced_by: Mapping[str, str | None]) -> Verdict:
    """The verdict without the samples of findings that surely comply and are surely inside."""
    dropped: set[str] = set()
    tree = _thin(verdict.tree, dropped)
    if not dropped:
        return verdict
    cited = {record for node in _nodes(tree) if node.reading for record in node.reading.cites}
    gone = dropped - cited
    kept = tuple(record for record in verdict.superseded if _heir(record, replaced_by) not in gone)
    cites = tuple(record for record in verdict.cites if record not in gone)
    return replace(verdict, tree=tree, cites=cites, superseded=kept)


def _heir(record: str, replaced_by: Mapping[str, str | None]) -> str | None:
    heir, steps = replaced_by.get(record), 0
    while heir is not None and heir in replaced_by and steps < len(replaced_by):
        heir, steps = replaced_by[heir], steps + 1
    return heir


def _thin(node: Node, dropped: set[str]) -> Node:
    if node.parts:
        return replace(node, parts=tuple(_thin(part, dropped) for part in node.parts))
    if node.form not in FINDINGS or node.reading is None:
        return node
    kept = tuple(s for s in node.reading.samples if s.outcome != "complies" or s.place != "in")
    if len(kept) == len(node.reading.samples):
        return node
    cites = tuple(sorted({r.record.id for s in kept for r in s.records}))
    dropped |= set(node.reading.cites) - set(cites)
    return replace(node, reading=replace(node.reading, samples=kept, cites=cites))


def _nodes(node: Node) -> list[Node]:
    return [node, *(inner for part in node.parts for inner in _nodes(part))]
