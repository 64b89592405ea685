"""Results of chosen units over time, each as the set of values it allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from fairwater.agreement.bulk.steps import Bools
from fairwater.agreement.evidence import SampleEvidence, Value
from fairwater.node.briefing.content import Point, PointKind, Series, UnitRow
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

MAX_POINTS = 2000
"""A series of more is drawn from its latest ones; the table says how many there are."""


def series_of(told: Told, chosen: Sequence[UnitRow]) -> list[Series]:
    """Series of the chosen units, on the quantity of the side's first limit.

    A unit without a result on that quantity is drawn on the one it has most results on.
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
        points = list(_points(samples, above[rows], quantity))
        if not points:
            continue
        units = [v.unit for s in samples for v in s.values if _on(v, quantity) and v.unit]
        found.append(
            Series(
                species=row.species,
                zone=row.zone,
                quantity=quantity,
                unit=max(set(units), key=lambda u: (units.count(u), u)) if units else "",
                points=tuple(points[-MAX_POINTS:]),
                number=row.number,
            )
        )
    return found


def chosen(rows: Iterable[UnitRow], count: int) -> list[UnitRow]:
    """Units worth drawing: under a measure or eligible first, then most above, most sampled."""

    def weight(row: UnitRow) -> tuple[int, int, int, int]:
        moved = any(s.level > 0 or s.standing == "tightenable" for s in row.stands[:1])
        return (-int(moved and row.above > 0), -row.above, -row.samples, row.number)

    return sorted((row for row in rows if row.samples), key=weight)[:count]


def key(row: UnitRow) -> Key:
    """The key of a row of the table."""
    return (row.species.key, row.zone.key)


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
    samples: Sequence[SampleEvidence], above: Bools, quantity: tuple[str, ...]
) -> Iterable[Point]:
    told = []
    for sample, exceeds in zip(samples, above, strict=True):
        first, last = sample.sampled
        if first is None and last is None:
            continue
        for value in sample.values:
            if _on(value, quantity):
                told.append(_point(sample, value, first or last, last or first, bool(exceeds)))
    return sorted(told, key=lambda p: (p.first, p.last, p.text))


def _point(
    sample: SampleEvidence, value: Value, first: date | None, last: date | None, above: bool
) -> Point:
    kind: PointKind = "withheld" if value.standing == "withheld" else value.kind
    width, k = _spread(value)
    return Point(
        first=first or sample.known,
        last=last or sample.known,
        kind=kind,
        text=value.text,
        low=float(value.allowed.low),
        high=None if value.allowed.high is None else float(value.allowed.high),
        above=above,
        half_width=width,
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
