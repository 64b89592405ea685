"""The frame of a drawing: an SVG with its name and description, and text that fits.

Everything written into a drawing goes through `escaped`; widths of text are estimated, not
measured (a CJK letter one em, others 0.56 em on average), with room to spare.
"""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape

from fairwater.report.document import Phrase
from fairwater.report.words.visible import shown


def escaped(text: str) -> str:
    """Text as it may stand between tags or in a double-quoted attribute."""
    return escape(text, {'"': "&quot;", "'": "&#39;"})


def framed(
    body: str, *, name: str, title: str, desc: str, width: float, height: float, fluid: bool = False
) -> str:
    """A drawing with a name. `name` makes its ids; `fluid`: as wide as the page lets it be."""
    size = (
        f'width="100%" height="{height:g}"'
        if fluid
        else f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escaped(title)}</title>'
        f'<desc id="{name}-d">{escaped(desc)}</desc>{body}</svg>'
    )


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Estimated width of a text in the units of `size`."""
    wide = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text)
    return wide * size * (1.06 if bold else 1.0)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would be wider than `room`."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def label(
    phrase: Phrase | str,
    x: float | str,
    y: float,
    *,
    size: float,
    fill: str,
    font: str = "",
    room: float | None = None,
    anchor: str = "start",
    bold: bool = False,
    halo: str | None = None,
) -> str:
    """A line of text, as far as it may be shown. A phrase in another language has its `lang`."""
    text = shown(phrase if isinstance(phrase, str) else phrase.text)
    tags = set() if isinstance(phrase, str) else {span.lang for span in phrase.spans}
    tag = tags.pop() if len(tags) == 1 else None
    if room is not None:
        text = fitted(text, size, room, bold=bold)
    place = x if isinstance(x, str) else f"{x:.1f}"
    attributes = f'x="{place}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{font}'
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    if bold:
        attributes += ' font-weight="600"'
    if tag:
        attributes += f' lang="{tag}" xml:lang="{tag}"'
    if halo is not None:
        attributes += (
            f' paint-order="stroke" stroke="{halo}" stroke-width="3" stroke-linejoin="round"'
        )
    return f"<text {attributes}>{escaped(text)}</text>"


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Sorted places moved apart to at least `gap`, kept between `low` and `high` if they fit."""
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + gap if placed else low))
    if placed and placed[-1] > high:
        edge = high
        for n in range(len(placed) - 1, -1, -1):
            placed[n] = min(placed[n], edge)
            edge = placed[n] - gap
    return placed
