"""Segments: written under a temporary name, synced, then named after their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from fairwater.archive.manifest import Segment, segment_file
from fairwater.archive.schema import schema
from fairwater.ledger import files

MANY: Final = 16
"""More segments than this are merged: a query takes 13 ms on a few and 72 ms on 304."""
_GROWTH: Final = 4


class SegmentWriter:
    """Writes one table's rows to one new segment."""

    def __init__(self, folder: Path, table: str, first: int) -> None:
        self._folder = folder
        self._table = table
        self._first = first
        self._rows = 0
        self._path = segment_file(folder, f"{table}.{os.getpid()}.new")
        self._writer = pq.ParquetWriter(
            self._path, schema(table), compression="zstd", store_schema=False
        )

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._writer.close()

    def write(self, rows: pa.Table) -> None:
        """Append rows, as a row group of their own."""
        self._writer.write_table(rows)
        self._rows += rows.num_rows

    def finish(self, stop: int) -> Segment:
        """Close, sync and name the file; the segment it is now."""
        self._writer.close()
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while block := file.read(2**20):
                digest.update(block)
            size = file.tell()
            files.sync(file.fileno())
        sha256 = digest.hexdigest()
        name = f"{self._table}-{self._first:09d}-{stop:09d}-{sha256[:16]}.parquet"
        self._path.rename(segment_file(self._folder, name))
        return Segment(name, self._first, stop, self._rows, size, sha256)


def compacted(folder: Path, table: str, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments, the younger ones merged into one if there are many.

    Merged is the longest run at the end in which no segment is more than four
    times what follows it: a large old segment is not written again for a few rows.
    """
    if len(segments) <= MANY:
        return tuple(segments)
    start = len(segments) - 1
    following = segments[start].rows
    while start and (segments[start - 1].rows <= _GROWTH * following or start > MANY // 2):
        start -= 1
        following += segments[start].rows
    young = segments[start:]
    with SegmentWriter(folder, table, young[0].first) as writer:
        for rows in stored(folder, table, young):
            writer.write(rows)
        return (*segments[:start], writer.finish(young[-1].stop))


def stored(
    folder: Path, table: str, segments: Iterable[Segment], columns: Sequence[str] | None = None
) -> Iterable[pa.Table]:
    """Rows of segments in order, in tables of bounded size, as the contract's types."""
    shape = schema(table)
    if columns is not None:
        shape = pa.schema([shape.field(name) for name in columns])
    for segment in segments:
        with pq.ParquetFile(segment_file(folder, segment.file)) as file:
            options: dict[str, Any] = {"batch_size": 65_536, "columns": shape.names}
            for batch in file.iter_batches(**options):
                yield pa.Table.from_batches([batch]).select(shape.names).cast(shape)
