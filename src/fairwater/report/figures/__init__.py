"""The drawings of the report: pure functions from parts of a briefing to SVG.

`symbols`, `zone_map`, `series`, `timelines` and `rows` draw; `look` says in which colours.
Every drawing has a title and a description inside, text is plain ``<text>``.
"""

from fairwater.report.figures.look import SCREEN, Look, paper
from fairwater.report.figures.symbols import symbol

__all__ = ["SCREEN", "Look", "paper", "symbol"]
