"""Sampling points of monitoring sources, by the number the source gives each.

    >>> found = station("fish", "265")
    >>> found.station, found.org, found.latitude_deg
    ('T-S1', 'TEPCO', '37.584722')

Rows state their own coordinates; this list tells the name and the organisation
of a point, and where it was when the list was read (nine points in a harbour have no
coordinates there).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

import msgspec

from fairwater.facts.marks import MarkedFact, NonEmpty
from fairwater.facts.source import FactsError, read
from fairwater.facts.vocabulary import table

_FILE = "stations.json"
StationKind = Literal["fish", "seawater", "seaweed"]
_Degrees = Annotated[str, msgspec.Meta(pattern=r"^\d{1,3}\.\d{6}$")]


class PointFact(MarkedFact, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sampling point: `id` is the source's number for it, `station` its name if it has one."""

    kind: StationKind
    id: NonEmpty
    org: NonEmpty
    station: NonEmpty | None = None
    latitude_deg: _Degrees | None = None
    longitude_deg: _Degrees | None = None
    coordinates: NonEmpty | None = None
    note: str | None = None


@cache
def stations() -> dict[tuple[StationKind, str], PointFact]:
    """Sampling points by kind of sample and number."""
    points = table(read(_FILE), "stations", _FILE, PointFact)
    found = {(point.kind, point.id): point for point in points}
    astray = [p.id for p in points if p.latitude_deg is not None and Decimal(p.latitude_deg) > 90]
    if astray:
        raise FactsError([f"{_FILE}: {number}: no such latitude" for number in astray])
    if len(found) != len(points):
        raise FactsError([f"{_FILE}: a sampling point stands twice"])
    return found


def station(kind: StationKind, number: str) -> PointFact | None:
    """Sampling point by kind of sample and the source's number, or None."""
    return stations().get((kind, number))
