"""Weeks covered: the unbroken run of whole weeks, back from the last complete one.

Weeks run as the sampling plan says (Monday to Sunday unless it says Sunday to
Saturday). A week counts once it is over on the day of evaluation and holds at
least `min_per_week` samples that surely lie in it. A window of 30 days holds
four whole weeks only on some days, so the number of weeks is asked for, not a
period. A missed sample breaks the run and says why.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence
from fairwater.agreement.logic import EITHER, FAILS, HOLDS, Outlook, Truth
from fairwater.agreement.metrics.coverage import owes_samples
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import (
    candidates,
    cites,
    judged,
    limits_of,
    since_of,
    unjudged,
)
from fairwater.agreement.model import Atom
from fairwater.agreement.scope import Window, concerns, days_of
from fairwater.agreement.verdict import Missing, Reading, SampleOutcome

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def last_complete_week(at: date, starts_on: int) -> date:
    """First day of the last week that is over at the end of `at` (`starts_on`: Monday is 0)."""
    start = at - timedelta(days=(at.weekday() - starts_on) % 7)
    return start if start + WEEK - DAY <= at else start - WEEK


def starts_on(ctx: Context) -> int:
    """Weekday on which the plan's weeks begin, Monday being 0."""
    plans = ctx.terms.plans
    return 6 if plans and plans[0].week == "Sunday to Saturday" else 0


def weeks_covered(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Length of the unbroken run of covered weeks."""
    needed = int(asked.number)
    least = ctx.number(atom.min_per_week) if atom.min_per_week is not None else Decimal(1)
    if least is None:
        entry = ctx.missing("parameter", "min_per_week", owed_by=None)
        reading = Reading(metric=atom.metric, low=Decimal(0), high=None, open=(entry,))
        return Measured(reading=reading, truth="unknown", could_be=EITHER)
    newest = last_complete_week(ctx.at, starts_on(ctx))
    since = since_of(atom, ctx)
    span = Window(since, newest + WEEK - DAY)
    samples = _counted(atom, ctx, evidence, span)
    by_week, doubtful = _by_week(samples, atom, newest)
    run = 0
    while by_week.get(newest - run * WEEK, 0) >= least:
        run += 1
    gaps = [start for i in range(needed) if by_week.get(start := newest - i * WEEK, 0) < least]
    filled = [g for g in gaps if by_week.get(g, 0) + len(doubtful.get(g, ())) >= least]
    truth: Truth = "holds"
    could_be: Outlook = HOLDS
    if gaps:
        open_gaps = atom.when_short == "unknown" or len(filled) == len(gaps)
        truth = "unknown" if open_gaps else "fails"
        could_be = (HOLDS if atom.when_short == "unknown" else EITHER) if open_gaps else FAILS
    open_: list[Missing] = []
    if truth == "unknown":
        for gap in gaps:
            if gap in filled:
                open_.extend(entry for helps in doubtful[gap] for entry in helps)
            else:
                open_.append(_shortfall(gap, ctx, evidence))
    used = [s for s, start in samples if start is None or start > newest - (needed + run) * WEEK]
    reading = Reading(
        metric=atom.metric,
        low=Decimal(run),
        high=Decimal(run if truth != "unknown" else needed) if atom.when_short == "fails" else None,
        first=newest - (needed - 1) * WEEK,
        last=newest + WEEK - DAY,
        samples=tuple(used),
        cites=cites(used),
        open=tuple(open_),
    )
    return Measured(reading=reading, truth=truth, could_be=could_be)


def _counted(
    atom: Atom, ctx: Context, evidence: Evidence, span: Window
) -> list[tuple[SampleOutcome, date | None]]:
    """Samples up to the last complete week, with the first day of the week each surely lies in."""
    limits = limits_of(atom, ctx)
    found: list[tuple[SampleOutcome, date | None]] = []
    for candidate in candidates(atom, ctx, evidence, span):
        outcome = judged(candidate, limits, ctx) if limits else unjudged(candidate)
        if outcome is None or candidate.parent_only:
            continue
        found.append((outcome, _week_of(outcome, atom, starts_on(ctx))))
    return found


def _week_of(outcome: SampleOutcome, atom: Atom, first_weekday: int) -> date | None:
    weeks: set[date | None] = set()
    for one in outcome.records:
        first, last = days_of(one.record, atom.date)
        if first is None or last is None:
            return None
        weeks |= {
            day - timedelta(days=(day.weekday() - first_weekday) % 7) for day in (first, last)
        }
    return weeks.pop() if len(weeks) == 1 else None


def _by_week(
    samples: list[tuple[SampleOutcome, date | None]], atom: Atom, newest: date
) -> tuple[dict[date, int], dict[date, list[tuple[Missing, ...]]]]:
    sure: dict[date, int] = {}
    doubtful: dict[date, list[tuple[Missing, ...]]] = {}
    for outcome, week in samples:
        helps = (*outcome.doubts, *outcome.missing)
        if week is None:
            continue
        if outcome.place == "in" and not helps:
            sure[week] = sure.get(week, 0) + 1
        else:
            doubtful.setdefault(week, []).append(helps)
    return sure, doubtful


def _shortfall(week: date, ctx: Context, evidence: Evidence) -> Missing:
    last = week + WEEK - DAY
    reasons = [
        missed.reason
        for missed in evidence.missed
        if concerns(missed.unit, ctx.unit, evidence.zones)
        and missed.dated.first is not None
        and missed.dated.last is not None
        and week <= missed.dated.last
        and missed.dated.first <= last
    ]
    return ctx.missing(
        "shortfall",
        f"{week.isoformat()}/{last.isoformat()}",
        what="week",
        owed_by=owes_samples(ctx),
        reason="; ".join(sorted(set(reasons))) or None,
    )
