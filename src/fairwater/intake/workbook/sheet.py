"""The rows of one sheet as stored: each cell with its kind, text, format, formula.

`survey_sheet` reads a sheet whole for what stands after its cells (merged ranges, filter) and
for what a sheet cannot hold; `stored_rows` then gives its rows one by one.

    <row r="7" hidden="1">
      <c r="A7" t="s"><v>3</v></c>              text 3 of the shared ones
      <c r="B7" s="2"><v>40725</v></c>          a number; style 2 makes it a date
      <c r="C7"><f>A1*2</f><v>0.3</v></c>       a formula and the value it had
      <c r="D7" t="e"><v>#N/A</v></c>           an error
    </row>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from fairwater.intake.workbook.book import TRUE, Book, SheetEntry, unescaped
from fairwater.intake.workbook.markup import Attributes, Elements, parse, parse_in_steps
from fairwater.intake.workbook.rich import RichText

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_MERGED = 100_000
MAX_CELL_CHARACTERS = 1 << 20
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
Kind = Literal["number", "text", "boolean", "error"]


class StoredCell(NamedTuple):
    """One cell: what is stored in it. A formula has its value as `text`, if it has one."""

    kind: Kind
    text: str
    style: str | None = None
    formula: str | None = None
    valued: bool = True
    """False for a formula that was never calculated, or whose value is lost."""


class StoredRow(NamedTuple):
    """A row that has cells: its number in the sheet, its cells by column (0 is A)."""

    number: int
    hidden: bool
    cells: dict[int, StoredCell]


class Range(NamedTuple):
    """A block of cells; rows from 1, columns from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class SheetSurvey:
    """What is known of a sheet before its rows are read."""

    merged: list[Range] = field(default_factory=list)
    filtered: Range | None = None
    hidden_columns: tuple[int, ...] = ()
    rows_hidden_unless_said: bool = False


def column_letters(column: int) -> str:
    """`A` for 0, `AB` for 27."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def survey_sheet(book: Book, sheet: SheetEntry) -> SheetSurvey:
    """Read a sheet once, whole."""
    reader = _Sheet(book, sheet, keep=False)
    parse(book.container, sheet.part, reader)
    return reader.survey


def stored_rows(book: Book, sheet: SheetEntry) -> Iterator[StoredRow]:
    """The rows of a sheet that have cells, from the top."""
    reader = _Sheet(book, sheet, keep=True)
    for _ in parse_in_steps(book.container, sheet.part, reader):
        if reader.rows:
            rows, reader.rows = reader.rows, []
            yield from rows


class _Sheet(Elements):
    def __init__(self, book: Book, sheet: SheetEntry, *, keep: bool) -> None:
        self._book, self._sheet, self._keep = book, sheet, keep
        self.survey = SheetSurvey()
        self.rows: list[StoredRow] = []
        self._number = 0
        self._column = -1
        self._hidden = False
        self._cells: dict[int, StoredCell] = {}
        self._into: list[str] | None = None
        self._in_data = False
        self._reading = 0
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._inline = RichText()
        self._in_inline = False
        self._formula: list[str] = []
        self._has_value = self._has_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c" and self._in_data:
            self._cell = attributes
            self._value, self._inline, self._formula = [], RichText(), []
            self._has_value = self._has_formula = False
            self._reading = 0
        elif name == "v":
            self._has_value = True
            self._into = self._value
        elif name == "f":
            self._has_formula = True
            self._into = self._formula
        elif name == "t":
            self._in_inline = not self._reading
        elif name == "r" and self._in_data:
            self._inline.run()
        elif name in ("vertAlign", "strike") and self._in_data:
            self._inline.has(name, attributes)
        elif name == "rPh":
            self._reading += 1
        elif name == "row" and self._in_data:
            self._begin_row(attributes)
        else:
            self._around(name, attributes)

    def end(self, name: str) -> None:
        if name in ("v", "f", "t"):
            self._into, self._in_inline = None, False
        elif name == "rPh":
            self._reading -= 1
        elif name == "c" and self._in_data:
            self._end_cell()
        elif name == "row" and self._in_data:
            if self._keep and self._cells:
                self.rows.append(StoredRow(self._number, self._hidden, self._cells))
        elif name == "sheetData":
            self._in_data = False

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
        elif self._in_inline:
            self._inline.piece(text)

    def _begin_row(self, attributes: Attributes) -> None:
        stated = attributes.get("r")
        number = self._number + 1
        if stated is not None:
            if not (stated.isascii() and stated.isdigit() and len(stated) < 8):
                raise self._damaged(f"row number `{stated[:40]}`")
            number = int(stated)
        if number <= self._number or number > MAX_ROW:
            raise self._damaged(f"row {number} after row {self._number}")
        self._number, self._column, self._cells = number, -1, {}
        hidden = attributes.get("hidden")
        self._hidden = (
            self.survey.rows_hidden_unless_said if hidden is None else hidden.lower() in TRUE
        )

    def _end_cell(self) -> None:
        stated = self._cell.get("r")
        column = self._column + 1
        if stated is not None:
            found = reference(stated)
            if found is None or found[0] != self._number:
                raise self._damaged(f"cell `{stated[:40]}` in row {self._number}")
            column = found[1]
        if column <= self._column or column >= MAX_COLUMN:
            raise self._damaged(f"cell {column_letters(column)}{self._number} stands out of order")
        self._column = column
        if self._keep:
            cell = self._stored()
            if cell is not None:
                self._cells[column] = cell

    def _stored(self) -> StoredCell | None:
        kind = self._cell.get("t", "n")
        style = self._cell.get("s")
        value = "".join(self._value)
        formula = "".join(self._formula) if self._has_formula else None
        valued = self._has_value and (bool(value) or kind == "str")
        if kind == "inlineStr":
            value, valued = unescaped(self._inline.text()), True
        if formula is not None and self._book.recalculated_on_opening and value in ("", "0"):
            valued = False
        if formula is None and not value:
            return None
        if len(value) > MAX_CELL_CHARACTERS:
            raise self._damaged(f"a cell of more than {MAX_CELL_CHARACTERS:,} characters")
        if kind == "s":
            if not (value.isascii() and value.isdigit() and int(value) < len(self._book.texts)):
                raise self._damaged(f"shared text `{value[:40]}`, which the workbook lacks")
            return StoredCell("text", self._book.texts[int(value)], style, formula, valued)
        if kind in ("inlineStr", "str"):
            text = value if kind == "inlineStr" else unescaped(value)
            return StoredCell("text", text, style, formula, valued)
        if kind == "b":
            text = "TRUE" if value.strip().lower() in TRUE else "FALSE"
            return StoredCell("boolean", text, style, formula, valued)
        if kind == "e":
            return StoredCell("error", value, style, formula, valued)
        if kind == "d":
            return StoredCell("text", value, style, formula, valued)
        return StoredCell("number", value.strip(), style, formula, valued)

    def _around(self, name: str, attributes: Attributes) -> None:
        survey = self.survey
        if name == "sheetData":
            self._in_data = True
        elif name == "sheetFormatPr":
            survey.rows_hidden_unless_said = attributes.get("zeroHeight", "").lower() in TRUE
        elif name == "mergeCell":
            found = block(attributes.get("ref", ""))
            if found is None or len(survey.merged) >= MAX_MERGED:
                raise self._damaged(f"merged cells `{attributes.get('ref', '')[:40]}`")
            survey.merged.append(found)
        elif name == "autoFilter":
            survey.filtered = block(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden", "").lower() in TRUE:
            first, last = (attributes.get(key, "") for key in ("min", "max"))
            if first.isdigit() and last.isdigit() and int(last) <= MAX_COLUMN:
                survey.hidden_columns += tuple(range(int(first) - 1, int(last)))

    def _damaged(self, why: str) -> Exception:
        return self._book.container.damaged(f"{self._sheet.part} (sheet `{self._sheet.name}`)", why)


def reference(text: str) -> tuple[int, int] | None:
    """Row and column of a cell reference; None if it is none."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column - 1) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def block(text: str) -> Range | None:
    """Range of a reference such as `A2:C4`; None if it is none."""
    first, _, last = text.partition(":")
    start, end = reference(first), reference(last or first)
    if start is None or end is None or end < start or end[1] < start[1]:
        return None
    return Range(start[0], start[1], end[0], end[1])
