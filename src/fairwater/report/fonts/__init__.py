"""The fonts a PDF is set in: which there are, where, and which characters each has.

    Fairwater Sans          Latin, kana, ideographs, hangul; Japanese forms, Chinese through `locl`
    Fairwater Latin         Latin with its extensions, combining marks, Greek, Cyrillic
    Fairwater Strong        headings: the common ideographs
    Fairwater Strong Latin  headings: Latin
    Fairwater Sans SC       made when needed: the first one, with Chinese forms as its own

They are subsets of Noto Sans CJK and Noto Sans (README), cut by ``tools/fonts.py``, which also
wrote the characters of each into ``coverage.txt``: nothing here opens a font to know them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib import resources
from pathlib import Path
from struct import pack, unpack_from
from typing import Final

REGULAR: Final = "Fairwater Sans"
REGULAR_LATIN: Final = "Fairwater Latin"
STRONG: Final = "Fairwater Strong"
STRONG_LATIN: Final = "Fairwater Strong Latin"
REGULAR_CHINESE: Final = "Fairwater Sans SC"

TEXT_FAMILIES: Final = (REGULAR, REGULAR_LATIN)
STRONG_FAMILIES: Final = (STRONG, STRONG_LATIN, REGULAR, REGULAR_LATIN)
"""In the order in which a character is looked for."""


class Coverage:
    """The characters of a font, as closed ranges of code points in ascending order."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self._spans = spans
        self._firsts = [first for first, _ in spans]

    def __contains__(self, char: str) -> bool:
        point = ord(char)
        place = bisect_right(self._firsts, point) - 1
        return place >= 0 and point <= self._spans[place][1]

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self._spans)


def folder() -> Path:
    """The folder of font files, as the compiler of the PDF wants it."""
    return Path(str(resources.files(__package__)))


@cache
def coverage() -> dict[str, Coverage]:
    """Characters by family."""
    lines = (folder() / "coverage.txt").read_text("ascii").splitlines()[1:]
    found = {}
    for head, spans in zip(lines[::2], lines[1::2], strict=True):
        pairs = (span.partition("-") for span in spans.split())
        found[head.partition(": ")[2]] = Coverage(
            tuple((int(first, 16), int(last or first, 16)) for first, _, last in pairs)
        )
    return found


def has(char: str) -> bool:
    """Whether text can show a character at all."""
    known = coverage()
    return char in known[REGULAR] or char in known[REGULAR_LATIN]


def chinese() -> bytes:
    """The regular face with two tables exchanged: simplified Chinese forms, another name.

    A drawing cannot say in which language its letters are, so that `locl` is of no use there.
    """
    where = folder()
    source = (where / "regular.otf").read_bytes()
    exchanged = {
        b"cmap": (where / "zh.cmap").read_bytes(),
        b"name": (where / "zh.name").read_bytes(),
    }
    count = unpack_from(">H", source, 4)[0]
    head, body = bytearray(source[:12]), bytearray()
    start = 12 + 16 * count
    for number in range(count):
        tag, checksum, offset, length = unpack_from(">4sLLL", source, 12 + 16 * number)
        table = exchanged.get(tag)
        if table is None:
            table = source[offset : offset + length]
        else:
            checksum = _checksum(table)
        head += pack(">4sLLL", tag, checksum, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return bytes(head + body)


def _checksum(table: bytes) -> int:
    """Sum of 32-bit words, as an OpenType directory holds it."""
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = unpack_from(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
