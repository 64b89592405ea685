"""The shared seafood table as evidence columns, by a plain loader of the tests.

Uses the reading of rows in `plain_origin_rule` (dates, base name, prefecture,
station) and nothing of intake or archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from plain_origin_rule import Row

from fairwater.agreement.columns import Columns
from fairwater.agreement.evidence import Evidence, SampleEvidence, Value
from fairwater.quantities.allowed import EVERYTHING, Allowed
from fairwater.quantities.dates import CivilInterval

SUM = ("Cs-134", "Cs-137")
DIMENSIONS = ("species", "zone")


def value(text: str, nuclides: tuple[str, ...]) -> Value | None:
    """A cell as a value; None for one that holds no number."""
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


def evidence(rows: Sequence[Row]) -> Evidence:
    """Rows as samples, each known on the day it was taken."""
    found = []
    for number, row in enumerate(rows):
        cells = ((row.total, SUM), (row.cs134, SUM[:1]), (row.cs137, SUM[1:]))
        found.append(
            SampleEvidence(
                id=f"{number:06}",
                sample=f"{number:06}",
                known=row.day,
                sampled=CivilInterval(row.day, row.day),
                unit={"species": row.item, "zone": row.prefecture},
                point=row.station,
                values=tuple(v for text, key in cells if (v := value(text, key)) is not None),
            )
        )
    return Evidence(samples=tuple(found))


def columns(rows: Sequence[Row]) -> Columns:
    """The same as columns."""
    return Columns.of(evidence(rows), DIMENSIONS)
