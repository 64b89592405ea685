"""Merged cells: the text stands once, in the first cell, and belongs to every cell of the range.

A cell that is empty and not merged is empty: nothing is carried down into it. Text that stands
under a merged range, where no program shows it, contradicts what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from fairwater.intake.workbook.sheet import Range, StoredCell, StoredRow


class Covered(NamedTuple):
    """A cell under a merged range: the cell whose text belongs to it, and its own, if any."""

    shown: StoredCell | None
    own: StoredCell | None


class Merged:
    """The merged ranges of one sheet; ask for its rows from the top."""

    def __init__(self, ranges: Iterable[Range], damaged: Callable[[str], Exception]) -> None:
        self._waiting = sorted(ranges, reverse=True)
        self._active: list[tuple[Range, StoredCell | None]] = []
        self._damaged = damaged

    def covered(self, row: StoredRow, width: int) -> dict[int, Covered]:
        """The cells of a row, by column below `width`, that show another cell's text."""
        if not self._waiting and not self._active:
            return {}
        if self._active:
            self._active = [pair for pair in self._active if pair[0].last_row >= row.number]
        while self._waiting and self._waiting[-1].first_row <= row.number:
            block = self._waiting.pop()
            first = row.cells.get(block.first_column) if block.first_row == row.number else None
            if block.last_row >= row.number:
                self._active.append((block, first))
        found: dict[int, Covered] = {}
        for block, cell in self._active:
            for column in _columns(block, width):
                if column in found:
                    raise self._damaged(f"merged ranges that overlap in row {row.number}")
                found[column] = Covered(cell, row.cells.get(column))
        return {
            column: covered for column, covered in found.items() if covered.shown is not covered.own
        }


def _columns(block: Range, width: int) -> Iterator[int]:
    yield from range(block.first_column, min(block.last_column + 1, width))


def columns_merged_downwards(ranges: Iterable[Range], first_row: int) -> frozenset[int]:
    """Columns with a range over several rows, at or below a row."""
    return frozenset(
        column
        for block in ranges
        if block.last_row > block.first_row >= first_row
        for column in _columns(block, block.first_column + 64)
    )
