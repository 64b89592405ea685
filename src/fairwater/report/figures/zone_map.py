"""The map of zones: land, one leader a zone, the zone's units as a row of marks.

Land comes from `coast`, whoever's it is; no border is drawn. Zones that state no position
are not on it. Of many zones only those are labelled in which some unit is under a measure
or eligible; the table beside the map has every zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians
from typing import Final, NamedTuple

from msgspec import Struct

from fairwater.node.briefing.content import Standing
from fairwater.report.document import Drawing, Phrase
from fairwater.report.figures.coast import Point, Window, is_land, land
from fairwater.report.figures.frame import framed, label, spread
from fairwater.report.figures.look import Look
from fairwater.report.figures.symbols import placed

WIDTH: Final = 470.0
COLUMN: Final = 214.0
"""Width of the labels' column."""
GAP: Final = 56.0
LEAST_HEIGHT: Final = 470.0
MAX_LABELS: Final = 10
IN_A_ROW: Final = 10
FOOT: Final = 34.0
"""Room of a label below its name: the row of marks."""
MARK: Final = 17.0
STEP: Final = 20.4
MIN_DEGREES: Final = 5.0
"""Latitude shown at least, so that a coast can be recognised."""


class Place(Struct, frozen=True, kw_only=True):
    """A zone on the map: its name, what stands beside it, its units' standings in order."""

    name: Phrase
    count: Phrase
    standings: tuple[Standing, ...]
    longitude_deg: float
    latitude_deg: float
    busy: bool
    """Some unit is under a measure or eligible."""


class _View(NamedTuple):
    window: Window
    west: float
    north: float
    per_degree_x: float
    per_degree_y: float
    height: float
    right: bool

    def project(self, point: Point) -> Point:
        return (
            (point[0] - self.west) * self.per_degree_x,
            (self.north - point[1]) * self.per_degree_y,
        )


def zone_map(
    places: Sequence[Place], *, title: str, desc: str, caption: tuple[Phrase, ...], look: Look
) -> Drawing | None:
    """The map; None without a single position."""
    if not places:
        return None
    turned = _together(places)
    named = _labelled(places)
    framing = [spot for spot, place in zip(turned, places, strict=True) if place in named]
    least = GAP * max(0, len(named) - 1) + 22.0 + FOOT
    view = _view(framing or turned, max(LEAST_HEIGHT, least), least)
    coast = land(view.window, view.project, 0.7)
    parts = [
        f'<path d="{coast}" fill="{look["land"]}" stroke="{look["coast"]}" stroke-width=".8"/>'
    ]
    spots = {id(place): view.project(point) for place, point in zip(places, turned, strict=True)}
    for place in places:
        if not any(place is one for one in named):
            x, y = spots[id(place)]
            if not (0 < x < WIDTH and 0 < y < view.height):
                continue
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{look["bg"]}" '
                f'stroke="{look["ink2"]}"/>'
            )
    ordered = sorted(named, key=lambda place: (spots[id(place)][1], spots[id(place)][0]))
    rows = spread([spots[id(p)][1] for p in ordered], GAP, 22.0, view.height - FOOT)
    for place, y in zip(ordered, rows, strict=True):
        parts.append(_label(place, spots[id(place)], y, view, look))
    svg = framed(
        "".join(parts), name="map", title=title, desc=desc, width=WIDTH, height=view.height
    )
    return Drawing(svg=svg, caption=caption, width=WIDTH, height=view.height, kind="map")


def _labelled(places: Sequence[Place]) -> list[Place]:
    if len(places) <= MAX_LABELS:
        return list(places)
    busy = [place for place in places if place.busy]
    return sorted(busy, key=lambda p: -len(p.standings))[:MAX_LABELS]


def _together(places: Sequence[Place]) -> list[Point]:
    """Positions with longitudes turned so that they lie together, also across 180 degrees."""
    xs = sorted(place.longitude_deg for place in places)
    gaps = [(after - before, after) for before, after in pairwise(xs)]
    around = xs[0] + 360 - xs[-1]
    widest, start = max(gaps, default=(0.0, xs[0]))
    west = start if widest > around else xs[0]
    return [
        (p.longitude_deg + (360 if p.longitude_deg < west else 0), p.latitude_deg) for p in places
    ]


def _view(points: Sequence[Point], height: float, least: float) -> _View:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle = (min(ys) + max(ys)) / 2
    stretch = max(0.2, cos(radians(middle)))
    tall = max(MIN_DEGREES, (max(ys) - min(ys)) * 1.5)
    wide = max(1.5, (max(xs) - min(xs)) * 1.6) * stretch
    per_degree = min(height / tall, (WIDTH - COLUMN - 20) / wide)
    height = max(min(height, per_degree * tall * 1.4), GAP * 2, least)
    views = []
    for right in (True, False):
        at = (WIDTH - COLUMN) / 2 if right else (WIDTH + COLUMN) / 2
        west = (min(xs) + max(xs)) / 2 - at / (per_degree * stretch)
        north = middle + height / 2 / per_degree
        beyond = 12 / per_degree
        window = Window(
            west - beyond / stretch,
            north - height / per_degree - beyond,
            west + (WIDTH / per_degree + beyond) / stretch,
            north + beyond,
        )
        views.append(_View(window, west, north, per_degree * stretch, per_degree, height, right))
    return min(views, key=_covered)


def _covered(view: _View) -> int:
    """How many of a grid of places under the labels are land."""
    first = WIDTH - COLUMN if view.right else 0.0
    return sum(
        is_land(
            view.window,
            view.west + (first + COLUMN * (i + 0.5) / 8) / view.per_degree_x,
            view.north - view.height * (j + 0.5) / 12 / view.per_degree_y,
        )
        for i in range(8)
        for j in range(12)
    )


def _label(place: Place, spot: Point, y: float, view: _View, look: Look) -> str:
    x, start = spot[0], WIDTH - COLUMN + 8 if view.right else 2.0
    edge, elbow = (start - 6, start - 16) if view.right else (COLUMN - 2, COLUMN + 8)
    end = start + STEP * IN_A_ROW
    counted = len(place.count.text) * 7.4 + 8
    parts = [
        f'<path d="M{x:.1f} {spot[1]:.1f}L{elbow:.1f} {y:.1f}H{edge:.1f}" fill="none" '
        f'stroke="{look["ink2"]}"/>',
        f'<circle cx="{x:.1f}" cy="{spot[1]:.1f}" r="3" fill="{look["ink"]}"/>',
        label(place.name, start, y + 5, size=15, fill=look["ink"], font=look.font, bold=True,
              room=STEP * IN_A_ROW - counted, halo=look["bg"]),
        label(place.count, end, y + 5, size=14, fill=look["ink" if place.busy else "ink2"],
              font=look.font, anchor="end", halo=look["bg"]),
    ]  # fmt: skip
    more = len(place.standings) - IN_A_ROW
    kept = place.standings[: IN_A_ROW if more <= 0 else IN_A_ROW - 2]
    parts += [
        placed(standing, start + STEP * n, y + 12, MARK, look) for n, standing in enumerate(kept)
    ]
    if more > 0:
        rest = f"+{len(place.standings) - len(kept):,}"
        parts.append(
            label(rest, start + STEP * len(kept) + 2, y + 25, size=13, fill=look["ink2"],
                  font=look.font, halo=look["bg"])
        )  # fmt: skip
    return "".join(parts)
