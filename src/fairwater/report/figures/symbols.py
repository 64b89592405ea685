"""The marks of a unit's standing, of a condition's verdict: shape first, colour second.

    relaxable    half square        held   full square         none   ring
    unsettled    square with ?      tightenable  hollow square with an upward triangle
    stale        dashed ring        never  dash
    holds ✓, fails ✗, unknown ?     drawn as strokes, always beside the word
    above        triangle           recorded ◆, assumed ◇

Each is drawn in a box of 14 by 14; `symbol` gives it as an SVG of its own, `shape` as what
stands inside one, `definitions` all of them once, for a page that refers to them.
"""

from __future__ import annotations

from collections.abc import Mapping

from fairwater.report.figures.look import Look

_QUERY = (
    '<path d="M5 5.2C5 2.6 9.2 2.6 9.2 5.2 9.2 6.8 7.1 6.9 7.1 8.5" fill="none" '
    'stroke="{c}" stroke-width="1.5"/><circle cx="7.1" cy="10.7" r="1" fill="{c}"/>'
)
_SHAPES: Mapping[str, str] = {
    "held": '<rect x="1" y="1" width="12" height="12" fill="{state}"/>',
    "unsettled": '<rect x="1" y="1" width="12" height="12" fill="{state}"/>'
    + _QUERY.replace("{c}", "{bg}"),
    "relaxable": '<rect x="1.8" y="1.8" width="10.4" height="10.4" fill="{bg}" stroke="{state}" '
    'stroke-width="1.6"/><path d="M1.8 12.2V1.8L12.2 12.2Z" fill="{state}"/>',
    "tightenable": '<rect x="1.8" y="1.8" width="10.4" height="10.4" fill="{bg}" '
    'stroke="{state}" stroke-width="1.6"/><path d="M7 4L10.4 10H3.6Z" fill="{state}"/>',
    "none": '<circle cx="7" cy="7" r="5.2" fill="none" stroke="{ink2}" stroke-width="1.4"/>',
    "stale": '<circle cx="7" cy="7" r="5.2" fill="none" stroke="{ink2}" stroke-width="1.4" '
    'stroke-dasharray="2.2 1.9"/>',
    "never": '<path d="M3 7H11" stroke="{ink2}" stroke-width="1.6" fill="none"/>',
    "holds": '<path d="M2.5 7.5L5.8 11 11.5 3.5" stroke="{ink}" stroke-width="1.9" fill="none"/>',
    "fails": '<path d="M3 3L11 11M11 3L3 11" stroke="{ink}" stroke-width="1.9" fill="none"/>',
    "unknown": _QUERY.replace("{c}", "{ink}"),
    "above": '<path d="M7 2L12.5 12H1.5Z" fill="{ex}"/>',
    "recorded": '<path d="M7 .8L13.2 7 7 13.2 .8 7Z" fill="{state}" stroke="{bg}" '
    'stroke-width="1.6"/>',
    "assumed": '<path d="M7 1.6L12.4 7 7 12.4 1.6 7Z" fill="{bg}" stroke="{state}" '
    'stroke-width="1.5"/>',
}
NAMES: tuple[str, ...] = tuple(_SHAPES)


def shape(name: str, look: Look) -> str:
    """What a mark is drawn with, in a box of 14 by 14."""
    return _SHAPES[name].format_map(look.colours)


def symbol(name: str, look: Look, size: float = 14) -> str:
    """A mark as an SVG without a name of its own: words stand beside it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14" width="{size:g}" '
        f'height="{size:g}" aria-hidden="true">{shape(name, look)}</svg>'
    )


def placed(name: str, x: float, y: float, size: float, look: Look) -> str:
    """A mark inside another drawing, its upper left corner at (x, y)."""
    scale = size / 14
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">{shape(name, look)}</g>'


def definitions(look: Look) -> str:
    """All marks as ``<symbol id="g-NAME">``."""
    return "".join(
        f'<symbol id="g-{name}" viewBox="0 0 14 14">{shape(name, look)}</symbol>' for name in NAMES
    )
