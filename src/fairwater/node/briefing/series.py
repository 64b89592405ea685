"""Results of chosen units over time, each as the set of values it allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from fairwater.agreement.bulk.steps import Bools
from fairwater.agreement.evidence import SampleEvidence, Value
from fairwater.agreement.terms import Limit
from fairwater.node.briefing.content import Named, Point, PointKind, Series, UnitRow
from fairwater.node.briefing.naming import named
from fairwater.node.briefing.units import (
    Key,
    Told,
    above_limit,
    key_of,
    quantity_of,
    usable,
)
from fairwater.quantities.decimals import exact
from fairwater.quantities.errors import QuantityError
from fairwater.quantities.units import UnitError, factor

MAX_POINTS = 2000
"""A series of more is drawn from its latest ones; the table says how many there are."""


class Pick(NamedTuple):
    """A unit to draw; `number` is its row of the table, where it has one."""

    species: Named
    zone: Named
    number: int | None


def series_of(told: Told, chosen: Sequence[Pick]) -> list[Series]:
    """Series of the chosen units, on the quantity of the side's first limit.

    A unit without a result on that quantity is drawn on the one it has most results on. Values
    are in the unit of that limit where all can be converted, else as most are reported.
    """
    columns = told.prepared.columns
    use, above = usable(told.prepared), above_limit(told.prepared)
    ranks = {key_of(told, columns.named(n)): n for n in range(len(columns.units))}
    found = []
    for row in chosen:
        number = ranks.get((row.species.key, row.zone.key))
        if number is None:
            continue
        rows = np.arange(columns.bounds[number], columns.bounds[number + 1])
        rows = rows[use[rows]]
        samples = columns.samples(rows)
        quantity = _quantity(samples, quantity_of(told.prepared))
        unit = _unit(samples, quantity, told.prepared.agreement.limits)
        points = list(_points(samples, above[rows], quantity, unit))
        if not points:
            continue
        found.append(
            Series(
                species=row.species,
                zone=row.zone,
                quantity=quantity,
                unit=unit,
                points=tuple(points[-MAX_POINTS:]),
                number=row.number,
            )
        )
    return found


def chosen(rows: Iterable[UnitRow], count: int) -> list[Pick]:
    """Units worth drawing: those with samples above the limit that are under a measure of the
    first side, or eligible for one, then those with most above, then the most sampled.
    """

    def weight(row: UnitRow) -> tuple[int, int, int, int]:
        first = row.stands[0].letter if row.stands else None
        mine = [stand for stand in row.stands if stand.letter == first]
        moved = any(s.level > 0 or s.standing == "tightenable" for s in mine)
        return (-int(moved and row.above > 0), -row.above, -row.samples, row.number)

    best = sorted((row for row in rows if row.samples), key=weight)[:count]
    return [Pick(row.species, row.zone, row.number) for row in best]


def chosen_later(told: Told, day: date, count: int) -> list[Pick]:
    """Units of a side sampled after a day and not before it, the most sampled first."""
    first: dict[Key, int] = {}
    columns = told.prepared.columns
    use, days = usable(told.prepared), columns.days["sampled"][0]
    for number in range(len(columns.units)):
        rows = columns.rows(number)
        here = days[rows][use[rows]]
        if len(here) and here.min() > day.toordinal():
            first[key_of(told, columns.named(number))] = len(here)
    item, place = told.columns or ("", "")
    best = sorted(first, key=lambda key: (-first[key], key))[:count]
    return [Pick(named(item, key[0]), named(place, key[1]), None) for key in best]


def _unit(
    samples: Iterable[SampleEvidence], quantity: tuple[str, ...], limits: Sequence[Limit]
) -> str:
    units = [v.unit for s in samples for v in s.values if _on(v, quantity) and v.unit]
    if limits and all(_convertible(unit, limits[0].unit) for unit in set(units)):
        return limits[0].unit
    return max(set(units), key=lambda u: (units.count(u), u)) if units else ""


def _convertible(unit: str, to: str) -> bool:
    try:
        factor(unit, to)
    except UnitError:
        return False
    return True


def _quantity(samples: Iterable[SampleEvidence], wanted: tuple[str, ...]) -> tuple[str, ...]:
    counted: dict[tuple[str, ...], int] = {}
    for sample in samples:
        for value in sample.values:
            one = tuple(sorted(value.nuclides))
            counted[one] = counted.get(one, 0) + (value.kind != "not_stated")
    if counted.get(wanted):
        return wanted
    return max(counted, key=lambda q: (counted[q], q), default=wanted)


def _on(value: Value, quantity: tuple[str, ...]) -> bool:
    return tuple(sorted(value.nuclides)) == quantity


def _points(
    samples: Sequence[SampleEvidence], above: Bools, quantity: tuple[str, ...], unit: str
) -> Iterable[Point]:
    told = []
    for sample, exceeds in zip(samples, above, strict=True):
        first, last = sample.sampled
        if first is None and last is None:
            continue
        for value in sample.values:
            if _on(value, quantity) and _convertible(value.unit or unit, unit):
                days = (first or last or sample.known, last or first or sample.known)
                told.append(_point(sample, value, days, bool(exceeds), unit))
    return sorted(told, key=lambda p: (p.first, p.last, p.text))


def _point(
    sample: SampleEvidence, value: Value, days: tuple[date, date], above: bool, unit: str
) -> Point:
    kind: PointKind = "withheld" if value.standing == "withheld" else value.kind
    width, k = _spread(value)
    by = float(factor(value.unit or unit, unit))
    return Point(
        first=days[0],
        last=days[1],
        kind=kind,
        text=value.text,
        low=float(value.allowed.low) * by,
        high=None if value.allowed.high is None else float(value.allowed.high) * by,
        above=above,
        half_width=None if width is None else width * by,
        k=k,
        flagged=bool(value.flags or sample.flags),
    )


def _spread(value: Value) -> tuple[float | None, str | None]:
    """The uncertainty as printed, and its coverage factor where it is stated."""
    if value.uncertainty_text is None:
        return None, None
    try:
        printed = exact(value.uncertainty_text)
    except QuantityError:
        return None, None
    if value.uncertainty is None or not value.uncertainty:
        return float(printed), None
    return float(printed), format((printed / value.uncertainty).normalize(), "f")
