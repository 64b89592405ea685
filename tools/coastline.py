"""Make `src/fairwater/report/figures/land.bin` from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/coastline.py package/land-50m.json

The package carries Natural Earth's land polygons 1:50m (public domain) as TopoJSON. Every
ring of the whole world is kept, at 1/250 of a degree; points that then coincide are
dropped. The layout is told in `report/figures/coast.py`, which reads it.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

PER_DEGREE = 250
TARGET = Path(__file__).parents[1] / "src/fairwater/report/figures/land.bin"
LONGEST_STEP = 30_000
"""A step is stored in 16 bits; a longer one is divided."""
Point = tuple[int, int]


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Every ring of the land, outer and inner, in whole units, without repeated points."""
    scale_x, scale_y = topology["transform"]["scale"]
    move_x, move_y = topology["transform"]["translate"]
    arcs = [
        [
            (
                round((x * scale_x + move_x) * PER_DEGREE),
                round((y * scale_y + move_y) * PER_DEGREE),
            )
            for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        ]
        for arc in topology["arcs"]
    ]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points: list[Point] = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    points += arc
                kept = _around_pole(list(_unrolled(points)))
                if len({y for _, y in kept}) > 1 and len(kept) > 3:
                    yield list(_short_steps(kept))


def _unrolled(points: list[Point]) -> Iterator[Point]:
    """The ring without repeated points, going on past 180 degrees where it does so.

    TopoJSON names 180 degrees of both hemispheres by one of them: a step of more than half
    the circle is one across that meridian, not one around the world.
    """
    turn, half = 360 * PER_DEGREE, 180 * PER_DEGREE
    yield points[0]
    last = points[0]
    x = last[0]
    for (before, _), (after, y) in pairwise(points):
        step = after - before
        x += step - turn * round(step / turn) if abs(step) > half else step
        if (x, y) != last:
            yield x, y
        last = (x, y)


def _around_pole(ring: list[Point]) -> list[Point]:
    """The ring near longitude 0; one that went once around the earth is closed by its pole."""
    turn = 360 * PER_DEGREE
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    moved = [(x - turn * round(middle / turn), y) for x, y in ring]
    (first, _), (last, y) = moved[0], moved[-1]
    if abs(last - first) != turn:
        return moved
    pole = 90 * PER_DEGREE if y > 0 else -90 * PER_DEGREE
    return [*moved, (last, pole), (first, pole), moved[0]]


def _short_steps(ring: list[Point]) -> Iterator[Point]:
    yield ring[0]
    for before, after in pairwise(ring):
        run, rise = after[0] - before[0], after[1] - before[1]
        pieces = max(abs(run), abs(rise)) // LONGEST_STEP + 1
        for piece in range(1, pieces):
            yield (before[0] + run * piece // pieces, before[1] + rise * piece // pieces)
        yield after


def packed(found: list[list[Point]]) -> bytes:
    """The rings as `coast` reads them."""
    head = struct.pack("<I", len(found))
    starts = b"".join(struct.pack("<Iii", len(ring), *ring[0]) for ring in found)
    steps = [
        array("h", [b[axis] - a[axis] for ring in found for a, b in pairwise(ring)])
        for axis in (0, 1)
    ]
    if sys.byteorder == "big":
        for step in steps:
            step.byteswap()
    return zlib.compress(head + starts + b"".join(step.tobytes() for step in steps), 9)


def main() -> None:
    """Read the TopoJSON named on the command line and write the package's file."""
    topology = json.loads(Path(sys.argv[1]).read_text())
    found = list(rings(topology))
    TARGET.write_bytes(packed(found))
    points = sum(map(len, found))
    print(f"{len(found)} rings, {points} points, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
