"""What became of one data row: accepted, accepted with flags, or quarantined. Never nothing."""

from __future__ import annotations

from typing import NamedTuple

from fairwater.records import QuarantinedRow, TestReport


class RowOutcome(NamedTuple):
    """One data row of a table, and what intake made of it.

    Attributes
    ----------
    row : int
        1 for the first data row under the header; blank lines are not counted.
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
