"""Timelines: thick lane as known on each day, thin lane under it in hindsight.

Height of a bar says what the state does: suspended 13, on hold or conditional 8, inspection
5, no measure a line. Eligible and not decided is hollow; a decision on record a full
diamond, an assumed one hollow; a claim without an act hatched over the state in force.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from fairwater.node.briefing.content import Bar, Lane, Track
from fairwater.report.document import Drawing, Phrase
from fairwater.report.figures.days import share, ticks
from fairwater.report.figures.frame import escaped, framed, label
from fairwater.report.figures.look import Look
from fairwater.report.figures.symbols import shape
from fairwater.report.words import Language

WIDTH: Final = 520.0
HEIGHT: Final = 36.0
MARGIN: Final = 2.0
"""Per cent of the width free at each end, for diamonds and labels."""
KNOWN, HINDSIGHT = 10.0, 24.0
"""Middle of each lane."""
MAX_LABELS: Final = 5
LABEL_ROOM: Final = 6.0
"""Per cent of the width a label takes."""


class _Days:
    """Places of days, as per cent of a fluid drawing or in units of a fixed one."""

    def __init__(self, first: date, last: date, look: Look) -> None:
        self.first, self.last, self.fluid = first, last, look.fluid

    def at(self, day: date | None, otherwise: date) -> float:
        part = share(day or otherwise, self.first, self.last)
        return MARGIN + (100 - 2 * MARGIN) * part

    def text(self, per_cent: float) -> str:
        return f"{per_cent:.2f}%" if self.fluid else f"{WIDTH * per_cent / 100:.1f}"


def track_drawing(
    track: Track,
    *,
    name: str,
    days: tuple[date, date],
    title: str,
    desc: str,
    caption: tuple[Phrase, ...],
    look: Look,
) -> Drawing:
    """One measure of one unit over `days`."""
    place = _Days(*days, look)
    body = [_lane(track.known, track, place, KNOWN, 1.0, look)]
    body.append(_lane(track.hindsight, track, place, HINDSIGHT, 0.5, look))
    for number, claim in enumerate(track.claims):
        body.append(_hatched(claim.since, claim.until, track, place, f"{name}-h{number}", look))
    body += [
        _marked("recorded" if step.recorded else "assumed", place.at(step.dated, track.last),
                KNOWN - 7, 14, place, look)
        for step in track.steps
    ]  # fmt: skip
    height = HEIGHT
    if track.exceedances:
        labelled = len(track.exceedances) <= MAX_LABELS
        height += 22 if labelled else 10
        free = 0.0
        for day, text in track.exceedances:
            at = place.at(day, track.last)
            body.append(_marked("above", at, 30, 9, place, look))
            if labelled and at >= free:
                free = at + LABEL_ROOM
                body.append(label(text, place.text(at), 52, size=12, fill=look["ink"],
                                  font=look.font, anchor="middle", room=60))  # fmt: skip
    svg = framed(
        "".join(body), name=name, title=title, desc=desc, width=WIDTH, height=height,
        fluid=look.fluid,
    )  # fmt: skip
    return Drawing(svg=svg, caption=caption, width=WIDTH, height=height, kind="track")


def axis_drawing(
    days: tuple[date, date], *, name: str, title: str, words: Language, look: Look
) -> Drawing:
    """The axis over a group of timelines."""
    place = _Days(*days, look)
    parts = []
    for tick in ticks(*days, words, most=5):
        at = place.text(place.at(tick.day, days[1]))
        parts.append(label(tick.name, at, 12, size=12, fill=look["ink2"], font=look.font,
                           anchor="middle"))  # fmt: skip
        parts.append(f'<line x1="{at}" x2="{at}" y1="15" y2="20" stroke="{look["ink2"]}"/>')
    svg = framed("".join(parts), name=name, title=title, desc=f"{days[0]} – {days[1]}",
                 width=WIDTH, height=20, fluid=look.fluid)  # fmt: skip
    return Drawing(svg=svg, caption=(), width=WIDTH, height=20, kind="axis")


def thickness(bar: Bar, most: int) -> float:
    """Height of a state's bar; 0 for a line."""
    if bar.effect is not None:
        return {"none": 0.0, "inspection": 5.0, "conditional": 8.0, "hold": 8.0,
                "suspended": 13.0}[bar.effect]  # fmt: skip
    return 0.0 if bar.level == 0 else 13.0 if bar.level == most else 8.0


def _lane(lane: Lane, track: Track, place: _Days, middle: float, size: float, look: Look) -> str:
    known = size == 1.0
    fill = look["state" if known else "hind"]
    most = max((bar.level for bar in lane.bars), default=0)
    parts = []
    for bar in lane.bars:
        start, end = place.at(bar.since, track.first), place.at(bar.until, track.last)
        height = max(1.4, thickness(bar, most) * size) if thickness(bar, most) else 1.4
        colour = fill if thickness(bar, most) else look["ink2" if known else "hind"]
        parts.append(_box(start, end, middle, height, f'fill="{colour}"', place))
    tall = 13 * size
    for hole in lane.holes:
        start, end = place.at(hole.since, track.first), place.at(hole.until, track.last)
        width = f'fill="{look["bg"]}" stroke="{fill}" stroke-width="{1.6 if known else 1.2}"'
        parts.append(_box(start, end, middle, tall - (3 if known else 1.5), width, place))
    return "".join(parts)


def _box(start: float, end: float, middle: float, height: float, how: str, place: _Days) -> str:
    wide = max(0.15, end - start)
    return (
        f'<rect x="{place.text(start)}" y="{middle - height / 2:.1f}" '
        f'width="{place.text(wide)}" height="{height:.1f}" {how}/>'
    )


def _hatched(
    since: date, until: date | None, track: Track, place: _Days, name: str, look: Look
) -> str:
    start, end = place.at(since, track.first), place.at(until, track.last)
    pattern = (
        f'<defs><pattern id="{escaped(name)}" width="5" height="5" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="{look["bg"]}"/>'
        f'<rect width="2.2" height="5" fill="{look["state"]}"/></pattern></defs>'
    )
    how = f'fill="url(#{escaped(name)})" stroke="{look["state"]}" stroke-width="1.2"'
    return pattern + _box(start, max(end, start + 0.6), KNOWN, 13, how, place)


def _marked(what: str, per_cent: float, y: float, size: float, place: _Days, look: Look) -> str:
    """A mark whose middle lies at a day."""
    scale = size / 14
    inner = f'<g transform="translate({-size / 2:g} 0) scale({scale:.3g})">{shape(what, look)}</g>'
    if place.fluid and what == "above":
        return (
            f'<use href="#g-above" x="{place.text(per_cent)}" y="{y:g}" width="{size:g}" '
            f'height="{size:g}" transform="translate({-size / 2:g})"/>'
        )
    if place.fluid:
        return f'<svg x="{place.text(per_cent)}" y="{y:g}" overflow="visible">{inner}</svg>'
    return f'<g transform="translate({WIDTH * per_cent / 100:.1f} {y:g})">{inner}</g>'
