"""Which unit of one agreement is which unit of another: by the columns of the evidence.

A dimension is a name an agreement gives to a column; two agreements may name one
column differently. The unit compared is that of the agreement with the most columns.
One with fewer speaks about the coarser unit that contains it: a rule on zones says
the same of every species of a zone. Columns that no one agreement has together
cannot be matched, and that is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from msgspec import Struct

from fairwater.agreement.model import Agreement, Column

ORDER: Final[tuple[str, ...]] = get_args(Column)
"""Columns in the order of the language: that of the unit compared."""


class Unmatched(ValueError):
    """Agreements whose units cannot be compared, with the columns of each."""

    def __init__(self, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> None:
        self.columns = {name: tuple(of) for name, of in columns.items()}
        self.needed = tuple(needed)
        each = "; ".join(f"{name} is about {_said(of)}" for name, of in self.columns.items())
        super().__init__(
            f"units cannot be matched: {each}; expected one agreement whose unit has every "
            f"column of the others: {_said(self.needed)}"
        )


class Dimensions(Struct, frozen=True):
    """Columns of the unit compared, and the dimension that each agreement calls each by."""

    columns: tuple[str, ...]
    named: tuple[Mapping[str, str], ...]
    """Per agreement, column to dimension id; a coarser agreement lacks some."""

    def coarser(self, side: int) -> bool:
        """Whether an agreement speaks about a coarser unit than the one compared."""
        return len(self.named[side]) < len(self.columns)

    def key(self, side: int, unit: Mapping[str, str]) -> tuple[str, ...]:
        """An agreement's own unit as values in the order of the columns it has."""
        own = self.named[side]
        return tuple(unit[own[column]] for column in self.columns if column in own)

    def part(self, side: int, unit: tuple[str, ...]) -> tuple[str, ...]:
        """The values of a compared unit that an agreement knows: its own, coarser unit."""
        own = self.named[side]
        return tuple(v for c, v in zip(self.columns, unit, strict=True) if c in own)

    def own(self, side: int, unit: tuple[str, ...]) -> dict[str, str]:
        """The unit by which an agreement speaks of a compared unit, by its dimension ids."""
        own = self.named[side]
        pairs = zip(self.columns, unit, strict=True)
        found = {own[column]: value for column, value in pairs if column in own}
        order = list(own.values())
        return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))

    def by_column(self, unit: tuple[str, ...]) -> dict[str, str]:
        """A compared unit by column."""
        return dict(zip(self.columns, unit, strict=True))

    def unit_of(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """A compared unit from values by column or by any agreement's dimension id.

        Raises
        ------
        KeyError
            Naming what no agreement has, or what is lacking.
        """
        columns: dict[str, str] = {}
        for name, value in given.items():
            known = [name] if name in self.columns else []
            known += [c for own in self.named for c, dim in own.items() if dim == name]
            if not known:
                raise KeyError(f"`{name}` is no dimension here; there are {_said(self.columns)}")
            if columns.setdefault(known[0], value) != value:
                raise KeyError(f"`{name}` is given twice: {columns[known[0]]} and {value}")
        lacking = [column for column in self.columns if column not in columns]
        if lacking:
            raise KeyError(f"{_said(lacking)} is lacking; a unit is {_said(self.columns)}")
        return tuple(columns[column] for column in self.columns)


def match(agreements: Mapping[str, Agreement]) -> Dimensions:
    """Columns of the finest unit, and how each agreement names them.

    Parameters
    ----------
    agreements : mapping
        Label to agreement, two or more.

    Raises
    ------
    Unmatched
        If no one agreement has every column.
    """
    named: list[dict[str, str]] = [
        {d.column: d.id for d in a.scope.unit} for a in agreements.values()
    ]
    every = {column for own in named for column in own}
    columns = tuple(column for column in ORDER if column in every)
    if not any(set(own) == every for own in named):
        raise Unmatched(dict(zip(agreements, (tuple(own) for own in named), strict=True)), columns)
    return Dimensions(columns, tuple(named))


def _said(columns: Sequence[str]) -> str:
    return ", ".join(columns) if columns else "one unit without dimensions"
