"""Drawings made fit for the typesetter: every letter in a font that has it.

A text of a drawing is drawn in one family, and what that lacks comes out as a box. So each
run of characters names the family it is drawn in: the heavier one where the drawing asks for
weight, the Chinese one in a Chinese report, the Latin one for what those lack. Letters and
lines stay as they are. The name and description inside become the figure's alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby
from typing import Final
from unicodedata import combining

from fairwater.report import fonts
from fairwater.report.document import LanguageCode
from fairwater.report.figures.frame import fitted as cut
from fairwater.report.figures.frame import width_of
from fairwater.report.pdf.characters import Characters

NUMBER: Final = 5.1
"""Ems of a character's number: ``[U+05E9]``."""
_TAGS: Final = re.compile(r"(<[^>]*>)")
_WEIGHT: Final = re.compile(r'\sfont-weight="([^"]*)"')
_LANG: Final = re.compile(r'\s(?:xml:)?lang="([^"]*)"')
_NAMES: Final = re.compile(r"<(title|desc)(?:\s[^>]*)?>([^<]*)</")
_HEAVY: Final = frozenset({"600", "700", "800", "900", "bold", "bolder"})


def described(svg: str) -> str:
    """Name and description of a drawing, for those who do not see it."""
    found = [unescape(text).strip() for _, text in _NAMES.findall(svg)]
    return ". ".join(text.rstrip(".") for text in found[:2] if text)


def fitted(svg: str, code: LanguageCode, characters: Characters) -> str:
    """The drawing with the family of every run of its letters named."""
    out: list[str] = []
    open_tags: list[tuple[str, bool, str]] = [("", False, code)]
    for piece in _TAGS.split(svg):
        if not piece.startswith("<"):
            name, heavy, lang = open_tags[-1]
            if piece.strip() and name in ("text", "tspan"):
                piece = "".join(_runs(_fit(unescape(piece), characters), heavy, lang))
        elif piece.startswith("</"):
            open_tags.pop()
        elif not piece.endswith("/>") and not piece.startswith(("<?", "<!")):
            _, heavy, lang = open_tags[-1]
            weight, tongue = _WEIGHT.search(piece), _LANG.search(piece)
            open_tags.append(
                (
                    piece[1:-1].partition(" ")[0],
                    weight[1] in _HEAVY if weight else heavy,
                    tongue[1] if tongue else lang,
                )
            )
        out.append(piece)
    return "".join(out)


def _fit(text: str, characters: Characters) -> str:
    """The text with characters no font has by their numbers, no wider than it was drawn to be."""
    made = characters.fit(text)
    return made if made == text else cut(made, 1.0, max(NUMBER, width_of(text, 1.0)))


def _runs(text: str, heavy: bool, lang: str) -> Iterator[str]:
    """Runs of one family each, as SVG."""
    families = list(_families(text, heavy, lang.startswith("zh")))
    if all(family == fonts.REGULAR for family in families):
        yield escape(text)
        return
    for family, run in groupby(zip(families, text, strict=True), key=lambda pair: pair[0]):
        content = escape("".join(char for _, char in run))
        yield f'<tspan font-family="{family}">{content}</tspan>'


def _families(text: str, heavy: bool, chinese: bool) -> Iterator[str]:
    known = fonts.coverage()
    regular = fonts.REGULAR_CHINESE if chinese else fonts.REGULAR
    previous = regular
    for place, char in enumerate(text):
        marked = place + 1 < len(text) and combining(text[place + 1])
        if combining(char):
            pass
        elif heavy and char in known[fonts.STRONG] and not marked:
            previous = fonts.STRONG
        elif heavy and char in known[fonts.STRONG_LATIN]:
            previous = fonts.STRONG_LATIN
        elif char in known[fonts.REGULAR] and not marked:
            previous = regular
        elif char in known[fonts.REGULAR_LATIN]:
            previous = fonts.REGULAR_LATIN
        else:
            previous = regular
        yield previous
