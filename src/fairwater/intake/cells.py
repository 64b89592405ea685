"""One cell on its way in: published corrections applied, marks for "not stated" recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from fairwater.intake.corrections import corrected
from fairwater.intake.numbers import SPREADSHEET_ERROR, fold
from fairwater.intake.profile import Column, Profile
from fairwater.intake.reasons import REASONS
from fairwater.records import Fault, Flag

MAX_TEXT = 4000
MAX_NAME = 200
_DITTO = re.compile(
    r"""〃.*|(?:["“”〝〞〟〻々ゝ仝]|''|′′|’’|,,)+|同上|同前|同じ|ditto""", re.DOTALL
)
"""Marks that mean the cell above, whether a profile states them or not; never a text."""
_LONGEST_DITTO = 12
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DATES = ("collected", "resulted", "published", "reference_date")  # tell a failed formula too


def fault(reason: str, column: str | None, text: str | None, expected: str) -> Fault:
    """A fault with the remedy of its reason; over-long texts are cut to fit a record."""
    return Fault(
        reason=reason,
        expected=expected[:MAX_TEXT],
        remedy=REASONS[reason].remedy,
        column=_fitting(column),
        text=None if text is None else text[:MAX_TEXT],
    )


def flag(name: str, column: str | None, detail: str | None = None) -> Flag:
    """A flag; empty details are left out, over-long ones cut to fit a record."""
    return Flag(name, _fitting(column), _fitting(detail))


def _fitting(text: str | None) -> str | None:
    return text[:MAX_TEXT] if text else None


class CleanCell(NamedTuple):
    """The text to read ("" is *not stated*), and what was noticed."""

    text: str
    flags: tuple[Flag, ...] = ()
    faults: tuple[Fault, ...] = ()


class CellCleaner:
    """Cleans the cells of one column of one profile."""

    def __init__(self, column: Column, heading: str, profile: Profile) -> None:
        marks = profile.missing if column.missing is None else column.missing
        self.heading = heading
        self.column = column
        self._missing = missing_marks(marks)
        self._corrections = profile.values.corrections
        self._keeps_marks = column.use in ("value", "beside_value")
        self._tells_errors = not self._keeps_marks and column.use not in _DATES

    def clean(self, cell: str) -> CleanCell:
        """The cell without outer space, its correction applied; "" if it says *not stated*.

        Cells of results keep their marks: what a mark means there is the business of `values`.
        """
        text = cell.strip()
        if len(text) > MAX_TEXT:
            expected = f"at most {MAX_TEXT:,} characters"
            return CleanCell("", (), (fault("cell_too_long", self.heading, text, expected),))
        if (control := _CONTROL.search(text)) is not None:
            expected = f"a text without control characters; U+{ord(control[0]):04X} stands there"
            return CleanCell("", (), (fault("control_character", self.heading, text, expected),))
        flags: tuple[Flag, ...] = ()
        if not text.isascii() and (unseen := _unseen(text)):
            flags = (flag("invisible_character", self.heading, unseen),)
        if self._corrections and "<" in text:
            result = corrected(text)
            if result is None:
                expected = "<del>old</del><ins>new</ins>, or the text alone"
                return CleanCell(
                    "", (), (fault("malformed_correction", self.heading, text, expected),)
                )
            if result.old:
                flags += (flag("published_correction", self.heading, "; ".join(result.old)),)
                text = result.text.strip()
        if self._tells_errors and text.startswith("#") and SPREADSHEET_ERROR.fullmatch(text):
            expected = "a text, no failed formula"
            return CleanCell("", flags, (fault("spreadsheet_error", self.heading, text, expected),))
        if not self._keeps_marks and is_ditto(text):
            expected = "a text; the profile does not say that this mark repeats the cell above"
            return CleanCell("", flags, (fault("ditto_not_stated", self.heading, text, expected),))
        if text in self._missing or fold(text) in self._missing:
            return CleanCell(text if self._keeps_marks else "", flags)
        return CleanCell(text, flags)

    def states(self, cell: str) -> bool:
        """Whether the cell says anything but *not stated*."""
        text = cell.strip()
        return text not in self._missing and fold(text) not in self._missing


def is_ditto(text: str) -> bool:
    """Whether a text is a mark that means the cell above, in any usual form."""
    if len(text) > _LONGEST_DITTO and "〃" not in text[:4]:
        return False
    return _DITTO.fullmatch(fold(text).casefold().strip(" -.。・()")) is not None


def _unseen(text: str) -> str:
    """The characters that show nothing, or turn the direction of writing, by their numbers."""
    found = dict.fromkeys(c for c in text if unicodedata.category(c) in ("Cf", "Zl", "Zp"))
    return " ".join(f"U+{ord(c):04X}" for c in found)


def missing_marks(marks: Iterable[str]) -> frozenset[str]:
    """Marks for "not stated" as they stand and folded; an empty cell always is one."""
    return frozenset({"", *marks, *(fold(mark) for mark in marks)})
