"""Work with a fault, to show that the torture finds it."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from tests.torture.work import SEGMENT_BYTES, START, Report, batch_of_records, synthetic

from fairwater.ledger import Journal
from fairwater.records import encode


def too_early(folder: Path, rng: random.Random, report: Report) -> None:
    """Acknowledges a batch and only then begins to write it."""

    def hasty(*message: object) -> None:
        if message == ("begin", "append"):
            report(*message)
            size = Journal.open(folder / "journal").size if (folder / "journal").exists() else 0
            report("done", "append", size + 10_000, "0" * 64)
        elif message[:2] != ("done", "append"):
            report(*message)

    synthetic(folder, rng, hasty)


def in_place(folder: Path, rng: random.Random, report: Report) -> None:
    """Writes over committed bytes while it appends."""
    while True:
        journal = Journal.open(folder / "journal", create=True, segment_bytes=SEGMENT_BYTES)
        report("begin", "append")
        with journal.batch(START + timedelta(seconds=journal.size)) as batch:
            batch.add_many(map(encode, batch_of_records(rng, journal)))
        report("done", "append", journal.size, journal.digest())
        report("begin", "project")
        path = folder / "journal/entries/000000.bin"
        with path.open("r+b") as file:
            file.seek(rng.randrange(path.stat().st_size))
            file.write(b"\0\0")
        report("done", "project", 0, journal.digest())
