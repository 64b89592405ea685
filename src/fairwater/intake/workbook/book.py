"""What the sheets of a workbook share: their names, texts, number formats, date system."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.workbook.container import Container
from fairwater.intake.workbook.formats import GENERAL, NumberFormat, built_in, parse_format
from fairwater.intake.workbook.markup import RELATION_IDS, Attributes, Elements, parse
from fairwater.intake.workbook.rich import FALSE, RichText

MAX_SHEETS = 1_000
MAX_SHEET_NAME = 100
"""Characters; spreadsheet programs take 31."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
MAX_SHARED_TEXTS = 5_000_000
MAX_SHARED_CHARACTERS = 200_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Visibility = Literal["visible", "hidden", "very hidden"]
_STATES: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very hidden"}
TRUE = ("1", "true", "on", "t")


@dataclass(frozen=True)
class SheetEntry:
    """One sheet of the workbook: its name, the part that holds it, whether it is shown."""

    name: str
    part: str
    visibility: Visibility
    is_table: bool
    """False for a chart or a dialogue, which hold no cells."""


@dataclass
class Book:
    """A workbook without the cells of its sheets."""

    container: Container
    sheets: tuple[SheetEntry, ...]
    system_1904: bool
    recalculated_on_opening: bool
    """The program that wrote it says that its formulas' values are not to be relied on."""
    texts: list[str] = field(default_factory=list)
    formats: list[NumberFormat] = field(default_factory=list)
    struck: tuple[bool, ...] = ()
    """Of each style: whether its cells are shown struck out."""

    def is_struck(self, style: str | None) -> bool:
        """Whether a cell of this style is shown struck out."""
        number = int(style) if style is not None and style.isascii() and style.isdigit() else 0
        return number < len(self.struck) and self.struck[number]

    def format(self, style: str | None) -> NumberFormat:
        """Number format of a cell's style."""
        number = int(style) if style is not None and style.isascii() and style.isdigit() else 0
        return self.formats[number] if number < len(self.formats) else GENERAL


def open_book(file: BinaryIO, name: str) -> Book:
    """Read what the sheets of a workbook share.

    Raises
    ------
    FileUnreadable
        If the file is no workbook, or one that is not read (`container`).
    """
    container = Container(file, name)
    main = _main_part(container)
    workbook = _Workbook()
    parse(container, main, workbook)
    if workbook.date_system is not None:
        why = f"`date1904` is `{workbook.date_system[:40]}`, so no date is sure"
        raise container.damaged(main, why)
    relations = _relations(container, main)
    entries: list[SheetEntry] = []
    for attributes in workbook.sheets[: MAX_SHEETS + 1]:
        identifier = next((attributes[i] for i in RELATION_IDS if i in attributes), "")
        kind, part = relations.of.get(identifier, ("", ""))
        is_table = kind == "worksheet"
        if is_table and part not in container:
            raise container.damaged(part, f"sheet `{attributes.get('name', '')}` is missing")
        state = _STATES.get(attributes.get("state", ""), "visible")
        entries.append(SheetEntry(attributes.get("name", ""), part, state, is_table))
    _refuse_names(container, main, [entry.name for entry in entries])
    if not any(entry.is_table for entry in entries) or len(entries) > MAX_SHEETS:
        raise FileUnreadable(
            name,
            f"a workbook with {len(entries):,} sheets"
            + (", none of cells" if len(entries) <= MAX_SHEETS else ""),
            f"a workbook with at least one and at most {MAX_SHEETS:,} sheets",
            "save the sheet with the table as a workbook of its own",
        )
    book = Book(container, tuple(entries), workbook.system_1904, workbook.recalculated)
    shared = relations.part("sharedStrings")
    if shared is not None and shared in container:
        texts = Texts(container, shared)
        parse(container, shared, texts)
        book.texts = texts.found
    styles_part = relations.part("styles")
    if styles_part is not None and styles_part in container:
        styles = _Styles()
        parse(container, styles_part, styles)
        book.formats = styles.formats()
        book.struck = styles.struck()
    return book


def _refuse_names(container: Container, part: str, names: list[str]) -> None:
    """Refuse sheet names by which no person finds a cell again."""
    for name in names:
        why = None
        if not name.strip():
            why = "a sheet without a name"
        elif len(name) > MAX_SHEET_NAME:
            why = f"a sheet name of {len(name):,} characters; at most {MAX_SHEET_NAME} are read"
        elif _UNSEEN.search(name):
            why = "a sheet name with characters that show nothing, or turn the writing"
        if why is not None:
            raise container.damaged(part, why)
    if len(set(names)) < len(names):
        raise container.damaged(part, "two sheets of one name")


def unescaped(text: str) -> str:
    """`_x000D_` in a stored text stands for a character; halves of a pair and NUL stay."""
    if "_x" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF or code >= 0xFFFE else chr(code)

    return _ESCAPED.sub(character, text)


class Texts(Elements):
    """Shared texts: the pieces of a rich text joined, readings above characters left out."""

    def __init__(self, container: Container, part: str) -> None:
        self.found: list[str] = []
        self._rich = RichText()
        self._in_text = False
        self._in_reading = 0
        self._characters = 0
        self._container, self._part = container, part

    def start(self, name: str, attributes: Attributes) -> None:
        """`si` an entry, `r` a piece of it, `t` its text, `rPh` a reading."""
        if name == "si":
            self._rich = RichText()
        elif name == "r":
            self._rich.run()
        elif name in ("vertAlign", "strike"):
            self._rich.has(name, attributes)
        elif name == "rPh":
            self._in_reading += 1
        elif name == "t":
            self._in_text = not self._in_reading

    def end(self, name: str) -> None:
        """Keep a finished entry."""
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_reading -= 1
        elif name == "si":
            self.found.append(unescaped(self._rich.text()))
            if len(self.found) > MAX_SHARED_TEXTS:
                raise self._container.damaged(
                    self._part, f"more than {MAX_SHARED_TEXTS:,} shared texts"
                )

    def text(self, text: str) -> None:
        """A piece of the text of an entry."""
        if self._in_text:
            self._characters += len(text)
            if self._characters > MAX_SHARED_CHARACTERS:
                raise self._container.damaged(
                    self._part, f"more than {MAX_SHARED_CHARACTERS:,} characters of shared texts"
                )
            self._rich.piece(text)


class _Relations(Elements):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.of: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
        self.of[attributes.get("Id", "")] = (kind, posixpath.normpath(path).lstrip("/"))

    def part(self, kind: str) -> str | None:
        """The part of this kind, if there is one."""
        return next((part for found, part in self.of.values() if found == kind), None)


def _relations(container: Container, part: str) -> _Relations:
    folder, name = posixpath.split(part)
    relations = _Relations(folder)
    path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if path in container:
        parse(container, path, relations)
    return relations


def _main_part(container: Container) -> str:
    relations = _relations(container, "")
    found = relations.part("officeDocument")
    return found if found is not None and found in container else "xl/workbook.xml"


class _Workbook(Elements):
    def __init__(self) -> None:
        self.sheets: list[Attributes] = []
        self.system_1904 = False
        self.date_system: str | None = None
        self.recalculated = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.sheets.append(attributes)
        elif name == "workbookPr":
            stated = attributes.get("date1904", "0").strip().lower()
            self.system_1904 = stated in TRUE
            self.date_system = None if stated in (*TRUE, *FALSE) else stated
        elif name == "calcPr":
            self.recalculated = attributes.get("fullCalcOnLoad", "").strip().lower() in TRUE


class _Styles(Elements):
    def __init__(self) -> None:
        self._codes: dict[int, NumberFormat] = {}
        self._ids: list[int] = []
        self._fonts: list[int] = []
        self._in_cells = self._in_fonts = False
        self._struck: list[bool] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            code = unescaped(attributes.get("formatCode", "General"))
            self._codes[_whole(attributes.get("numFmtId"))] = parse_format(code)
        elif name in ("cellXfs", "fonts"):
            self._in_cells, self._in_fonts = name == "cellXfs", name == "fonts"
        elif name == "xf" and self._in_cells:
            self._ids.append(_whole(attributes.get("numFmtId")))
            self._fonts.append(_whole(attributes.get("fontId")))
        elif name == "font" and self._in_fonts:
            self._struck.append(False)
        elif name == "strike" and self._in_fonts and self._struck:
            self._struck[-1] = attributes.get("val", "1").strip().lower() not in FALSE

    def end(self, name: str) -> None:
        if name in ("cellXfs", "fonts"):
            self._in_cells = self._in_fonts = False

    def struck(self) -> tuple[bool, ...]:
        """Of each style, by its number: whether its font strikes out."""
        return tuple(font < len(self._struck) and self._struck[font] for font in self._fonts)

    def formats(self) -> list[NumberFormat]:
        """Format of each style, by the style's number."""
        return [self._codes.get(number) or built_in(number) for number in self._ids]


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0
