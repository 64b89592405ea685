"""The PDF: an archive's file, with every glyph, nothing read as markup, the same bytes each time.

The document is the invented one of `printable.py`; what a PDF holds is read by pypdf, which
shares nothing with the typesetter.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from pypdf.generic import ContentStream, DictionaryObject

from fairwater.report import fonts
from fairwater.report.document import Paragraph, Phrase, Span
from fairwater.report.pdf import printed
from fairwater.report.pdf.characters import Characters

DAY = date(2014, 2, 28)
CODES = ("en", "zh", "ja")
WITHOUT = frozenset("\u2252\U0002b694")
"""Characters the fonts cut from do not have: U+2252 of JIS X 0208, a fish of Extension C."""


@pytest.fixture(scope="module")
def made(printable: ModuleType) -> dict[str, bytes]:
    return {code: printed(printable.document(code, rows=60), DAY) for code in CODES}


@pytest.fixture(scope="module")
def hostile(printable: ModuleType) -> bytes:
    return printed(printable.document("ja", printable.HOSTILE, rows=9), DAY)


def squeezed(text: str) -> str:
    """Text without white space: where a line ended is not of interest."""
    return re.sub(r"\s", "", text)


@lru_cache(maxsize=8)
def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def fonts_of(reader: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    """Every font of every page, and of every form a page draws."""
    for page in reader.pages:
        waiting: list[Any] = [page["/Resources"]]
        while waiting:
            resources = waiting.pop()
            for font in resources.get("/Font", {}).values():
                yield font.get_object()
            for form in resources.get("/XObject", {}).values():
                inner = form.get_object().get("/Resources")
                if inner is not None:
                    waiting.append(inner)


@pytest.mark.parametrize("code", CODES)
def test_it_says_what_profiles_it_follows(made: dict[str, bytes], code: str) -> None:
    """ISO 19005-2 (PDF/A-2) 6.6.4 and ISO 14289-1 (PDF/UA-1) 5: identification in the XMP."""
    reader = pypdf.PdfReader(io.BytesIO(made[code]))
    catalog = reader.trailer["/Root"]
    xmp = ElementTree.fromstring(catalog["/Metadata"].get_data())
    values = {element.tag: element.text for element in xmp.iter()}
    assert values["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert values["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert values["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    intent = catalog["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert catalog["/Lang"] == {"en": "en", "zh": "zh-CN", "ja": "ja"}[code]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Title 骨直角 {code}"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == DAY


def test_no_action_no_script_no_file_inside(made: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made["en"]))
    catalog = reader.trailer["/Root"]
    assert not {"/AA", "/OpenAction", "/AcroForm"} & set(catalog)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(catalog.get("/Names", {}))
    kinds = set()
    for page in reader.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A")
            kinds.add("inside" if action is None else action["/S"])
    assert kinds <= {"inside", "/URI", "/GoTo"}


@pytest.mark.parametrize("code", CODES)
def test_every_font_is_inside_and_says_what_its_glyphs_mean(
    made: dict[str, bytes], code: str
) -> None:
    families = set()
    for font in fonts_of(pypdf.PdfReader(io.BytesIO(made[code]))):
        assert "/ToUnicode" in font
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        families.add(re.sub(r"^/[A-Z]{6}\+", "", str(font["/BaseFont"])).partition("-")[0])
    assert "FairwaterSans" in families
    assert ("FairwaterSansSC" in families) == (code == "zh")


@pytest.mark.parametrize("code", CODES)
def test_no_glyph_is_drawn_that_is_not_there(made: dict[str, bytes], code: str) -> None:
    """Glyph 0 is .notdef in every font: no string shown, on a page or in a drawing, names it."""
    reader = pypdf.PdfReader(io.BytesIO(made[code]))
    codes = [pair for stream in streams_of(reader) for pair in shown_codes(stream)]
    assert len(codes) > 500
    assert b"\x00\x00" not in codes


def streams_of(reader: pypdf.PdfReader) -> Iterator[ContentStream]:
    """What every page draws, and every form a page draws."""
    for page in reader.pages:
        contents = page.get_contents()
        assert contents is not None
        yield contents
        waiting: list[Any] = [page["/Resources"]]
        while waiting:
            for form in waiting.pop().get("/XObject", {}).values():
                inner = form.get_object()
                if inner["/Subtype"] == "/Form":
                    yield ContentStream(inner, reader)
                    waiting.append(inner.get("/Resources", DictionaryObject()))


def shown_codes(stream: ContentStream) -> Iterator[bytes]:
    """Two-byte codes of every string shown."""
    for operands, operator in stream.operations:
        if operator not in (b"TJ", b"Tj"):
            continue
        for shown in operands[0] if operator == b"TJ" else operands:
            if isinstance(shown, bytes | str):
                codes = shown if isinstance(shown, bytes) else shown.original_bytes
                yield from (codes[at : at + 2] for at in range(0, len(codes), 2))


def test_sections_are_bookmarks_and_pages_are_numbered(made: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made["en"]))

    def titles(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(entry.title)

    assert list(titles(reader.outline)) == [
        "Headline 骨直角", "Status 直角", "Sub heading", "Dossiers", "A fold",
    ]  # fmt: skip
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"{number} / {total}" in page.extract_text()
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]


def test_the_head_of_a_table_repeats_on_each_of_its_pages(made: dict[str, bytes]) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["en"])).pages]
    with_rows = [text for text in pages if re.search(r"unit (3|30|59)\b", text)]
    assert len(with_rows) >= 2
    assert all("Text as written" in text for text in with_rows)


def test_tables_and_figures_are_tagged(made: dict[str, bytes]) -> None:
    """A reader by ear finds tables with head cells, and every figure described."""
    kinds: list[str] = []
    descriptions: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, DictionaryObject):
            return
        kinds.append(str(node.get("/S")))
        if node.get("/S") == "/Figure":
            descriptions.append(str(node["/Alt"]))
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        for child in below if isinstance(below, list) else [below]:
            walk(child)

    walk(pypdf.PdfReader(io.BytesIO(made["en"])).trailer["/Root"]["/StructTreeRoot"])
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/P", "/L"} <= set(kinds)
    assert kinds.count("/Figure") == 7
    assert "Title panel 3. Words of it" in descriptions


def test_chinese_and_japanese_forms_of_one_character_differ(made: dict[str, bytes]) -> None:
    """骨, 直 and 角 are drawn otherwise in Chinese, by `locl` in text and by cmap in a drawing."""
    shapes = {code: list(embedded(made[code], "FairwaterSans-", "骨直角")) for code in CODES}
    strong = {code: list(embedded(made[code], "FairwaterStrong-", "骨直角")) for code in CODES}
    drawn = list(embedded(made["zh"], "FairwaterSansSC-", "骨直角"))
    assert len(shapes["zh"]) == len(shapes["ja"]) == len(drawn) == len(strong["ja"]) == 3
    assert drawn == shapes["zh"]
    for chinese, japanese in zip(shapes["zh"], shapes["ja"], strict=True):
        assert chinese != japanese
    for chinese, japanese in zip(strong["zh"], strong["ja"], strict=True):
        assert chinese != japanese
    for code in CODES:
        assert "骨直角" in text_of(made[code])


def embedded(content: bytes, family: str, text: str) -> Iterator[Any]:
    """Outlines of characters in a font of a PDF, through its ToUnicode table."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.recordingPen import RecordingPen

    reader = pypdf.PdfReader(io.BytesIO(content))
    font = next(font for font in fonts_of(reader) if f"+{family}" in str(font["/BaseFont"]))
    table = font["/ToUnicode"].get_data().decode("ascii")
    codes = {
        bytes.fromhex(there).decode("utf-16-be"): int(here, 16)
        for here, there in re.findall(r"^<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>$", table, re.M)
    }
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    data = descriptor["/FontFile3"].get_data()
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(data), None)
    glyphs = cff[0].CharStrings
    for char in text:
        pen = RecordingPen()
        name = (
            cff[0].charset[codes[char]] if not hasattr(cff[0], "ROS") else f"cid{codes[char]:05d}"
        )
        glyphs[name].draw(pen)
        yield pen.value


def test_evidence_is_printed_as_it_stands_never_read_as_markup(
    printable: ModuleType, hostile: bytes
) -> None:
    printed_text = squeezed(text_of(hostile))
    for text in printable.HOSTILE[:3]:
        assert printed_text.count(squeezed(text)) >= 3


def test_characters_without_a_glyph_are_numbered_and_told(hostile: bytes) -> None:
    text = text_of(hostile)
    assert "鮭[U+1F41F]魚" in squeezed(text)
    last = squeezed(pypdf.PdfReader(io.BytesIO(hostile)).pages[-1].extract_text())
    assert "この文書の書体にない11種類の文字は、番号で記しました：" in last
    for char in "🐟ש\u0e01":
        assert squeezed(f"U+{ord(char):04X} {unicodedata.name(char)}") in last


def test_nothing_stands_outside_the_type_area(hostile: bytes) -> None:
    """Names of 10,000 letters break: no text begins right of the margin, none is lost."""
    reader = pypdf.PdfReader(io.BytesIO(hostile))
    letters = 0
    for page in reader.pages:

        def seen(text: str, cm: Any, tm: Any, *_: Any) -> None:
            nonlocal letters
            letters += text.count("x")
            x = tm[4] * cm[0] + cm[4]
            assert not text.strip() or 0 <= x <= 595 - 30

        text = page.extract_text(visitor_text=seen)
        lines = [line for line in text.splitlines() if set(line) == {"x"}]
        assert max(map(len, lines), default=0) < 150
    assert letters >= 5 * 10_000


def test_the_same_document_gives_the_same_bytes_elsewhere(
    printable: ModuleType, made: dict[str, bytes], tmp_path: Path
) -> None:
    """Another process, folder, time zone, locale and hash seed."""
    program = (
        "import sys, hashlib, importlib.util as u, datetime\n"
        f"s = u.spec_from_file_location('printable', {str(printable.__file__)!r})\n"
        "m = u.module_from_spec(s); s.loader.exec_module(m)\n"
        "from fairwater.report.pdf import printed\n"
        "sys.stdout.buffer.write(printed(m.document('zh', rows=60), datetime.date(2014, 2, 28)))\n"
    )
    elsewhere = os.environ | {
        "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path),
    }  # fmt: skip
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=elsewhere,
        capture_output=True,
        check=True,
    )
    assert found.stdout == made["zh"]


def test_links_lead_inside_or_to_an_address(made: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made["en"]))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    addresses = [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]
    assert addresses == ["https://law.example/7"]
    assert len(notes) >= 4  # two lines of contents, the link to a section, the address


def test_a_script_as_an_address_is_text_only(printable: ModuleType) -> None:
    document = printable.document("en", rows=1)
    bad = Paragraph(Phrase((Span("press", link="javascript:alert(1)"),)))
    import msgspec

    section = msgspec.structs.replace(document.sections[0], blocks=(bad,))
    content = printed(msgspec.structs.replace(document, sections=(section,)), DAY)
    assert b"javascript" not in content
    assert "press" in text_of(content)


def test_what_the_fonts_cover_is_what_the_shipped_table_says() -> None:
    """`coverage.txt` against the fonts themselves, read by fontTools."""
    from fontTools.ttLib import TTFont

    files = {
        fonts.REGULAR: "regular.otf", fonts.REGULAR_LATIN: "latin.ttf",
        fonts.STRONG: "strong.otf", fonts.STRONG_LATIN: "latin_strong.ttf",
    }  # fmt: skip
    assert set(fonts.coverage()) == set(files)
    for family, name in files.items():
        font = TTFont(fonts.folder() / name)
        covered = {chr(point) for point in font.getBestCmap()}
        known = fonts.coverage()[family]
        assert len(known) == len(covered)
        assert all(char in known for char in covered)
        assert font["name"].getDebugName(1) == family


@pytest.mark.parametrize("encoding", ["shift_jis", "gb2312"])
def test_every_character_of_the_national_sets_can_be_shown(encoding: str) -> None:
    """JIS X 0208 and GB 2312, as Python's codecs list them."""
    lacking = []
    for point in range(0xA0, 0x10000):
        if 0xD800 <= point < 0xE000:
            continue
        try:
            chr(point).encode(encoding)
        except UnicodeEncodeError:
            continue
        if not fonts.has(chr(point)):
            lacking.append(chr(point))
    assert set(lacking) <= WITHOUT


def test_every_character_of_the_shared_vocabularies_can_be_shown(shared: Path) -> None:
    """Species, places, food in three languages; invisible characters are written by number."""
    lacking: set[str] = set()
    for file in sorted((shared / "reference" / "vocabulary").glob("*")):
        if file.suffix in {".json", ".yaml", ".csv", ".tsv", ".md"}:
            text = file.read_text("utf-8")
            lacking |= {c for c in text if c not in "\n\r\t\ufeff" and not fonts.has(c)}
    assert lacking <= WITHOUT


def test_fit_counts_every_character_it_replaces() -> None:
    characters = Characters()
    assert characters.fit("a\u202eb \U0001f41f\U0001f41f") == "a[U+202E]b [U+1F41F U+1F41F]"
    assert dict(characters.missing) == {"\u202e": 1, "\U0001f41f": 2}
    assert characters.fit("鮭 Å") == "鮭 Å"
