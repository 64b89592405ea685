"""Samples an atom looks at: placed in unit and window, replicates together, judged by limits.

A registered sample whose result is there is no longer pending. A record that
holds nothing on a limit's nuclides is not evidence on that limit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from typing import Final, NamedTuple

from fairwater.agreement.context import ByDay, Context
from fairwater.agreement.evidence import Evidence, SampleEvidence, Unit
from fairwater.agreement.model import Atom, DateKind, Limit
from fairwater.agreement.outcome import RecordVerdict, record_outcome, speaks_of
from fairwater.agreement.scope import (
    Place,
    Window,
    days_of,
    place_in_hours,
    place_in_unit,
    place_in_window,
    window_at,
)
from fairwater.agreement.verdict import Missing, MissingKind, RecordOutcome, SampleOutcome


class Candidate(NamedTuple):
    """One sample that is, or may be, inside."""

    sample: str
    records: tuple[SampleEvidence, ...]
    certain: bool
    doubts: tuple[Missing, ...]
    parent_only: bool

    @property
    def point(self) -> str | None:
        """The sampling point, where one is stated."""
        return next((record.point for record in self.records if record.point), None)

    @property
    def pending(self) -> bool:
        """Whether no result is there yet."""
        return not any(record.values for record in self.records)


def window_of(atom: Atom, ctx: Context) -> Window | None:
    """The atom's window at `at`; None while its length is an open parameter."""
    period = None if atom.window is None else ctx.resolve(atom.window)
    if atom.window is not None and period is None:
        return None
    return window_at(ctx.at, period, since_of(atom, ctx))


def since_of(atom: Atom, ctx: Context) -> date | None:
    """The day after which the atom's evidence starts, if it says so."""
    if atom.since is None:
        return None
    return ctx.since if atom.since == "last_transition" else date.fromisoformat(atom.since)


IDENTITIES: Final = frozenset({"consignment", "facility", "lot"})
"""Columns that name one thing: a sample that does not state it is not of that thing."""


def scope_of(atom: Atom, ctx: Context) -> tuple[Unit, dict[str, tuple[str, ...]]]:
    """The unit and the filter of the evidence the atom looks over.

    Of goods, without `over`, the samples drawn from the consignment alone.
    """
    if atom.over is None:
        if ctx.goods is not None:
            return {}, {"consignment": (ctx.goods.consignment,)}
        return ctx.unit, {}
    scope = ctx.terms.scopes[atom.over]
    stated = [(d, ctx.unit[d.id]) for d in scope.unit if d.id in ctx.unit]
    unit = {d.id: value for d, value in stated if d.column not in IDENTITIES}
    where = {str(column): values for column, values in scope.where.items()}
    where |= {d.id: (value,) for d, value in stated if d.column in IDENTITIES}
    return unit, where


def unplaced(atom: Atom, ctx: Context) -> tuple[str, ...]:
    """Dimensions of the scope the atom looks over that the goods do not state."""
    if atom.over is None or ctx.goods is None:
        return ()
    scope = ctx.terms.scopes[atom.over]
    return tuple(dimension.id for dimension in scope.unit if dimension.id not in ctx.unit)


def candidates(atom: Atom, ctx: Context, evidence: Evidence, window: Window) -> list[Candidate]:
    """Samples in, or maybe in, the atom's scope and `window`; by sample id."""
    unit, where = scope_of(atom, ctx)
    ordered = by_day(atom.date, ctx, evidence)
    gone = 0 if window.after is None else bisect_right(ordered.lasts, window.after)
    together: dict[str, list[SampleEvidence]] = defaultdict(list)
    for record in ordered.records[gone:]:
        if not record.values and record.sample in ordered.resulted:
            continue
        if any(record.unit.get(column) not in values for column, values in where.items()):
            continue
        together[record.sample].append(record)
    found: list[Candidate] = []
    for sample in sorted(together):
        records = sorted(together[sample], key=lambda record: record.id)
        candidate = _candidate(sample, records, unit, atom, ctx, evidence, window)
        if candidate is not None:
            found.append(candidate)
    return found


def by_day(kind: DateKind, ctx: Context, evidence: Evidence) -> ByDay:
    """The samples of `evidence` by the last day of their date of `kind`, sorted once."""
    found = ctx.sorted_by.get(kind)
    if found is None or found.of is not evidence.samples:
        dated = sorted(
            ((days_of(record, kind).last or date.max, record.id, record)
             for record in evidence.samples),
            key=lambda entry: entry[:2],
        )  # fmt: skip
        found = ctx.sorted_by[kind] = ByDay(
            of=evidence.samples,
            lasts=[last for last, _, _ in dated],
            records=[record for _, _, record in dated],
            resulted=frozenset(r.sample for r in evidence.samples if r.values),
        )
    return found


def _candidate(
    sample: str,
    records: list[SampleEvidence],
    unit: Unit,
    atom: Atom,
    ctx: Context,
    evidence: Evidence,
    window: Window,
) -> Candidate | None:
    kept: list[SampleEvidence] = []
    certain, parent_only = False, True
    doubts: dict[str, Missing] = {}
    for record in records:
        placed, dimension = place_in_unit(record, unit, evidence.zones)
        if placed == "out":
            continue
        if not record.values and atom.date in ("resulted", "published"):
            continue
        dated = _dated(record, atom, ctx, window)
        if dated == "out":
            continue
        kept.append(record)
        if placed == "in" and dated == "in":
            certain = True
        if placed == "in":
            parent_only = False
        owed = ctx.role("samples")
        if placed == "maybe":
            kind: MissingKind = "location" if dimension == "zone" else "statement"
            reason = f"{dimension} not certain"
            doubts[kind] = ctx.missing(kind, sample, owed_by=owed, reason=reason)
        if dated == "maybe":
            reason = f"the day it was {atom.date} is not certain"
            if atom.date in ("resulted", "published"):
                owed = ctx.role("results")
            doubts["date"] = ctx.missing("date", sample, owed_by=owed, reason=reason)
    if not kept:
        return None
    named = () if certain else tuple(doubts[key] for key in sorted(doubts))
    return Candidate(sample, tuple(kept), certain, named, parent_only)


def _dated(record: SampleEvidence, atom: Atom, ctx: Context, window: Window) -> Place:
    days = days_of(record, atom.date)
    placed = place_in_window(days, window)
    if window.hours is not None and placed != "out":
        within = place_in_hours(record, days, ctx, window.hours)
        if "out" in (placed, within):
            return "out"
        return "in" if placed == within == "in" else "maybe"
    return placed


def judged(candidate: Candidate, limits: list[Limit], ctx: Context) -> SampleOutcome | None:
    """Outcome of a sample against limits; None if it says nothing on any of them.

    Exceeds if it exceeds one limit in one replicate; `indeterminate_if_split`
    makes replicates that disagree on a limit indeterminate.
    """
    outcomes: list[RecordOutcome] = []
    exceeds, doubtful, split = False, False, False
    for limit in limits:
        here = [
            _outcome(record, limit, ctx) for record in candidate.records if speaks_of(record, limit)
        ]
        verdicts = {outcome.verdict for outcome in here}
        disagree = {"exceeds", "complies"} <= verdicts
        split = split or disagree
        if disagree and limit.replicates == "indeterminate_if_split":
            doubtful = True
        elif "exceeds" in verdicts:
            exceeds = True
        elif "indeterminate" in verdicts:
            doubtful = True
        outcomes.extend(here)
    if not outcomes:
        return None
    verdict: RecordVerdict = "complies"
    if exceeds or doubtful:
        verdict = "exceeds" if exceeds else "indeterminate"
    missing = _missing(candidate, outcomes, ctx) if verdict == "indeterminate" else ()
    return SampleOutcome(
        sample=candidate.sample,
        place="in" if candidate.certain else "maybe",
        outcome=verdict,
        records=tuple(outcomes),
        doubts=candidate.doubts,
        point=candidate.point,
        disagree=tuple(sorted(r.id for r in candidate.records)) if split else (),
        missing=missing,
    )


def unjudged(candidate: Candidate) -> SampleOutcome:
    """A sample that is only counted."""
    return SampleOutcome(
        sample=candidate.sample,
        place="in" if candidate.certain else "maybe",
        outcome=None,
        records=tuple(
            RecordOutcome(record=r, verdict="indeterminate", high=None, used=r.values)
            for r in candidate.records
        ),
        doubts=candidate.doubts,
        point=candidate.point,
    )


def _outcome(record: SampleEvidence, limit: Limit, ctx: Context) -> RecordOutcome:
    key = (record.id, limit.id)
    found = ctx.memo.get(key)
    if found is None:
        found = ctx.memo[key] = record_outcome(record, limit, ctx)
    return found


def _missing(
    candidate: Candidate, outcomes: list[RecordOutcome], ctx: Context
) -> tuple[Missing, ...]:
    entries: dict[tuple[str, str], Missing] = {}
    for outcome in outcomes:
        if outcome.verdict != "indeterminate" or outcome.cause is None:
            continue
        kind, due = outcome.cause, outcome.due
        if kind == "pending_result" and due is not None and ctx.at > due:
            kind = "overdue_result"
        if kind == "parameter":
            entry = ctx.missing(kind, outcome.limit, owed_by=None, needs=outcome.needs)
        else:
            owed = ctx.role("samples" if kind in ("date", "location") else "results")
            entry = ctx.missing(kind, candidate.sample, owed_by=owed, due=due, needs=outcome.needs)
        entries.setdefault((kind, entry.of or ""), entry)
    if not entries:
        entry = ctx.missing(
            "indeterminate_result",
            candidate.sample,
            owed_by=ctx.role("results"),
            needs="replicates that agree",
        )
        entries["indeterminate_result", candidate.sample] = entry
    return tuple(entries[key] for key in sorted(entries))


def limits_of(atom: Atom, ctx: Context) -> list[Limit]:
    """The limits the atom names."""
    return [ctx.limit(key) for key in atom.limits]


def cites(outcomes: list[SampleOutcome]) -> tuple[str, ...]:
    """Ids of every record looked at, sorted."""
    return tuple(sorted({r.record.id for outcome in outcomes for r in outcome.records}))
