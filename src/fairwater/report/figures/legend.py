"""Legends: small drawings of what the marks of a figure look like."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fairwater.report.figures.look import Look
from fairwater.report.figures.symbols import symbol


def _small(body: str, width: float = 14) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} 14" '
        f'width="{width:g}" height="14" aria-hidden="true">{body}</svg>'
    )


def series_keys(kinds: Collection[str], look: Look) -> Iterator[tuple[str, str]]:
    """Marks of the series: those of the kinds that occur, then what every panel has."""
    data, nd = look["data"], look["nd"]
    dot = f'<path d="M7 7h.01" stroke="{data}" stroke-width="4" stroke-linecap="round"/>'
    bar = f'<path d="M7 1V13" stroke="{data}" stroke-width="1.2"/>'
    line = f'fill="none" stroke="{nd}" stroke-width="1.3"'
    drawn = {
        "detected": dot,
        "width": dot + bar,
        "caps": dot + bar + f'<path d="M4.5 1h5M4.5 13h5" stroke="{data}" stroke-width="1.2"/>',
        "censored": f'<path d="M4.5 2h5M7 2V13" {line}/>',
        "interval": f'<path d="M4.5 2h5M7 2V12M4.5 12h5" {line}/>',
        "about": dot + f'<circle cx="7" cy="7" r="4.4" fill="none" stroke="{data}"/>',
        "over_range": f'<path d="M4.5 12h5M7 12V1.5l-2.5 4m2.5 -4l2.5 4" {line}/>',
        "not_stated": f'<path d="M7 4v6" {line}/>',
    }
    for name, body in drawn.items():
        if name in kinds:
            yield name, _small(body)
    yield "above", symbol("above", look)
    yield "recent", _small(f'<rect width="14" height="14" fill="{look["band"]}" '
                           f'stroke="{look["line"]}"/>')  # fmt: skip
    yield "limit", _small(f'<path d="M0 7H22" stroke="{look["lim"]}" stroke-width="1.2"/>', 22)


def time_keys(look: Look) -> Iterator[tuple[str, str]]:
    """Marks of the timelines."""
    state = look["state"]

    def bar(height: float, fill: str = state) -> str:
        return _small(f'<rect y="{7 - height / 2:g}" width="24" height="{height:g}" '
                      f'fill="{fill}"/>', 24)  # fmt: skip

    yield "suspended", bar(13)
    yield "middle", bar(8)
    yield "inspection", bar(5)
    yield "line", bar(1.4, look["ink2"])
    yield "hole", _small(f'<rect x="1" y="2" width="22" height="10" fill="{look["bg"]}" '
                         f'stroke="{state}" stroke-width="1.6"/>', 24)  # fmt: skip
    yield "recorded", symbol("recorded", look)
    yield "assumed", symbol("assumed", look)
    stripes = "".join(f"M{x} 13L{x + 12} 1" for x in range(-6, 24, 5))
    yield "contested", _small(f'<path d="{stripes}" stroke="{state}" stroke-width="1.8"/>'
                              f'<rect x=".6" y=".6" width="22.8" height="12.8" fill="none" '
                              f'stroke="{state}" stroke-width="1.2"/>', 24)  # fmt: skip
    yield "hindsight", bar(6.5, look["hind"])
