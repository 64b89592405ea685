"""The pieces of a rich text: what stands above or below the line, and what is struck out.

    1.5 and a raised 2        1.5²            a footnote, or a power; never 1.52
    137 raised, Cs            ¹³⁷Cs
    12 struck out, 13         <del>12</del>13    a correction, in the notation of published ones

A spreadsheet stores `1.52` as three pieces of text of which one is small and high. Joined as if
they stood on one line they are another number, so the marks go into the text.
"""

from __future__ import annotations

from fairwater.intake.workbook.markup import Attributes

FALSE = ("0", "false", "off", "f")
_DIGITS = "0123456789+-=()"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class RichText:
    """Joins the pieces of one text; `piece` each, with the properties told before it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._align = ""
        self._struck = False

    def run(self) -> None:
        """A piece with properties of its own begins."""
        self._align, self._struck = "", False

    def has(self, name: str, attributes: Attributes) -> None:
        """A property of the piece that begins."""
        if name == "vertAlign":
            self._align = attributes.get("val", "")
        elif name == "strike":
            self._struck = attributes.get("val", "1").strip().lower() not in FALSE

    def piece(self, text: str) -> None:
        """Some of the piece's text."""
        if self._align == "superscript":
            text = text.translate(_RAISED)
        elif self._align == "subscript":
            text = text.translate(_LOWERED)
        self._pieces.append(f"<del>{text}</del>" if self._struck and text.strip() else text)

    def text(self) -> str:
        """All pieces, joined."""
        return "".join(self._pieces)
