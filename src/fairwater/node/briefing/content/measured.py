"""Results over time, as the sets of values they allow."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fairwater.node.briefing.content.named import Named, Part

PointKind = Literal[
    "detected", "censored", "over_range", "interval", "about", "not_stated", "withheld"
]


class Point(Part, frozen=True):
    """One result as the set of values it allows: [low, high], `high` None unbounded."""

    first: date
    last: date
    kind: PointKind
    text: str
    low: float
    high: float | None
    above: bool = False
    """Above a limit of side A, by its rule."""
    half_width: float | None = None
    """Uncertainty as printed; `k` its coverage factor where stated."""
    k: str | None = None
    flagged: bool = False


class Series(Part, frozen=True):
    """Results of one unit over time, in `unit`, on `quantity`."""

    species: Named
    zone: Named
    quantity: tuple[str, ...]
    unit: str
    points: tuple[Point, ...]
    number: int | None = None
    """Number of the unit, where it has a row."""
    source: str | None = None
