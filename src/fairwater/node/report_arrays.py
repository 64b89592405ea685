"""Columns of the archive's reports as arrays: days as ordinals, marks, names as ranks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from fairwater.agreement.bulk.columns import NOWHERE, Days, ordinals
from fairwater.agreement.bulk.steps import ALWAYS, NEVER, Bools, Ints
from fairwater.quantities.dates import civil

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH: Final = date(1970, 1, 1).toordinal()


def day_numbers(column: pa.ChunkedArray, absent: int) -> Ints:
    """Days as ordinals, `absent` where null."""
    import pyarrow as pa

    days = column.cast(pa.int32()).fill_null(absent - _EPOCH).to_numpy()
    return np.asarray(days, np.int64) + _EPOCH


def dates(table: pa.Table, name: str, zone: ZoneInfo) -> Days:
    """First and last day of a date; of an instant its civil day in the agreement's zone."""
    first = day_numbers(table[f"{name}_first"], ALWAYS)
    last = day_numbers(table[f"{name}_last"], NEVER)
    instants = table[f"{name}_at"]
    if instants.null_count < len(instants):
        first, last = first.copy(), last.copy()
        for row, text in enumerate(instants.to_pylist()):
            if text is not None:
                first[row], last[row] = ordinals(civil(text, zone))
    return first, last


def bools(column: pa.ChunkedArray) -> Bools:
    """Marks, false where null."""
    return np.asarray(column.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)


def ranked(columns: Sequence[Any], size: int) -> tuple[tuple[tuple[str, ...], ...], Ints]:
    """Distinct rows of some text columns in code point order, and the rank of each row.

    A row with a null among them has rank -1.
    """
    if not columns:
        return ((),) if size else (), np.zeros(size, np.int64)
    code = np.zeros(size, np.int64)
    absent = np.zeros(size, np.bool_)
    texts: list[list[str]] = []
    for column in columns:
        encoded = column.combine_chunks().dictionary_encode()
        each = encoded.indices.fill_null(0).to_numpy().astype(np.int64)
        absent |= encoded.indices.is_null().to_numpy(zero_copy_only=False)
        texts.append(encoded.dictionary.to_pylist())
        code = code * max(len(texts[-1]), 1) + each
    different, index = np.unique(code[~absent], return_inverse=True)
    names = []
    for value in different.tolist():
        name: list[str] = []
        for among in reversed(texts):
            value, one = divmod(value, max(len(among), 1))
            name.append(among[one])
        names.append(tuple(reversed(name)))
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    found = np.full(size, NOWHERE, np.int64)
    found[~absent] = rank[index]
    return tuple(names[i] for i in order), found
