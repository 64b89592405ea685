"""Text of others made fit to be shown: nothing invisible, nothing endless, nothing that reorders.

    shown of a, U+202E, b    "a[U+202E]b"
    shown("x" * 10_000)      "xxx…[10,000]"

The whole text stays in the evidence; what is shortened says how long it was. Control and
direction characters are written by their number, since they act on what stands beside
them. More than three marks on one letter are cut, since they would print over other lines.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 120
"""Characters of a name shown; a longer one ends with the number of its characters."""
LONGEST_TEXT: Final = 2_000
"""Characters of a sentence or a cell shown."""
MAX_MARKS: Final = 3
_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN: Final = frozenset("\u200d\ufe0f\u00ad")
"""Joiners inside emoji, variation selectors, soft hyphens: harmless, and dropped."""


@lru_cache(maxsize=32_768)
def shown(text: str, longest: int = LONGEST) -> str:
    """The text as it may stand among other text."""
    if len(text) <= longest and text.isprintable() and text.isascii():
        return text
    kept, marks = [], 0
    for char in text[:longest] if len(text) > longest else text:
        if char in _PLAIN:
            continue
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        else:
            marks = 0
        if char in "\t\n\r":
            kept.append(" ")
        elif category in _ACTING:
            kept.append(f"[U+{ord(char):04X}]")
        else:
            kept.append(char)
    ending = f"…[{len(text):,}]" if len(text) > longest else ""
    return "".join(kept) + ending


def tag_of(text: str) -> str:
    """BCP 47 tag of a text's language as far as its script tells: kana ja, hangul ko, else und.

    Text without letters has no language: ``zxx``.
    """
    letters = False
    for char in text[:400]:
        if "\u3040" <= char <= "\u30ff" or "\uff66" <= char <= "\uff9f":
            return "ja"
        if "\uac00" <= char <= "\ud7a3":
            return "ko"
        letters = letters or char.isalpha()
    return "und" if letters else "zxx"
