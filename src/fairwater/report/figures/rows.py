"""The bar of rows read: accepted, flagged (hatched), quarantined (at least 3 wide)."""

from __future__ import annotations

from typing import Final

from fairwater.node.briefing.content import Read
from fairwater.report.document import Drawing, Phrase
from fairwater.report.figures.frame import framed
from fairwater.report.figures.look import Look

WIDTH: Final = 700.0
HEIGHT: Final = 26.0
LEAST: Final = 3.0


def rows_bar(
    read: Read, *, name: str, title: str, desc: str, caption: tuple[Phrase, ...], look: Look
) -> Drawing:
    """One file's rows as one bar."""
    whole = max(1, read.rows)
    accepted, flagged = 100 * read.accepted / whole, 100 * read.flagged / whole
    kept = 100 * read.quarantined / whole

    def at(per_cent: float) -> str:
        return f"{per_cent:.3f}%" if look.fluid else f"{WIDTH * per_cent / 100:.2f}"

    box = 'y="4" height="18"'
    parts = [
        f'<defs><pattern id="{name}-h" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{look["bg"]}"/>'
        f'<rect width="2.4" height="5" fill="{look["data"]}"/></pattern></defs>',
        f'<rect x="0" width="{at(accepted)}" {box} fill="{look["data"]}"/>',
    ]
    if read.flagged:
        parts.append(
            f'<rect x="{at(accepted)}" width="{at(flagged)}" {box} fill="url(#{name}-h)" '
            f'stroke="{look["data"]}"/>'
        )
    if read.quarantined:
        start = at(accepted + flagged)
        parts.append(f'<rect x="{start}" width="{at(kept)}" {box} fill="{look["ex"]}"/>')
        least = f'<rect x="{-LEAST:g}" y="0" width="{LEAST:g}" height="26" fill="{look["ex"]}"/>'
        parts.append(
            f'<svg x="100%" overflow="visible">{least}</svg>'
            if look.fluid
            else f'<g transform="translate({WIDTH:g} 0)">{least}</g>'
        )
    svg = framed(
        "".join(parts), name=name, title=title, desc=desc, width=WIDTH, height=HEIGHT,
        fluid=look.fluid,
    )  # fmt: skip
    return Drawing(svg=svg, caption=caption, width=WIDTH, height=HEIGHT, kind="bar")
