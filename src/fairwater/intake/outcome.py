"""What became of one data row: accepted, accepted with flags, or quarantined. Never nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fairwater.records import QuarantinedRow, TestReport


class SheetTold(NamedTuple):
    """What is told of one sheet of a workbook, whether it was read or not.

    `why` says why it was left unread; `hidden_columns` are letters of read columns that the
    program does not show.
    """

    name: str
    visibility: Literal["visible", "hidden", "very hidden"]
    read: bool
    why: str
    hidden_columns: tuple[str, ...]
    rows: int


class RowOutcome(NamedTuple):
    """One data row of a table, and what intake made of it.

    Attributes
    ----------
    row : int
        In a text table 1 for the first data row under the header, blank lines not counted;
        in a workbook the sheet's own row number, as the spreadsheet program shows it.
    record : TestReport or QuarantinedRow
        The statement; `record.source` says where it stood.
    data : bytes
        Canonical bytes of the record.
    flags : tuple of str
        Names of the flags on the row, each once, sorted; also for a quarantined row, as far
        as its cells could be read.
    reasons : tuple of str
        Why it is in quarantine, each once, sorted; empty if it was accepted.
    """

    row: int
    record: TestReport | QuarantinedRow
    data: bytes
    flags: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether the row became a test report."""
        return not self.reasons
