"""A workbook read by a profile: every sheet that is meant, row by row, as a text table would be.

A row's number is the sheet's own, as the spreadsheet program shows it. Which sheets are meant
the profile says by name; if it names none, every sheet whose header fits. A sheet that has more
than half of the profile's headings and does not fit refuses the file: it is the table, with a
fault. Others (notes, lists of words) are left unread and told. Hidden sheets, rows and filtered
rows are read like others, and told.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fairwater.intake.cells import fault, flag
from fairwater.intake.errors import FileUnreadable
from fairwater.intake.layout import Fit, Layout, bind, fit
from fairwater.intake.opened import joined
from fairwater.intake.outcome import RowOutcome, SheetTold
from fairwater.intake.profile import Profile
from fairwater.intake.reading import Progress, Table, stamp
from fairwater.intake.report import RowReader
from fairwater.intake.rows import MAX_COLUMNS
from fairwater.intake.stream import open_table
from fairwater.intake.wholes import columns_that_name
from fairwater.intake.workbook.book import Book, SheetEntry, open_book
from fairwater.intake.workbook.columns import ColumnRules
from fairwater.intake.workbook.container import digest
from fairwater.intake.workbook.merged import Covered, Merged, columns_merged_downwards
from fairwater.intake.workbook.sheet import (
    SheetSurvey,
    StoredCell,
    StoredRow,
    column_letters,
    stored_rows,
    survey_sheet,
)
from fairwater.records import Fault, Flag

SEARCHED_ROWS = 50
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Head(NamedTuple):
    """The header of a sheet: its last row, the column of each heading, the headings."""

    last_row: int
    columns: tuple[int, ...]
    headings: tuple[str, ...]
    why: str = ""


class OpenSheet(NamedTuple):
    """A sheet that is read: what stands where."""

    entry: SheetEntry
    survey: SheetSurvey
    head: Head
    layout: Layout


class WorkbookTable(Table):
    """A workbook that can be read by its profile. Each iteration reads the rows from the start.

    Attributes as of `Table`; `headings` are those of the first sheet that is read.
    """

    def __init__(
        self,
        path: Path,
        profile: Profile,
        progress: Progress | None = None,
        as_of: date | None = None,
    ) -> None:
        self.path, self.name, self.profile = path, path.name, profile
        self.encoding = "xlsx"
        self._progress, self._as_of = progress, as_of
        with open_table(path) as file:
            self._stamp = stamp(file)
            self.sha256, self.size_bytes = digest(file)
            book = open_book(file, self.name)
            self._open, told = open_sheets(book, profile)
            counts = [sum(1 for _ in _data_rows(book, sheet)) for sheet in self._open]
        rows = dict(zip((sheet.entry.name for sheet in self._open), counts, strict=True))
        self.sheets = tuple(t._replace(rows=rows.get(t.name, 0)) for t in told)
        self._layout = self._open[0].layout
        if not any(counts):
            names = ", ".join(f"`{sheet.entry.name}`" for sheet in self._open)
            raise FileUnreadable(
                f"{self.name}, sheet {names}, under the header",
                "no row",
                "at least one row of data",
                "export the table again; a header alone says nothing",
            )

    media_type = MEDIA_TYPE

    def rows(self) -> Iterator[RowOutcome]:
        """Outcome of each data row of each sheet, in order."""
        with open_table(self.path) as file:
            self._check_stamp(stamp(file))
            book = open_book(file, self.name)
            for sheet in self._open:
                yield from self._sheet(book, sheet)
        if self._progress is not None:
            self._progress(self.size_bytes, self.size_bytes)

    def names_measured(self) -> Iterator[str]:
        """The cells that name what is measured, in sheets with a column for it."""
        with open_table(self.path) as file:
            book = open_book(file, self.name)
            rules = ColumnRules(book, self.profile)
            for sheet in self._open:
                positions = columns_that_name(self.profile, sheet.layout) or ()
                columns = [sheet.head.columns[n] for n in positions]
                for row in _data_rows(book, sheet):
                    cells = (row.cells.get(column) for column in columns)
                    yield from (rules.plain(cell) for cell in cells if cell is not None)

    def _sheet(self, book: Book, sheet: OpenSheet) -> Iterator[RowOutcome]:
        reader = RowReader(
            self.profile,
            sheet.layout,
            document=self.sha256,
            publication=self._publication(sheet.layout),
            as_of=self._as_of,
            sheet=sheet.entry.name,
        )
        cells = _SheetCells(book, self.profile, sheet)
        for row in _data_rows(book, sheet, cells.above):
            texts, blocked, flags, faults = cells.of(row)
            yield reader.read(row.number, texts, (blocked, flags, faults))


class _SheetCells:
    """The cells of one sheet by the rules of their columns."""

    def __init__(self, book: Book, profile: Profile, sheet: OpenSheet) -> None:
        self._rules = ColumnRules(book, profile)
        self._merged = Merged(
            sheet.survey.merged, lambda why: book.container.damaged(sheet.entry.part, why)
        )
        self._repeat = profile.workbook.merged == "repeat"
        self._columns = sheet.head.columns
        self._bound = {entry.position: entry for entry in sheet.layout.bound}
        self._width = max(sheet.head.columns) + 1
        self._known = frozenset(sheet.head.columns)
        self._filtered = sheet.survey.filtered
        downwards = columns_merged_downwards(sheet.survey.merged, sheet.head.last_row + 1)
        self._beside_merged = {
            n for n, column in enumerate(self._columns) if column in downwards and self._repeat
        }

    def above(self, row: StoredRow) -> None:
        """Take note of a row that is not read: a merged range may begin there."""
        self._merged.covered(row, self._width)

    def of(
        self, row: StoredRow
    ) -> tuple[list[str], list[int], tuple[Flag, ...], tuple[Fault, ...]]:
        """Texts of a row under its headings, positions not to be read, flags, faults."""
        covered = self._merged.covered(row, self._width)
        texts: list[str] = []
        blocked: list[int] = []
        flags: tuple[Flag, ...] = ()
        faults: tuple[Fault, ...] = ()
        if row.hidden:
            block = self._filtered
            within = block is not None and block.first_row < row.number <= block.last_row
            flags += (flag("filtered_row" if within else "hidden_row", None),)
        for position, column in enumerate(self._columns):
            cell = row.cells.get(column)
            bound = self._bound.get(position)
            under = covered.get(column)
            if under is not None and self._repeat:
                cell = under.shown
            if cell is None:
                texts.append("")
                if position in self._beside_merged and bound is not None and under is None:
                    flags += (flag("empty_beside_merged", bound.heading),)
                continue
            if bound is None:
                texts.append(self._rules.plain(cell))
                continue
            read = self._rules.read(cell, bound)
            texts.append(read.text)
            flags += read.flags
            faults += read.faults
            if read.blocked:
                blocked.append(position)
            if under is not None and self._repeat:
                flags += _merged_flags(bound.column.use, bound.heading, read.text)
                faults += self._hidden_text(under, bound.heading, read.text)
        texts += [
            self._rules.plain(cell)
            for column, cell in row.cells.items()
            if column not in self._known and column not in covered and cell.text.strip()
        ]
        return texts, blocked, flags, faults

    def _hidden_text(self, under: Covered, heading: str, shown: str) -> tuple[Fault, ...]:
        if under.own is None or self._rules.plain(under.own).strip() in ("", shown.strip()):
            return ()
        text = self._rules.plain(under.own)
        expected = f"nothing under the merged cell that shows `{shown}`"
        return (fault("contradictory_cells", heading, text, expected),)


def _merged_flags(use: str, heading: str, text: str) -> tuple[Flag, ...]:
    return (flag("value_from_merged_cell", heading, text),) if use == "value" else ()


def open_sheets(book: Book, profile: Profile) -> tuple[list[OpenSheet], list[SheetTold]]:
    """The sheets that a profile reads, and what is told of every sheet.

    Raises
    ------
    FileUnreadable
        If a sheet that is meant is not there or does not fit, or none fits.
    """
    wanted = profile.workbook.sheets
    missing = [
        shape for shape in wanted
        if not any(fnmatch.fnmatchcase(e.name, shape) for e in book.sheets if e.is_table)
    ]  # fmt: skip
    name = book.container.name
    if missing:
        raise FileUnreadable(
            name,
            f"no sheet {', '.join(f'`{shape}`' for shape in missing)}; the workbook has "
            + ", ".join(f"`{entry.name}`" for entry in book.sheets[:20]),
            f"the sheets that profile `{profile.profile}` names",
            "name the sheet as the profile does, or choose the profile of this layout",
        )
    opened: list[OpenSheet] = []
    told: list[SheetTold] = []
    nearest: tuple[SheetEntry, Head, Fit] | None = None
    for entry in book.sheets:
        told.append(SheetTold(entry.name, entry.visibility, False, "", (), 0))
        if not entry.is_table:
            told[-1] = told[-1]._replace(why="it holds no cells")
            continue
        named = any(fnmatch.fnmatchcase(entry.name, shape) for shape in wanted)
        if wanted and not named:
            told[-1] = told[-1]._replace(why="the profile names other sheets")
            continue
        survey = survey_sheet(book, entry)
        head, found = find_head(book, entry, survey, profile)
        if found.fits and not head.why:
            opened.append(OpenSheet(entry, survey, head, bind(profile, head.headings)))
            hidden = [n for n in head.columns if n in survey.hidden_columns]
            letters = tuple(column_letters(n) for n in hidden)
            told[-1] = told[-1]._replace(read=True, hidden_columns=letters)
            continue
        if named or 2 * found.found > len(profile.columns):
            raise _unfit(name, entry, head, found, profile)
        told[-1] = told[-1]._replace(why=head.why or "its header is another")
        if nearest is None or found.found > nearest[2].found:
            nearest = (entry, head, found)
    if not opened:
        if nearest is None:
            raise book.container.damaged("xl/workbook.xml", "no sheet with cells")
        raise _unfit(name, *nearest, profile)
    return opened, told


def find_head(
    book: Book, entry: SheetEntry, survey: SheetSurvey, profile: Profile
) -> tuple[Head, Fit]:
    """The header of a sheet, and how the profile fits it."""
    form, rules = profile.workbook, ColumnRules(book, profile)
    merged = Merged(survey.merged, lambda why: book.container.damaged(entry.part, why))
    rows = (row for row in stored_rows(book, entry) if _has_text(row))
    lines: list[tuple[int, dict[int, str]]] = []
    for row in islice(rows, SEARCHED_ROWS + form.title_rows):
        covered = merged.covered(row, MAX_COLUMNS + 1)
        if row.number > form.title_rows:
            lines.append((row.number, _texts(row, covered, rules)))
    if profile.format.header_rows == 0:
        return _without_header(lines, form.title_rows, profile)
    first: tuple[Head, Fit] | None = None
    for n in range(len(lines) if form.search_header else min(1, len(lines))):
        head = _head(lines[n:], profile)
        found = fit(profile, head.headings)
        if found.fits and not head.why:
            return head, found
        if first is None or found.found > first[1].found:
            first = (head, found)
    return first or (Head(0, (), (), "the sheet is empty"), Fit((), (), (), 0))


def _without_header(
    lines: list[tuple[int, dict[int, str]]], title_rows: int, profile: Profile
) -> tuple[Head, Fit]:
    width = max((max(texts, default=-1) + 1 for _, texts in lines), default=0)
    headings = tuple(column.heading for column in profile.columns)
    if width > len(headings) or not lines:
        why = f"{width} columns; the profile has {len(headings)}" if lines else "the sheet is empty"
        return Head(title_rows, (), (), why), Fit((), (), (), 0)
    head = Head(title_rows, tuple(range(len(headings))), headings)
    return head, fit(profile, headings)


def _head(lines: list[tuple[int, dict[int, str]]], profile: Profile) -> Head:
    number = lines[0][0]
    last = number + profile.format.header_rows - 1
    rows = [texts for at, texts in lines if at <= last]
    width = max((max(texts, default=-1) + 1 for texts in rows), default=0)
    if width > MAX_COLUMNS:
        return Head(last, (), (), f"{width:,} columns; at most {MAX_COLUMNS:,} are read")
    texts = joined([[row.get(n, "") for n in range(width)] for row in rows],
                   profile.format.header_join)  # fmt: skip
    columns = tuple(n for n, text in enumerate(texts) if text)
    return Head(last, columns, tuple(texts[n] for n in columns))


def _texts(row: StoredRow, covered: dict[int, Covered], rules: ColumnRules) -> dict[int, str]:
    cells: dict[int, StoredCell | None] = {**row.cells}
    for column, under in covered.items():
        cells[column] = under.shown
    return {
        column: text
        for column, cell in cells.items()
        if cell is not None and (text := rules.plain(cell).strip())
    }


def _has_text(row: StoredRow) -> bool:
    return any(cell.text.strip() or not cell.valued for cell in row.cells.values())


def _data_rows(
    book: Book, sheet: OpenSheet, above: Callable[[StoredRow], None] | None = None
) -> Iterator[StoredRow]:
    """Rows under the header that say something; `above` is told of those that are not given."""
    for row in stored_rows(book, sheet.entry):
        if row.number > sheet.head.last_row and _has_text(row):
            yield row
        elif above is not None:
            above(row)


def _unfit(
    name: str, entry: SheetEntry, head: Head, found: Fit, profile: Profile
) -> FileUnreadable:
    why = head.why or f"not a table of profile `{profile.profile}`: {found.describe()}"
    return FileUnreadable(
        f"{name}, sheet `{entry.name}`, header",
        why,
        f"the columns {', '.join(column.heading for column in profile.columns)}",
        "choose the profile of this layout, or write one (`--profile FILE`)",
    )
