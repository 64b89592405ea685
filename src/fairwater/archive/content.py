"""Content hashes: equal rows, equal hash, whatever files hold them.

Rows stand in journal order, so they fall into blocks of 4,096 journal entries.
A block's columns are written out one after the other, in the contract's order:

    validity, one byte a row (1 stated, 0 null); then
    numbers, dates, instants: little-endian values, 0 for null
    texts: lengths in bytes (int32, 0 for null), then the UTF-8 bytes
    lists of texts: lengths (int32, 0 for null), then their texts as a column

The table's hash is the SHA-256 of its name, a newline, and for each block with
rows: the block's number (int64), its rows (int64) and these bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairwater.archive.contract import TABLES
from fairwater.archive.manifest import Manifest
from fairwater.archive.schema import schema
from fairwater.archive.writing import stored

BLOCK: Final = 4_096
"""Journal entries a block."""


def content_hashes(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Content hash (hex) of each table."""
    return {name: _table_hash(folder, manifest, name) for name in TABLES}


def _table_hash(folder: Path, manifest: Manifest, name: str) -> str:
    digest = hashlib.sha256(f"{name}\n".encode())
    for block, rows in _blocks(folder, manifest, name):
        digest.update(np.array([block, rows.num_rows], "<i8").tobytes())
        for column in rows.columns:
            for piece in column_bytes(column.combine_chunks()):
                digest.update(piece)
    return digest.hexdigest()


def _blocks(folder: Path, manifest: Manifest, name: str) -> Iterator[tuple[int, pa.Table]]:
    """Rows block by block, in order; blocks without rows are left out."""
    rest = schema(name).empty_table()
    for rows in stored(folder, name, manifest.segments(name)):
        rest = pa.concat_tables([rest, rows])
        numbers = rest.column("journal_index").to_numpy() // BLOCK
        cuts = np.flatnonzero(np.diff(numbers)) + 1
        start = 0
        for cut in cuts.tolist():
            yield int(numbers[start]), rest.slice(start, cut - start)
            start = cut
        rest = rest.slice(start)
    if rest.num_rows:
        yield rest.column("journal_index")[0].as_py() // BLOCK, rest


def column_bytes(column: pa.Array | pa.ChunkedArray) -> Iterator[bytes]:
    """Bytes that stand for a column's values."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else column.combine_chunks()
    yield column.is_valid().to_numpy(zero_copy_only=False).astype(np.uint8).tobytes()
    kind = column.type
    if pa.types.is_list(kind):
        yield _lengths(pc.list_value_length(column))
        yield from column_bytes(column.flatten())
    elif pa.types.is_string(kind):
        yield _lengths(pc.binary_length(column))
        filled = column.fill_null("")
        _, offsets, data = filled.buffers()
        if data is not None:
            span = np.frombuffer(offsets, np.int32)[filled.offset : filled.offset + len(filled) + 1]
            yield memoryview(data)[span[0] : span[-1]].tobytes()
    else:
        width = np.dtype(f"<i{kind.bit_width // 8}")
        plain = column.view(pa.int32() if kind.bit_width == 32 else pa.int64())
        yield plain.fill_null(0).to_numpy(zero_copy_only=False).astype(width).tobytes()


def _lengths(lengths: pa.Array) -> bytes:
    filled: np.ndarray[tuple[int], np.dtype[np.int32]] = lengths.fill_null(0).to_numpy(
        zero_copy_only=False
    )
    return filled.astype("<i4").tobytes()
