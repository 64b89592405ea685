"""The drawings of the report: pure functions from parts of a briefing to SVG.

`zone_map`, `series_panel`, `track_drawing`, `axis_drawing`, `rows_bar` and `symbol` draw;
`look` says in which colours. Every drawing has a title and a description inside, text is
plain ``<text>``.
"""

from fairwater.report.figures.look import SCREEN, Look, paper
from fairwater.report.figures.rows import rows_bar
from fairwater.report.figures.series import series_panel
from fairwater.report.figures.symbols import symbol
from fairwater.report.figures.timelines import axis_drawing, track_drawing
from fairwater.report.figures.zone_map import Place, zone_map

__all__ = [
    "SCREEN", "Look", "Place", "axis_drawing", "paper", "rows_bar", "series_panel", "symbol",
    "track_drawing", "zone_map",
]  # fmt: skip
