"""How a text is made comparable before it is looked up. Nothing here guesses.

`plain` is Unicode NFKC without outer space: full-width digits, letters and
brackets become ordinary ones, ``㏃`` becomes ``Bq``. `kana` also turns hiragana
into katakana, the rule of the vocabulary (``あゆ`` and ``アユ`` are one name).
`split_item` takes an item text apart: published corrections first (``<del>``
is dropped, ``<ins>`` is kept), then the brackets, which mostly hold something
other than the name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_TO_KATAKANA.update({0x309D: 0x30FD, 0x309E: 0x30FE})
_DELETED = re.compile(r"<del\b[^>]*>.*?</del>", re.IGNORECASE | re.DOTALL)
_INSERTED = re.compile(r"</?ins\b[^>]*>", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)(?:\)|$)")


class ItemText(NamedTuple):
    """An item text taken apart: the name before the brackets, and what stands in them."""

    name: str
    brackets: tuple[str, ...]


def plain(text: str) -> str:
    """NFKC, runs of white space as one space, none outside."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def kana(text: str) -> str:
    """`plain`, hiragana as katakana, Latin letters in lower case."""
    return plain(text).translate(_TO_KATAKANA).casefold()


def split_item(text: str) -> ItemText:
    """Name and bracket contents of an item text, corrections applied, `plain` spelling.

    A bracket that the end of a cell cuts off is one too; of nested ones the inner comes first.
    """
    corrected = plain(_INSERTED.sub("", _DELETED.sub("", text)))
    brackets: list[str] = []
    while _BRACKET.search(corrected):
        brackets.extend(filter(None, map(str.strip, _BRACKET.findall(corrected))))
        corrected = _BRACKET.sub("", corrected)
    return ItemText(corrected.strip(), tuple(brackets))
