"""Groups of cells that are read together, each distinct combination once.

Tables repeat themselves: a million cells hold a few thousand texts. A `Group`
reads its cells as a whole and remembers what came out, in bounded memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from fairwater.intake.cells import CellCleaner, CleanCell
from fairwater.intake.layout import Bound
from fairwater.intake.profile import Profile
from fairwater.records import Fault, Flag

REMEMBERED = 100_000
T = TypeVar("T")


class Piece(NamedTuple, Generic[T]):
    """What a group of cells says, and what was noticed."""

    content: T
    flags: tuple[Flag, ...] = ()
    faults: tuple[Fault, ...] = ()


class Noticed:
    """Collects flags and faults while a group is read."""

    def __init__(self, cells: dict[str, CleanCell]) -> None:
        self.flags = [flag for cell in cells.values() for flag in cell.flags]
        self.faults = [fault for cell in cells.values() for fault in cell.faults]

    def piece(self, content: T) -> Piece[T]:
        """The content with what was noticed."""
        return Piece(content, tuple(self.flags), tuple(self.faults))


class Group(Generic[T]):
    """Reads the cells of some columns together; `extra` is whatever else the reading depends on."""

    def __init__(
        self,
        bound: Sequence[Bound],
        profile: Profile,
        make: Callable[[dict[str, CleanCell], str], Piece[T]],
    ) -> None:
        self.bound = tuple(bound)
        self._cleaners = tuple(
            (entry.position, entry.label, CellCleaner(entry.column, entry.heading, profile))
            for entry in bound
        )
        self._make = make
        indexes = [entry.position for entry in bound]
        self._key: Callable[[Sequence[str]], object]
        self._key = itemgetter(*indexes) if indexes else _nothing
        self._seen: dict[object, Piece[T]] = {}

    def read(self, cells: Sequence[str], extra: str = "") -> Piece[T]:
        """What the cells of one row say."""
        key: object = self._key(cells)
        if extra:
            key = (key, extra)
        piece = self._seen.get(key)
        if piece is None:
            clean = {label: cleaner.clean(cells[n]) for n, label, cleaner in self._cleaners}
            piece = self._make(clean, extra)
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[key] = piece
        return piece


def _nothing(cells: Sequence[str]) -> object:
    return ()
