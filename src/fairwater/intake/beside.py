"""What stands beside a result: the coverage factor, the kind of its limit, the limit itself."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from fairwater.intake.cells import fault, flag
from fairwater.intake.comparable import in_base
from fairwater.intake.notations import Number
from fairwater.intake.numbers import Numbers, fold, fold_figures
from fairwater.intake.profile import Column, Profile
from fairwater.records import Basis, Fault, Flag, LimitKind


class UnitRead(NamedTuple):
    """A unit, and the basis that its spelling states (`Bq/kg-dry`), if any."""

    code: str
    basis: Basis | None = None


class Beside:
    """Reads the words and numbers beside the results of one column."""

    def __init__(self, profile: Profile, column: Column, missing: frozenset[str]) -> None:
        self._column = column
        self._missing = missing
        self._numbers = Numbers(profile.values)
        words = profile.limit_kinds or {}
        self._limit_kinds = {fold(w).casefold(): kind for w, kind in words.items()}
        self._said = ", ".join(words)

    def coverage(self, text: str | None, faults: list[Fault]) -> str:
        """Coverage factor of an uncertainty: its own cell's, else the profile's."""
        if text is None or fold(text) in self._missing:
            return self._column.coverage_factor
        value = self._numbers.read(fold_figures(text))
        if value is None or Decimal(value) <= 0 or "e" in value.lower():
            where = self._column.coverage_column
            faults.append(fault("unreadable_value", where, text, "k, such as 2"))
            return "not_stated"
        return value

    def limit_kind(self, text: str | None, faults: list[Fault]) -> LimitKind | None:
        """Kind of limit that a cell names; None if it names none."""
        if text is None or fold(text) in self._missing:
            return None
        found = self._limit_kinds.get(fold(text).casefold())
        if found is None:
            where = self._column.limit_kind_column
            faults.append(fault("not_in_vocabulary", where, text, f"one of: {self._said}"))
        return found


def check_limit(
    number: Number,
    unit: UnitRead | None,
    limit_unit: UnitRead | None,
    stood: str | None,
    column: Column,
    heading: str,
    faults: list[Fault],
) -> tuple[Flag, ...]:
    """A limit beside a value is of the same kind of quantity, on the same basis, seldom above it.

    `unit` is that of the value, with the basis that its row states; `stood` is what the cell
    of the limit's unit says.
    """
    if unit is None or (number.limit is None and number.kind != "censored"):
        return ()
    if limit_unit is not None:
        where = column.limit_unit_column
        if in_base(Decimal(1), limit_unit.code)[0] != in_base(Decimal(1), unit.code)[0]:
            expected = f"a unit that converts to {unit.code}, the value's"
            faults.append(fault("contradictory_cells", where, stood, expected))
            return ()
        if limit_unit.basis is not None and limit_unit.basis != unit.basis:
            expected = f"a limit on the basis of the value ({unit.basis or 'not stated'})"
            faults.append(fault("contradictory_cells", where, stood, expected))
            return ()
    if number.kind not in ("detected", "censored") or number.limit is None or number.value is None:
        return ()
    _, limit = in_base(Decimal(number.limit), (limit_unit or unit).code)
    _, value = in_base(Decimal(number.value), unit.code)
    if limit <= value:
        if number.kind == "detected" and number.not_detected and limit < value:
            expected = f"a value below the limit {number.limit}, or no word that says not detected"
            faults.append(fault("contradictory_cells", heading, number.value, expected))
        return ()
    in_unit = f" {limit_unit.code}" if limit_unit is not None else ""
    said = f"{number.limit}{in_unit} > {number.value}"
    return (flag("limit_above_value", heading, said),)
