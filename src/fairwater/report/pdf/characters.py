"""Characters no font here has: written by their number, counted, and told at the end.

    characters = Characters()
    characters.fit("鮭 🐟")      "鮭 [U+1F41F]"
    characters.missing           {"🐟": 1}

A font without a character would print a blank or a box, and a PDF for archives may hold
neither. Controls and marks of direction have no glyph either and are treated alike.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from fairwater.report import fonts

_SPACES = frozenset("\u00a0\u2009\u3000")
"""Spaces that Python does not count as printable, and that have a glyph."""


class Characters:
    """What one document could not show as it stood."""

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()

    def fit(self, text: str) -> str:
        """The text with every character no font has written as ``[U+…]``."""
        if text.isascii() and text.isprintable():
            return text
        kept: list[str] = []
        run: list[str] = []
        for char in text:
            if _shown(char):
                if run:
                    kept.append(f"[{' '.join(run)}]")
                    run = []
                kept.append(char)
            else:
                self.missing[char] += 1
                run.append(f"U+{ord(char):04X}")
        if run:
            kept.append(f"[{' '.join(run)}]")
        return "".join(kept)


@lru_cache(maxsize=32_768)
def _shown(char: str) -> bool:
    return char == "\n" or ((char.isprintable() or char in _SPACES) and fonts.has(char))
