"""Corrections someone published inside a cell: `<del>old</del><ins cite="…">new</ins>`.

The inserted text is what the publisher holds to be right, so it is read; the
old text goes into the flag. Anything that looks like such a mark and does not
form whole pairs is a fault, not a text.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_PAIR = re.compile(
    r"<del(?:\s[^<>]*)?>(?P<old>[^<>]*)</del>\s*<ins(?:\s[^<>]*)?>(?P<new>[^<>]*)</ins>",
    re.IGNORECASE,
)
_MARK = re.compile(r"</?(?:del|ins)\b", re.IGNORECASE)


class Corrected(NamedTuple):
    """The text to read and the texts it replaced."""

    text: str
    old: tuple[str, ...]


def corrected(text: str) -> Corrected | None:
    """What a cell says after its published corrections; None if the marks are malformed."""
    if "<" not in text or _MARK.search(text) is None:
        return Corrected(text, ())
    old: list[str] = []

    def take(match: re.Match[str]) -> str:
        old.append(html.unescape(match["old"]))
        return html.unescape(match["new"])

    result = _PAIR.sub(take, text)
    if not old or _MARK.search(result) is not None:
        return None
    return Corrected(result, tuple(old))
