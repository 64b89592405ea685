"""Columns taken apart and put together: one unit alone, or more rows to rows there are.

    joined(only(columns, unit), Columns.of(Evidence(samples=(new,)), dimensions))

is one unit with one more result: what has to be evaluated again, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairwater.agreement.bulk.columns import (
    ABSENT,
    DATE_KINDS,
    NOWHERE,
    ODD,
    PLAIN,
    Columns,
    Floats,
    Stated,
    arrange,
    ints,
)
from fairwater.agreement.bulk.steps import Bools, Ints
from fairwater.agreement.evidence import SampleEvidence


def only(columns: Columns, unit: int) -> Columns:
    """One unit's rows, by themselves."""
    rows = columns.rows(unit)
    return Columns(
        dimensions=columns.dimensions,
        units=(columns.units[unit],),
        bounds=ints([0, rows.stop - rows.start]),
        unit=np.zeros(rows.stop - rows.start, np.int64),
        days={kind: (a[rows], b[rows]) for kind, (a, b) in columns.days.items()},
        known=columns.known[rows],
        gone=columns.gone[rows],
        point=columns.point[rows],
        points=columns.points,
        alone=columns.alone[rows],
        attended=columns.attended[rows],
        flags={name: marked[rows] for name, marked in columns.flags.items()},
        techniques={name: marked[rows] for name, marked in columns.techniques.items()},
        stated={key: stated.take(rows) for key, stated in columns.stated.items()},
        samples=lambda chosen: columns.samples(chosen + rows.start),
        others=columns.others,
    )


def joined(first: Columns, more: Columns) -> Columns:
    """These rows and others of the same dimensions; statements are those of both.

    What makes a row its sample's only record is not worked out again.
    """
    units = tuple(sorted({*first.units, *more.units}))
    points = tuple(sorted({*first.points, *more.points}))
    here = len(first)

    def samples(rows: Ints) -> Sequence[SampleEvidence]:
        found: dict[int, SampleEvidence] = {}
        for part, wanted in ((first, rows[rows < here]), (more, rows[rows >= here])):
            start = 0 if part is first else here
            found |= zip(wanted.tolist(), part.samples(wanted - start), strict=True)
        return [found[int(row)] for row in rows]

    return arrange(
        dimensions=first.dimensions,
        units=units,
        unit=np.concatenate([_renamed(part.units, units)[part.unit] for part in (first, more)]),
        days={
            kind: (
                np.concatenate((first.days[kind][0], more.days[kind][0])),
                np.concatenate((first.days[kind][1], more.days[kind][1])),
            )
            for kind in DATE_KINDS
        },
        known=np.concatenate((first.known, more.known)),
        gone=np.concatenate((first.gone, more.gone)),
        # The last place stands for NOWHERE, -1.
        point=np.concatenate(
            [
                np.append(_renamed(part.points, points), NOWHERE)[part.point]
                for part in (first, more)
            ]
        ),
        points=points,
        alone=np.concatenate((first.alone, more.alone)),
        attended=np.concatenate((first.attended, more.attended)),
        flags=_marks_of_both(first.flags, more.flags, here, len(more)),
        techniques=_marks_of_both(first.techniques, more.techniques, here, len(more)),
        stated={
            key: _stated_of_both(first.stated.get(key), more.stated.get(key), here, len(more))
            for key in sorted({*first.stated, *more.stated})
        },
        samples=samples,
        others=first.others.joined([more.others]),
    )


def _renamed(names: Sequence[Any], among: Sequence[Any]) -> Ints:
    """Rank of each name among all."""
    rank = {name: index for index, name in enumerate(among)}
    return ints([rank[name] for name in names])


def _marks_of_both(
    a: Mapping[str, Bools], b: Mapping[str, Bools], size_a: int, size_b: int
) -> dict[str, Bools]:
    none_a, none_b = np.zeros(size_a, np.bool_), np.zeros(size_b, np.bool_)
    return {
        name: np.concatenate((a.get(name, none_a), b.get(name, none_b)))
        for name in sorted({*a, *b})
    }


def _stated_of_both(a: Stated | None, b: Stated | None, size_a: int, size_b: int) -> Stated:
    """Both, in the unit and basis of the first; where the second's differ it is left to weigh."""
    nothing = Stated(np.zeros(0, np.int8), np.zeros(0), np.zeros(0), None, None)
    first, second = a or nothing, b or nothing
    lead = first if a is not None else second

    def how(part: Stated, size: int) -> NDArray[np.int8]:
        if not len(part.how):
            return np.full(size, ABSENT, np.int8)
        same = (part.unit, part.basis) == (lead.unit, lead.basis)
        return part.how if same else np.where(part.how >= PLAIN, ODD, part.how).astype(np.int8)

    def ends(part: Stated, size: int, side: Floats) -> Floats:
        return side if len(part.how) else np.zeros(size)

    return Stated(
        np.concatenate((how(first, size_a), how(second, size_b))),
        np.concatenate((ends(first, size_a, first.low), ends(second, size_b, second.low))),
        np.concatenate((ends(first, size_a, first.high), ends(second, size_b, second.high))),
        lead.unit,
        lead.basis,
    )
