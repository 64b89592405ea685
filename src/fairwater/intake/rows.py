"""Text to rows of cells, strictly: a row that breaks the dialect is given whole, as it stands.

The standard `csv` reader does the work, in strict mode. Where a quotation mark
opens a cell that never closes, it would swallow the rows after it: a row of
more than `MAX_LINES_IN_ROW` lines, or any other breach, gives back its first
line as `Malformed` and reading goes on with the line after it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fairwater.intake.profile import Format

MAX_LINES_IN_ROW = 64
MAX_COLUMNS = 1024


class Malformed(NamedTuple):
    """A line that is no row of this dialect, and what the reader said."""

    line: str
    why: str


class _TooManyLines(Exception):
    pass


class _Feeder:
    """Lines for the csv reader; remembers those of the row being read, takes lines back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Feeder:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        if len(self.taken) > MAX_LINES_IN_ROW:
            raise _TooManyLines
        return line

    def give_back(self) -> str:
        """Keep the first line of the row, return the others to the source."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.taken.clear()
        return first


def lines_of(pieces: Iterable[str], end: str) -> Iterator[str]:
    """Lines of a text that comes in pieces, each with a line end."""
    end = end or "\n"
    rest = ""
    for piece in pieces:
        whole = (rest + piece).split(end)
        rest = whole.pop()
        for line in whole:
            yield line + "\n"
    if rest:
        yield rest


def rows_of(lines: Iterator[str], form: Format) -> Iterator[list[str] | Malformed]:
    """Rows of cells; blank lines are skipped."""
    feeder = _Feeder(lines)
    taken = feeder.taken
    reader = _reader(feeder, form)
    while True:
        try:
            for cells in reader:
                if cells:
                    yield cells
                taken.clear()
            return
        except (csv.Error, _TooManyLines) as error:
            why = str(error) or f"a quotation mark is open for {MAX_LINES_IN_ROW} lines"
            first = feeder.give_back()
            reader = _reader(feeder, form)
            yield Malformed(first.rstrip("\r\n"), why)


def _reader(feeder: _Feeder, form: Format) -> Iterator[list[str]]:
    if form.quote is None:
        return csv.reader(feeder, delimiter=form.delimiter, quoting=csv.QUOTE_NONE, strict=True)
    return csv.reader(feeder, delimiter=form.delimiter, quotechar=form.quote, strict=True)
