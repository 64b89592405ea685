"""What must hold after a kill; run in a fresh process."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

from fairwater.archive import Archive, project, rebuild
from fairwater.archive.contract import TABLES
from fairwater.ledger import Journal
from fairwater.records import TestReport, decode


class Acknowledged(NamedTuple):
    """A journal's size and digest, reported by a worker after its commit returned."""

    size: int
    digest: str


def check(
    folder: Path, acknowledged: list[Acknowledged], projected: int, thorough: bool
) -> Acknowledged:
    """Compare the node in `folder` with what its workers reported; the journal's state.

    Raises
    ------
    AssertionError
        Something acknowledged is gone, or something half-written shows.
    """
    if not (folder / "journal").exists():
        assert not acknowledged
        return Acknowledged(0, Journal.open(folder / "journal", create=True).digest())
    journal = Journal.open(folder / "journal")
    assert journal.recovered is None or not acknowledged, journal.recovered
    last = acknowledged[-1].size if acknowledged else 0
    assert journal.size >= last, f"{last} entries were acknowledged, {journal.size} are there"
    for size, digest in acknowledged:
        assert journal.digest(size) == digest, f"other entries than acknowledged, before {size}"
    unacknowledged = [line for line in journal.batches() if line.stop > last]
    assert len(unacknowledged) <= 1, "more than the batch being written became visible"
    journal.verify()  # every entry whole, every digest right
    reports = 0
    for index, data in journal.entries():
        reports += isinstance(decode(data), TestReport)
        assert journal.find(hashlib.sha256(data).hexdigest())[0] == index, "an entry stands twice"
    _check_archive(folder, journal, projected)
    if thorough:
        _check_rebuild(folder, journal, reports)
    return Acknowledged(journal.size, journal.digest())


def _check_archive(folder: Path, journal: Journal, projected: int) -> None:
    """The archive as the kill left it is one whole state, not older than reported."""
    if not (folder / "archive/manifest.json").exists():
        assert not projected
        return
    archive = Archive.open(folder / "archive")
    assert projected <= archive.manifest.size <= journal.size
    assert archive.manifest.digest == journal.digest(archive.manifest.size)
    for name in TABLES:
        for segment in archive.manifest.segments(name):
            path = folder / "archive/segments" / segment.file
            assert hashlib.sha256(path.read_bytes()).hexdigest() == segment.sha256
    counts = ", ".join(f"(SELECT COUNT(*) FROM {name}) AS {name}" for name in TABLES)
    counted = archive.query(f"SELECT {counts}").to_pylist()[0]
    assert counted == {name: archive.manifest.rows(name) for name in TABLES}


def _check_rebuild(folder: Path, journal: Journal, reports: int) -> None:
    """Brought up to the journal, the archive equals one made anew."""
    project(journal, folder / "archive")
    grown = Archive.open(folder / "archive")
    rebuild(journal, folder / "anew")
    anew = Archive.open(folder / "anew")
    assert grown.manifest.rows("reports") == reports
    assert grown.content() == anew.content()
    shutil.rmtree(folder / "anew")
