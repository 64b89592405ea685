"""Spans as HTML: escaped, with their language, isolated where others wrote them.

Every character of a briefing that reaches a page comes through `phrase`, through the
templates' own escaping, or through `figures.frame.escaped`.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from fairwater.report.document import Phrase, Span
from fairwater.report.figures.symbols import NAMES

LONGEST_WORD = 22
LONGEST_NAME = 10
_BARE = re.compile(r"[0-9][0-9,.]{0,11}|[–-]")
"""A number, or a dash, that reads alike in every language and breaks nowhere: no markup needed."""
CJK = frozenset({"ja", "zh-Hans", "ko"})


def phrase(text: Phrase) -> Markup:
    """A phrase as HTML."""
    return Markup("").join(_span(span) for span in text.spans)


def mark(name: str) -> Markup:
    """A drawn mark, defined once on the page."""
    if name not in NAMES:
        raise ValueError(f"no mark `{name}`")
    return Markup('<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>').format(name)


def _span(span: Span) -> Markup:
    if span.text == "\n":
        return Markup("<br>")
    inner = escape(span.text)
    size = _size(span)
    lang = Markup(' lang="{}"').format(span.lang) if span.lang else Markup("")
    if span.mark is not None:
        inner = Markup('<span class="cf cf-{}"{}>{}</span>').format(span.mark, lang, inner)
    elif span.hidden:
        inner = Markup('<span class="sr"{}>{}</span>').format(lang, inner)
    elif span.code:
        inner = Markup('<code dir="auto"{}{}>{}</code>').format(lang, size, inner)
    elif span.evidence and not (span.lang == "zxx" and _BARE.fullmatch(span.text)):
        inner = Markup("<bdi{}{}>{}</bdi>").format(lang, size, inner)
    elif span.lang and not span.evidence:
        inner = Markup("<span{}>{}</span>").format(lang, inner)
    if span.link is not None and span.link.startswith(("#", "https://", "http://")):
        inner = Markup('<a href="{}" rel="noreferrer">{}</a>').format(span.link, inner)
    if span.strong:
        inner = Markup("<b>{}</b>").format(inner)
    if span.symbol is not None:
        inner = mark(span.symbol) + inner
    return inner


def _room(span: Span) -> int:
    """Letters of a name in CJK that stay together: fewer where the page itself is in it."""
    return LONGEST_NAME if span.lang in CJK else LONGEST_NAME // 2


def _size(span: Span) -> Markup:
    """Numbers and days do not break; a run of letters longer than a column may anywhere."""
    longest = max(map(len, span.text.split()), default=0)
    if longest > LONGEST_WORD:
        return Markup(' class="long"')
    if span.lang == "zxx" and not span.code and len(span.text) <= LONGEST_WORD:
        return Markup(' class="nw"')
    if span.evidence and not span.text.isascii() and len(span.text) <= _room(span):
        return Markup(' class="nw"')
    return Markup("")
