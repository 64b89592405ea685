"""Evidence as columns: one sorted array a field, so that every unit is one slice.

The exact evaluator reads `Evidence`, struct by struct. For half a million
samples the same facts stand here as arrays, grouped by scope unit:

    unit      rank of the unit; row i of unit u lies in bounds[u]:bounds[u + 1]
    days      per date kind, first and last day it may mean (ordinals)
    known     day from which the row may be used
    gone      day from which it no longer counts (amended, withdrawn)
    point     rank of the sampling point, -1 where none is stated
    alone     whether the row is its sample's only record, and has a result
    attended  whether it says who drew or saw the sample
    marks     rows by what may bear on their outcome: a flag, a technique
    stated    per set of nuclides, the interval a result allows, in floats

Floats here only sort the clear cases from the close ones: nothing close is
decided by them. `samples(rows)` gives the rows back as the structs they came from, with
the reported texts, for whatever has to be decided exactly.

`Columns.of(evidence, dimensions)` builds them from structs; the node builds
them from the archive (`fairwater.node.evidence`), through the same
`assemble`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from fairwater.agreement.bulk.steps import ALWAYS, NEVER, Bools, Ints
from fairwater.agreement.evidence import Evidence, SampleEvidence, Supersession, Value
from fairwater.agreement.model import DateKind
from fairwater.agreement.scope import concerns, days_of
from fairwater.quantities.allowed import Allowed
from fairwater.quantities.dates import CivilInterval

Floats = NDArray[np.float64]
Days = tuple[Ints, Ints]

DATE_KINDS: Final[tuple[DateKind, ...]] = ("sampled", "resulted", "published", "produced")
NOWHERE: Final = -1
"""Point of a sample that states none."""

NO_UNIT: Final = -1
STATEMENTS: Final = (
    "documents", "declarations", "assertions", "registers", "reports", "missed", "plans",
    "decisions", "applications", "reviews", "facilities",
)  # fmt: skip
"""Fields of `Evidence` that hold what is not a sample."""


FIGURES: Final = 15
"""Decimals of so many figures that differ are different doubles."""

ABSENT: Final = 0
"""The row says nothing on these nuclides."""
SILENT: Final = 1
"""The column is there, the number is not."""
ODD: Final = 2
"""Something only the exact evaluator can weigh: replicate values, a withheld one, another unit."""
PLAIN: Final = 3
"""One set, `[low, high]`, in the unit and basis of the column, no end of over 15 figures."""
VAGUE: Final = 4
"""Plain, and below a limit whose kind is not stated."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What the rows state on one set of nuclides (more than one: their reported sum).

    `how` is one of the codes above. `low` and `high` count for plain and vague rows.
    """

    how: NDArray[np.int8]
    low: Floats
    high: Floats
    unit: str | None
    basis: str | None

    @property
    def plain(self) -> Bools:
        """Rows whose set is in `low` and `high`."""
        return self.how >= PLAIN

    def take(self, order: Ints | slice) -> Stated:
        """The rows in another order."""
        return Stated(self.how[order], self.low[order], self.high[order], self.unit, self.basis)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The samples of many units as arrays, and everything else as `others`."""

    dimensions: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    bounds: Ints
    unit: Ints
    days: Mapping[DateKind, Days]
    known: Ints
    gone: Ints
    point: Ints
    points: tuple[str, ...]
    alone: Bools
    attended: Bools
    flags: Mapping[str, Bools]
    techniques: Mapping[str, Bools]
    stated: Mapping[tuple[str, ...], Stated]
    samples: Callable[[Ints], Sequence[SampleEvidence]]
    others: Evidence = field(default_factory=Evidence)

    def __len__(self) -> int:
        return len(self.unit)

    def rows(self, unit: int) -> slice:
        """Rows of a unit."""
        return slice(int(self.bounds[unit]), int(self.bounds[unit + 1]))

    def named(self, unit: int) -> dict[str, str]:
        """A unit as dimension to value."""
        return dict(zip(self.dimensions, self.units[unit], strict=True))

    def rank(self, unit: Mapping[str, str]) -> int | None:
        """Rank of a unit, None where no sample has it."""
        key = tuple(unit.get(name, "") for name in self.dimensions)
        low, high = 0, len(self.units)
        while low < high:
            middle = (low + high) // 2
            if self.units[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.units) and self.units[low] == key else None

    @classmethod
    def of(cls, evidence: Evidence, dimensions: Sequence[str]) -> Columns:
        """Columns of the samples in `evidence`; the rest of it stays as it is, in `others`.

        A sample belongs to the unit that its `unit` names in every dimension.

        Raises
        ------
        KeyError
            If a sample's unit lacks a dimension: such a sample is evidence of no one unit.
        """
        samples = evidence.samples
        gone: dict[str, int] = {}
        for entry in evidence.supersessions:
            day = entry.known.toordinal()
            gone[entry.target] = min(day, gone.get(entry.target, NEVER))
        return assemble(
            dimensions=tuple(dimensions),
            names=[tuple(s.unit[name] for name in dimensions) for s in samples],
            days={kind: _days([days_of(s, kind) for s in samples]) for kind in DATE_KINDS},
            known=ints([s.known.toordinal() for s in samples]),
            gone=ints([gone.get(s.id, NEVER) for s in samples]),
            places=[s.point for s in samples],
            alone=_alone(samples),
            attended=np.array([bool(s.by or s.witness) for s in samples], np.bool_),
            flags=_marks(samples, lambda s: {*s.flags, *(f for v in s.values for f in v.flags)}),
            techniques=_marks(samples, lambda s: {s.technique} if s.technique else set()),
            stated=_stated(samples),
            samples=lambda rows: [samples[int(row)] for row in rows],
            others=replace(evidence, samples=()),
        )


def assemble(
    *,
    dimensions: tuple[str, ...],
    names: Sequence[tuple[str, ...]],
    days: Mapping[DateKind, Days],
    known: Ints,
    gone: Ints,
    places: Sequence[str | None],
    alone: Bools,
    attended: Bools,
    flags: Mapping[str, Bools],
    techniques: Mapping[str, Bools],
    stated: Mapping[tuple[str, ...], Stated],
    samples: Callable[[Ints], Sequence[SampleEvidence]],
    others: Evidence,
) -> Columns:
    """Columns of rows in any order, from one unit name and one point name a row."""
    units = tuple(sorted(set(names)))
    rank = {name: index for index, name in enumerate(units)}
    points = tuple(sorted({place for place in places if place}))
    numbers = {name: index for index, name in enumerate(points)}
    return arrange(
        dimensions=dimensions,
        units=units,
        unit=ints([rank[name] for name in names]),
        days=days,
        known=known,
        gone=gone,
        point=ints([numbers[place] if place else NOWHERE for place in places]),
        points=points,
        alone=alone,
        attended=attended,
        flags=flags,
        techniques=techniques,
        stated=stated,
        samples=samples,
        others=others,
    )


def arrange(
    *,
    dimensions: tuple[str, ...],
    units: tuple[tuple[str, ...], ...],
    unit: Ints,
    days: Mapping[DateKind, Days],
    known: Ints,
    gone: Ints,
    point: Ints,
    points: tuple[str, ...],
    alone: Bools,
    attended: Bools,
    flags: Mapping[str, Bools],
    techniques: Mapping[str, Bools],
    stated: Mapping[tuple[str, ...], Stated],
    samples: Callable[[Ints], Sequence[SampleEvidence]],
    others: Evidence,
) -> Columns:
    """Columns of rows in any order whose unit is a rank in `units`, which must be sorted.

    One stable sort by (unit, first sampling day). `samples` is asked for rows as
    they were numbered before.
    """
    first = days["sampled"][0]
    order = np.lexsort((first, unit))
    unit = unit[order]
    return Columns(
        dimensions=dimensions,
        units=units,
        bounds=np.searchsorted(unit, np.arange(len(units) + 1)).astype(np.int64),
        unit=unit,
        days={kind: (a[order], b[order]) for kind, (a, b) in days.items()},
        known=known[order],
        gone=gone[order],
        point=point[order],
        points=points,
        alone=alone[order],
        attended=attended[order],
        flags={name: rows[order] for name, rows in flags.items()},
        techniques={name: rows[order] for name, rows in techniques.items()},
        stated={key: s.take(order) for key, s in stated.items()},
        samples=lambda rows: samples(order[rows]),
        others=others,
    )


def exact_evidence(columns: Columns, unit: int) -> Evidence:
    """Everything that concerns one unit as structs, for the exact evaluator.

    Its samples sorted by id, the statements that speak of it, and what replaces or
    withdraws any of them. With zones that split, or samples that other units'
    questions are about, every sample stays: the exact evaluator places them.
    """
    if columns.others.zones:
        rows = np.arange(len(columns))
    else:
        rows = np.arange(columns.bounds[unit], columns.bounds[unit + 1])
    samples = sorted(columns.samples(rows), key=lambda s: s.id)
    here = columns.named(unit)
    about: dict[str, tuple[object, ...]] = {
        name: tuple(
            entry
            for entry in getattr(columns.others, name)
            if concerns(getattr(entry, "unit", {}), here, columns.others.zones)
        )
        for name in STATEMENTS
    }
    mine = replace(columns.others, samples=tuple(samples), **about)
    return replace(mine, supersessions=supersessions_of(mine))


def supersessions_of(evidence: Evidence) -> tuple[Supersession, ...]:
    """What replaces or withdraws anything in the evidence."""
    fields = ("samples", *STATEMENTS)
    ids = {entry.id for name in fields for entry in getattr(evidence, name)}
    return tuple(entry for entry in evidence.supersessions if entry.target in ids)


def statements_by_unit(columns: Columns) -> dict[int, Evidence]:
    """Statements by the units they concern, where there are any; `NO_UNIT`: those of none."""
    others = columns.others
    targeted: dict[int, dict[str, list[object]]] = {}
    concerned: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for name in STATEMENTS:
        for entry in getattr(others, name):
            about = getattr(entry, "unit", {})
            key = tuple(about.items())
            if key not in concerned:
                concerned[key] = _concerned(columns, about)
            for number in concerned[key]:
                targeted.setdefault(number, {}).setdefault(name, []).append(entry)
    bare = replace(others, **dict.fromkeys(STATEMENTS, ()))
    found = {NO_UNIT: bare}
    for number, entries in targeted.items():
        found[number] = replace(bare, **{k: tuple(v) for k, v in entries.items()})
    return found


def _concerned(columns: Columns, about: Mapping[str, str]) -> list[int]:
    if set(columns.dimensions) <= set(about):
        number = columns.rank(about)
        return [] if number is None else [number]
    every = range(len(columns.units))
    return [number for number in every if concerns(about, columns.named(number))]


def ordinals(interval: CivilInterval) -> tuple[int, int]:
    """First and last day of a date as ordinals; a side not stated is open."""
    first, last = interval
    return (
        ALWAYS if first is None else first.toordinal(),
        NEVER if last is None else last.toordinal(),
    )


def day_of(ordinal: int) -> date | None:
    """The civil day of an ordinal; None for `NEVER` and `ALWAYS`."""
    return date.fromordinal(ordinal) if ALWAYS < ordinal < NEVER else None


def ints(values: Sequence[int]) -> Ints:
    """Whole numbers as an array."""
    return np.array(values, np.int64)


def _days(intervals: Sequence[CivilInterval]) -> Days:
    pairs = np.array([ordinals(i) for i in intervals], np.int64).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _alone(samples: Sequence[SampleEvidence]) -> Bools:
    counts = Counter(s.sample for s in samples)
    return np.array([counts[s.sample] == 1 and bool(s.values) for s in samples], np.bool_)


def _marks(
    samples: Sequence[SampleEvidence], of: Callable[[SampleEvidence], set[str]]
) -> dict[str, Bools]:
    rows: dict[str, Bools] = {}
    for index, sample in enumerate(samples):
        for mark in of(sample):
            rows.setdefault(mark, np.zeros(len(samples), np.bool_))[index] = True
    return rows


def _stated(samples: Sequence[SampleEvidence]) -> dict[tuple[str, ...], Stated]:
    grouped: dict[tuple[str, ...], dict[int, list[Value]]] = {}
    for index, sample in enumerate(samples):
        for value in sample.values:
            key = tuple(sorted(value.nuclides))
            grouped.setdefault(key, {}).setdefault(index, []).append(value)
    return {key: _column(len(samples), grouped[key]) for key in sorted(grouped)}


def _column(size: int, values: Mapping[int, Sequence[Value]]) -> Stated:
    everything = [v for several in values.values() for v in several]
    unit = _commonest([v.unit for v in everything])
    basis = _commonest([v.basis for v in everything])
    how = np.full(size, ABSENT, np.int8)
    low, high = np.zeros(size), np.full(size, np.inf)
    for index, several in values.items():
        value = several[0]
        how[index] = ODD
        if len(several) > 1 or value.standing != "reported" or value.kind == "about":
            continue
        if value.kind == "not_stated":
            how[index] = SILENT
        elif (value.unit, value.basis) == (unit, basis) and _short(value.allowed):
            vague = value.kind == "censored" and value.limit_kind in (None, "not_stated")
            how[index] = VAGUE if vague else PLAIN
            low[index] = float(value.allowed.low)
            high[index] = np.inf if value.allowed.high is None else float(value.allowed.high)
    return Stated(how, low, high, unit, basis)


def _short(allowed: Allowed) -> bool:
    """Whether both ends have at most fifteen figures: then a double tells them apart."""
    ends = (allowed.low, allowed.high)
    return all(end is None or len(end.as_tuple().digits) <= FIGURES for end in ends)


def _commonest(values: Sequence[str | None]) -> str | None:
    counts: dict[str | None, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return min(counts, key=lambda v: (-counts[v], v is not None, v or ""), default=None)
