"""The land of the world as outlines, cut to a window and drawn as one SVG path.

`land.bin` holds every ring of Natural Earth's land 1:50m at 1/250 of a degree, zlib over:

    u32            number of rings
    u32 i32 i32    each ring: points, first longitude, first latitude
    i16 …          longitude steps of all rings, then latitude steps

all little-endian. A ring that crosses 180 degrees goes on beyond it (`tools/coastline.py`
writes it; `NOTICE` tells its source). No coast is left out or kept for the sake of anyone's
waters: the window decides.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final, NamedTuple

PER_DEGREE: Final = 250
_START: Final = struct.Struct("<Iii")
Point = tuple[float, float]
Ring = list[Point]


class Window(NamedTuple):
    """A rectangle of longitudes and latitudes, degrees. `west` below `east`; may pass 180."""

    west: float
    south: float
    east: float
    north: float


@cache
def rings() -> tuple[tuple[Window, Ring], ...]:
    """Every ring, in degrees, with its bounds."""
    packed = resources.files(__package__).joinpath("land.bin").read_bytes()
    content = zlib.decompress(packed)
    (count,) = struct.unpack_from("<I", content)
    starts = [_START.unpack_from(content, 4 + _START.size * n) for n in range(count)]
    steps = array("h", content[4 + _START.size * count :])
    if sys.byteorder == "big":
        steps.byteswap()
    half = len(steps) // 2
    found = []
    at = 0
    for points, first_x, first_y in starts:
        here = slice(at, at + points - 1)
        xs = [x / PER_DEGREE for x in accumulate(steps[:half][here], initial=first_x)]
        ys = [y / PER_DEGREE for y in accumulate(steps[half:][here], initial=first_y)]
        found.append((Window(min(xs), min(ys), max(xs), max(ys)), list(zip(xs, ys, strict=True))))
        at += points - 1
    return tuple(found)


def land(window: Window, project: Callable[[Point], Point], tolerance: float) -> str:
    """Path data of the land inside a window, simplified to `tolerance` of the drawing's units."""
    parts = []
    for ring in _inside(window):
        drawn = simplified([project(point) for point in ring], tolerance)
        if len(drawn) > 3 and _extent(drawn) > 2 * tolerance:
            points = [(round(x, 1), round(y, 1)) for x, y in drawn]
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points[:-1]) + "Z")
    return "".join(parts)


def is_land(window: Window, longitude: float, latitude: float) -> bool:
    """Whether a place inside the window is land."""
    hits = 0
    for ring in _inside(window):
        before = ring[-1]
        for after in ring:
            if (before[1] > latitude) != (after[1] > latitude):
                share = (latitude - before[1]) / (after[1] - before[1])
                hits += before[0] + share * (after[0] - before[0]) > longitude
            before = after
    return hits % 2 == 1


@cache
def _cut(window: Window) -> tuple[Ring, ...]:
    found = []
    for bounds, ring in rings():
        if bounds.north < window.south or bounds.south > window.north:
            continue
        for turn in (-360.0, 0.0, 360.0):
            if bounds.east + turn >= window.west and bounds.west + turn <= window.east:
                moved = [(x + turn, y) for x, y in ring] if turn else ring
                cut = _clipped(moved, window)
                if len(cut) > 2:
                    found.append([*cut, cut[0]])
    return tuple(found)


def _inside(window: Window) -> Iterator[Ring]:
    yield from _cut(window)


def _clipped(ring: Ring, window: Window) -> Ring:
    """The part of a closed ring inside a window, side by side (Sutherland and Hodgman, 1974)."""
    sides = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    for axis, edge, way in sides:
        kept: Ring = []
        before = ring[-1] if ring else (0.0, 0.0)
        for after in ring:
            was, now = way * (before[axis] - edge) >= 0, way * (after[axis] - edge) >= 0
            if was != now:
                kept.append(_crossing(before, after, axis, edge))
            if now:
                kept.append(after)
            before = after
        ring = kept
    return ring


def _crossing(before: Point, after: Point, axis: int, edge: float) -> Point:
    share = (edge - before[axis]) / (after[axis] - before[axis])
    other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def simplified(line: Ring, tolerance: float) -> Ring:
    """The line without points nearer than `tolerance` to what stays (Douglas and Peucker, 1973).

    A closed line keeps its first point and the one farthest from it.
    """
    if len(line) < 4:
        return line
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    far = max(range(len(line)), key=lambda n: _squared(line[0], line[n]))
    keep[far] = True
    spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        best, where = tolerance * tolerance, -1
        for n in range(first + 1, last):
            off = _off(line[n], line[first], line[last])
            if off > best:
                best, where = off, n
        if where >= 0:
            keep[where] = True
            spans += [(first, where), (where, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _squared(a: Point, b: Point) -> float:
    return float((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _off(point: Point, a: Point, b: Point) -> float:
    """Squared distance of a point from the segment a-b."""
    run, rise = b[0] - a[0], b[1] - a[1]
    length = run * run + rise * rise
    if length == 0:
        return _squared(point, a)
    share = max(0.0, min(1.0, ((point[0] - a[0]) * run + (point[1] - a[1]) * rise) / length))
    return _squared(point, (a[0] + share * run, a[1] + share * rise))


def _extent(line: Ring) -> float:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(max(xs) - min(xs), max(ys) - min(ys))
