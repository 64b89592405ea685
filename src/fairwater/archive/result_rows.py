"""Results to columns of `results`.

Most results of a table are spelt alike (`<5.5` Bq/kg in one column), so the row
of a result is made once for each distinct JSON text and reused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa

from fairwater.archive.contract import RESULTS
from fairwater.archive.converting import conversion, converted, converted_decimal
from fairwater.archive.schema import schema
from fairwater.quantities.allowed import allowed
from fairwater.quantities.errors import QuantityError
from fairwater.records import Result

_decoder: Final = msgspec.json.Decoder(Result)
_KEPT: Final = 100_000
_OWN: Final = ("journal_index", "known_at", "record_id", "report_id", "result_no")
_STATED: Final = tuple(column.name for column in RESULTS.columns if column.name not in _OWN)


class Stated(NamedTuple):
    """What a result says by itself; fields in the order of the contract's columns."""

    nuclides: str
    kind: str
    value_text: str | None
    unit: str | None
    value: float | None
    low_value: float | None
    high_value: float | None
    value_unit: str | None
    conversion: str | None
    low_text: str | None
    high_text: str | None
    limit_kind: str | None
    limit_text: str | None
    limit_unit: str | None
    limit_value: float | None
    uncertainty_text: str | None
    coverage_factor: str | None
    uncertainty_value: float | None
    basis: str | None
    verdict: str | None
    standing: str | None
    promised: str | None
    reference_date: str | None
    text: str | None
    column_name: str | None


def stated(result: Result) -> Stated:
    """Columns of one result."""
    unit = result.unit
    rule = conversion(unit)
    low, high = _bounds(result)
    return Stated(
        nuclides="+".join(result.nuclides),
        kind=result.kind,
        value_text=result.value,
        unit=unit,
        value=converted(result.value, unit),
        low_value=low,
        high_value=high,
        value_unit=rule.unit,
        conversion=rule.rule,
        low_text=result.low,
        high_text=result.high,
        limit_kind=result.limit_kind,
        limit_text=result.limit,
        limit_unit=result.limit_unit,
        limit_value=_limit(result),
        uncertainty_text=result.uncertainty,
        coverage_factor=result.coverage_factor,
        uncertainty_value=converted(result.uncertainty, unit),
        basis=result.basis,
        verdict=result.verdict,
        standing=result.standing,
        promised=result.promised,
        reference_date=result.reference_date,
        text=result.text,
        column_name=result.column,
    )


def _bounds(result: Result) -> tuple[float | None, float | None]:
    try:
        low, high = allowed(result)
    except QuantityError:
        return None, None
    return (
        converted_decimal(low, result.unit),
        None if high is None else converted_decimal(high, result.unit),
    )


def _limit(result: Result) -> float | None:
    """The accompanying limit in the value's base unit; None if it is of another dimension."""
    unit = result.limit_unit or result.unit
    if conversion(unit).unit != conversion(result.unit).unit:
        return None
    return converted(result.limit, unit)


class ResultRows:
    """Collects results, then gives them as one Arrow table."""

    def __init__(self) -> None:
        self._memory: dict[bytes, Stated] = {}
        self._start()

    def _start(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._distinct: list[Stated] = []
        self._which: list[int] = []
        self._entries: list[int] = []
        self._counts: list[int] = []
        self._known_at: list[int] = []
        self._records: list[str] = []
        self._reports: list[str | None] = []

    def add(
        self, index: int, known_at: int, record: str, report: str | None, texts: Iterable[bytes]
    ) -> None:
        """Add the results, as JSON texts, that record `record` states."""
        numbers = self._numbers
        before = len(self._which)
        for text in texts:
            number = numbers.get(text)
            self._which.append(self._new(text) if number is None else number)
        self._entries.append(index)
        self._counts.append(len(self._which) - before)
        self._known_at.append(known_at)
        self._records.append(record)
        self._reports.append(report)

    def take(self) -> pa.Table:
        """Table of what was added since the last time."""
        counts = np.array(self._counts, np.int64)
        entry = np.repeat(np.arange(len(counts)), counts)
        starts = np.repeat(np.cumsum(counts) - counts, counts)
        own: dict[str, Any] = {
            "journal_index": np.array(self._entries, np.int64)[entry],
            "known_at": pa.array(np.array(self._known_at, np.int64)[entry]).cast(
                pa.timestamp("us")
            ),
            "record_id": pa.array(self._records, pa.string()).take(entry),
            "report_id": pa.array(self._reports, pa.string()).take(entry),
            "result_no": np.arange(len(entry)) - starts + 1,
        }
        shape = schema("results")
        which = pa.array(self._which, pa.int32())
        columns = zip(*self._distinct, strict=True) if self._distinct else ((),) * len(_STATED)
        for name, values in zip(_STATED, columns, strict=True):
            own[name] = pa.array(values, shape.field(name).type).take(which)
        self._start()
        return pa.table([own[name] for name in shape.names], schema=shape)

    def _new(self, text: bytes) -> int:
        row = self._memory.get(text)
        if row is None:
            if len(self._memory) >= _KEPT:
                self._memory.clear()
            row = self._memory[text] = stated(_decoder.decode(text))
        number = self._numbers[text] = len(self._distinct)
        self._distinct.append(row)
        return number
