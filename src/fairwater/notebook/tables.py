"""Timelines as Arrow tables: tidy, one row a fact, units spread into columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fairwater.agreement.timeline import Timeline

if TYPE_CHECKING:
    import pyarrow as pa


def states_table(timelines: Sequence[Timeline]) -> pa.Table:
    """One row a unit and measure: dimensions, measure, state, since, status, eligible."""
    import pyarrow as pa

    rows = [
        {
            **told.unit,
            "measure": told.measure,
            "state": told.in_force,
            "since": told.since,
            "status": told.status,
            "eligible": [opening.transition for opening in told.eligible],
        }
        for told in timelines
    ]
    types = {
        "measure": pa.string(), "state": pa.string(), "since": pa.date32(),
        "status": pa.string(), "eligible": pa.list_(pa.string()),
    }  # fmt: skip
    return _table(timelines, rows, types)


def openings_table(timelines: Sequence[Timeline]) -> pa.Table:
    """One row an eligible interval [since, until): unit, measure, transition, decided."""
    import pyarrow as pa

    rows = [
        {
            **told.unit,
            "measure": told.measure,
            "transition": opening.transition,
            "since": opening.since,
            "until": opening.until,
            "decided": opening.decided,
            "ended_by": opening.ended_by,
        }
        for told in timelines
        for opening in sorted(told.openings, key=lambda o: (o.since, o.transition))
    ]
    types = {
        "measure": pa.string(), "transition": pa.string(), "since": pa.date32(),
        "until": pa.date32(), "decided": pa.date32(), "ended_by": pa.string(),
    }  # fmt: skip
    return _table(timelines, rows, types)


def _table(
    timelines: Iterable[Timeline], rows: list[dict[str, Any]], types: dict[str, Any]
) -> pa.Table:
    import pyarrow as pa

    dimensions = dict.fromkeys(name for told in timelines for name in told.unit)
    schema = pa.schema([*((name, pa.string()) for name in dimensions), *types.items()])
    return pa.Table.from_pylist(rows, schema)
