"""Small column operations on Arrow arrays that `reports` and `results` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The column as one array."""
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return column


def field(column: pa.Array, *path: str) -> pa.Array:
    """Field of a struct column; null where a struct on the way is."""
    return pc.struct_field(column, list(path))


def each(
    column: pa.Array, function: Callable[[Any], Sequence[Any]], kinds: Sequence[pa.DataType]
) -> list[pa.Array]:
    """Columns of `function`'s results, called once for each distinct value (null included)."""
    coded = column.dictionary_encode(null_encoding="encode")
    answers = [function(value) for value in coded.dictionary.to_pylist()]
    return [
        _column([answer[at] for answer in answers], kind).take(coded.indices)
        for at, kind in enumerate(kinds)
    ]


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_date32(kind):
        return pa.array(values, pa.int32()).cast(kind)
    return pa.array(values, kind)
