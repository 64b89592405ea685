"""Limits beside a series: which have a place on its axis, and how their lines are labelled.

A line's label is its value and the letters of the agreements that state it, letters that
follow each other as a range: ``100 A–C``. A star is for a limit on another quantity than the
one drawn; its line is dashed. A label with more letters than its room goes on below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from fairwater.node.briefing.content import LimitLine
from fairwater.report.figures.frame import label, spread, width_of
from fairwater.report.figures.look import Look
from fairwater.report.figures.scale import Scale, numeric

SIZE: Final = 12.0
GAP: Final = 13.0
"""Height of a label's line."""


class Line(NamedTuple):
    """Equal limits: value and text, letters of their agreements, whether on what is drawn."""

    value: float
    text: str
    letters: str
    here: bool


def covers(limit: LimitLine, quantity: Sequence[str]) -> bool:
    """Whether a limit is on the quantity that a series draws."""
    return sorted(limit.nuclides) == sorted(quantity)


def touches(limit: LimitLine, quantity: Sequence[str]) -> bool:
    """Whether a limit is on some nuclide of a series: others have no place on its axis."""
    return not set(limit.nuclides).isdisjoint(quantity)


def grouped(limits: Iterable[LimitLine], quantity: Sequence[str]) -> list[Line]:
    """Limits with a value, the lowest first, equal ones together."""
    found: dict[tuple[float, str, bool], list[str]] = {}
    for limit in limits:
        value = numeric(limit.value)
        if value is not None:
            letters = found.setdefault((value, limit.value, covers(limit, quantity)), [])
            if limit.letter not in letters:
                letters.append(limit.letter)
    return [
        Line(value, text, ranged(letters), here)
        for (value, text, here), letters in sorted(found.items())
    ]


def ranged(letters: Iterable[str]) -> str:
    """Letters in order, three or more that follow each other as a range: A–C, E."""
    runs: list[list[str]] = []
    for letter in sorted(letters):
        if runs and len(letter) == 1 and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def drawn(lines: Sequence[Line], scale: Scale, left: float, right: float, width: float,
          look: Look) -> str:  # fmt: skip
    """The lines from `left` to `right`, their labels between `right` and `width`."""
    room = width - right - 10
    seen = [line for line in lines if scale.y(line.value) > scale.top - 1][::-1]
    rows = [(line, place, text) for line in seen for place, text in enumerate(_rows(line, room))]
    heights = spread([scale.y(line.value) for line, *_ in rows], GAP, scale.top, scale.bottom - 4)
    parts = []
    for (line, place, text), y in zip(rows, heights, strict=True):
        at = scale.y(line.value)
        if place == 0:
            dash = "" if line.here else ' stroke-dasharray="5 3"'
            parts.append(
                f'<path d="M{left:g} {at:.1f}H{right:g}L{right + 6:g} {y:.1f}" fill="none" '
                f'stroke="{look["lim"]}" stroke-width="1.1"{dash}/>'
            )
        parts.append(label(text, right + 9, y + 4, size=SIZE, fill=look["lim"], font=look.font,
                           room=room))  # fmt: skip
    return "".join(parts)


def _rows(line: Line, room: float) -> list[str]:
    """The label in as many rows as it needs, broken after a comma."""
    rows = [line.text]
    for number, letter in enumerate(line.letters.split(", ")):
        joined = f"{rows[-1]}{' ' if number == 0 else ', '}{letter}"
        if width_of(joined + ",", SIZE) <= room:
            rows[-1] = joined
        else:
            rows[-1] += "," if number else ""
            rows.append(letter)
    if not line.here:
        rows[-1] += "*"
    return rows
