"""A document as plain data for the typesetter's template: what JSON can say, nothing else.

A phrase becomes a list of runs. A run is a list of pieces (a line may end between two), or an
object with its pieces ``t`` and what the run is: ``l`` its language, ``s`` strong, ``c`` code,
``y`` a drawn mark and ``k`` the letters that stay with it, ``h`` what a mark is called where it
stands for its word, ``m`` a mark of confidence, ``x`` letters with marks set apart (the Latin
face places them), ``n`` a short name that stays on one line, ``to`` a place in the document,
``url``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from unicodedata import combining

from msgspec.structs import replace

from fairwater.report.document import (
    AnyBlock,
    Branch,
    Bullets,
    Cell,
    Document,
    Drawing,
    First,
    Fold,
    Key,
    Panels,
    Paragraph,
    Phrase,
    Span,
    Table,
)
from fairwater.report.pdf import drawings
from fairwater.report.pdf.characters import Characters
from fairwater.report.pdf.widths import WHOLE, columns, headed, pieces

Plain = dict[str, Any]
_WORD: Final = re.compile(r"\S")
_LANGUAGES: Final = {"zh-Hans": ["zh", "cn"], "zh-Hant": ["zh", "tw"]}


UNSPLIT: Final = 600
"""Characters of a cell up to which its row stays on one page."""


class Printer:
    """Makes the plain data of one document."""

    def __init__(self, document: Document, characters: Characters) -> None:
        self._document = document
        self._characters = characters
        self._known = frozenset(_ids(document))
        self._placed: set[str] = set()

    def document(self) -> Plain:
        """Everything the template prints, but the note on characters."""
        whole = self._document
        return {
            "lang": _LANGUAGES.get(whole.tag, [whole.tag.partition("-")[0], None]),
            "title": self._characters.fit(whole.title),
            "kind": self.phrase(whole.kind),
            "contents": self.phrase(whole.contents),
            "first": self._first(whole.first),
            "sections": [
                {
                    "id": self._place(section.id),
                    "title": self.phrase(section.title),
                    "short": self.phrase(section.short),
                    "blocks": self._blocks(section.blocks, 2),
                }
                for section in whole.sections
            ],
            "footer": self._phrases(whole.footer),
        }

    def phrase(self, phrase: Phrase) -> list[Any]:
        """A phrase as runs; a mark without words of its own goes to those after it."""
        runs: list[Any] = []
        waiting: Span | None = None
        for span in phrase.spans:
            if waiting is not None:
                own = span.symbol is None and span.mark is None and span.link is None
                if own and _WORD.match(span.text):
                    span = replace(span, symbol=waiting.symbol)
                else:
                    runs.append(self._run(waiting))
                waiting = None
            if span.symbol is not None and not span.text:
                waiting = span
                continue
            run = self._run(span)
            if runs and isinstance(run, list) and isinstance(runs[-1], list):
                runs[-1] = [*runs[-1][:-1], runs[-1][-1] + run[0], *run[1:]]
            else:
                runs.append(run)
        if waiting is not None:
            runs.append(self._run(waiting))
        return runs

    def _phrases(self, phrases: Iterable[Phrase]) -> list[list[Any]]:
        return [self.phrase(phrase) for phrase in phrases]

    def _run(self, span: Span) -> Any:
        text = self._characters.fit(span.text)
        run: Plain = {}
        if span.lang not in (None, "zxx", self._document.tag):
            tag = str(span.lang)
            run["l"] = _LANGUAGES.get(tag, [tag.partition("-")[0].lower(), None])
        if span.strong:
            run["s"] = True
        if span.code:
            run["c"] = True
        if span.symbol is not None:
            run["y"] = span.symbol
            run["k"], text = headed(text)
        if span.mark is not None:
            run["m"] = span.mark
        if span.hidden:
            run["h"] = self._characters.fit(span.text)
        if not span.text.isascii() and any(map(combining, span.text)):
            run["x"] = True
        if span.evidence and not span.text.isascii() and len(span.text) <= WHOLE:
            run["n"] = True
        if span.link is not None:
            run |= self._target(span.link)
        cut = pieces(text)
        return {"t": cut, **run} if run else cut

    def _target(self, link: str) -> Plain:
        if link.startswith("#"):
            return {"to": link[1:]} if link[1:] in self._known else {}
        if link.startswith(("https://", "http://")) and link.isascii() and link.isprintable():
            return {"url": link}
        return {}

    def _place(self, name: str | None) -> str | None:
        """A name that is linked to, once; the second element of that name is no target."""
        if name is None or name in self._placed:
            return None
        self._placed.add(name)
        return name

    def _first(self, first: First) -> Plain:
        return {
            "eyebrow": self.phrase(first.eyebrow),
            "headline": self.phrase(first.headline),
            "state": self.phrase(first.state),
            "groups_title": self.phrase(first.groups_title),
            "groups": [
                {
                    "count": self._characters.fit(group.count),
                    "title": self.phrase(group.title),
                    "text": self.phrase(group.text),
                    "symbols": list(group.symbols),
                    "more": self.phrase(group.more),
                }
                for group in first.groups
            ],
            "where_title": self.phrase(first.where_title),
            "where": self._blocks(first.where, 2),
            "others": self._phrases(first.others),
            "columns": [
                {"title": self.phrase(title), "items": self._phrases(items)}
                for title, items in (
                    (first.why_title, first.why),
                    (first.missing_title, (*first.missing, *first.owed)),
                    (first.review_title, first.review),
                )
            ],
            "notes": self._phrases(first.notes),
        }

    def _blocks(self, blocks: Iterable[AnyBlock], level: int) -> list[Plain]:
        return [self._block(block, level) for block in blocks]

    def _block(self, block: AnyBlock, level: int) -> Plain:
        match block:
            case Paragraph():
                return {
                    "is": "paragraph",
                    "role": block.role,
                    "text": self.phrase(block.phrase),
                    "sticks": _sticks(block.phrase),
                    "level": level,
                }
            case Bullets():
                return {"is": "bullets", "items": self._phrases(block.items)}
            case Table() if block.listed:
                return {
                    "is": "listed",
                    "caption": self.phrase(block.caption),
                    "sticks": _sticks(block.caption),
                    "items": [
                        {
                            "text": self.phrase(one.text),
                            "sticks": bool(one.rows) and _sticks(one.text),
                            "rows": self._phrases(one.rows),
                        }
                        for one in block.listed
                    ],
                }
            case Table():
                return self._table(block)
            case Drawing():
                return self._drawing(block)
            case Panels():
                return {
                    "is": "panels",
                    "drawings": [self._drawing(drawing) for drawing in block.drawings],
                    "table": self._block(block.table, level) if block.table else None,
                }
            case Key():
                items = [[self._svg(svg), self.phrase(words)] for svg, words in block.items]
                return {"is": "key", "items": items}
            case Branch():
                return {"is": "tree", "steps": list(self._steps(block, 0))}
            case Fold():
                blocks = self._blocks(block.blocks, min(level + 1, 5))
                for inner in blocks:
                    if inner["is"] == "listed":
                        inner["caption"] = []  # the summary says it
                return {
                    "is": "fold",
                    "level": level,
                    "summary": self.phrase(block.summary),
                    "blocks": blocks,
                }

    def _table(self, table: Table) -> Plain:
        heads = [column.head for column in table.columns]
        texts = [
            [head.text, *(_measured(row.cells[place]) for row in table.rows)]
            for place, head in enumerate(heads)
        ]
        size, pad, shares = columns(texts)
        return {
            "is": "table",
            "id": self._place(table.id),
            "caption": self.phrase(table.caption),
            "sticks": _sticks(table.caption),
            "heads": self._phrases(heads),
            "numeric": [column.numeric for column in table.columns],
            "shares": shares,
            "size": size,
            "pad": pad,
            "long": any(len(text) > UNSPLIT for column in texts for text in column),
            "rows": [
                {"id": self._place(row.id), "cells": self._phrases(row.cells)} for row in table.rows
            ],
        }

    def _svg(self, svg: str) -> str:
        return drawings.fitted(svg, self._document.lang, self._characters)

    def _drawing(self, drawing: Drawing) -> Plain:
        return {
            "is": "drawing",
            "kind": drawing.kind,
            "svg": self._svg(drawing.svg),
            "alt": self._characters.fit(drawings.described(drawing.svg)),
            "width": drawing.width,
            "height": drawing.height,
            "caption": self._phrases(drawing.caption),
            "table": self._table(drawing.table) if drawing.table else None,
        }

    def _steps(self, branch: Branch, depth: int) -> Iterator[Plain]:
        yield {
            "depth": depth,
            "head": self.phrase(branch.head),
            "cells": [self._cell(cell) for cell in branch.cells],
        }
        for part in branch.parts:
            yield from self._steps(part, depth + 1)

    def _cell(self, cell: Cell) -> Plain:
        plain: Plain = {"name": self.phrase(cell.name), "text": self.phrase(cell.text)}
        if cell.hit:
            plain["hit"] = True
        return plain


def _sticks(phrase: Phrase) -> bool:
    """Whether a text stays on the page of what follows: one that could fill a page does not."""
    return len(phrase.text) <= UNSPLIT


def _measured(phrase: Phrase) -> str:
    """A cell's text with room for its marks, which stand before a word without a break."""
    return "".join(("■■■" if span.symbol else "") + span.text for span in phrase.spans)


def _ids(document: Document) -> Iterator[str]:
    """Every place of the document a link may lead to."""
    yield from _block_ids(document.first.where)
    for section in document.sections:
        yield section.id
        yield from _block_ids(section.blocks)


def _block_ids(blocks: Iterable[AnyBlock]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield block.id
                yield from (row.id for row in block.rows if row.id is not None)
            case Drawing() if block.table is not None:
                yield from _block_ids((block.table,))
            case Panels():
                tables = [drawing.table for drawing in block.drawings] + [block.table]
                yield from _block_ids(table for table in tables if table is not None)
            case Fold():
                yield from _block_ids(block.blocks)
            case _:
                pass
