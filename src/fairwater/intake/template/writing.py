"""The template written: a workbook with instructions, lists and notes, or a CSV.

The same call writes the same bytes: the workbook's day of creation is fixed. Cells are text, so
that a spreadsheet keeps `0.30`, `007` and `3-1` as they are typed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from fairwater.intake.template.wording import LANGUAGES, Template, TemplateColumn, template
from fairwater.records import Language

Row = Mapping[str, str]
"""Column key to value; for a list the key of its word."""
_READY_ROWS = 2_000
_INSTRUCTIONS: dict[Language, str] = {"en": "read me", "zh": "说明", "ja": "説明"}
_LISTS = "lists"
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1)
_WIDE = {"item", "laboratory", "technique", "remark", "region"}


class UnknownColumn(ValueError):
    """A row with a value for a column the template does not have."""


def examples() -> tuple[Row, ...]:
    """The invented rows of the filled template."""
    return template().examples


def as_csv(rows: Sequence[Row], language: Language = "en") -> bytes:
    """The template as CSV: UTF-8 with its mark, one line for each row.

    Raises
    ------
    UnknownColumn
        If a row names a column the template lacks.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings(language))
    writer.writerows(_cells(rows, language))
    return text.getvalue().encode("utf-8-sig")


def as_workbook(rows: Sequence[Row], language: Language = "en") -> bytes:
    """The template as a workbook (xlsx).

    Raises
    ------
    UnknownColumn
        If a row names a column the template lacks.
    """
    shipped = template()
    cells = _cells(rows, language)
    data = io.BytesIO()
    # xlsxwriter states no types, and takes a while to import: only who writes waits.
    book = import_module("xlsxwriter").Workbook(data, _AS_TEXT)
    book.set_properties({"title": "Fairwater", "created": _CREATED})
    ordered = [language, *(other for other in LANGUAGES if other != language)]
    for told in ordered:
        _instructions(book, shipped, told)
    _data(book, shipped, cells, language, noted=rows == examples() and bool(rows))
    _lists(book, shipped, language)
    book.close()
    return data.getvalue()


def headings(language: Language) -> list[str]:
    """The headings in one language, in order."""
    return [column.heading.of(language) for column in template().columns]


def _cells(rows: Sequence[Row], language: Language) -> list[list[str]]:
    shipped = template()
    known = {column.key for column in shipped.columns}
    for number, row in enumerate(rows, 1):
        if unknown := row.keys() - known:
            raise UnknownColumn(
                f"row {number}: no column {', '.join(sorted(unknown))}; expected some of: "
                + ", ".join(column.key for column in shipped.columns)
            )
    return [
        [shipped.word(column, row.get(column.key, ""), language) for column in shipped.columns]
        for row in rows
    ]


def _instructions(book: Any, shipped: Template, language: Language) -> None:
    sheet = book.add_worksheet(_INSTRUCTIONS[language])
    told = shipped.instructions[language]
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, told.title, book.add_format({"bold": True, "font_size": 14}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, line in enumerate(told.lines, 2):
        sheet.write_string(number, 0, line, wrapped)
    head = book.add_format({"bold": True, "bottom": 1})
    start = len(told.lines) + 3
    sheet.set_column(1, 1, 80)
    for number, column in enumerate(shipped.columns, start):
        sheet.write_string(number, 0, column.heading.of(language), head)
        sheet.write_string(number, 1, column.note.of(language), wrapped)


def _data(
    book: Any,
    shipped: Template,
    rows: list[list[str]],
    language: Language,
    *,
    noted: bool,
) -> None:
    sheet = book.add_worksheet(shipped.sheet)
    text = book.add_format({"num_format": "@"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7E9EC", "bottom": 1}
    )
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 48)
    for at, column in enumerate(shipped.columns):
        sheet.set_column(at, at, 24 if column.key in _WIDE else 16, text)
        sheet.write_string(0, at, column.heading.of(language), head)
        note = column.note.of(language)
        if noted and at == 0:
            note = f"{shipped.example_note.of(language)}\n{note}"
        sheet.write_comment(0, at, note, {"author": "Fairwater", "x_scale": 2.0})
        if column.list is not None:
            validation = _validation(shipped, column, language)
            sheet.data_validation(1, at, _READY_ROWS, at, validation)
    for number, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, at, cell, text)
    sheet.activate()
    sheet.set_first_sheet()


def _validation(shipped: Template, column: TemplateColumn, language: Language) -> dict[str, Any]:
    names = list(shipped.lists)
    letter = chr(65 + names.index(column.list or ""))
    count = len(shipped.words(column.list or "", language))
    open_list = column.list in ("nuclide", "unit")
    return {
        "validate": "list",
        "source": f"={_LISTS}!${letter}$2:${letter}${count + 1}",
        "error_type": "warning" if open_list else "stop",
        "input_title": column.heading.of(language)[:32],
        "input_message": column.note.of(language)[:255],
    }


def _lists(book: Any, shipped: Template, language: Language) -> None:
    sheet = book.add_worksheet(_LISTS)
    for at, name in enumerate(shipped.lists):
        sheet.write_string(0, at, name)
        for number, word in enumerate(shipped.words(name, language), 1):
            sheet.write_string(number, at, word)
    sheet.hide()
