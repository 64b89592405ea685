"""Findings: what was found above a limit. Possible values [low, high].

A sample that surely lies inside and surely exceeds raises `low`; one that is
indeterminate, pending or only maybe inside raises `high`. Where no sample is
surely inside, nothing bounds what would have been found: `high` is unbounded,
unless the atom says `empty: zero`.
"""

from __future__ import annotations

from decimal import Decimal

from fairwater.agreement.combining import ZERO, combine
from fairwater.agreement.context import Context
from fairwater.agreement.evidence import Evidence, SampleEvidence
from fairwater.agreement.logic import EITHER
from fairwater.agreement.metrics.measured import Asked, Measured
from fairwater.agreement.metrics.selection import Candidate, candidates, cites, judged, limits_of
from fairwater.agreement.model import Atom, Limit, Param
from fairwater.agreement.outcome import RecordVerdict, ends_rounded
from fairwater.agreement.scope import Window
from fairwater.agreement.verdict import Missing, Reading, RecordOutcome, SampleOutcome


def exceed_count(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Samples above the limit."""
    samples = judged_samples(atom, ctx, evidence, window)
    low = sum(s.place == "in" and s.outcome == "exceeds" for s in samples)
    high = sum(s.outcome != "complies" for s in samples)
    open_ = [entry for s in samples for entry in movers(s)]
    return finding(atom, ctx, window, samples, Decimal(low), Decimal(high), open_)


def distinct_points_exceeding(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Sampling points with at least one sample above the limit.

    A sample without a point lies at some point: one is certain, more are possible.
    """
    samples = judged_samples(atom, ctx, evidence, window)
    above = [s for s in samples if s.outcome != "complies"]
    sure = {s.point for s in above if s.place == "in" and s.outcome == "exceeds"}
    named = {point for point in sure if point is not None}
    possible = {s.point for s in above if s.point is not None}
    nameless = [s for s in above if s.point is None]
    low = max(len(named), 1 if sure else 0)
    high = len(possible) + len(nameless)
    open_: list[Missing] = []
    for s in above:
        if s.point is not None and s.point in named:
            continue
        open_.extend(movers(s))
        if s.point is None and high > 1:
            owed = ctx.role("samples")
            reason = "sampling point not stated"
            open_.append(ctx.missing("location", s.sample, owed_by=owed, reason=reason))
    return finding(atom, ctx, window, samples, Decimal(low), Decimal(high), open_)


def max_value(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """The largest value, combined and rounded as the limit says, in the limit's unit."""
    samples = judged_samples(atom, ctx, evidence, window)
    low, high = ZERO, ZERO
    bounded = True
    open_: list[Missing] = []
    for s in samples:
        least, most = _ends(s, ctx)
        if s.place == "in":
            low = max(low, least)
        if most is None:
            bounded = False
        else:
            high = max(high, most)
        reaches = most is None or most > asked.number
        if asked.comparator in ("ge", "lt", "eq", "ne"):
            reaches = reaches or most == asked.number
        if reaches and (s.place == "maybe" or least != most):
            open_.extend(movers(s) or [_number_wanted(s, ctx)])
    return finding(atom, ctx, window, samples, low, high if bounded else None, open_)


def abnormal_finding(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window, asked: Asked
) -> Measured:
    """Independent samples outside the agreed normal range."""
    normal = atom.normal
    ends = (None, None) if normal is None else (ctx.number(normal.low), ctx.number(normal.high))
    least, most = ends
    if least is None or most is None:
        open_ends = () if normal is None else (normal.low, normal.high)
        named = [e.param for e in open_ends if isinstance(e, Param) and ctx.number(e) is None]
        of = named[0] if named else "normal"
        entry = ctx.missing("parameter", of, owed_by=None, reason="no range is agreed")
        reading = Reading(metric=atom.metric, low=ZERO, high=None, open=(entry,))
        return Measured(reading=reading, truth="unknown", could_be=EITHER)
    limit = _measurand(atom, ctx)
    samples: list[SampleOutcome] = []
    for candidate in candidates(atom, ctx, evidence, window):
        kept = independent(candidate, atom, ctx)
        if kept is None:
            continue
        outcome = judged(kept, [limit], ctx)
        if outcome is not None:
            samples.append(_against_range(outcome, least, most, limit, ctx))
    low = sum(s.place == "in" and s.outcome == "exceeds" for s in samples)
    high = sum(s.outcome != "complies" for s in samples)
    open_ = [entry for s in samples for entry in movers(s)]
    return finding(atom, ctx, window, samples, Decimal(low), Decimal(high), open_)


def independent(candidate: Candidate, atom: Atom, ctx: Context) -> Candidate | None:
    """The candidate's records that another than `independent_of` drew or witnessed."""
    role = atom.independent_of or ctx.role("samples")
    records = tuple(r for r in candidate.records if _independent(r, role, ctx))
    return candidate._replace(records=records) if records else None


def _independent(record: SampleEvidence, role: str, ctx: Context) -> bool:
    return any(who is not None and not ctx.plays(who, role) for who in (record.by, record.witness))


def judged_samples(
    atom: Atom, ctx: Context, evidence: Evidence, window: Window
) -> list[SampleOutcome]:
    """Outcome of every sample that says something on the atom's limits."""
    limits = limits_of(atom, ctx)
    outcomes = (judged(c, limits, ctx) for c in candidates(atom, ctx, evidence, window))
    return [outcome for outcome in outcomes if outcome is not None]


def movers(sample: SampleOutcome) -> list[Missing]:
    """What could still change what this sample adds to a count of exceedances."""
    if sample.outcome == "complies":
        return []
    return [*sample.doubts, *sample.missing]


def finding(
    atom: Atom,
    ctx: Context,
    window: Window,
    samples: list[SampleOutcome],
    low: Decimal,
    high: Decimal | None,
    open_: list[Missing],
) -> Measured:
    """The reading of a finding, with the rule for a window that may be empty."""
    notes: list[str] = []
    if not any(sample.place == "in" for sample in samples):
        if atom.empty == "zero":
            notes.append("no sample surely inside: counted as zero by `empty: zero`")
        else:
            high = None
            open_ = [*open_, *_fillers(samples, ctx)]
    return Measured(
        reading=Reading(
            metric=atom.metric,
            low=low,
            high=high,
            first=window.first,
            last=window.last,
            samples=tuple(samples),
            cites=cites(samples),
            open=tuple(open_),
            notes=tuple(notes),
        )
    )


def _fillers(samples: list[SampleOutcome], ctx: Context) -> list[Missing]:
    """What would put a sample into the window: the doubts of those maybe inside, or a new one."""
    doubts = [doubt for sample in samples for doubt in sample.doubts]
    if doubts:
        return doubts
    return [ctx.missing("no_evidence", n=1, owed_by=ctx.role("samples"))]


def _ends(sample: SampleOutcome, ctx: Context) -> tuple[Decimal, Decimal | None]:
    least, most, bounded = ZERO, ZERO, True
    for outcome in sample.records:
        limit = ctx.terms.limits[outcome.limit or ""]
        low, high = _value_ends(outcome, limit)
        least = max(least, low)
        if high is None:
            bounded = False
        else:
            most = max(most, high)
    return least, most if bounded else None


def _value_ends(outcome: RecordOutcome, limit: Limit) -> tuple[Decimal, Decimal | None]:
    """Ends of the value itself: combined and rounded, not widened by a decision rule."""
    if not outcome.record.values:
        return ZERO, None
    sets = [combined.allowed for combined in combine(outcome.record, limit)]
    highs = [s.high for s in sets if s.high is not None]
    high = max(highs) if len(highs) == len(sets) else None
    return ends_rounded(limit, max(s.low for s in sets), high)


def _number_wanted(sample: SampleOutcome, ctx: Context) -> Missing:
    return ctx.missing(
        "indeterminate_result",
        sample.sample,
        owed_by=ctx.role("results"),
        needs="a result with a lower limit",
    )


def _measurand(atom: Atom, ctx: Context) -> Limit:
    if atom.limits:
        return ctx.limit(atom.limits[0])
    return Limit(
        id="normal",
        nuclides=atom.nuclides or ("Cs-134", "Cs-137"),
        combine="sum",
        unit=atom.unit or "Bq/kg",
        exceeds_when="gt",
        round="none",
        value="0",
    )


def _against_range(
    sample: SampleOutcome, least: Decimal, most: Decimal, limit: Limit, ctx: Context
) -> SampleOutcome:
    verdicts: set[RecordVerdict] = set()
    for outcome in sample.records:
        low, high = _value_ends(outcome, limit)
        if low > most or (high is not None and high < least):
            verdicts.add("exceeds")
        elif low >= least and high is not None and high <= most:
            verdicts.add("complies")
        else:
            verdicts.add("indeterminate")
    order: tuple[RecordVerdict, ...] = ("exceeds", "indeterminate", "complies")
    verdict = next(v for v in order if v in verdicts)
    missing: tuple[Missing, ...] = ()
    if verdict == "indeterminate":
        missing = sample.missing or (_number_wanted(sample, ctx),)
    return SampleOutcome(
        sample=sample.sample,
        place=sample.place,
        outcome=verdict,
        records=sample.records,
        doubts=sample.doubts,
        point=sample.point,
        missing=missing,
    )
