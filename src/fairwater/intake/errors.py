"""What intake refuses as a whole: a file it cannot read, a profile that is not one."""

from __future__ import annotations

from typing import NamedTuple


class FileUnreadable(ValueError):
    """A file that cannot be read as a table of this profile. Nothing of it was taken in.

    Attributes
    ----------
    place : str
        File, and line, row, column or byte where known.
    found : str
        What stood there.
    expected : str
        What would have been readable.
    remedy : str
        What to do.
    """

    def __init__(self, place: str, found: str, expected: str, remedy: str) -> None:
        self.place, self.found, self.expected, self.remedy = place, found, expected, remedy
        super().__init__(f"{place}: {found}\n  expected: {expected}\n  hint: {remedy}")


class ProfileFault(NamedTuple):
    """One thing wrong in a profile: where, what stood there, what to write instead."""

    line: int
    path: str
    found: str
    expected: str


class ProfileError(ValueError):
    """A profile that is not one. All of its faults at once, in order of lines."""

    def __init__(self, file: str, faults: list[ProfileFault]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults))
        lines = [
            f"{file}:{fault.line}: {fault.path}: {fault.found}\n  expected: {fault.expected}"
            for fault in self.faults
        ]
        super().__init__("\n".join(lines))
