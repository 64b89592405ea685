"""What stands beside a result: the coverage factor, the kind of its limit, the limit itself."""

from __future__ import annotations

from decimal import Decimal

from fairwater.intake.cells import fault, flag
from fairwater.intake.notations import Number
from fairwater.intake.numbers import Numbers, fold
from fairwater.intake.profile import Column, Profile
from fairwater.quantities.units import UnitError, convert
from fairwater.records import Fault, Flag, LimitKind


class Beside:
    """Reads the words and numbers beside the results of one column."""

    def __init__(self, profile: Profile, column: Column, missing: frozenset[str]) -> None:
        self._column = column
        self._missing = missing
        self._numbers = Numbers(profile.values)
        self._limit_kinds = {fold(w): kind for w, kind in (profile.limit_kinds or {}).items()}

    def coverage(self, text: str | None, faults: list[Fault]) -> str:
        """Coverage factor of an uncertainty: its own cell's, else the profile's."""
        if text is None or fold(text) in self._missing:
            return self._column.coverage_factor
        value = self._numbers.read(fold(text))
        if value is None or Decimal(value) <= 0 or "e" in value.lower():
            where = self._column.coverage_column
            faults.append(fault("unreadable_value", where, text, "k, such as 2"))
            return "not_stated"
        return value

    def limit_kind(self, text: str | None, faults: list[Fault]) -> LimitKind | None:
        """Kind of limit that a cell names; None if it names none."""
        if text is None or fold(text) in self._missing:
            return None
        found = self._limit_kinds.get(fold(text))
        if found is None:
            where = self._column.limit_kind_column
            expected = f"one of: {', '.join(self._limit_kinds)}"
            faults.append(fault("not_in_vocabulary", where, text, expected))
        return found


def check_limit(
    number: Number,
    unit: str | None,
    limit_unit: str | None,
    column: Column,
    heading: str,
    faults: list[Fault],
) -> tuple[Flag, ...]:
    """A limit beside a value is of the same kind of quantity, and seldom above the value."""
    if number.limit is None or number.value is None or unit is None:
        return ()
    limit = Decimal(number.limit)
    if limit_unit is not None:
        try:
            limit = convert(limit, limit_unit, unit)
        except UnitError:
            expected = f"a unit that converts to {unit}, the value's"
            where = column.limit_unit_column
            faults.append(fault("contradictory_cells", where, limit_unit, expected))
            return ()
    if number.kind == "detected" and limit > Decimal(number.value):
        return (flag("limit_above_value", heading, f"{limit} > {number.value}"),)
    return ()
