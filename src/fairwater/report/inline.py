"""Spans as HTML: escaped, with their language, isolated where others wrote them.

Every character of a briefing that reaches a page comes through `phrase`, through the
templates' own escaping, or through `figures.frame.escaped`.

Text that may run from right to left stands in ``<bdi>``. Other text does not: the isolate is
a character to the line breaker, which then ends no line between a full-width colon and a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup
from msgspec.structs import replace

from fairwater.report.document import Phrase, Span
from fairwater.report.figures.frame import escaped
from fairwater.report.figures.symbols import NAMES

LONGEST_WORD = 22
LONGEST_NAME = 10
HANGING_LINES, LONG_LINE = 3, 60
_BARE = re.compile(r"[0-9][0-9,.]{0,11}|[–-]")
"""A number, or a dash, that reads alike in every language and breaks nowhere: no markup needed."""
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters and marks of the scripts that run from right to left (Unicode's own blocks)."""
CJK = frozenset({"ja", "zh-Hans", "ko"})


def phrase(text: Phrase) -> Markup:
    """A phrase as HTML; of many lines or long ones, each hangs from its first letter."""
    if not any(span.text == "\n" for span in text.spans):
        return Markup(_line(text.spans))  # noqa: S704 - `_span` escapes
    lines = [
        tuple(line)
        for breaks, line in groupby(text.spans, key=lambda span: span.text == "\n")
        if not breaks
    ]
    told = map(_line, lines)
    if len(lines) < HANGING_LINES and max(map(_length, lines), default=0) < LONG_LINE:
        return Markup("<br>".join(told))  # noqa: S704
    return Markup("".join(f'<span class="ln">{line}</span>' for line in told))  # noqa: S704


def mark(name: str) -> Markup:
    """A drawn mark, defined once on the page."""
    return Markup(_mark(name))  # noqa: S704 - one of `NAMES`


def _mark(name: str) -> str:
    if name not in NAMES:
        raise ValueError(f"no mark `{name}`")
    return f'<svg class="g" aria-hidden="true"><use href="#g-{name}"/></svg>'


def _length(line: Iterable[Span]) -> int:
    return sum(len(span.text) for span in line)


def _line(spans: Iterable[Span]) -> str:
    """Spans one after the other; a mark stays on the line of the word it stands before."""
    out: list[str] = []
    mark = ""
    for span in spans:
        if span.symbol is not None and not span.text:
            out.append(mark)
            mark = _mark(span.symbol)
            continue
        if mark and not "".join(out) and not span.strong:
            out += [mark, _span(span)]  # it begins the line
            mark = ""
        elif mark:
            head, rest = _headed(span)
            out.append(f'<span class="nw">{mark}{_span(head)}</span>{_span(rest) if rest else ""}')
            mark = ""
        else:
            out.append(_span(span))
    return "".join([*out, mark])


def _headed(span: Span) -> tuple[Span, Span | None]:
    """The beginning of a text that stays with the mark before it, and the rest."""
    text = span.text
    word = text.split(" ", 1)[0]
    cut = len(word) if word.isascii() else 2
    if len(text) <= max(cut, LONGEST_NAME) or span.link is not None or span.mark is not None:
        return (span, None) if len(text) <= LONGEST_WORD else (Span(), span)
    if cut > LONGEST_WORD:
        return Span(), span
    return replace(span, text=text[:cut]), replace(span, text=text[cut:])


@lru_cache(maxsize=16_384)
def _span(span: Span) -> str:
    inner = escaped(span.text)
    size = _size(span)
    lang = f' lang="{escaped(span.lang)}"' if span.lang else ""
    if span.mark is not None:
        inner = f'<span class="cf cf-{span.mark}"{lang}>{inner}</span>'
    elif span.hidden:
        inner = f'<span class="sr"{lang}>{inner}</span>'
    elif span.code:
        inner = f"<code{_direction(span)}{lang}{size}>{inner}</code>"
    elif span.evidence and not (span.lang == "zxx" and _BARE.fullmatch(span.text)):
        tag = "bdi" if _TURNING.search(span.text) else "span"
        inner = f"<{tag}{lang}{size}>{inner}</{tag}>"
    elif lang and not span.evidence:
        inner = f"<span{lang}>{inner}</span>"
    if span.link is not None and span.link.startswith(("#", "https://", "http://")):
        inner = f'<a href="{escaped(span.link)}" rel="noreferrer">{inner}</a>'
    if span.strong:
        inner = f"<b>{inner}</b>"
    if span.symbol is not None:
        inner = f'<span class="nw">{_mark(span.symbol)}{inner}</span>'
    return inner


def _direction(span: Span) -> str:
    return ' dir="auto"' if _TURNING.search(span.text) else ""


def _room(span: Span) -> int:
    """Letters of a name in CJK that stay together: fewer where the page itself is in it."""
    return LONGEST_NAME if span.lang in CJK else LONGEST_NAME // 2


def _size(span: Span) -> str:
    """Numbers, days, options do not break; letters longer than a column may anywhere."""
    text = span.text
    if len(text) > LONGEST_WORD and max(map(len, text.split()), default=0) > LONGEST_WORD:
        return ' class="long"'
    whole = not span.code or text.startswith("--")
    if span.lang == "zxx" and whole and len(text) <= LONGEST_WORD:
        return ' class="nw"'
    if span.evidence and not text.isascii() and len(text) <= _room(span):
        return ' class="nw"'
    return ""
