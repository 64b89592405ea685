"""Arrow schemas of the contract's tables."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyarrow as pa

from fairwater.archive.contract import TABLES, ColumnType

TYPES: Final[dict[ColumnType, pa.DataType]] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()),
}


@cache
def schema(table: str) -> pa.Schema:
    """Arrow schema of a table, in the contract's column order."""
    return pa.schema([(column.name, TYPES[column.type]) for column in TABLES[table].columns])
