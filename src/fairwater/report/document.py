"""A report as a document: sections and blocks, made once, printed twice (page and PDF).

    Document
      first       the first screen: headline, groups, map, why, missing, review
      sections    Section: title and blocks

`telling` makes it from a briefing in one language; `page` writes it as HTML and `pdf` as
PDF, so that both hold the same words in the same order. Text is a `Phrase`: spans, some of
them in another language, some evidence, some a drawn mark. Nothing here is escaped: whoever
prints a span escapes it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from fairwater.node.briefing.content import Mark

LanguageCode = Literal["en", "zh", "ja"]
CODES: tuple[LanguageCode, ...] = ("en", "zh", "ja")


class Span(Struct, frozen=True, omit_defaults=True):
    """A run of text; a newline alone is a line break.

    `lang` is a BCP 47 tag where it is not the document's language (``und`` unknown, ``zxx``
    no language: ids, codes, units). `evidence`: text others wrote, isolated from its
    surroundings. `symbol`: a drawn mark (`figures.symbol`) before the text; with `hidden`
    the text is its name for those who do not see it. `mark`: a confidence mark.
    """

    text: str = ""
    lang: str | None = None
    evidence: bool = False
    strong: bool = False
    code: bool = False
    hidden: bool = False
    symbol: str | None = None
    mark: Mark | None = None
    link: str | None = None
    """``#id`` inside the document, or an http(s) address, printed as text."""


class Phrase(Struct, frozen=True):
    """Text made of spans."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(span.text for span in self.spans)

    def __add__(self, other: Phrase) -> Phrase:
        return Phrase(self.spans + other.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)


class Block(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A part of a section."""


class Paragraph(Block, frozen=True):
    """Text. `lead` opens a section, `note` stands beside, `fine` is small, `h3` a heading."""

    phrase: Phrase
    role: Literal["lead", "text", "note", "fine", "heading"] = "text"


class Bullets(Block, frozen=True):
    """A list."""

    items: tuple[Phrase, ...]


class Column(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A column of a table."""

    head: Phrase
    numeric: bool = False


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row: one cell a column; the first one heads it."""

    cells: tuple[Phrase, ...]
    id: str | None = None


class Listing(Struct, frozen=True, omit_defaults=True):
    """Rows of a table in short: what they have in common, and each of them."""

    text: Phrase
    rows: tuple[Phrase, ...] = ()


class Table(Block, frozen=True):
    """A table. Narrow screens show every row as a labelled block where `blocks`.

    `listed`: the same in short, for paper, where hundreds of rows would otherwise fill a
    hundred pages.
    """

    id: str
    caption: Phrase
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blocks: bool = True
    listed: tuple[Listing, ...] = ()


class Drawing(Block, frozen=True):
    """A figure: SVG with its name and description inside, a caption, and its table.

    `folded`: the table stands in a fold under the figure.
    """

    svg: str
    caption: tuple[Phrase, ...]
    width: float
    height: float
    kind: Literal["map", "panel", "track", "axis", "bar"]
    table: Table | None = None


class Panels(Block, frozen=True):
    """Drawings in a grid (`kind` panel) or under each other (tracks), with one table for all."""

    drawings: tuple[Drawing, ...]
    table: Table | None = None


class Key(Block, frozen=True):
    """A legend: drawn mark (SVG) and words."""

    items: tuple[tuple[str, Phrase], ...]


class Cell(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A cell of a source row: name of its column, text as published; `hit`: the one cited."""

    name: Phrase
    text: Phrase
    hit: bool = False


class Branch(Block, frozen=True):
    """A step of a dossier, and what it rests on."""

    head: Phrase
    parts: tuple[Branch, ...] = ()
    cells: tuple[Cell, ...] = ()
    open: bool = False


class Fold(Block, frozen=True):
    """Blocks under a summary, closed on a screen, open in print."""

    summary: Phrase
    blocks: tuple[AnyBlock, ...]


AnyBlock = Paragraph | Bullets | Table | Drawing | Panels | Key | Branch | Fold


class Group(Struct, frozen=True, kw_only=True):
    """A line of the first screen: how many units, how they stand, their symbols."""

    count: str
    title: Phrase
    text: Phrase
    symbols: tuple[str, ...]
    """Names of marks for `figures.symbol`, one a unit; `more` units beyond are only counted."""
    more: Phrase = Phrase()


class First(Struct, frozen=True, kw_only=True):
    """The first screen."""

    eyebrow: Phrase
    headline: Phrase
    state: Phrase
    groups_title: Phrase
    groups: tuple[Group, ...]
    where_title: Phrase
    where: tuple[AnyBlock, ...]
    others: tuple[Phrase, ...]
    """How the other agreements answer, a sentence each."""
    why_title: Phrase
    why: tuple[Phrase, ...]
    missing_title: Phrase
    missing: tuple[Phrase, ...]
    owed: tuple[Phrase, ...]
    review_title: Phrase
    review: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A section: `id` is its anchor."""

    id: str
    title: Phrase
    short: Phrase
    """Its name in the contents."""
    blocks: tuple[AnyBlock, ...]


class Document(Struct, frozen=True, kw_only=True):
    """A report in one language."""

    lang: LanguageCode
    tag: str
    """BCP 47: ``en``, ``zh-Hans``, ``ja``."""
    title: str
    kind: Phrase
    """What this is: "Decision report"."""
    contents: Phrase
    skip: Phrase
    first: First
    sections: tuple[Section, ...]
    footer: tuple[Phrase, ...]
