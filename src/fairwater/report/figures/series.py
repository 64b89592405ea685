"""Series against limits: every result drawn as the set of values it allows.

    detected     dot; its uncertainty a bar, with caps where the coverage factor is stated
    censored     short bar at the limit, stem fading down to the foot: any value there
    interval     stem with two bars          about   dot in a ring
    over_range   bar with a stem upward      not stated, withheld   tick under the axis
    above        triangle, whatever its kind; the highest and the last carry their text

A limit is a line with its value and the letters of the agreements that state it; one on
another quantity is dashed and starred. The last 90 days before the day asked about are shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from fairwater.node.briefing.content import LimitLine, Point, Series
from fairwater.report.document import Drawing, Phrase
from fairwater.report.figures.days import share, ticks
from fairwater.report.figures.frame import framed, label, width_of
from fairwater.report.figures.limits import drawn, grouped
from fairwater.report.figures.look import Look
from fairwater.report.figures.scale import Scale
from fairwater.report.words import Language

WIDTH: Final = 400.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 326.0, 18.0, 196.0
HEIGHT: Final = 226.0
RECENT_DAYS: Final = 90
LABEL_ROOM: Final = 90.0
"""Width of a result's text; a longer one is cut."""


def series_panel(
    series: Series,
    limits: Sequence[LimitLine],
    *,
    name: str,
    decades: tuple[int, float],
    days: tuple[date, date],
    title: str,
    desc: str,
    caption: tuple[Phrase, ...],
    words: Language,
    look: Look,
) -> Drawing:
    """One panel: results of a unit against the limits."""
    scale = Scale(decades[0], decades[1], TOP, BOTTOM)
    left = max(LEFT, max(width_of(_named(power), 12) for power in scale.decades) + 10)
    place = _Place(left, *days)
    where = [(point, place.middle(point)) for point in series.points]
    body = [
        _ground(scale, place, words, look),
        drawn(grouped(limits, series.quantity), scale, left, RIGHT, WIDTH, look),
        _fade(name, scale, look),
        _sets(where, scale, name, look),
        _above(where, scale, left, look),
        f'<path d="M{RIGHT} {TOP - 6}V{BOTTOM}" stroke="{look["ink"]}"/>',
    ]
    svg = framed("".join(body), name=name, title=title, desc=desc, width=WIDTH, height=HEIGHT)
    return Drawing(svg=svg, caption=caption, width=WIDTH, height=HEIGHT, kind="panel")


class _Place(NamedTuple):
    """Where days stand: from `left`, which leaves room for the axis' numbers, to `RIGHT`."""

    left: float
    first: date
    last: date

    def x(self, day: date) -> float:
        return self.left + (RIGHT - self.left) * share(day, self.first, self.last)

    def middle(self, point: Point) -> float:
        return (self.x(point.first) + self.x(point.last)) / 2


def _named(power: int) -> str:
    """A power of ten as the axis writes it: 10,000 or 0.01."""
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _ground(scale: Scale, place: _Place, words: Language, look: Look) -> str:
    left = place.left
    recent = place.x(place.last - timedelta(days=RECENT_DAYS))
    parts = [
        f'<rect x="{recent:.1f}" y="{TOP - 6}" width="{RIGHT - recent:.1f}" '
        f'height="{BOTTOM - TOP + 6}" fill="{look["band"]}"/>'
    ]
    lines = []
    for power in scale.decades:
        y = scale.y(10.0**power)
        lines.append(f"M{left:g} {y:.1f}H{RIGHT}")
        parts.append(label(_named(power), left - 6, y + 4, size=12, fill=look["ink2"],
                           font=look.font, anchor="end"))  # fmt: skip
    parts.append(f'<path d="{"".join(lines)}" stroke="{look["grid"]}" fill="none"/>')
    foot = BOTTOM - 10
    parts.append(
        f'<path d="M{left:g} {TOP - 6}V{foot - 3}M{left:g} {foot + 3}V{BOTTOM}'
        f'M{left - 4:g} {foot}l8 -4M{left - 4:g} {foot + 5}l8 -4M{left:g} {BOTTOM}H{RIGHT}" '
        f'stroke="{look["ink2"]}" fill="none"/>'
    )
    parts.append(label("0", left - 6, BOTTOM + 4, size=12, fill=look["ink2"], font=look.font,
                       anchor="end"))  # fmt: skip
    for tick in ticks(place.first, place.last, words):
        x = place.x(tick.day)
        parts.append(f'<path d="M{x:.1f} {BOTTOM}v4" stroke="{look["ink2"]}"/>')
        parts.append(label(tick.name, x, BOTTOM + 24, size=12, fill=look["ink2"],
                           font=look.font, anchor="middle"))  # fmt: skip
    return "".join(parts)


def _fade(name: str, scale: Scale, look: Look) -> str:
    nd = look["nd"]
    return (
        f'<defs><linearGradient id="{name}-f" gradientUnits="userSpaceOnUse" x1="0" '
        f'y1="{scale.top:g}" x2="0" y2="{scale.bottom:g}">'
        f'<stop offset="0" stop-color="{nd}" stop-opacity=".8"/>'
        f'<stop offset=".55" stop-color="{nd}" stop-opacity=".5"/>'
        f'<stop offset="1" stop-color="{nd}" stop-opacity=".07"/></linearGradient></defs>'
    )


def _sets(where: Sequence[tuple[Point, float]], scale: Scale, name: str, look: Look) -> str:
    stems, bars, dots, rings, whiskers, under = [], [], [], [], [], []
    for point, x in where:
        low, high = scale.y(point.low), scale.y(point.high)
        if point.kind in ("not_stated", "withheld"):
            under.append(f"M{x:.1f} {scale.bottom + 6:.1f}v6")
        elif point.kind == "over_range":
            bars.append(f"M{x - 2.5:.1f} {low:.1f}h5M{x:.1f} {low:.1f}V{scale.top - 5:.1f}l-2.5 4"
                        f"m2.5 -4l2.5 4")  # fmt: skip
        elif point.kind == "interval":
            bars.append(f"M{x - 2.5:.1f} {high:.1f}h5M{x:.1f} {high:.1f}V{low:.1f}m-2.5 0h5")
        elif point.kind == "censored":
            stems.append(f"M{x:.1f} {high:.1f}V{low:.1f}")
            bars.append(f"M{x - 2.5:.1f} {high:.1f}h5")
        elif not point.above:
            dots.append(f"M{x:.1f} {low:.1f}h.01")
        if point.kind == "about":
            rings.append(f"M{x - 4.2:.1f} {low:.1f}a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0")
        if point.half_width and point.kind in ("detected", "about"):
            whiskers.append(_whisker(point, x, scale))
    fine = f'fill="none" stroke="{look["nd"]}"'
    drawn = [
        (f'fill="none" stroke="url(#{name}-f)" stroke-width="1.2"', stems),
        (f'{fine} stroke-width="1.3"', bars),
        (f'{fine} stroke-width="1.5"', under),
        (f'fill="none" stroke="{look["data"]}" stroke-width="1.2"', [*whiskers, *rings]),
        (f'fill="none" stroke="{look["data"]}" stroke-width="4" stroke-linecap="round"', dots),
    ]
    return "".join(f'<path {how} d="{"".join(what)}"/>' for how, what in drawn if what)


def _whisker(point: Point, x: float, scale: Scale) -> str:
    width = point.half_width or 0.0
    top, foot = scale.y(point.low + width), scale.y(point.low - width)
    line = f"M{x:.1f} {top:.1f}V{foot:.1f}"
    if point.k is not None:
        line += f"M{x - 2.5:.1f} {top:.1f}h5M{x - 2.5:.1f} {foot:.1f}h5"
    return line


def _above(where: Sequence[tuple[Point, float]], scale: Scale, left: float, look: Look) -> str:
    found = [(point, x, scale.y(point.low)) for point, x in where if point.above]
    if not found:
        return ""
    shapes = "".join(f"M{x:.1f} {y - 4.6:.1f}l4 7.4h-8z" for _, x, y in found)
    parts = [f'<path fill="{look["ex"]}" d="{shapes}"/>']
    highest = max(found, key=lambda one: (one[0].low, one[0].first))
    last = max(found, key=lambda one: (one[0].last, one[0].low))
    taken: list[tuple[float, float]] = []
    for point, x, y in (highest, last):
        half = min(LABEL_ROOM, width_of(point.text, 13, bold=True)) / 2
        x = min(max(x, left + half), RIGHT - half - 2)
        if all(abs(x - other) > half + 24 or abs(y - at) > 14 for other, at in taken):
            taken.append((x, y))
            parts.append(label(point.text, x, max(12.0, y - 8), size=13, fill=look["ex"],
                               font=look.font, anchor="middle", bold=True, halo=look["bg"],
                               room=LABEL_ROOM))  # fmt: skip
    return "".join(parts)
