"""What a stored cell means in its column: the text to read, and what is to be said of it.

Rules, by what is stored and what the column is for; each flag and reason is explained in
`intake.reasons`:

    error                       quarantined
    formula without a value     quarantined; with one: the value, flagged
    date, in a date column      the day, as precise as its format shows it
    date, in another column     identifiers and results: quarantined (`3-1` became a date);
                                other texts: the day as text, flagged
    number shown otherwise      quarantined in a result (`"<"0.0`, per cent, thousands)
    number of over 15 digits    kept as stored and flagged; an identifier is quarantined
    number as an identifier     kept as stored and flagged: zeros before it are lost; quarantined
                                where its format shows `1.23E+12`
    text that is a number       kept as stored; flagged in a result, unless the profile expects it
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fairwater.intake.cells import fault, flag
from fairwater.intake.days import DAYS
from fairwater.intake.layout import Bound
from fairwater.intake.numbers import Numbers, fold
from fairwater.intake.profile import Profile
from fairwater.intake.sample import IDENTIFIERS
from fairwater.intake.workbook.book import Book
from fairwater.intake.workbook.formats import NumberFormat, Shown
from fairwater.intake.workbook.serials import NoSuchDay, civil_text
from fairwater.intake.workbook.sheet import StoredCell
from fairwater.records import Fault, Flag

_NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_DAY = Shown(year=True, month=True, day=True)
_NEVER_DATES = (
    *IDENTIFIERS, "entry", "publication", "zone", "station", "latitude", "longitude",
    "category", "item", "scientific_name", "part", "market_stage", "value", "beside_value",
)  # fmt: skip
_NUMERIC = ("value", "beside_value", "latitude", "longitude")
KEPT_DIGITS = 15
"""Significant decimal digits that a spreadsheet keeps of a number that is typed."""


class ReadCell(NamedTuple):
    """The text of a cell, as it is kept; `blocked`: its faults are told, nothing is read of it."""

    text: str
    flags: tuple[Flag, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether the text must not be read."""
        return bool(self.faults)


class ColumnRules:
    """The rules for one workbook read by one profile."""

    def __init__(self, book: Book, profile: Profile) -> None:
        self._book = book
        self._profile = profile
        self._numbers = Numbers(profile.values)
        self._mark = profile.values.decimal_mark
        self._text_expected = profile.workbook.numbers_as_text == "expected"

    def plain(self, cell: StoredCell) -> str:
        """The text of a cell in no column: a heading, or a cell under no heading."""
        if not cell.valued:
            return f"={cell.formula or ''}"
        if cell.kind == "number":
            shown = self._book.format(cell.style).shown
            if shown.date_or_time:
                try:
                    return civil_text(cell.text, shown, system_1904=self._book.system_1904)
                except NoSuchDay:
                    return cell.text
        return cell.text

    def read(self, cell: StoredCell, bound: Bound) -> ReadCell:
        """A cell in a column of the profile."""
        heading = bound.heading
        if bound.column.use == "ignored":
            return ReadCell(self.plain(cell))
        if not cell.valued:
            text = f"={cell.formula or ''}"
            expected = "a value; the formula was never calculated, or its value is not kept"
            return ReadCell(text, (), (fault("formula_without_value", heading, text, expected),))
        if cell.kind == "error":
            found = fault("spreadsheet_error", heading, cell.text, "a value, no failed formula")
            return ReadCell(cell.text, (), (found,))
        read = self._typed(cell, bound)
        if self._book.is_struck(cell.style) and read.text.strip():
            read = read._replace(flags=(*read.flags, flag("struck_out", heading, read.text)))
        if cell.formula is not None:
            detail = f"={cell.formula}" if cell.formula else None
            return read._replace(flags=(*read.flags, flag("formula_value", heading, detail)))
        return read

    def _typed(self, cell: StoredCell, bound: Bound) -> ReadCell:
        if cell.kind == "number":
            return self._number(cell, bound)
        is_result = bound.column.use in ("value", "beside_value")
        if (
            is_result
            and cell.kind == "text"
            and not self._text_expected
            and self._numbers.read(fold(cell.text)) is not None
        ):
            return ReadCell(
                cell.text, (flag("number_stored_as_text", bound.heading, cell.text.strip()),)
            )
        return ReadCell(cell.text)

    def _number(self, cell: StoredCell, bound: Bound) -> ReadCell:
        heading, use = bound.heading, bound.column.use
        if _NUMBER.fullmatch(cell.text) is None:
            found = fault("unreadable_value", heading, cell.text, "a number, as the cell says")
            return ReadCell(cell.text, (), (found,))
        shown = self._book.format(cell.style)
        if shown.shown.date_or_time:
            return self._date(cell, bound, shown)
        if use in DAYS and bound.column.date_part is None:
            if self._profile.dates.serial is not None and _SERIAL.fullmatch(cell.text):
                return self._serial(cell, heading, _DAY, "serial_date")
            return ReadCell(cell.text)
        if use in IDENTIFIERS:
            return _identifier(cell.text, heading, shown)
        if use not in _NUMERIC:
            return ReadCell(cell.text)
        text = cell.text if self._mark == "." else cell.text.replace(".", self._mark)
        if use in ("value", "beside_value"):
            otherwise = shown.unlike(cell.text)
            if otherwise is not None:
                expected = f"a number shown as it is stored; `{shown.code}` shows it {otherwise}"
                found = fault("number_shown_otherwise", heading, cell.text, expected)
                return ReadCell(text, (), (found,))
        if _significant(cell.text) > KEPT_DIGITS:
            return ReadCell(text, (flag("more_digits_than_typed", heading, cell.text),))
        return ReadCell(text)

    def _date(self, cell: StoredCell, bound: Bound, shown: NumberFormat) -> ReadCell:
        heading, use = bound.heading, bound.column.use
        if use in DAYS and bound.column.date_part is None:
            name = "year_not_shown" if shown.shown.day and not shown.shown.year else None
            return self._serial(cell, heading, shown.shown, name)
        read = self._serial(cell, heading, shown.shown, None)
        detail = f"{cell.text}, shown as {read.text}"
        if use in _NEVER_DATES or use in DAYS:
            expected = f"a text or a number; the cell holds a date ({read.text})"
            found = fault("turned_into_date", heading, cell.text, expected)
            return ReadCell(read.text, (), (found,))
        return ReadCell(read.text, (flag("turned_into_date", heading, detail),), read.faults)

    def _serial(self, cell: StoredCell, heading: str, shown: Shown, name: str | None) -> ReadCell:
        system_1904 = self._book.system_1904
        try:
            text = civil_text(cell.text, shown, system_1904=system_1904)
        except NoSuchDay as error:
            system = "1904" if system_1904 else "1900"
            expected = f"a day of the {system} date system; {error}"
            return ReadCell(cell.text, (), (fault("impossible_day", heading, cell.text, expected),))
        flags: tuple[Flag, ...] = ()
        if name is not None:
            flags = (flag(name, heading, cell.text),)
        if system_1904:
            flags += (flag("date_system_1904", heading, cell.text),)
        return ReadCell(text, flags)


def _identifier(text: str, heading: str, shown: NumberFormat) -> ReadCell:
    scientific = "e+" in shown.code.lower() or "e-" in shown.code.lower()
    if scientific or "e" in text.lower() or "." in text or _significant(text) > KEPT_DIGITS:
        expected = "the identifier as its owner writes it, kept as text"
        return ReadCell(text, (), (fault("damaged_identifier", heading, text, expected),))
    detail = f"{text}, shown as {text.zfill(shown.padded)}" if shown.padded > len(text) else text
    return ReadCell(text, (flag("identifier_stored_as_number", heading, detail),))


def _significant(number: str) -> int:
    digits = re.split(r"[eE]", number)[0].lstrip("-").replace(".", "").lstrip("0")
    return len(digits) if "." in number else len(digits.rstrip("0"))
