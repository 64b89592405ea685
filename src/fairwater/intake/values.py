"""Result cells: a cell, with the cells beside it, is one result or a fault.

What the text of the cell says is the business of `notations`. Here the columns
beside it are joined to it: nuclide, unit, limit and its unit, a qualifier,
uncertainty, basis. A number without a unit is a fault, and so is a limit in a
column with a unit column of its own that is empty.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import msgspec

from fairwater import facts
from fairwater.intake.beside import Beside, UnitRead, check_limit
from fairwater.intake.cells import fault, flag
from fairwater.intake.measurands import measurand
from fairwater.intake.notations import Notations, Number, folded
from fairwater.intake.numbers import SPREADSHEET_ERROR, fold, fold_figures, point_lost
from fairwater.intake.profile import Column, Profile
from fairwater.intake.standings import Standings
from fairwater.quantities.units import UnitError, convert
from fairwater.records import Basis, Fault, Flag, LimitKind, Result


class ValueCells(NamedTuple):
    """A result's own cells; those the table lacks are None, those not stated "" ."""

    value: str
    nuclide: str | None = None
    unit: str | None = None
    limit: str | None = None
    limit_unit: str | None = None
    qualifier: str | None = None
    uncertainty: str | None = None
    basis: str | None = None
    remark: str | None = None
    promised: str | None = None
    coverage: str | None = None
    limit_kind: str | None = None


class ValueReading(NamedTuple):
    """What the cells say. `number` and `below` serve the check of a sum against its parts."""

    result: Result | None
    flags: tuple[Flag, ...]
    faults: tuple[Fault, ...]
    number: Decimal | None = None
    below: bool = False
    stated: bool = False
    above: tuple[tuple[str, ...], ...] = ()
    """Categories (none: all) for which the number is above a plausible maximum."""


class ValueReader:
    """Reads the results of one column of one profile."""

    def __init__(self, column: Column, heading: str, profile: Profile) -> None:
        self._column = column
        self._heading = heading
        self._profile = profile
        missing = profile.missing if column.missing is None else column.missing
        self._notations = Notations(profile.values, missing)
        self._numbers = self._notations.numbers
        self._beside_missing = frozenset(folded(profile.missing))
        self._heading_unit = _unit_in(heading) if column.unit_in_heading else column.unit
        self._maxima = _maxima(profile)
        self._standings = Standings(profile, column)
        self._detected = _plain(profile.values.detected)
        self._words = _plain(self._notations.words)
        self._above = _plain(profile.values.above)
        self._bases = {fold(word).casefold(): b for word, b in (profile.bases or {}).items()}
        self._said_beside = Beside(profile, column, self._beside_missing)

    def read(self, cells: ValueCells, *, alone: bool = False) -> ValueReading:
        """Result of the cells; `alone`: no part of this sum is stated in its row."""
        heading, text, column = self._heading, cells.value, self._column
        flags: list[Flag] = []
        faults: list[Fault] = []
        folded_text = fold_figures(text)
        understood = self._notations.read(folded_text)
        number = understood or Number("not_stated")
        if understood is None:
            broken = SPREADSHEET_ERROR.fullmatch(folded_text)
            reason = "spreadsheet_error" if broken else "unreadable_value"
            faults.append(fault(reason, heading, text, self._notations.expected()))
        nuclides = self._nuclides(cells, faults)
        number = self._qualified(number, cells, faults, readable=understood is not None)
        number, limit_unit = self._beside(number, cells, faults)
        unit = self._unit(cells, number, limit_unit, faults)
        if unit is not None and unit.basis is None and number.kind == "censored" and limit_unit:
            unit = unit._replace(basis=limit_unit.basis)
        basis = self._basis(cells, unit, faults)
        if unit is not None:
            unit = UnitRead(unit.code, basis)
        by_kind = self._standings.knows(cells.qualifier)
        said = cells.qualifier if by_kind else cells.remark
        where = column.qualifier_column if by_kind else column.remark_column
        standing = self._standings.read(said, cells.promised, number, heading, where)
        if by_kind and cells.remark is not None and fold(cells.remark) not in self._beside_missing:
            flags.append(flag("remark", heading, cells.remark))
        faults += standing.faults
        flags += standing.flags
        flags += check_limit(number, unit, limit_unit, cells.limit_unit, column, heading, faults)
        result = None
        if not faults:
            own = limit_unit if number.kind == "censored" and limit_unit is not None else unit
            result = self._result(
                number,
                nuclides,
                own.code if own is not None else None,
                limit_unit.code if limit_unit is not None else None,
                basis,
                text,
                alone,
            )
            if standing.standing is not None:
                result = msgspec.structs.replace(
                    result, standing=standing.standing, promised=standing.promised
                )
            if column.limit_alone and number.kind == "censored" and not folded_text:
                # The number stands in the limit's own column: that is the cell to look at.
                result = msgspec.structs.replace(
                    result, text=(cells.limit or "").strip() or None, column=column.limit_column
                )
            flags += _flags(number, heading, text)
        if any(
            point_lost(value)
            for value in (number.value, number.limit, number.uncertainty, number.low, number.high)
            if value is not None
        ):
            flags.append(flag("lost_decimal_point", heading, text))
        plain = number.kind in ("detected", "censored") and number.uncertainty is None
        return ValueReading(
            result,
            tuple(flags),
            tuple(faults),
            Decimal(number.value) if plain and number.value is not None else None,
            number.kind == "censored",
            standing.standing == "withheld"
            or (understood is not None and (number.kind != "not_stated" or number.not_detected)),
            self._above_maximum(number, nuclides, unit.code if unit is not None else None),
        )

    def _nuclides(self, cells: ValueCells, faults: list[Fault]) -> tuple[str, ...]:
        if self._column.nuclide_column is None:
            return self._column.nuclides
        text = cells.nuclide or ""
        names: list[str] = []
        for piece in fold(text).split("+"):
            found = measurand(piece)
            if found is None:
                where = self._column.nuclide_column
                faults.append(fault("unknown_nuclide", where, text, "a nuclide such as Cs-137"))
                return ()
            names.append(found)
        return tuple(names)

    def _qualified(
        self, number: Number, cells: ValueCells, faults: list[Fault], *, readable: bool
    ) -> Number:
        if cells.qualifier is None:
            return number
        mark = fold(cells.qualifier)
        where = self._column.qualifier_column
        if mark in self._beside_missing or mark == "" or self._standings.knows(mark):
            return number
        values = self._profile.values
        if mark in self._notations.below and values.below is not None:
            if number.kind == "detected" and number.uncertainty is None:
                return number._replace(kind="censored", limit_kind=values.below.limit_kind)
            if number.kind == "not_stated":
                return number._replace(limit_kind=values.below.limit_kind, not_detected=True)
        elif mark.casefold() in self._words:
            kind = values.not_detected.limit_kind if values.not_detected is not None else None
            if number.kind in ("detected", "not_stated", "censored"):
                kind = number.limit_kind or kind
                return number._replace(limit_kind=kind, not_detected=True)
        elif mark.casefold() in self._detected:
            if number.kind == "detected":
                return number
        elif mark.casefold() in self._above:
            if number.kind == "detected":
                return number._replace(kind="over_range")
        else:
            known = [
                *values.detected,
                *self._notations.below,
                *self._notations.words,
                *self._notations.above,
            ]
            faults.append(
                fault("unknown_qualifier", where, cells.qualifier, f"one of: {', '.join(known)}")
            )
            return number
        if readable:
            expected = f"a qualifier that fits `{cells.value}` in `{self._heading}`"
            faults.append(fault("contradictory_cells", where, cells.qualifier, expected))
        return number

    def _beside(
        self, number: Number, cells: ValueCells, faults: list[Fault]
    ) -> tuple[Number, UnitRead | None]:
        """Uncertainty and limit in columns of their own, and the unit of that limit."""
        column = self._column
        if cells.uncertainty is not None and fold(cells.uncertainty) not in self._beside_missing:
            value = self._numbers.read(fold_figures(cells.uncertainty))
            if value is None or value.startswith("-"):
                where = column.uncertainty_column
                faults.append(fault("unreadable_value", where, cells.uncertainty, "a number"))
            elif number.kind == "detected":
                coverage = self._said_beside.coverage(cells.coverage, faults)
                number = number._replace(uncertainty=value, coverage=coverage)
        stated_kind = self._said_beside.limit_kind(cells.limit_kind, faults)
        if stated_kind is not None and number.kind == "censored":
            number = number._replace(limit_kind=stated_kind)
        if cells.limit is None or fold(cells.limit) in self._beside_missing:
            return number, None
        limit = self._notations.limit(fold_figures(cells.limit))
        where = column.limit_column
        if limit is None:
            faults.append(fault("unreadable_value", where, cells.limit, "a limit above 0"))
            return number, None
        unit = None
        if column.limit_unit_column is not None:
            named = fold(cells.limit_unit or "")
            if named in self._beside_missing:
                faults.append(
                    fault(
                        "missing_limit_unit",
                        column.limit_unit_column,
                        cells.limit_unit,
                        f"the unit of the limit {limit}",
                    )
                )
                return number, None
            if (found := facts.find_unit(named)) is None:
                faults.append(
                    fault("unknown_unit", column.limit_unit_column, named, "a unit such as Bq/kg")
                )
                return number, None
            unit = UnitRead(found.unit.code, found.basis)
        kind = stated_kind or column.limit_kind or number.limit_kind or "not_stated"
        if number.kind == "not_stated" and (number.not_detected or column.limit_alone):
            below = number._replace(kind="censored", value=limit, limit_kind=kind)
            return below._replace(not_detected=True), unit
        return number._replace(limit=limit, limit_kind=kind), unit

    def _unit(
        self, cells: ValueCells, number: Number, limit_unit: UnitRead | None, faults: list[Fault]
    ) -> UnitRead | None:
        """Unit of the value; of a limit alone, if no other is stated, its own."""
        column = self._column
        text = self._heading_unit
        where = self._heading
        if column.unit_column is not None and cells.unit is not None:
            where = column.unit_column
            text = fold(cells.unit or "")
            text = None if text in self._beside_missing else text
        if text is None and number.kind == "censored" and limit_unit is not None:
            return limit_unit
        if text is None:
            if number.kind != "not_stated" or number.limit is not None:
                expected = "a unit such as Bq/kg, Bq/L or Bq/m³"
                faults.append(fault("missing_unit", where, cells.unit, expected))
            return None
        found = facts.find_unit(text)
        if found is None:
            faults.append(fault("unknown_unit", where, text, "a unit such as Bq/kg"))
            return None
        return UnitRead(found.unit.code, found.basis)

    def _basis(self, cells: ValueCells, unit: UnitRead | None, faults: list[Fault]) -> Basis | None:
        column = self._column
        stated = column.basis
        if column.basis_column is not None:
            text = fold(cells.basis or "")
            if text not in self._beside_missing:
                stated = self._bases.get(text.casefold())
                if stated is None:
                    expected = f"one of: {', '.join(self._profile.bases or ())}"
                    faults.append(fault("unknown_basis", column.basis_column, text, expected))
        if unit is None or unit.basis is None:
            return stated
        if stated is not None and stated != unit.basis:
            expected = f"a unit per {stated} weight, as stated beside it"
            where = column.unit_column or self._heading
            faults.append(fault("contradictory_cells", where, cells.unit or unit.basis, expected))
        return unit.basis

    def _result(
        self,
        number: Number,
        nuclides: tuple[str, ...],
        unit: str | None,
        limit_unit: str | None,
        basis: Basis | None,
        text: str,
        alone: bool,
    ) -> Result:
        column = self._column
        limit_kind: LimitKind | None = None
        if number.kind == "censored":
            limit_kind = column.limit_kind or number.limit_kind or "not_stated"
            if self._column.limit_kind_column is not None and number.limit_kind is not None:
                limit_kind = number.limit_kind
            if alone and column.limit_kind_alone is not None:
                limit_kind = column.limit_kind_alone
        elif number.limit is not None:
            limit_kind = number.limit_kind
        own_unit = number.limit is not None and limit_unit not in (None, unit)
        return Result(
            nuclides=nuclides,
            kind=number.kind,
            unit=unit,
            value=number.value,
            low=number.low,
            high=number.high,
            limit=number.limit,
            limit_kind=limit_kind,
            limit_unit=limit_unit if own_unit else None,
            uncertainty=number.uncertainty,
            coverage_factor=number.coverage if number.uncertainty is not None else None,
            basis=basis,
            verdict="not_detected" if number.not_detected else None,
            text=text or None,
            column=self._heading,
        )

    def _above_maximum(
        self, number: Number, nuclides: tuple[str, ...], unit: str | None
    ) -> tuple[tuple[str, ...], ...]:
        if not self._maxima or number.value is None or number.kind == "censored" or unit is None:
            return ()
        found: list[tuple[str, ...]] = []
        for names, maximum, of_unit, categories in self._maxima:
            if names != nuclides:
                continue
            try:
                value = convert(Decimal(number.value), unit, of_unit)
            except UnitError:
                continue
            if value > maximum:
                found.append(categories)
        return tuple(found)


def _flags(number: Number, heading: str, text: str) -> list[Flag]:
    found: list[Flag] = []
    if number.not_detected and number.kind in ("not_stated", "detected") and number.limit is None:
        found.append(flag("limit_not_stated", heading, text))
    if number.uncertainty is not None and number.coverage == "not_stated":
        found.append(flag("coverage_not_stated", heading, text))
    if number.limit is not None and number.limit_kind in (None, "not_stated"):
        found.append(flag("limit_kind_not_stated", heading, text))
    if number.footnote is not None:
        found.append(flag("footnote", heading, number.footnote))
    return found


def _plain(words: tuple[str, ...]) -> frozenset[str]:
    """Words without regard to width and case."""
    return frozenset(fold(word).casefold() for word in words)


def _unit_in(heading: str) -> str | None:
    match = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*$", fold(heading))
    return match[1].strip() if match else None


def _maxima(profile: Profile) -> tuple[tuple[tuple[str, ...], Decimal, str, tuple[str, ...]], ...]:
    """Nuclides, greatest plausible value, its unit, food categories it applies to (none: all)."""
    found: list[tuple[tuple[str, ...], Decimal, str, tuple[str, ...]]] = []
    for entry in profile.plausible:
        fact = facts.hard_max(entry.nuclides, *entry.media)
        if fact is not None and fact.hard_max is not None:
            found.append((entry.nuclides, Decimal(fact.hard_max), fact.unit, entry.categories))
    return tuple(found)
