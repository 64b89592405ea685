"""A report's page read as a reader's program would: its tables, headings and words.

page = read(html)
page.tables["reads-table"].rows     cells as text, row by row; a line break is a newline
page.text("status")                 all words of a section
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "meta", "link", "img", "input", "hr", "use", "path", "rect", "stop", "line"}
QUIET = {"style", "title", "desc", "defs"}
"""Elements whose text is not the page's: styles, and what drawings say of themselves."""


@dataclass
class Table:
    """One table: its caption, its headings, its rows."""

    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def column(self, number: int) -> list[str]:
        """Cells of one column."""
        return [row[number] for row in self.rows]


@dataclass
class Page:
    """Tables by id, words by section, and drawings as they stand."""

    tables: dict[str, Table] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    """Numbers in front of the groups of the first screen."""
    cells: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    """Rows of sources opened: what stands over each, then (name of the column, text)."""
    headline: str = ""

    def text(self, section: str) -> str:
        """All words of a section (`first` for the first screen), with single spaces."""
        return " ".join("".join(self.sections[section]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.section = ""
        self.table: Table | None = None
        self.into: list[str] | None = None
        self.summary = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "br":
            self._say("\n")
        if tag not in VOID:
            self.open.append((tag, attributes))
        if tag == "section":
            name = "first" if "first" in attributes.get("class", "") else attributes.get("id", "")
            self.section = name or self.section
            self.page.sections.setdefault(self.section, [])
        elif tag == "table":
            self.table = self.page.tables[attributes["id"]] = Table()
        elif tag == "tr" and self.table is not None and self._inside("tbody"):
            self.table.rows.append([])
        elif tag in ("th", "td", "caption", "dt", "dd"):
            self.into = []
        elif tag == "summary":
            self.summary = ""
        elif tag == "dl":
            self.page.cells.append((self.summary, []))

    def handle_startendtag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in ("dt", "dd") and self.into is not None:
            said, row = "".join(self.into), self.page.cells[-1][1]
            if tag == "dt":
                row.append((said, ""))
            else:
                row[-1] = (row[-1][0], said)
            self.into = None
        if self.table is not None and tag in ("th", "td", "caption") and self.into is not None:
            said = "\n".join(" ".join(line.split()) for line in "".join(self.into).split("\n"))
            if tag == "caption":
                self.table.caption = said
            elif self._inside("thead"):
                self.table.heads.append(said)
            else:
                self.table.rows[-1].append(said)
            self.into = None
        if tag == "table":
            self.table = None

    def handle_data(self, data: str) -> None:
        names = {tag for tag, _ in self.open}
        if "title" in names and "svg" in names:
            self.page.titles.append(data)
        if "desc" in names:
            self.page.described.append(data)
        if "h1" in names:
            self.page.headline += data
        if "summary" in names:
            self.summary += data
        if self.open and self.open[-1] == ("span", {"class": "n"}):
            self.page.counts.append(data)
        if not names & QUIET:
            self._say(data)

    def _say(self, text: str) -> None:
        if any("hd" in given.get("class", "").split() for _, given in self.open):
            return  # a heading said again beside its cell
        if self.into is not None:
            self.into.append(text)
        if self.section:
            self.page.sections[self.section].append(text)

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)


def read(html: bytes) -> Page:
    """The page's tables and words."""
    reader = _Reader()
    reader.feed(html.decode("utf-8"))
    return reader.page
