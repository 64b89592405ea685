"""Sample outcome: exceeds, complies, or indeterminate against one limit.

1. The values that the limit's nuclides have in the record are combined as sets:
   alone, as a sum, or as a sum of fractions. A sum is made of its parts where
   all are reported, else the reported sum is taken (`sum_from` may say otherwise).
2. Under a guard rule a detected value becomes [v - k u, v + k u].
3. Both ends are rounded by the limit's rule.
4. `gt`: exceeds if low > L, complies if high <= L; `ge`: exceeds if low >= L,
   complies if high < L. Anything else is indeterminate.

Indeterminate whatever the number says: a screening result above its level, a
missing uncertainty under a guard rule, a basis or unit that does not convert,
a withheld or contested result, a flag the agreement distrusts. Numbers are
decimals from the reported strings; nothing is replaced by LOD/2, LOD or 0.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from fairwater.agreement.combining import Combined, Doubt, combine
from fairwater.agreement.context import Context
from fairwater.agreement.evidence import SampleEvidence
from fairwater.agreement.model import DatedValue, Limit, Round
from fairwater.agreement.scope import days_of
from fairwater.agreement.verdict import RecordOutcome
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.decimals import EXACT, exact, plain, round_places, round_significant

CONTRADICTED = frozenset({"part_larger_than_whole"})
"""Flags of results that contradict each other: never used to hold or to fail."""

RecordVerdict = Literal["exceeds", "complies", "indeterminate"]


def speaks_of(record: SampleEvidence, limit: Limit) -> bool:
    """Whether the record holds anything on the limit's nuclides, or is still due."""
    wanted = set(limit.nuclides)
    return not record.values or any(wanted & set(value.nuclides) for value in record.values)


def record_outcome(record: SampleEvidence, limit: Limit, ctx: Context) -> RecordOutcome:
    """Outcome of one record against one limit, by the limit in force on the record's day."""
    if not record.values:
        return RecordOutcome(
            record=record,
            verdict="indeterminate",
            high=None,
            raw_high=None,
            cause="pending_result",
            due=record.due,
            needs="the result",
            limit=limit.id,
        )
    entries = values_over(limit.dated, days_of(record, limit.applies_by))
    if not entries:
        needs = f"a value of the limit {limit.id} that is in force on the sample's day"
        return RecordOutcome(
            record=record,
            verdict="indeterminate",
            raw_high=None,
            cause="parameter",
            needs=needs,
            limit=limit.id,
        )
    outcomes = [_against(record, limit, entry, ctx) for entry in entries]
    first = outcomes[0]
    if any(other.verdict != first.verdict for other in outcomes[1:]):
        return RecordOutcome(
            record=record,
            verdict="indeterminate",
            low=first.low,
            high=first.high,
            raw_low=first.raw_low,
            raw_high=first.raw_high,
            cause="date",
            needs=f"the day, to know which value of {limit.id} was in force",
            used=first.used,
            combined=first.combined,
            limit=limit.id,
        )
    return first


def values_over(values: tuple[DatedValue, ...], days: CivilInterval) -> tuple[DatedValue, ...]:
    """Entries in force on at least one of `days`; none at all if some day has no value."""
    if len(values) == 1 and values[0].from_ is None and values[0].to is None:
        return values if values[0].value is not None else ()
    first = days.first.isoformat() if days.first else "0001-01-01"
    last = days.last.isoformat() if days.last else "9999-12-31"
    found = [
        entry
        for entry in values
        if (entry.from_ is None or entry.from_ <= last) and (entry.to is None or first < entry.to)
    ]
    if any(entry.value is None for entry in found):
        return ()
    return tuple(found)


def _against(
    record: SampleEvidence, limit: Limit, entry: DatedValue, ctx: Context
) -> RecordOutcome:
    if entry.value is None:
        raise ValueError(f"limit {limit.id} has no value")
    level = exact(entry.value)
    decided: list[RecordOutcome] = []
    for combined in combine(record, limit):
        verdict, low, high, doubt = _decide(record, limit, level, combined, ctx)
        decided.append(
            RecordOutcome(
                record=record,
                verdict=verdict,
                low=low,
                high=high,
                raw_low=combined.allowed.low,
                raw_high=combined.allowed.high,
                cause=doubt.cause if doubt else None,
                needs=doubt.needs if doubt else None,
                due=doubt.due if doubt else None,
                used=combined.used,
                combined=combined.how,
                limit=limit.id,
                limit_value=level,
                limit_unit=limit.unit,
                rule=rule_text(limit, level),
                notes=_notes(combined, entry, record, limit),
            )
        )
    return worst(decided)


def worst(outcomes: list[RecordOutcome]) -> RecordOutcome:
    """The outcome that decides: one that exceeds, else one in doubt, else the last ends."""
    order = {"exceeds": 0, "indeterminate": 1, "complies": 2}
    return min(outcomes, key=lambda outcome: order[outcome.verdict])


def _decide(
    record: SampleEvidence, limit: Limit, level: Decimal, combined: Combined, ctx: Context
) -> tuple[RecordVerdict, Decimal, Decimal | None, Doubt | None]:
    low, high = combined.allowed
    strict = limit.exceeds_when == "gt"
    if combined.doubt is not None:
        # What is doubted may be any value; the other parts may exceed without it.
        low = ends_rounded(limit, low, None)[0]
        if low > level or (low == level and not strict):
            return "exceeds", low, None, None
        return "indeterminate", low, None, combined.doubt
    flags = _distrusted(record, combined, ctx)
    doubt: Doubt | None = None
    if flags:
        doubt = Doubt("conflict", f"the flag {', '.join(flags)} resolved")
    elif _screened_out(record, limit, high):
        doubt = Doubt("indeterminate_result", "a confirmatory measurement")
    guarded = limit.decide is not None and limit.decide.rule == "guard"
    if guarded and doubt is None and combined.spread is None:
        doubt = Doubt("uncertainty", "the standard uncertainty of the result")
    if guarded and combined.spread:
        low = EXACT.subtract(low, combined.spread)
        high = None if high is None else EXACT.add(high, combined.spread)
    low, high = ends_rounded(limit, low, high)
    if doubt is not None:
        return "indeterminate", low, high, doubt
    if low > level or (low == level and not strict):
        return "exceeds", low, high, None
    if high is not None and (high < level or (high == level and strict)):
        return "complies", low, high, None
    return "indeterminate", low, high, Doubt("indeterminate_result", _needs(limit, level, combined))


def _distrusted(record: SampleEvidence, combined: Combined, ctx: Context) -> list[str]:
    present = set(record.flags).union(*(value.flags for value in combined.used))
    return sorted(present & (ctx.terms.indeterminate_flags | CONTRADICTED))


def _screened_out(record: SampleEvidence, limit: Limit, high: Decimal | None) -> bool:
    screening = limit.screening
    if screening is None or record.technique != screening.technique:
        return False
    return high is None or high > exact(screening.level)


def ends_rounded(
    limit: Limit, low: Decimal, high: Decimal | None
) -> tuple[Decimal, Decimal | None]:
    """Both ends, rounded by the limit's rule."""
    step = _rounder(limit.round)
    return step(low), None if high is None else step(high)


@lru_cache(maxsize=64)
def _rounder(rule: Round | str) -> Callable[[Decimal], Decimal]:
    if isinstance(rule, str):
        return _as_is
    if rule.significant is not None:
        figures = rule.significant
        return lambda value: round_significant(value, figures, rule.mode)
    places = rule.places or 0
    return lambda value: round_places(value, places, rule.mode)


def _as_is(value: Decimal) -> Decimal:
    return value


def rounding_text(rule: Round | str) -> str:
    """The rounding rule in words."""
    if isinstance(rule, str):
        return "not rounded"
    mode = rule.mode.replace("_", " ")
    if rule.significant is not None:
        return f"rounded to {rule.significant} significant figures, {mode}"
    return f"rounded to {rule.places or 0} decimal places, {mode}"


def rule_text(limit: Limit, level: Decimal) -> str:
    """The comparison in words."""
    sign = ">" if limit.exceeds_when == "gt" else ">="
    guard = ""
    if limit.decide is not None and limit.decide.rule == "guard":
        guard = f"widened by {limit.decide.k or '2'} u, "
    return f"{guard}{rounding_text(limit.round)}, exceeds when {sign} {plain(level)} {limit.unit}"


def _needs(limit: Limit, level: Decimal, combined: Combined) -> str:
    sign = "<=" if limit.exceeds_when == "gt" else "<"
    verb = "is" if isinstance(limit.round, str) else "rounds to"
    if any(value.kind == "censored" for value in combined.used):
        return f"a censoring limit that {verb} {sign} {plain(level)}"
    if combined.spread:
        return f"an uncertainty small enough to tell the result from {plain(level)}"
    return f"a result that tells whether it {verb} {sign} {plain(level)}"


def _notes(
    combined: Combined, entry: DatedValue, record: SampleEvidence, limit: Limit
) -> tuple[str, ...]:
    notes: list[str] = []
    if any(v.kind == "censored" and v.limit_kind == "not_stated" for v in combined.used):
        notes.append("kind of limit not stated: taken as [0, limit]")
    if combined.how == "none":
        notes.append("nuclides not stated")
    day = days_of(record, limit.applies_by).last
    if entry.checked is not None and day is not None and entry.checked < day.isoformat():
        notes.append(f"limit last checked {entry.checked}: stale")
    if entry.cert not in (None, "seen"):
        notes.append(f"limit: {entry.cert}")
    return tuple(notes)
