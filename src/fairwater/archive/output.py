"""Answers of queries as text table, CSV, JSON or Parquet.

Equal answers give equal bytes, but for Parquet, whose bytes depend on the
library's version. Instants are UTC (`2031-04-01T08:00:00Z`), lists are JSON, null is an
empty cell in CSV and `null` in JSON.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from fairwater.records.visible import visible

_MISSING: Final = "\N{EN DASH}"
_WIDE: Final = ("W", "F")


def as_table(table: pa.Table) -> bytes:
    """Text table: headings, a rule, rows; numbers to the right, CJK two columns wide."""
    names = table.column_names
    rows = [
        [_MISSING if value is None else visible(_text(value)) for value in row]
        for row in _rows(table)
    ]
    right = [_is_number(field.type) for field in table.schema]
    widths = [max(map(_width, (name, *(row[at] for row in rows)))) for at, name in enumerate(names)]
    lines = [_line(names, widths, right), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, right) for row in rows]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def as_csv(table: pa.Table) -> bytes:
    """CSV with headings, UTF-8, LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in _rows(table):
        writer.writerow(["" if value is None else _text(value) for value in row])
    return out.getvalue().encode()


def as_json(table: pa.Table) -> bytes:
    """JSON: a list with one object a row, keys in column order; decimals as text."""
    names = table.column_names
    rows = [dict(zip(names, (_plain(value) for value in row), strict=True)) for row in _rows(table)]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"


def as_parquet(table: pa.Table) -> bytes:
    """Parquet, zstd."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


FORMATS: Final[dict[str, Callable[[pa.Table], bytes]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "parquet": as_parquet,
}


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    columns = [column.to_pylist() for column in table.columns]
    return list(zip(*columns, strict=True)) if columns else []


def _plain(value: Any) -> Any:
    """Value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat() + ("Z" if value.tzinfo is None else "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str | dict):
        return value
    return str(value)


def _text(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return plain
    return msgspec.json.encode(plain).decode()


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in _WIDE)
        for each in text
    )


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        space = " " * (width - _width(cell))
        padded.append(space + cell if to_right else cell + space)
    return "  ".join(padded)
