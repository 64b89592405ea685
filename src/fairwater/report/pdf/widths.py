"""How wide the columns of a printed table are, and where a long word may break.

Widths are shares of the line, worked out here from the texts, so that a table of a thousand
rows is laid out once: every column has room for its longest unbroken word, and what is left
goes to those whose texts are longest. A table whose words do not fit side by side is set
smaller; a word longer than `UNBROKEN` breaks anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Final
from unicodedata import east_asian_width

UNBROKEN: Final = 22
"""Characters of a word that is never broken."""
PIECE: Final = 6
LONGEST: Final = 34.0
"""Ems beyond which a longer text asks for no more room: it runs over several lines."""
WHOLE: Final = 6
"""Ideographs or kana of a name that is never broken."""
WIDE: Final = 5.4
"""Ems of ideographs a column keeps on one line."""
HEAD_LINES: Final = 2.5
"""Lines over which a head may run."""
PADDINGS: Final = (1.1, 0.76)
"""Ems of white between two columns; the lesser where the greater leaves no room."""
LINE_PT: Final = 516.0
"""Width of the type area, points: A4 less two margins of 14 mm."""
SIZES_PT: Final = (8.5, 8.0, 7.5, 7.0, 6.5)
_WORD: Final = re.compile(r"\S+")


@lru_cache(maxsize=16_384)
def ems(text: str) -> float:
    """Estimated width of a text, in ems."""
    return sum(1.0 if east_asian_width(char) in "WF" else 0.56 for char in text)


def pieces(text: str) -> list[str]:
    """The text cut where a line may end although no word does."""
    if len(text) <= UNBROKEN:
        return [text]
    cut: list[str] = []
    start = 0
    for word in _WORD.finditer(text):
        if word.end() - word.start() <= UNBROKEN or not _unbreakable(word[0]):
            continue
        for place in range(word.start() + PIECE, word.end() - PIECE // 2, PIECE):
            cut.append(text[start:place])
            start = place
    cut.append(text[start:])
    return cut


def headed(text: str) -> tuple[str, str]:
    """A text as its beginning, which stays with the mark before it, and the rest."""
    word = _WORD.match(text)
    if word is None:
        return "", text
    most = UNBROKEN if _unbreakable(word[0]) else 2
    cut = min(word.end(), most)
    return text[:cut], text[cut:]


def columns(texts: Sequence[Sequence[str]]) -> tuple[float, float, list[float]]:
    """Size of the type in points, ems of white between columns, and share of each column.

    Parameters
    ----------
    texts : sequence of sequences of str
        Texts of each column, its head first.
    """
    least = [max(map(_widest_word, column)) for column in texts]
    asked = [
        max(few, ems(column[0]) / HEAD_LINES, *(min(ems(text), LONGEST) for text in column[1:]))
        for few, column in zip(least, texts, strict=True)
    ]
    size, padding = SIZES_PT[-1], PADDINGS[-1]
    for size, padding in product(SIZES_PT, PADDINGS):
        if sum(least) <= LINE_PT / size - padding * len(texts):
            break
    room = LINE_PT / size - padding * len(texts)
    spare = room - sum(least)
    wished = [more - few for more, few in zip(asked, least, strict=True)]
    total = sum(wished)
    if spare <= 0 or total == 0:
        shares = asked if total == 0 else least
    elif total <= spare:
        shares = asked
    else:
        shares = [few + spare * wish / total for few, wish in zip(least, wished, strict=True)]
    return size, padding, [round(share + padding, 2) for share in shares]


@lru_cache(maxsize=16_384)
def _widest_word(text: str) -> float:
    widest = 0.0
    for word in _WORD.findall(text):
        if not _unbreakable(word) and len(word) <= WHOLE:
            widest = max(widest, ems(word) + 0.2)
        elif not _unbreakable(word):
            widest = max(widest, min(ems(word) + 0.2, WIDE))
        elif len(word) > UNBROKEN:
            widest = max(widest, PIECE * 1.2)
        else:
            widest = max(widest, ems(word))
    return widest


def _unbreakable(word: str) -> bool:
    """Whether no line may end inside a word: few of its letters are wide."""
    wide = sum(east_asian_width(char) in "WF" for char in word)
    return wide * 4 < len(word)
