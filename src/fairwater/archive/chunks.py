"""Journal entries to Arrow tables, chunk by chunk.

Each entry's bytes are compared with their id on the way: damage in the journal
ends a projection instead of entering a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa

from fairwater.archive.other_rows import OtherRows
from fairwater.archive.report_rows import Block, FindSample, ReportRows
from fairwater.ledger import Journal
from fairwater.ledger.chain import instant
from fairwater.records import Result, decode_trusted

CHUNK: Final = 32_768
"""Journal entries a chunk; about 30 MB of records."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# Keys are sorted and `type` is a test report's last: no other canonical record ends so.
_REPORT_END: Final = b'"type":"test_report"}'


class _Tag(msgspec.Struct):
    type: str


_tags: Final = msgspec.json.Decoder(_Tag)


class Chunk(NamedTuple):
    """Tables projected from the entries before `stop`; tables without rows are left out."""

    stop: int
    tables: dict[str, pa.Table]


def microseconds(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - _EPOCH) // _MICROSECOND


def chunks(journal: Journal, start: int, stop: int, entries: int = CHUNK) -> Iterator[Chunk]:
    """Project entries from `start` up to `stop`.

    Raises
    ------
    JournalDamaged
        An entry's bytes do not have its id.
    """

    def find_sample(record: str, before: int) -> bytes | None:
        try:
            index, data = journal.find(record)
        except KeyError:
            return None
        return data if index < before else None

    for first in range(start, stop, entries):
        block = _block(journal, first, min(first + entries, stop))
        yield Chunk(first + len(block.data), _tables(block, find_sample))


def _block(journal: Journal, first: int, stop: int) -> Block:
    data = [entry for _, entry in journal.entries(first, stop)]
    digests = [hashlib.sha256(entry).digest() for entry in data]
    ids = journal.ids(first, stop)
    if digests != ids:
        at = next(at for at, digest in enumerate(digests) if digest != ids[at])
        journal.entry(first + at)  # says which file and where
    known_at = np.empty(stop - first, np.int64)
    at = first
    while at < stop:
        batch = journal.batch_of(at)
        known_at[at - first : batch.stop - first] = microseconds(instant(batch.known_at))
        at = batch.stop
    return Block(first, data, [digest.hex() for digest in digests], known_at)


def _tables(block: Block, find_sample: FindSample) -> dict[str, pa.Table]:
    reports, others = ReportRows(block, find_sample), OtherRows()
    for place, data in enumerate(block.data):
        if data.endswith(_REPORT_END) or _tags.decode(data).type == "test_report":
            reports.add_report(place, data)
            continue
        record = decode_trusted(data)
        if isinstance(record, Result):
            reports.add_result(place, record.report, data)
        else:
            index, known_at = block.first + place, int(block.known_at[place])
            others.add(index, known_at, block.ids[place], record, data)
    tables = {**reports.tables(), **others.take()}
    return {name: table for name, table in tables.items() if table.num_rows}
