"""The results of one row: every value column, then the checks that need several of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from fairwater.intake.cells import CellCleaner, flag
from fairwater.intake.layout import BESIDE, Layout
from fairwater.intake.pieces import REMEMBERED
from fairwater.intake.profile import Profile
from fairwater.intake.sums import Sums
from fairwater.intake.values import ValueCells, ValueReader, ValueReading
from fairwater.records import Fault, Flag, Result


class ResultsRead(NamedTuple):
    """Results in the order of the columns, with all flags and faults of the row's values."""

    results: tuple[Result, ...]
    flags: tuple[Flag, ...]
    faults: tuple[Fault, ...]


def _getter(indexes: Sequence[int]) -> Callable[[Sequence[str]], object]:
    return itemgetter(*indexes) if indexes else len


class _Value:
    """One value column with the columns beside it; remembers distinct cells."""

    def __init__(self, profile: Profile, layout: Layout, label: str) -> None:
        by_label = {entry.label: entry for entry in layout.bound}
        own = by_label[label]
        self.nuclides = own.column.nuclides
        self.heading = own.heading
        self._reader = ValueReader(own.column, own.heading, profile)
        names = ["value"]
        entries = [own]
        for what, _ in BESIDE:
            heading = getattr(own.column, dict(BESIDE)[what])
            beside = next((b for b in layout.bound if b.column.heading == heading), None)
            if beside is not None:
                names.append(what)
                entries.append(beside)
        self._names = names
        self._cleaners = [CellCleaner(e.column, e.heading, profile) for e in entries]
        self.indexes = [entry.position for entry in entries]
        self._key = _getter(self.indexes)
        self._seen: dict[object, ValueReading] = {}
        self._seen_alone: dict[object, ValueReading] = {}

    def read(self, cells: Sequence[str], alone: bool = False) -> ValueReading:
        seen = self._seen_alone if alone else self._seen
        key = self._key(cells)
        reading = seen.get(key)
        if reading is None:
            reading = self._fresh(cells, alone)
            if len(seen) >= REMEMBERED:
                seen.clear()
            seen[key] = reading
        return reading

    def _fresh(self, cells: Sequence[str], alone: bool) -> ValueReading:
        clean = [
            cleaner.clean(cells[n]) for n, cleaner in zip(self.indexes, self._cleaners, strict=True)
        ]
        texts = {name: cell.text for name, cell in zip(self._names, clean, strict=True)}
        reading = self._reader.read(ValueCells(**texts), alone=alone)
        flags = tuple(flag for cell in clean for flag in cell.flags)
        faults = tuple(fault for cell in clean for fault in cell.faults)
        if faults:
            return reading._replace(result=None, flags=flags, faults=faults, number=None)
        if flags and reading.result is not None:  # corrected: the record keeps the cell as it was
            raw = cells[self.indexes[0]].strip() or None
            result = msgspec.structs.replace(reading.result, text=raw)
            return reading._replace(result=result, flags=flags + reading.flags)
        return reading._replace(flags=flags + reading.flags) if flags else reading


class _Sum(NamedTuple):
    whole: int
    parts: tuple[int, ...]


class ResultsReader:
    """Reads the results of rows by the rules of one profile."""

    def __init__(self, profile: Profile, layout: Layout) -> None:
        labels = [entry.label for entry in layout.bound if entry.column.use == "value"]
        self._values = [_Value(profile, layout, label) for label in labels]
        self._check = Sums(profile.sums) if profile.sums is not None else None
        self._sums = self._find_sums()
        self._whole = {entry.whole: entry.parts for entry in self._sums}
        self._order = sorted(range(len(self._values)), key=lambda n: n in self._whole)
        self._key = _getter([i for value in self._values for i in value.indexes])
        self._seen: dict[object, ResultsRead] = {}

    def _find_sums(self) -> tuple[_Sum, ...]:
        single = {value.nuclides: n for n, value in enumerate(self._values)}
        found: list[_Sum] = []
        for n, value in enumerate(self._values):
            parts = tuple(single[(name,)] for name in value.nuclides if (name,) in single)
            if len(value.nuclides) > 1 and len(parts) == len(value.nuclides):
                found.append(_Sum(n, parts))
        return tuple(found)

    def read(self, cells: Sequence[str], category: str | None) -> ResultsRead:
        """The results of one row; `category` is the key of its food category."""
        key = self._key(cells)
        read = self._seen.get(key)
        if read is None:
            read, depends = self._fresh(cells, category)
            if not depends:
                if len(self._seen) >= REMEMBERED:
                    self._seen.clear()
                self._seen[key] = read
        return read

    def _fresh(self, cells: Sequence[str], category: str | None) -> tuple[ResultsRead, bool]:
        """The results, and whether they depend on the category."""
        count = len(self._values)
        readings: list[ValueReading | None] = [None] * count
        for n in self._order:
            parts = self._whole.get(n)
            alone = parts is not None and not any(
                reading.stated for m in parts if (reading := readings[m]) is not None
            )
            readings[n] = self._values[n].read(cells, alone)
        read = [reading for reading in readings if reading is not None]
        results: list[Result] = []
        flags: tuple[Flag, ...] = ()
        faults: tuple[Fault, ...] = ()
        stated = depends = False
        for n, reading in enumerate(read):
            if reading.result is not None:
                results.append(reading.result)
            if reading.flags:
                flags += reading.flags
            if reading.faults:
                faults += reading.faults
            depends = depends or bool(reading.above)
            if reading.above and any(not c or category in c for c in reading.above):
                flags += (flag("above_plausible_maximum", self._values[n].heading, None),)
            stated = stated or reading.stated
        if not stated and not faults:
            flags += (Flag("no_value"),)
        if self._check is not None:
            for entry in self._sums:
                flags += self._compare(entry, read)
        return ResultsRead(tuple(results), flags, faults), depends

    def _compare(self, entry: _Sum, readings: Sequence[ValueReading]) -> tuple[Flag, ...]:
        whole, parts = readings[entry.whole], [readings[n] for n in entry.parts]
        units = {r.result.unit for r in (whole, *parts) if r.result is not None}
        if self._check is None or len(units) > 1:
            return ()
        names: list[str] = []
        if self._check.contradicts(whole, parts):
            names.append("sum_contradicts_parts")
        if self._check.outside(whole, parts):
            names.append("sum_outside_parts")
        if not names:
            return ()
        heading = self._values[entry.whole].heading
        detail = f"{_said(whole)} beside {' + '.join(_said(part) for part in parts)}"
        return tuple(flag(name, heading, detail) for name in names)


def with_reference_date(results: tuple[Result, ...], day: str) -> tuple[Result, ...]:
    """The results, related to a reference date of the row."""
    return tuple(msgspec.structs.replace(result, reference_date=day) for result in results)


def _said(reading: ValueReading) -> str:
    return f"{'<' if reading.below else ''}{reading.number}"
