"""Which profiles fit a workbook: those with a sheet whose header fits."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from typing import BinaryIO

from fairwater.intake.layout import Fit
from fairwater.intake.profile import Profile
from fairwater.intake.workbook.book import open_book
from fairwater.intake.workbook.sheet import survey_sheet
from fairwater.intake.workbook.table import find_head


def fits_of(file: BinaryIO, name: str, profiles: Sequence[Profile]) -> list[tuple[Profile, Fit]]:
    """How each profile fits the sheet of a workbook that it fits best."""
    book = open_book(file, name)
    tables = [entry for entry in book.sheets if entry.is_table]
    surveys = {entry.name: survey_sheet(book, entry) for entry in tables}
    found: list[tuple[Profile, Fit]] = []
    for profile in profiles:
        best = Fit((f"a sheet it names ({', '.join(profile.workbook.sheets)})",), (), (), 0)
        for entry in tables:
            shapes = profile.workbook.sheets
            if shapes and not any(fnmatch.fnmatchcase(entry.name, shape) for shape in shapes):
                continue
            head, fitted = find_head(book, entry, surveys[entry.name], profile)
            if head.why:
                fitted = Fit((head.why,), (), (), 0)
            if fitted.fits or (not best.fits and fitted.found >= best.found):
                best = fitted
        found.append((profile, best))
    return found
