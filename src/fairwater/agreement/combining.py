"""What a record says about a limit's nuclides: one set of values, in the limit's unit.

Alone, as a sum, or as a sum of fractions. A sum is made of its parts where all
are reported, else the reported sum is taken; `sum_from` may say otherwise.
Nothing is replaced by LOD/2, LOD or 0: sets add ends to ends.
"""

from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from fairwater.agreement.evidence import SampleEvidence, Value
from fairwater.agreement.model import Limit
from fairwater.agreement.verdict import MissingKind
from fairwater.quantities.allowed import EVERYTHING, Allowed, add
from fairwater.quantities.decimals import EXACT, exact, times
from fairwater.quantities.units import UnitError, convert

ZERO = Decimal(0)
How = Literal["parts", "reported", "single", "fractions", "none"]

# Sixty digits: the square root of a sum of squares, and fractions that do not end.
_LONG = decimal.Context(prec=60, Emax=99_999, Emin=-99_999)


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
