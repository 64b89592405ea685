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

import decimal
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from fairwater.agreement.context import Context
from fairwater.agreement.evidence import SampleEvidence, Value
from fairwater.agreement.model import DatedValue, Limit, Round
from fairwater.agreement.scope import days_of
from fairwater.agreement.verdict import MissingKind, RecordOutcome
from fairwater.quantities.allowed import EVERYTHING, Allowed, add
from fairwater.quantities.dates import CivilInterval
from fairwater.quantities.decimals import (
    EXACT,
    exact,
    plain,
    round_places,
    round_significant,
    times,
)
from fairwater.quantities.units import UnitError, convert

ZERO = Decimal(0)
CONTRADICTED = frozenset({"part_larger_than_whole"})
"""Flags of results that contradict each other: never used to hold or to fail."""

# Sixty digits: the square root of a sum of squares, and fractions that do not end.
_LONG = decimal.Context(prec=60, Emax=99_999, Emin=-99_999)


RecordVerdict = Literal["exceeds", "complies", "indeterminate"]
How = Literal["parts", "reported", "single", "fractions", "none"]


class Doubt(NamedTuple):
    """Why a record decides nothing."""

    cause: MissingKind
    needs: str
    due: date | None = None


class Combined(NamedTuple):
    """What a record says about a limit's nuclides, in the limit's unit."""

    allowed: Allowed
    how: How
    used: tuple[Value, ...]
    spread: Decimal | None
    doubt: Doubt | None


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


def combine(record: SampleEvidence, limit: Limit) -> list[Combined]:
    """What the record says about the limit: one set for a sum, one a nuclide for `single`."""
    if limit.combine == "single":
        return [_single(record, limit, (n,)) for n in _present(record, limit)]
    parts = [_single(record, limit, (nuclide,)) for nuclide in limit.nuclides]
    if limit.combine == "sum_of_fractions":
        return [_fractions(limit, parts)]
    summed = _single(record, limit, limit.nuclides) if len(limit.nuclides) > 1 else None
    every_part = all(_reported(part) for part in parts)
    sum_there = summed is not None and _reported(summed)
    source = limit.sum_from
    if len(limit.nuclides) == 1:
        return parts
    if summed is not None and (
        source == "reported"
        or (source == "reported_else_parts" and (sum_there or not every_part))
        or (source == "parts_else_reported" and not every_part and _first_choice(summed, parts))
    ):
        return [summed]
    return [_sum(record, limit, parts)]


def _first_choice(summed: Combined, parts: list[Combined]) -> bool:
    """Whether the reported sum says more than incomplete parts do."""
    return _reported(summed) or summed.doubt is not None or not any(part.used for part in parts)


def _present(record: SampleEvidence, limit: Limit) -> list[str]:
    stated = {value.nuclides for value in record.values}
    found = [nuclide for nuclide in limit.nuclides if (nuclide,) in stated]
    return found or list(limit.nuclides)


def _reported(part: Combined) -> bool:
    """Whether a part has a number, or stands in doubt that a number would settle."""
    return any(value.kind != "not_stated" for value in part.used) and part.doubt is None


def _single(record: SampleEvidence, limit: Limit, nuclides: tuple[str, ...]) -> Combined:
    wanted = frozenset(nuclides)
    values = tuple(v for v in record.values if frozenset(v.nuclides) == wanted)
    if not values:
        return Combined(EVERYTHING, "none", (), ZERO, None)
    sets: list[Allowed] = []
    spread: Decimal | None = ZERO
    for value in values:
        doubt = _not_usable(value, limit)
        if doubt is not None:
            return Combined(EVERYTHING, "none", values, None, doubt)
        allowed = _in_unit(value, limit)
        sets.append(allowed)
        if value.kind == "detected":
            u = record.uncertainty if len(nuclides) > 1 else value.uncertainty
            u = u if u is not None else value.uncertainty
            spread = _widest(spread, _spread(limit, [u], value.unit))
    low = min(s.low for s in sets)
    highs = [s.high for s in sets if s.high is not None]
    high = max(highs) if len(highs) == len(sets) else None
    how: How = "reported" if len(nuclides) > 1 else "single"
    return Combined(Allowed(low, high), how, values, spread, None)


def _widest(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else max(a, b)


def _sum(record: SampleEvidence, limit: Limit, parts: list[Combined]) -> Combined:
    used = tuple(value for part in parts for value in part.used)
    doubts = [part.doubt for part in parts if part.doubt is not None]
    allowed = add(part.allowed for part in parts)
    if doubts:
        return Combined(allowed, "parts", used, None, doubts[0])
    if record.uncertainty is not None:
        spread = _spread(limit, [record.uncertainty], None)
    else:
        detected = [value for value in used if value.kind == "detected"]
        unit = detected[0].unit if detected else None
        spread = _spread(limit, [v.uncertainty for v in detected], unit)
    return Combined(allowed, "parts", used, spread, None)


def _fractions(limit: Limit, parts: list[Combined]) -> Combined:
    used = tuple(value for part in parts for value in part.used)
    doubts = [part.doubt for part in parts if part.doubt is not None]
    low, high, square = Fraction(0), Fraction(0), Fraction(0)
    bounded, spread_known = True, True
    for nuclide, part in zip(limit.nuclides, parts, strict=True):
        reference = Fraction(exact(limit.references[nuclide]))
        low += Fraction(part.allowed.low) / reference
        if part.allowed.high is None:
            bounded = False
        else:
            high += Fraction(part.allowed.high) / reference
        if part.spread is None:
            spread_known = False
        else:
            square += (Fraction(part.spread) / reference) ** 2
    allowed = Allowed(_decimal(low), _decimal(high) if bounded else None)
    spread = _root(_decimal(square)) if spread_known else None
    return Combined(allowed, "fractions", used, spread, doubts[0] if doubts else None)


def _decimal(value: Fraction) -> Decimal:
    return _LONG.divide(Decimal(value.numerator), Decimal(value.denominator))


def _spread(limit: Limit, u: list[Decimal | None], unit: str | None) -> Decimal | None:
    """``k u`` in the limit's unit, u the root of the sum of squares; None if one is missing."""
    if limit.decide is None or limit.decide.rule != "guard":
        return ZERO
    if any(one is None for one in u):
        return None
    stated = [one if unit is None else convert(one, unit, limit.unit) for one in u if one]
    k = exact(limit.decide.k or "2")
    if len(stated) == 1:
        return times(k, stated[0])
    square = ZERO
    for one in stated:
        square = EXACT.add(square, times(one, one))
    return times(k, _root(square))


def _root(square: Decimal) -> Decimal:
    """Square root, exact where it ends, else rounded up in the sixtieth digit."""
    root = _LONG.sqrt(square)
    short = EXACT.create_decimal(root)
    if EXACT.multiply(short, short) == square:
        return short.normalize()
    return _LONG.next_plus(root)


def _not_usable(value: Value, limit: Limit) -> Doubt | None:
    if value.standing == "withheld":
        return Doubt("pending_result", "the withheld result", value.promised)
    if value.standing == "registered":
        return Doubt("pending_result", "the result", value.promised)
    if value.standing == "contested":
        return Doubt("conflict", "an uncontested result")
    if limit.basis not in (None, "any") and value.basis not in (None, limit.basis):
        return Doubt("indeterminate_result", f"a result on the basis {limit.basis}")
    if value.unit is not None:
        try:
            convert(ZERO, value.unit, limit.unit)
        except UnitError as error:
            return Doubt("indeterminate_result", f"a result in {limit.unit} ({error})")
    return None


def _in_unit(value: Value, limit: Limit) -> Allowed:
    low, high = value.allowed
    if value.kind == "censored" and high is None and limit.decision_threshold == "as_limit":
        high = value.threshold
    if (
        value.kind == "censored"
        and value.limit_kind in (None, "not_stated")
        and limit.kind_not_stated == "unbounded"
    ):
        high = None
    if value.unit is None or value.unit == limit.unit:
        return Allowed(low, high)
    return Allowed(
        convert(low, value.unit, limit.unit),
        None if high is None else convert(high, value.unit, limit.unit),
    )


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
