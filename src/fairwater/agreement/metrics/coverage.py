"""Coverage: whether enough was sampled. Too little is missing evidence, not evidence against.

A sample counts if it surely lies inside; with a `limit`, only if it is decided
(exceeds or complies). Evidence placed only in a parent zone covers no child.
Short of the number asked the verdict is unknown, unless the atom says
`when_short: fails`. What is missing names first what is already under way (an
undecided result, an unstated day) and then the samples nobody has drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.logic import EITHER, FAILS, HOLDS, Outlook, Truth
from fairwater.agreement.metrics.findings import independent
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import (
    Candidate,
    candidates,
    cites,
    judged,
    limits_of,
    unjudged,
    window_of,
)
from fairwater.agreement.model import Atom
from fairwater.agreement.scope import Window, days_of, window_at
from fairwater.agreement.verdict import Missing, Reading, SampleOutcome

Filler = tuple[str | None, tuple[Missing, ...]]


class Counted(NamedTuple):
    """A sample that counts (`helps` empty) or would count once `helps` is settled."""

    outcome: SampleOutcome
    helps: tuple[Missing, ...]


def sample_count(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Samples inside; with a limit, decided ones."""
    return _samples(atom, ctx, evidence, window, asked, lambda candidate: candidate)


def independent_sample_count(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Samples drawn or witnessed by another than `independent_of` (default: who owes samples)."""
    return _samples(
        atom, ctx, evidence, window, asked, lambda candidate: independent(candidate, atom, ctx)
    )


def distinct_points(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Sampling points with a sample inside. A sample without a point lies at some point."""
    counted = _counted(atom, ctx, evidence, window, lambda candidate: candidate)
    sure = [c.outcome.point for c in counted if not c.helps]
    named = {point for point in sure if point is not None}
    low = max(len(named), 1 if sure else 0)
    fillers: dict[str, tuple[Missing, ...]] = {}
    for one in counted:
        point = one.outcome.point
        if point is None and (one.helps or low > 0) and not (low == 1 and not named):
            where = ctx.missing("location", one.outcome.sample, owed_by=ctx.role("samples"))
            fillers.setdefault(f"sample {one.outcome.sample}", (*one.helps, where))
        elif point is not None and point not in named and one.helps:
            fillers.setdefault(f"point {point}", one.helps)
    outcomes = [c.outcome for c in counted]
    return coverage(atom, ctx, window, outcomes, low, list(fillers.values()), asked, "point")


def revisits(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Fewest later, decided samples in the window at any point that exceeded before.

    Points that surely exceeded within `look_back` (ever, if absent) are to be
    sampled again after their first exceedance. No such point: nothing to revisit.
    """
    limits = limits_of(atom, ctx)
    back = None if atom.look_back is None else ctx.resolve(atom.look_back)
    before = window_at(ctx.at, back, window.after if atom.since is not None else None)
    if atom.since is not None and atom.window is not None:
        # `since` bounds the exceedances; the window bounds the visits.
        since = window_of(Atom(metric=atom.metric, since=atom.since), ctx)
        before = window_at(ctx.at, back, since.after if since else None)
    past = [
        outcome
        for c in candidates(atom, ctx, evidence, before)
        if (outcome := judged(c, limits, ctx)) is not None
    ]
    now = {c.sample for c in candidates(atom, ctx, evidence, window) if c.certain}
    at: dict[str | None, list[SampleOutcome]] = defaultdict(list)
    for outcome in past:
        at[outcome.point].append(outcome)
    exceeded = {o.point for o in past if o.place == "in" and o.outcome == "exceeds"}
    visits: dict[str, int] = {}
    for point in sorted(p for p in exceeded if p is not None):
        first = min(_day(o, atom) for o in at[point] if o.outcome == "exceeds")
        visits[point] = sum(
            o.sample in now and o.outcome != "indeterminate" and _day(o, atom) > first
            for o in at[point]
        )
    visited = {point: sum(o.sample in now for o in here) for point, here in at.items()}
    open_: list[Missing] = []
    for outcome in past:
        possible = outcome.outcome == "indeterminate" and outcome.point not in visits
        if possible and visited[outcome.point] < asked.number:
            open_.extend((*outcome.doubts, *outcome.missing))
    short = [p for p in sorted(visits) if visits[p] < asked.number]
    owed = owes_samples(ctx)
    open_.extend(ctx.missing("shortfall", point, what="point", owed_by=owed) for point in short)
    fewest = min(visits.values()) if visits else None
    truth, could_be = _settle(not short and not open_, atom, can_fill=bool(open_) and not short)
    reading = Reading(
        metric=atom.metric,
        low=None if fewest is None else Decimal(fewest),
        high=None,
        first=window.first,
        last=window.last,
        samples=tuple(past),
        cites=cites(past),
        open=tuple(open_) if truth == "unknown" else (),
        notes=() if visits else ("no point exceeded before: nothing to revisit",),
    )
    return Measured(reading=reading, truth=truth, could_be=could_be)


def _day(outcome: SampleOutcome, atom: Atom) -> str:
    days = [days_of(r.record, atom.date) for r in outcome.records]
    return min((d.first.isoformat() if d.first else "") for d in days)


def _samples(
    atom: Atom,
    ctx: Context,
    evidence: Evidence,
    window: Window,
    asked: Asked,
    keep: Callable[[Candidate], Candidate | None],
) -> Measured:
    counted = _counted(atom, ctx, evidence, window, keep)
    low = sum(not c.helps for c in counted)
    fillers = [c.helps for c in counted if c.helps]
    outcomes = [c.outcome for c in counted]
    return coverage(atom, ctx, window, outcomes, low, fillers, asked, "sample")


def _counted(
    atom: Atom,
    ctx: Context,
    evidence: Evidence,
    window: Window,
    keep: Callable[[Candidate], Candidate | None],
) -> list[Counted]:
    limits = limits_of(atom, ctx)
    found: list[Counted] = []
    for candidate in candidates(atom, ctx, evidence, window):
        kept = keep(candidate)
        if kept is None or kept.parent_only:
            continue
        outcome = judged(kept, limits, ctx) if limits else unjudged(kept)
        if outcome is not None:
            found.append(Counted(outcome, (*outcome.doubts, *outcome.missing)))
    return found


def coverage(
    atom: Atom,
    ctx: Context,
    window: Window,
    samples: list[SampleOutcome],
    low: int,
    fillers: list[tuple[Missing, ...]],
    asked: Asked,
    what: Literal["point", "sample"],
) -> Measured:
    """Reading and verdict of a coverage metric that has `low` for sure and `fillers` in doubt."""
    short = int(asked.number) - low
    truth, could_be = _settle(short <= 0, atom, can_fill=len(fillers) >= short)
    open_: list[Missing] = []
    if truth == "unknown":
        open_ = [entry for filler in fillers for entry in filler]
        rest = short - len(fillers)
        if rest > 0:
            owed = owes_samples(ctx)
            open_.append(ctx.missing("shortfall", what=what, n=rest, owed_by=owed))
    closed = atom.when_short == "fails"
    reading = Reading(
        metric=atom.metric,
        low=Decimal(low),
        high=Decimal(low + len(fillers)) if closed else None,
        first=window.first,
        last=window.last,
        samples=tuple(samples),
        cites=cites(samples),
        open=tuple(open_),
    )
    return Measured(reading=reading, truth=truth, could_be=could_be)


def owes_samples(ctx: Context) -> str:
    """The role that owes samples: the sampling plan's, else the duty's."""
    return ctx.terms.plans[0].owed_by if ctx.terms.plans else ctx.role("samples")


def _settle(enough: bool, atom: Atom, *, can_fill: bool) -> tuple[Truth, Outlook]:
    if enough:
        return "holds", HOLDS
    if atom.when_short == "unknown":
        return "unknown", HOLDS
    return ("unknown", EITHER) if can_fill else ("fails", FAILS)
