"""What can be wrong with a journal, told with file and offset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Damage(NamedTuple):
    """One place where the journal does not hold what was committed.

    `offset` is in bytes from the start of `file`; `found` and `expected` are for
    people; `remedy` says what can be done without losing a record.
    """

    file: Path
    offset: int
    found: str
    expected: str
    remedy: str = "restore the file from a copy of the journal folder"

    def __str__(self) -> str:
        return (
            f"{self.file}, byte {self.offset}: {self.found}\n"
            f"  expected: {self.expected}\n  remedy: {self.remedy}"
        )


class JournalError(Exception):
    """The journal cannot do what was asked; nothing committed has changed."""


class JournalDamaged(JournalError):
    """Committed bytes are not what they were; `faults` lists every place found."""

    def __init__(self, faults: Sequence[Damage]) -> None:
        self.faults = tuple(faults)
        super().__init__("the journal is damaged\n" + "\n".join(map(str, self.faults)))


class JournalLocked(JournalError):
    """Another process is writing; `pid` is its process number, None if it could not be read."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.path = path
        self.pid = pid
        holder = f"process {pid}" if pid is not None else "another process"
        super().__init__(
            f"{path}: {holder} is writing here\n"
            "  expected: one writer at a time\n"
            "  became of it: nothing was written\n"
            "hint: wait for it to end, then try again; reading is possible meanwhile"
        )


class JournalFull(JournalError):
    """The disk is full or a quota is used up; the journal is as it was before the batch."""
