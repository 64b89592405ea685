"""What the killed process does: appends like an import, then projects.

`Work` is any function that does such work in a node's folder and reports to the
parent as it goes: `synthetic` here, real tables in `imports`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fairwater.archive import project
from fairwater.ledger import Journal
from fairwater.records import (
    Amendment,
    Fault,
    Place,
    Position,
    QuarantinedRow,
    Record,
    Result,
    Sample,
    TestReport,
    Withdrawal,
    encode,
    record_id,
)

Report = Callable[..., None]
"""``report("begin", phase)`` before a phase, ``report("done", phase, size, digest)`` after it."""

Work = Callable[[Path, random.Random, Report], None]
"""Works in a node's folder until it is killed, or returns."""

START = datetime(2031, 4, 1, tzinfo=UTC)
SEGMENT_BYTES = 200_000  # small, so that kills also meet the making of a new segment


def synthetic(folder: Path, rng: random.Random, report: Report) -> None:
    """Batches of made-up records, each projected after it is acknowledged, for ever."""
    journal = Journal.open(folder / "journal", create=True, segment_bytes=SEGMENT_BYTES)
    while True:
        records = batch_of_records(rng, journal)
        report("begin", "append")
        with journal.batch(START + timedelta(seconds=journal.size)) as batch:
            batch.add_many(map(encode, records))
        report("done", "append", journal.size, journal.digest())
        report("begin", "project")
        done = project(journal, folder / "archive", wait_s=0)
        report("done", "project", done.size, journal.digest(done.size))


def batch_of_records(rng: random.Random, journal: Journal) -> list[Record]:
    """From one record to a few hundred; some known already, some that change earlier ones."""
    records: list[Record] = []
    for _ in range(rng.choice((1, 3, 30, 300))):
        number = rng.randrange(10**9)
        position = Position(document=f"{number % 4:064x}", row=number)
        kind = rng.random()
        if kind < 0.9 or not journal.size:
            records.append(_report(position, rng))
        elif kind < 0.94:
            fault = Fault(reason="unreadable_value", expected="a number", remedy="correct it")
            records.append(
                QuarantinedRow(source=position, cells=("x",) * 9, faults=(fault,), profile="p")
            )
        else:
            target = journal.id(rng.randrange(journal.size))
            if kind < 0.97:
                records.append(Withdrawal(withdraws=target, reason=str(number)))
            else:
                better = _report(position, rng)
                by = record_id(encode(better))
                records += [better, Amendment(amends=target, by=by, reason=str(number))]
    return records + records[:2]


def _report(position: Position, rng: random.Random) -> TestReport:
    results = tuple(
        Result(nuclides=(name,), kind="censored", unit="Bq/kg", value=f"{rng.uniform(1, 9):.1f}")
        for name in ("Cs-134", "Cs-137")
    )
    sample = Sample(item=rng.choice("abc"), place=Place(region="r"), collected="2031-04-01")
    return TestReport(sample=sample, results=results, source=position)
