"""Result cells: one cell, with the cells beside it, is one result or a fault.

    6.10             detected 6.10
    <6.1             censored below 6.1, of the kind of limit the profile states
    ND  不検出        not detected, no limit stated
    不検出(1.21)      censored below 1.21
    6.40(<1.12)      detected 6.40, limit 1.12
    8.92±1.68        detected 8.92, uncertainty 1.68, coverage as the profile states
    >100             over-range
    55〜68            interval
    約22             about
    -                not stated

Only notations the profile states are understood. Anything else is a fault.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fairwater import facts
from fairwater.intake.cells import fault
from fairwater.intake.numbers import Numbers, fold, point_lost
from fairwater.intake.profile import Column, Profile
from fairwater.quantities.units import UnitError, convert
from fairwater.records import Fault, Flag, LimitKind, Result

_SPREADSHEET_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
MAX_UNIT_CHARACTERS = 200


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


class _Number(NamedTuple):
    kind: str
    value: str | None = None
    low: str | None = None
    high: str | None = None
    limit: str | None = None
    limit_kind: LimitKind | None = None
    uncertainty: str | None = None
    coverage: str | None = None
    not_detected: bool = False
    footnote: str | None = None


class ValueReader:
    """Reads the results of one column of one profile."""

    def __init__(self, column: Column, heading: str, profile: Profile) -> None:
        self._column = column
        self._heading = heading
        self._profile = profile
        self._values = values = profile.values
        self._numbers = numbers = Numbers(values)
        self._missing = _folded(profile.missing if column.missing is None else column.missing)
        self._beside_missing = _folded(profile.missing)
        words = values.not_detected.words if values.not_detected is not None else ()
        self._words = _folded(words)
        below = values.below.marks if values.below is not None else ()
        self._below = _folded(below)
        self._above = _folded(values.above)
        n, any_below = numbers.pattern, _any(below) or "(?!)"
        self._of_below = re.compile(rf"(?:{any_below})\s*(?P<v>{n})", re.ASCII)
        self._of_above = re.compile(rf"(?:{_any(values.above)})\s*(?P<v>{n})", re.ASCII)
        self._of_about = re.compile(
            rf"(?:{_any(values.about)})\s*(?P<v>{n})(?:\s*(?:{_any(values.range)})\s*(?P<h>{n}))?",
            re.ASCII,
        )
        self._of_range = re.compile(
            rf"(?P<l>{n})\s*(?:{_any(values.range)})\s*(?P<h>{n})", re.ASCII
        )
        marks = values.plus_minus.marks if values.plus_minus is not None else ()
        self._of_plus_minus = re.compile(
            rf"(?P<v>-?{n})\s*(?:{_any(marks)})\s*(?P<u>{n})", re.ASCII
        )
        self._of_word = re.compile(
            rf"(?:{_any(words)})\s*(?:[(\[]\s*(?:{any_below})?\s*(?P<v>{n})\s*[)\]])?",
            re.ASCII | re.IGNORECASE,
        )
        self._of_limit = re.compile(
            rf"(?P<v>-?{n})\s*[(\[]\s*(?:{any_below})\s*(?P<x>{n})\s*[)\]]", re.ASCII
        )
        self._footnote = re.compile(rf"(?P<rest>.*\d)\s*(?P<note>(?:{_any(values.footnotes)})\d+)")
        self._heading_unit = _unit_in(heading) if column.unit_in_heading else column.unit
        self._maxima = _maxima(profile)

    def read(self, cells: ValueCells, *, alone: bool = False) -> ValueReading:
        """Result of the cells; `alone`: no part of this sum is stated in its row."""
        column, heading, text = self._column, self._heading, cells.value
        flags: list[Flag] = []
        faults: list[Fault] = []
        number = self._number(fold(text))
        if number is None:
            reason = (
                "spreadsheet_error"
                if _SPREADSHEET_ERROR.fullmatch(fold(text))
                else "unreadable_value"
            )
            faults.append(fault(reason, heading, text, self._expected()))
            number = _Number("unreadable")
        nuclides = self._nuclides(cells, faults)
        number = self._qualified(number, cells, faults)
        number, limit_unit = self._beside(number, cells, faults)
        unit = self._unit(cells, number, limit_unit, faults)
        basis = self._basis(cells, faults)
        result = (
            self._result(number, nuclides, unit, limit_unit, basis, text, alone, flags)
            if not faults
            else None
        )
        decimal = Decimal(number.value) if number.value is not None else None
        for value in (number.value, number.limit, number.uncertainty):
            if value is not None and point_lost(value):
                flags.append(Flag("lost_decimal_point", heading, text))
        above = self._above_maximum(number, nuclides, unit)
        plain = number.kind in ("detected", "censored") and number.uncertainty is None
        del column
        return ValueReading(
            result,
            tuple(flags),
            tuple(faults),
            decimal if plain else None,
            number.kind == "censored",
            number.kind not in ("not_stated", "unreadable") or number.not_detected,
            above,
        )

    def _number(self, text: str) -> _Number | None:
        values = self._values
        if text in self._missing:
            return _Number("not_stated")
        if (value := self._numbers.read(text)) is not None:
            return _Number("detected", value)
        if match := self._of_below.fullmatch(text):
            kind = values.below.limit_kind if values.below is not None else None
            return _Number("censored", self._numbers.read(match["v"]), limit_kind=kind)
        if self._words and (match := self._of_word.fullmatch(text)):
            kind = values.not_detected.limit_kind if values.not_detected is not None else None
            if match["v"] is None:
                return _Number("not_stated", not_detected=True, limit_kind=kind)
            value = self._numbers.read(match["v"])
            return _Number("censored", value, limit_kind=kind, not_detected=True)
        if values.above and (match := self._of_above.fullmatch(text)):
            return _Number("over_range", self._numbers.read(match["v"]))
        if values.about and (match := self._of_about.fullmatch(text)):
            value = self._numbers.read(match["v"])
            if match["h"] is None:
                return _Number("about", value)
            return _ordered(_Number("about", low=value, high=self._numbers.read(match["h"])))
        if values.range and (match := self._of_range.fullmatch(text)):
            low, high = self._numbers.read(match["l"]), self._numbers.read(match["h"])
            return _ordered(_Number("interval", low=low, high=high))
        if values.plus_minus is not None and (match := self._of_plus_minus.fullmatch(text)):
            return _Number(
                "detected",
                self._numbers.read(match["v"]),
                uncertainty=self._numbers.read(match["u"]),
                coverage=values.plus_minus.coverage_factor,
            )
        if values.limit_in_brackets is not None and (match := self._of_limit.fullmatch(text)):
            return _Number(
                "detected",
                self._numbers.read(match["v"]),
                limit=self._numbers.read(match["x"]),
                limit_kind=values.limit_in_brackets,
            )
        if values.footnotes and (match := self._footnote.fullmatch(text)):
            inner = self._number(match["rest"])
            return inner._replace(footnote=match["note"]) if inner is not None else None
        return None

    def _nuclides(self, cells: ValueCells, faults: list[Fault]) -> tuple[str, ...]:
        if self._column.nuclide_column is None:
            return self._column.nuclides
        text = cells.nuclide or ""
        names: list[str] = []
        for piece in fold(text).split("+"):
            found = facts.nuclide(piece)
            if found is None:
                where = self._column.nuclide_column
                faults.append(fault("unknown_nuclide", where, text, "a nuclide such as Cs-137"))
                return ()
            names.append(found.name)
        return tuple(names)

    def _qualified(self, number: _Number, cells: ValueCells, faults: list[Fault]) -> _Number:
        if cells.qualifier is None:
            return number
        mark = fold(cells.qualifier)
        where = self._column.qualifier_column
        if mark in self._beside_missing or mark == "":
            return number
        values = self._values
        if mark in self._below and values.below is not None:
            if number.kind == "detected" and number.uncertainty is None:
                return number._replace(kind="censored", limit_kind=values.below.limit_kind)
            if number.kind == "not_stated":
                return number._replace(limit_kind=values.below.limit_kind, not_detected=True)
        elif mark.casefold() in {word.casefold() for word in self._words}:
            kind = values.not_detected.limit_kind if values.not_detected is not None else None
            if number.kind in ("detected", "not_stated", "censored"):
                kind = number.limit_kind or kind
                return number._replace(limit_kind=kind, not_detected=True)
        elif mark in self._above:
            if number.kind == "detected":
                return number._replace(kind="over_range")
        else:
            known = [*self._below, *self._words, *self._above]
            faults.append(
                fault("unknown_qualifier", where, cells.qualifier, f"one of: {', '.join(known)}")
            )
            return number
        faults.append(
            fault(
                "contradictory_cells",
                where,
                cells.qualifier,
                f"a qualifier that fits `{cells.value}` in `{self._heading}`",
            )
        )
        return number

    def _beside(
        self, number: _Number, cells: ValueCells, faults: list[Fault]
    ) -> tuple[_Number, str | None]:
        """Uncertainty and limit in columns of their own."""
        column = self._column
        if cells.uncertainty is not None and fold(cells.uncertainty) not in self._beside_missing:
            value = self._numbers.read(fold(cells.uncertainty))
            if value is None or value.startswith("-"):
                where = column.uncertainty_column
                faults.append(fault("unreadable_value", where, cells.uncertainty, "a number"))
            elif number.kind == "detected":
                number = number._replace(uncertainty=value, coverage=column.coverage_factor)
        if cells.limit is None or fold(cells.limit) in self._beside_missing:
            return number, None
        text = fold(cells.limit)
        match = self._of_below.fullmatch(text)
        limit = self._numbers.read(match["v"] if match else text)
        where = column.limit_column
        if limit is None or limit.startswith("-"):
            faults.append(fault("unreadable_value", where, cells.limit, "a limit such as 1.2"))
            return number, None
        unit = None
        if column.limit_unit_column is not None:
            unit = fold(cells.limit_unit or "")
            if unit in self._beside_missing:
                faults.append(
                    fault(
                        "missing_limit_unit",
                        column.limit_unit_column,
                        cells.limit_unit,
                        f"the unit of the limit {limit}",
                    )
                )
                return number, None
            if (found := facts.unit(unit)) is None:
                faults.append(
                    fault("unknown_unit", column.limit_unit_column, unit, "a unit such as Bq/kg")
                )
                return number, None
            unit = found.unit.code
        kind = column.limit_kind or number.limit_kind or "not_stated"
        if number.kind == "not_stated" and number.not_detected:
            return number._replace(kind="censored", value=limit, limit_kind=kind), unit
        return number._replace(limit=limit, limit_kind=kind), unit

    def _unit(
        self, cells: ValueCells, number: _Number, limit_unit: str | None, faults: list[Fault]
    ) -> str | None:
        column = self._column
        text = self._heading_unit
        where = self._heading
        if column.unit_column is not None:
            where = column.unit_column
            text = fold(cells.unit or "")
            text = None if text in self._beside_missing else text
        if number.kind == "censored" and limit_unit is not None and number.value is not None:
            text = limit_unit
        if text is None:
            if number.kind not in ("not_stated", "unreadable"):
                faults.append(
                    fault("missing_unit", where, cells.unit, "a unit such as Bq/kg, Bq/L or Bq/m³")
                )
            return None
        found = facts.find_unit(text)
        if found is None:
            faults.append(fault("unknown_unit", where, text, "a unit such as Bq/kg"))
            return None
        return found.unit.code

    def _basis(self, cells: ValueCells, faults: list[Fault]) -> str | None:
        column = self._column
        if column.basis_column is None:
            return column.basis
        text = fold(cells.basis or "")
        if text in self._beside_missing:
            return None
        words = {fold(word): meaning for word, meaning in (self._profile.bases or {}).items()}
        if text not in words:
            faults.append(
                fault(
                    "unknown_basis", column.basis_column, cells.basis, f"one of: {', '.join(words)}"
                )
            )
            return None
        return words[text]

    def _result(
        self,
        number: _Number,
        nuclides: tuple[str, ...],
        unit: str | None,
        limit_unit: str | None,
        basis: str | None,
        text: str,
        alone: bool,
        flags: list[Flag],
    ) -> Result:
        column, heading = self._column, self._heading
        limit_kind: LimitKind | None = None
        if number.kind == "censored":
            limit_kind = column.limit_kind or number.limit_kind or "not_stated"
            if alone and column.limit_kind_alone is not None:
                limit_kind = column.limit_kind_alone
        elif number.limit is not None:
            limit_kind = number.limit_kind
        if number.kind == "not_stated" and number.not_detected:
            flags.append(Flag("limit_not_stated", heading, text or None))
        coverage = number.coverage if number.uncertainty is not None else None
        if coverage == "not_stated":
            flags.append(Flag("coverage_not_stated", heading, text))
        if number.footnote is not None:
            flags.append(Flag("footnote", heading, number.footnote))
        stated_limit_unit = limit_unit if limit_unit is not None and limit_unit != unit else None
        return Result(
            nuclides=nuclides,
            kind=number.kind,  # type: ignore[arg-type]
            unit=unit,
            value=number.value,
            low=number.low,
            high=number.high,
            limit=number.limit,
            limit_kind=limit_kind,
            limit_unit=stated_limit_unit if number.limit is not None else None,
            uncertainty=number.uncertainty,
            coverage_factor=coverage,
            basis=basis,  # type: ignore[arg-type]
            verdict="not_detected" if number.not_detected else None,
            text=text or None,
            column=heading,
        )

    def _above_maximum(
        self, number: _Number, nuclides: tuple[str, ...], unit: str | None
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

    def _expected(self) -> str:
        values = self._values
        forms = ["a number such as 12.4"]
        if self._below:
            forms.append(f"`{self._below[0]}` and a limit")
        if self._words:
            forms.append(f"`{self._words[0]}`")
        if values.plus_minus is not None:
            forms.append("`8.9±1.7`")
        return ", or ".join(forms)


def _ordered(number: _Number) -> _Number | None:
    low, high = number.low, number.high
    return (
        number if low is not None and high is not None and Decimal(low) <= Decimal(high) else None
    )


def _folded(marks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(mark) for mark in marks))


def _any(marks: tuple[str, ...]) -> str:
    folded = sorted(_folded(marks), key=len, reverse=True)
    return "|".join(re.escape(mark) for mark in folded) or "(?!)"


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
