"""From a file to the outcomes of its rows. The whole file is checked before the first row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.layout import Layout, bind, fit
from fairwater.intake.opened import settle
from fairwater.intake.outcome import RowOutcome, SheetTold
from fairwater.intake.profile import Profile
from fairwater.intake.profile_source import profile_sha256
from fairwater.intake.report import RowReader
from fairwater.intake.stream import open_table, survey
from fairwater.intake.wholes import (
    Spot,
    columns_that_name,
    contradictions,
    flagged,
    names_a_whole,
)
from fairwater.intake.workbook.container import is_workbook
from fairwater.records import Flag, Position, SourceDocument

Progress = Callable[[int, int], None]
"""Called with bytes of the file taken in, and all its bytes."""

_PROGRESS_EVERY_ROWS = 2_000


class Table:
    """A file that can be read by its profile. Each iteration reads the rows from the start.

    Attributes
    ----------
    name, sha256, size_bytes : str, str, int
        Of the file as it is stored.
    profile : Profile
    encoding : str
        The stated encoding that was used.
    sheets : tuple of SheetTold
        Every sheet of a workbook, read or not; none of a text table.
    headings, unread_headings : tuple of str
        All headings; those the profile leaves unread (`format.unknown_headings: list`).
    """

    def __init__(
        self,
        path: Path,
        profile: Profile,
        progress: Progress | None = None,
        as_of: date | None = None,
    ) -> None:
        self.path = path
        self.name = path.name
        self.profile = profile
        self._progress = progress
        self._as_of = as_of
        with open_table(path) as file:
            self._stamp = stamp(file)
            seen = survey(file, self.name, profile.encodings)
            self.encoding, self._layout, rows = settle(
                file, self.name, seen.encodings, seen.line_end, profile
            )
            if next(rows, None) is None:
                raise FileUnreadable(
                    f"{self.name}, under the header",
                    "no row",
                    "at least one row of data",
                    "export the table again; a header alone says nothing",
                )
        self._line_end = seen.line_end
        self.sheets: tuple[SheetTold, ...] = ()
        self.sha256 = seen.sha256
        self.size_bytes = seen.size_bytes

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, in the order of the table."""
        return self._layout.headings

    @property
    def unread_headings(self) -> tuple[str, ...]:
        """Headings that the profile does not name and says to leave unread."""
        return self._layout.unread

    @property
    def document(self) -> SourceDocument:
        """The file as a statement; rows and the instant it was seen are the caller's to add."""
        profile = self.profile
        return SourceDocument(
            sha256=self.sha256,
            name=self.name,
            size_bytes=self.size_bytes,
            media_type=self.media_type,
            publisher=profile.publisher,
            address=profile.address,
            profile=profile.profile,
            profile_sha256=profile_sha256(profile),
            lineage=profile.lineage.kind,
        )

    media_type: str | None = None

    def __iter__(self) -> Iterator[RowOutcome]:
        """Outcome of each data row, in order."""
        flags = self._contradictions()
        return (flagged(outcome, flags) for outcome in self.rows()) if flags else self.rows()

    def _contradictions(self) -> dict[Spot, tuple[Flag, ...]]:
        """What only several rows together show; they are read once more if there can be any."""
        profile = self.profile
        columns = columns_that_name(profile, self._layout)
        if columns is not None and not (columns and names_a_whole(profile, self.names_measured())):
            return {}
        return contradictions(self.rows(), profile)

    def names_measured(self) -> Iterator[str]:
        """The cells that name what is measured, in a table with a column for it."""
        columns = columns_that_name(self.profile, self._layout) or ()
        with open_table(self.path) as file:
            _, _, rows = settle(file, self.name, (self.encoding,), self._line_end, self.profile)
            for cells in rows:
                if isinstance(cells, list):
                    yield from (cells[n] for n in columns if n < len(cells))

    def rows(self) -> Iterator[RowOutcome]:
        """Outcome of each data row, each read alone."""
        reader = RowReader(
            self.profile,
            self._layout,
            document=self.sha256,
            publication=self._publication(self._layout),
            as_of=self._as_of,
        )
        with open_table(self.path) as file:
            self._check_stamp(stamp(file))
            _, _, rows = settle(file, self.name, (self.encoding,), self._line_end, self.profile)
            for number, cells in enumerate(rows, 1):
                if self._progress is not None and number % _PROGRESS_EVERY_ROWS == 0:
                    self._progress(min(file.tell(), self.size_bytes), self.size_bytes)
                yield reader.read(number, cells)
        if self._progress is not None:
            self._progress(self.size_bytes, self.size_bytes)

    def _check_stamp(self, found: tuple[int, int]) -> None:
        if found != self._stamp:
            raise FileUnreadable(
                self.name,
                "the file changed while it was being read",
                "a file at rest",
                "wait until whoever writes it has finished",
            )

    def _publication(self, layout: Layout) -> str | None:
        """The issue that every row belongs to, if the file's name is its name."""
        has_column = any(entry.column.use == "publication" for entry in layout.bound)
        by_name = self.profile.lineage.publication != "none" and not has_column
        return self.name.removesuffix(".gz") if by_name else None


def stamp(file: BinaryIO) -> tuple[int, int]:
    """Size and time of change, to tell whether a file was changed while it was read."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def read(
    path: str | Path,
    profile: Profile,
    *,
    progress: Progress | None = None,
    as_of: date | None = None,
) -> Table:
    """Open a file as a table of `profile`; iterate over it for the outcomes of its rows.

    Parameters
    ----------
    path : str or Path
        A text table, packed with gzip or not, or a workbook (xlsx).
    profile : Profile
        How to read it.
    progress : callable, optional
        Called with bytes read and bytes in all, now and then.
    as_of : date, optional
        Day of the import: later sampling days are flagged `sampled_after_import`.

    Raises
    ------
    FileUnreadable
        Before the first row, whatever in the whole file makes it no table of this profile.
    """
    path = Path(path)
    with open_table(path) as file:
        a_workbook = is_workbook(file)
    if a_workbook:
        from fairwater.intake.workbook.table import WorkbookTable

        return WorkbookTable(path, profile, progress, as_of)
    return Table(path, profile, progress, as_of)


def reread(
    cells: Sequence[str],
    profile: Profile,
    source: Position,
    *,
    headings: Sequence[str] = (),
) -> RowOutcome:
    """Read a corrected row again, as if its table had held these cells.

    Parameters
    ----------
    cells : sequence of str
        The corrected cells, one for each heading.
    profile : Profile
        The profile that quarantined the row.
    source : Position
        Where the row stood; the new report stands there too.
    headings : sequence of str
        Those of the quarantined row; the profile's columns in order if it has none.

    Raises
    ------
    ValueError
        If the headings do not belong to the profile.
    """
    names = tuple(headings) or tuple(column.heading for column in profile.columns)
    found = fit(profile, names)
    if not found.fits:
        raise ValueError(f"the row {found.describe()}: not a row of `{profile.profile}`")
    layout: Layout = bind(profile, names)
    reader = RowReader(
        profile,
        layout,
        document=source.document,
        publication=source.publication,
        sheet=source.sheet,
    )
    return reader.read(source.row, list(cells))
