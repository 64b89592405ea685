"""Species in zones, and how each stands under every side.

The table's unit is that of the sides that name an item and a region. Another side speaks of
a unit where its own dimensions are among the table's (a whole zone, say); a side with other
dimensions (a facility) has no place in the table, and its tracks stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from msgspec import Struct

from fairwater.agreement.bulk.columns import PLAIN
from fairwater.agreement.bulk.on_demand import holds_of, truth_of
from fairwater.agreement.bulk.sieve import EXCEEDS
from fairwater.agreement.bulk.steps import Bools
from fairwater.agreement.timeline import Timeline
from fairwater.facts.offices import position_of
from fairwater.node.briefing.content import (
    STANDINGS,
    Named,
    Stand,
    Standing,
    Tally,
    Truth,
    UnitRow,
    Zone,
)
from fairwater.node.briefing.naming import named
from fairwater.node.briefing.sides import direction, levels
from fairwater.node.evaluation import Prepared

RECENT_DAYS = 90
"""A unit whose last sample is older than this is stale."""
ITEM_COLUMNS = ("item_base", "item", "species")
PLACE_COLUMNS = ("region", "zone", "district")

Key = tuple[str, str]
"""(item, place): a unit of the table."""


class Counted(Struct, frozen=True):
    """Samples of a unit known by the day asked about, and what they say."""

    samples: int
    below: int
    above: int
    last: date | None
    top_row: int | None


class Told(Struct, frozen=True):
    """A side's question and answers.

    `timelines` are those asked for, `then` the same with each day judged on what was known
    that day, `later` on what is known at the end.
    """

    letter: str
    prepared: Prepared
    timelines: Sequence[Timeline]
    then: Sequence[Timeline]
    later: Sequence[Timeline]
    columns: tuple[str, str] | None
    """Columns that give item and place; None: the side has no place in the table."""


def columns_of(prepared: Prepared) -> tuple[str, str] | None:
    """The columns of a side's unit, where it is an item in a place."""
    dimensions = [d.column for d in prepared.agreement.scope.unit]
    if len(dimensions) != 2:
        return None
    item = next((c for c in dimensions if c in ITEM_COLUMNS), None)
    place = next((c for c in dimensions if c in PLACE_COLUMNS), None)
    return None if item is None or place is None else (item, place)


def key_of(told: Told, unit: Mapping[str, str]) -> Key:
    """A side's unit as a key of the table."""
    named_by: dict[str, str] = {d.column: unit[d.id] for d in told.prepared.agreement.scope.unit}
    item, place = told.columns or ("", "")
    return named_by[item], named_by[place]


def rows_of(sides: Sequence[Told]) -> tuple[list[UnitRow], dict[Key, int]]:
    """The table: every unit some side has evidence of, by place and item, numbered from 0."""
    inside = [told for told in sides if told.columns is not None]
    stands: dict[Key, list[Stand]] = {}
    counted: dict[Key, Counted] = {}
    for told in inside:
        for key, one in counts(told).items():
            counted.setdefault(key, one)
    for told in inside:
        for timeline in told.timelines:
            key = key_of(told, timeline.unit)
            stands.setdefault(key, []).append(stand(told, timeline, counted.get(key)))
    columns = inside[0].columns if inside else None
    keys = sorted(stands, key=lambda key: (key[1], key[0]))
    numbers = {key: number for number, key in enumerate(keys)}
    tops = dict(_highest(inside, counted))
    rows = []
    for key in keys:
        one = counted.get(key) or Counted(0, 0, 0, None, None)
        item, place = columns or ("", "")
        rows.append(
            UnitRow(
                number=numbers[key],
                species=named(item, key[0]),
                zone=named(place, key[1]),
                samples=one.samples,
                below=one.below,
                above=one.above,
                stands=tuple(stands[key]),
                last_sampled=one.last,
                highest=tops.get(key),
            )
        )
    return rows, numbers


def stand(told: Told, timeline: Timeline, counted: Counted | None) -> Stand:
    """How a unit stands under one measure."""
    agreement = told.prepared.agreement
    measure = next(m for m in agreement.measures if m.id == timeline.measure)
    known = levels(measure)
    ways = {t.id: direction(t, agreement, timeline.in_force) for t in agreement.transitions
            if t.id in timeline.now}  # fmt: skip
    steps: dict[str, Truth] = {
        name: truth_of(timeline.now, name)
        for name, way in sorted(ways.items())
        if way == "milder" or holds_of(timeline.now, name)
    }
    milder = [steps[name] for name in steps if ways[name] == "milder"]
    stricter = [steps[name] for name in steps if ways[name] == "stricter"]
    opened = [
        opening.since
        for opening in timeline.eligible
        if ways.get(opening.transition) in ("milder", "stricter")
    ]
    last = None if counted is None else counted.last
    assumed = [step for step in timeline.taken if step.to == timeline.in_force]
    return Stand(
        letter=told.letter,
        measure=timeline.measure,
        state=timeline.in_force,
        level=known[timeline.in_force],
        standing=_standing(
            known[timeline.in_force], milder, stricter, last, told.prepared.asked.as_of
        ),
        status=timeline.status,
        since=timeline.since,
        assumed=bool(assumed) and assumed[-1].cause == "prompt",
        steps=steps,
        eligible_since=min(opened, default=None),
    )


def _standing(
    level: int, milder: Sequence[str], stricter: Sequence[str], last: date | None, as_of: date
) -> Standing:
    if "holds" in stricter:
        return "tightenable"
    if level > 0:
        if "holds" in milder:
            return "relaxable"
        return "unsettled" if "unknown" in milder else "held"
    if last is None:
        return "never"
    return "none" if last >= as_of - timedelta(days=RECENT_DAYS) else "stale"


def tallies(
    rows: Iterable[UnitRow], letter: str, measures: Iterable[str]
) -> dict[str, tuple[Tally, ...]]:
    """Units by standing, for every measure of a side."""
    found: dict[str, dict[Standing, list[int]]] = {name: {} for name in measures}
    for row in rows:
        for one in row.stands:
            if one.letter == letter:
                found[one.measure].setdefault(one.standing, []).append(row.number)
    return {
        measure: tuple(
            Tally(standing=standing, units=tuple(by[standing]))
            for standing in STANDINGS
            if standing in by
        )
        for measure, by in found.items()
    }


def zones_of(rows: Iterable[UnitRow]) -> list[Zone]:
    """Zones with their units, northernmost first; those without a position last, by name."""
    units: dict[str, list[int]] = {}
    names: dict[str, Named] = {}
    for row in rows:
        units.setdefault(row.zone.key, []).append(row.number)
        names[row.zone.key] = row.zone
    found = []
    for key, numbers in units.items():
        latitude, longitude = position_of(key) or (None, None)
        found.append(
            Zone(
                zone=names[key],
                units=tuple(numbers),
                latitude_deg=latitude,
                longitude_deg=longitude,
            )
        )
    return sorted(
        found, key=lambda z: (z.latitude_deg is None, -(z.latitude_deg or 0.0), z.zone.key)
    )


def counts(told: Told) -> dict[Key, Counted]:
    """Samples of every unit that count by the day asked about, as the side knows them then."""
    columns = told.prepared.columns
    use = usable(told.prepared)
    first = columns.days["sampled"][0]
    above = above_limit(told.prepared) & use
    below = _below(told) & use
    found: dict[Key, Counted] = {}
    for number in range(len(columns.units)):
        rows = columns.rows(number)
        here = use[rows]
        if not here.any():
            continue
        days = first[rows][here]
        found[key_of(told, columns.named(number))] = Counted(
            samples=int(here.sum()),
            below=int(below[rows].sum()),
            above=int(above[rows].sum()),
            last=date.fromordinal(int(days.max())),
            top_row=_top(told, rows.start, here),
        )
    return found


def usable(prepared: Prepared) -> Bools:
    """Rows sampled by the day asked about, known by the day whose knowledge answers, standing."""
    columns = prepared.columns
    known = prepared.known_at.toordinal()
    sampled: Bools = columns.days["sampled"][0] <= prepared.asked.as_of.toordinal()
    stands: Bools = (columns.known <= known) & (columns.gone > known)
    return sampled & stands


def above_limit(prepared: Prepared) -> Bools:
    """Rows above the first limit of the agreement that its conditions compare with."""
    codes = prepared.judged.of(prepared.agreement)
    leading = next((limit.id for limit in prepared.agreement.limits if limit.id in codes), None)
    if leading is None:
        return np.zeros(len(prepared.columns), np.bool_)
    found: Bools = codes[leading] == EXCEEDS
    return found


def quantity_of(prepared: Prepared) -> tuple[str, ...]:
    """Nuclides of the first limit that is on a sum or on one nuclide: what the series draw."""
    return tuple(sorted(prepared.agreement.limits[0].nuclides)) if prepared.agreement.limits else ()


def _below(told: Told) -> Bools:
    stated = told.prepared.columns.stated.get(quantity_of(told.prepared))
    if stated is None:
        return np.zeros(len(told.prepared.columns), np.bool_)
    found: Bools = (stated.how >= PLAIN) & (stated.low == 0) & (stated.high > 0)
    return found


def _top(told: Told, start: int, here: Bools) -> int | None:
    """The row of a unit with the greatest lower end."""
    stated = told.prepared.columns.stated.get(quantity_of(told.prepared))
    if stated is None:
        return None
    rows = slice(start, start + len(here))
    low = np.where(here & (stated.how[rows] >= PLAIN), stated.low[rows], 0.0)
    best = int(low.argmax())
    return start + best if low[best] > 0 else None


def _highest(sides: Sequence[Told], counted: Mapping[Key, Counted]) -> Iterator[tuple[Key, str]]:
    """The text of the highest value of every unit, as reported."""
    if not sides:
        return
    told = sides[0]
    wanted = quantity_of(told.prepared)
    chosen = [(key, one.top_row) for key, one in counted.items() if one.top_row is not None]
    rows = np.array([row for _, row in chosen], np.int64)
    for (key, _), sample in zip(chosen, told.prepared.columns.samples(rows), strict=True):
        for value in sample.values:
            if tuple(sorted(value.nuclides)) == wanted:
                yield key, value.text
                break
