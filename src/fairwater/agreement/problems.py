"""What is wrong in an agreement file, all of it at once: where, what stood there, what to write.

rule.yaml:14:5, limits.cs_limit.round: `{significant: 2}` has no `mode`
  expected: one of half_up, half_even, half_down, up, down
  write: round: {significant: 2, mode: half_up}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Mark(NamedTuple):
    """A position in a file, both counted from 1."""

    line: int
    column: int


class Place(NamedTuple):
    """A spot in an agreement: the path in the data, and how a person writes it, with ids."""

    path: tuple[str | int, ...] = ()
    shown: str = ""

    def key(self, name: str) -> Place:
        """The field `name` of this clause."""
        return Place((*self.path, name), f"{self.shown}.{name}" if self.shown else name)

    def item(self, index: int, name: str | None) -> Place:
        """An entry of this list, shown by its id, else by its number from 1."""
        shown = f"{self.shown}.{name}" if name else f"{self.shown}[{index + 1}]"
        return Place((*self.path, index), shown)

    def inside(self, key: str, index: int | None, name: str | None) -> Place:
        """A condition inside this one: ids alone are shown, not `all`, `any`, `not`, `of`."""
        path = (*self.path, key) if index is None else (*self.path, key, index)
        if name:
            return Place(path, f"{self.shown}.{name}")
        return Place(path, self.shown if index is None else f"{self.shown}[{index + 1}]")


class Problem(NamedTuple):
    """One fault: file, line and column (from 1), path with ids, found, expected, remedy."""

    file: str
    line: int
    column: int
    path: str
    found: str
    expected: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        if self.path:
            where += f", {self.path}"
        lines = [f"{where}: {self.found}", f"  expected: {self.expected}"]
        if self.remedy:
            lines.append(f"  write: {self.remedy}")
        return "\n".join(lines)


class AgreementErrors(ValueError):
    """Every fault of a file, in file order. Nothing of the file is used."""

    def __init__(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.column, p.path)))
        self.warnings = tuple(warnings)
        super().__init__("\n".join(str(problem) for problem in self.problems))
