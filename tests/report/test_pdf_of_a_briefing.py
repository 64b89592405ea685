"""The PDF of a whole briefing says what its page says, in each language, and ties to its numbers.

Words are compared with the page's, read by another program (the standard library's HTML
parser); numbers with the briefing, without the document both are printed from.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import msgspec
import pypdf
import pytest

from fairwater.node.briefing.content import Briefing
from fairwater.report import fonts
from fairwater.report.document import AnyBlock, Document, Fold, Panels, Table
from fairwater.report.page import report
from fairwater.report.pdf import pdf
from fairwater.report.telling import document
from fairwater.report.words import language

CODES = ("en", "zh", "ja")
ACTING = "\x00\x1b[31m\u202e\u2066 turned \u2028 next"
"""Controls and marks of direction that act on what stands beside them."""
VERDICTS = {
    "en": ("holds", "fails", "unknown"),
    "zh": ("成立", "不成立", "未知"),
    "ja": ("満たす", "満たさない", "不明"),
}
"""Words of the verdicts, from the list of words the project keeps."""


class Texts(HTMLParser):
    """Texts of a page by the element they stand in; drawings and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._drawing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "path", "circle", "rect", "use", "br", "stop", "line", "link"):
            return
        self._open.append(tag)
        self._drawing += tag in ("svg", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while (closed := self._open.pop()) != tag:
                self._drawing -= closed in ("svg", "style", "title")
            self._drawing -= tag in ("svg", "style", "title")

    def handle_data(self, data: str) -> None:
        if not self._drawing and data.strip():
            self.found.append((self._open[-1], data))


def squeezed(text: str) -> str:
    """Text without white space; ligatures apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def briefing(invented: ModuleType) -> Briefing:
    made: Briefing = invented.briefing()
    return made


@pytest.fixture(scope="module")
def made(briefing: Briefing) -> dict[str, bytes]:
    return {code: pdf(briefing, code) for code in CODES}


@pytest.fixture(scope="module")
def texts(made: dict[str, bytes]) -> dict[str, str]:
    return {
        code: squeezed(
            "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        )
        for code, content in made.items()
    }


@pytest.mark.parametrize("code", CODES)
def test_every_word_of_the_page_is_in_the_pdf(
    briefing: Briefing, texts: dict[str, str], code: str
) -> None:
    """Texts of the page, each as it stands. Page feet fall inside long ones: those by halves."""
    page = Texts()
    page.feed(report(briefing, code).decode())
    wanted = {squeezed(text) for _, text in page.found}
    screen_only = {squeezed(language(code).text("page.skip")), "Fairwater"}
    screen_only |= {squeezed(text) for text in heads_of_listed(document(briefing, code))}
    lost = [text for text in sorted(wanted - screen_only) if not found(text, texts[code])]
    assert len(wanted) > 200
    assert lost == []
    assert not set("\u200b\u2060\ufeff\ufffd") & set(texts[code])


def heads_of_listed(told: Document) -> set[str]:
    """Heads and captions of the tables that paper tells in short, under the summary of a fold."""

    def walk(blocks: Iterable[AnyBlock]) -> Iterator[Table]:
        for block in blocks:
            match block:
                case Table():
                    yield block
                case Fold():
                    yield from walk(block.blocks)
                case Panels(table=Table() as inner):
                    yield inner

    tables = [one for section in told.sections for one in walk(section.blocks) if one.listed]
    assert len(tables) > 3
    heads = {column.head.text for one in tables for column in one.columns}
    return heads | {span.text for one in tables for span in one.caption.spans if not span.evidence}


def found(text: str, within: str) -> bool:
    """Whether a text is there, whole or broken once by the foot of a page."""
    return text in within or any(
        text[:cut] in within and text[cut:] in within for cut in range(2, len(text) - 1)
    )


@pytest.mark.parametrize("code", CODES)
def test_headline_names_and_verdicts(briefing: Briefing, texts: dict[str, str], code: str) -> None:
    page = Texts()
    page.feed(report(briefing, code).decode())
    headline = squeezed("".join(text for tag, text in page.found if tag == "h1"))
    assert len(headline) > 20
    assert headline in texts[code]
    for word in VERDICTS[code]:
        assert word in texts[code]
    for unit in briefing.units:
        for named in (unit.species, unit.zone):
            assert (
                squeezed(getattr(named.words, code) or named.words.en or named.key) in texts[code]
            )


@pytest.mark.parametrize("code", CODES)
def test_the_first_page_is_the_first_screen(
    briefing: Briefing, made: dict[str, bytes], code: str
) -> None:
    """Its last note stands on page one; the first section begins on another."""
    words = language(code)
    pages = [
        squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(made[code])).pages
    ]
    assert squeezed(words.text("first.note_no_legal")) in pages[0]
    assert squeezed(words.text("page.contents")) in pages[1]


@pytest.mark.parametrize("code", CODES)
def test_numbers_are_those_of_the_briefing(
    briefing: Briefing, texts: dict[str, str], code: str
) -> None:
    text = texts[code]
    for read in briefing.reads:
        for number in (read.rows, read.accepted, read.flagged, read.quarantined):
            assert f"{number:,}" in text
        assert read.rows == read.accepted + read.flagged + read.quarantined
    for side in briefing.sides:
        assert side.content_id in text
        for limit in side.limits:
            assert squeezed(limit.value) in text
    for unit in briefing.units:
        assert f"{unit.samples:,}" in text
        assert unit.highest is None or unit.highest in text
    assert briefing.clocks.as_of.isoformat() in text
    for part in briefing.dossiers:
        for cells in part.rows.values():
            assert cells
            for _, value in cells:
                assert squeezed(value) in text


def test_ten_thousand_letters_and_markup_in_every_field(
    briefing: Briefing, printable: ModuleType, poison: ModuleType
) -> None:
    """Texts as a hostile laboratory writes them: printed as text, told by number, in the page."""
    changed, _ = poison.poisoned(briefing, (*printable.HOSTILE, ACTING))
    pages = pypdf.PdfReader(io.BytesIO(pdf(changed, "zh"))).pages
    places: list[float] = []

    def seen(text: str, cm: Any, tm: Any, *_: Any) -> None:
        if text.strip():
            places.append(tm[4] * cm[0] + cm[4])

    text = squeezed("".join(page.extract_text(visitor_text=seen) for page in pages))
    assert 0 <= min(places) <= max(places) <= 595 - 30
    assert squeezed("#panic(1) #let x = 2 $a^2$ ] [ @ref") in text
    assert squeezed("<script>alert(1)</script>") in text
    assert "鮭[U+1F41F]魚" in text
    assert "U+1F41FFISH" in text


def test_words_of_the_report_need_no_replacement() -> None:
    """Every sentence of the three languages can be set in the fonts that ship."""
    from fairwater.report.words.sentences import sentences

    lacking = {
        char
        for entry in sentences().values()
        for form in entry.values()
        for text in ([form] if isinstance(form, str) else form.values())
        for char in text
        if not fonts.has(char)
    }
    assert lacking == set()


def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing, made: dict[str, bytes]) -> None:
    again = msgspec.convert(msgspec.to_builtins(briefing), Briefing)
    assert pdf(again, "ja") == made["ja"]
