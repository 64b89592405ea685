"""A long projection beside another process gives the chunks that one process gives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from fairwater.archive.apart import ChunksBeside
from fairwater.archive.chunks import chunks
from fairwater.ledger import Journal

Journals = Callable[..., Journal]


def test_in_order_and_equal(journal_of: Journals, make_report: Any) -> None:
    journal = journal_of([make_report(n) for n in range(1, 24)])
    with ChunksBeside(journal, 0, journal.size, 5) as beside:
        together = list(beside)
    assert [chunk.stop for chunk in together] == [5, 10, 15, 20, 23]
    alone = list(chunks(journal, 0, journal.size, 5))
    assert [c.stop for c in alone] == [c.stop for c in together]
    for a, b in zip(alone, together, strict=True):
        assert a.tables.keys() == b.tables.keys()
        assert all(a.tables[name].equals(b.tables[name]) for name in a.tables)


def test_if_the_other_process_ends_its_chunks_are_made_here(
    journal_of: Journals, make_report: Any
) -> None:
    journal = journal_of([make_report(n) for n in range(1, 12)])
    beside = ChunksBeside(journal, 0, journal.size, 2)
    beside._command = [sys.executable, "-c", "raise SystemExit(1)"]
    with beside:
        together = list(beside)
    assert sum(c.tables["reports"].num_rows for c in together) == 11
    assert [c.stop for c in together] == [2, 4, 6, 8, 10, 11]
