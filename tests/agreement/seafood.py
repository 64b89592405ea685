"""The shared seafood table as evidence columns, by a plain loader of the tests.

Uses the reading of rows in `plain_origin_rule` (dates, base name, prefecture,
station) and nothing of intake or archive.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from plain_origin_rule import Row

from fairwater.agreement.bulk.columns import Columns
from fairwater.agreement.evidence import Evidence, SampleEvidence, Value
from fairwater.quantities.allowed import EVERYTHING, Allowed
from fairwater.quantities.dates import CivilInterval

SUM = ("Cs-134", "Cs-137")
DIMENSIONS = ("species", "zone")


def value(text: str, nuclides: tuple[str, ...]) -> Value:
    """A cell as a value; what is neither a number nor `<` and a number is not stated."""
    number = re.fullmatch(r"(<?)(\d+(?:\.\d+)?)", text)
    if number is None:
        return Value(nuclides=nuclides, allowed=EVERYTHING, kind="not_stated", text=text)
    stated = Decimal(number[2])
    return Value(
        nuclides=nuclides,
        allowed=Allowed(Decimal(0), stated) if number[1] else Allowed(stated, stated),
        kind="censored" if number[1] else "detected",
        text=text,
        unit="Bq/kg",
        limit_kind="detection_limit" if number[1] else None,
        basis="as_sold",
    )


def values(cs134: str, cs137: str, total: str) -> tuple[Value, ...]:
    """The three activity cells of a row."""
    return value(cs134, SUM[:1]), value(cs137, SUM[1:]), value(total, SUM)


def evidence(rows: Sequence[Row]) -> Evidence:
    """Rows as samples, each known on the day it was taken."""
    return Evidence(
        samples=tuple(
            SampleEvidence(
                id=f"{number:06}",
                sample=f"{number:06}",
                known=row.day,
                sampled=CivilInterval(row.day, row.day),
                unit={"species": row.item, "zone": row.prefecture},
                point=row.station,
                values=values(row.cs134, row.cs137, row.total),
            )
            for number, row in enumerate(rows)
        )
    )


def columns(rows: Sequence[Row]) -> Columns:
    """The same as columns."""
    return Columns.of(evidence(rows), DIMENSIONS)


def every_row(path: Path) -> list[tuple[Value, ...]]:
    """The values of every row of the table, also of those that state no day or prefecture."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        table = list(csv.reader(text, strict=True))[1:]
    return [values(*(cell.strip() for cell in cells[15:18])) for cells in table]
