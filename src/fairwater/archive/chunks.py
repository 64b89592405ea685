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
import pyarrow as pa

from fairwater.archive.other_rows import OtherRows
from fairwater.archive.report_rows import ReportRows
from fairwater.archive.result_rows import ResultRows
from fairwater.ledger import Journal
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

    results = ResultRows()
    reports = ReportRows(results, find_sample)
    others = OtherRows()
    ends = [line.stop for line in journal.batches() if line.stop > start]
    ends.reverse()
    known_at, known_until = 0, start
    for first in range(start, stop, entries):
        last = min(first + entries, stop)
        for index, data in journal.entries(first, last):
            if index >= known_until:
                known_at, known_until = microseconds(journal.known_at(index)), ends.pop()
            record = hashlib.sha256(data).hexdigest()
            if record != journal.id(index):
                journal.entry(index)  # says which file and where
            if data.endswith(_REPORT_END) or _tags.decode(data).type == "test_report":
                reports.add(index, known_at, record, data)
                continue
            statement = decode_trusted(data)
            if isinstance(statement, Result):
                results.add(index, known_at, record, statement.report, (data,))
            else:
                others.add(index, known_at, record, statement, data)
        tables = {"reports": reports.take(), "results": results.take(), **others.take()}
        yield Chunk(last, {name: table for name, table in tables.items() if table.num_rows})
