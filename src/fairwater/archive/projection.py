"""Bringing the archive up to the journal, or making it again.

One writer at a time. New segments are written and synced first; replacing the
manifest makes them the archive. Killed at any instant, the archive is the old
one or the new one; files that no manifest names are removed by the next writer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from fairwater.archive.apart import projected
from fairwater.archive.chunks import CHUNK
from fairwater.archive.contract import TABLES, VERSION
from fairwater.archive.errors import ArchiveError
from fairwater.archive.manifest import Manifest, Retired, Segment, load, segment_file, swap
from fairwater.archive.writing import SegmentWriter, compacted
from fairwater.ledger import Journal
from fairwater.ledger.chain import EMPTY_DIGEST
from fairwater.ledger.files import sync_folder, writer_lock


class Projection(NamedTuple):
    """What a projection did.

    `entries` were projected; the archive then holds `size`. `rebuilt` says why
    everything was projected again, None if only what was new.
    """

    entries: int
    size: int
    generation: int
    rows: dict[str, int]
    rebuilt: str | None = None


Progress = Callable[[int, int], object]
"""Called with entries done and entries to do."""


def project(
    journal: Journal,
    folder: Path,
    *,
    progress: Progress | None = None,
    wait_s: float = 10.0,
    chunk: int = CHUNK,
) -> Projection:
    """Bring the archive in `folder` up to `journal`, making it if there is none.

    An archive that is not of this journal, of another contract version, or
    lacks a file, is made again from the start.

    Parameters
    ----------
    journal : Journal
        Is refreshed, then projected as far as it is committed.
    folder : Path
        The archive's own folder.
    progress : callable, optional
        Told entries done and entries to do, chunk by chunk.
    wait_s : float
        Seconds to wait for another writer.
    chunk : int
        Journal entries held in memory at a time.

    Raises
    ------
    JournalLocked
        Another process is writing the archive.
    JournalDamaged
        A journal entry is not what was committed; the archive is left as it was.
    """
    return _run(journal, folder, progress, wait_s, chunk, why=None)


def rebuild(
    journal: Journal,
    folder: Path,
    *,
    progress: Progress | None = None,
    wait_s: float = 10.0,
    chunk: int = CHUNK,
) -> Projection:
    """Make the archive again from the journal; readers keep the old one until it is done."""
    return _run(journal, folder, progress, wait_s, chunk, why="asked for")


def _run(
    journal: Journal,
    folder: Path,
    progress: Progress | None,
    wait_s: float,
    chunk: int,
    why: str | None,
) -> Projection:
    (folder / "segments").mkdir(parents=True, exist_ok=True)
    with writer_lock(folder / "lock", wait_s=wait_s):
        journal.refresh()  # another writer may have projected more than we have seen
        before, fault = _before(folder)
        why = why or fault or _unfit(folder, before, journal)
        start = 0 if why is not None else before.size
        if start == journal.size and why is None and before.generation:
            _sweep(folder, before)
            return _told(before, 0, None)
        kept = {} if why is not None else before.tables
        fresh = _project(journal, folder, start, progress, chunk)
        tables = {
            name: compacted(folder, name, (*kept.get(name, ()), *fresh.get(name, ())))
            for name in TABLES
        }
        after = _next(before, journal, tables)
        sync_folder(folder / "segments")
        swap(folder, after)
        _sweep(folder, after)
    return _told(after, journal.size - start, why)


def _before(folder: Path) -> tuple[Manifest, str | None]:
    nothing = Manifest(VERSION, 0, 0, EMPTY_DIGEST, {})
    try:
        return load(folder) or nothing, None
    except ArchiveError:
        return nothing, "the manifest was damaged"


def _unfit(folder: Path, manifest: Manifest, journal: Journal) -> str | None:
    """Why the archive cannot be continued; None if it can."""
    if manifest.contract != VERSION:
        return f"the tables were those of contract {manifest.contract}; now it is {VERSION}"
    if manifest.size > journal.size:
        return f"the archive held {manifest.size} entries, the journal holds {journal.size}"
    try:
        digest = journal.digest(manifest.size)
    except ValueError:
        digest = ""
    if digest != manifest.digest:
        return "the archive was that of another journal"
    for segments in manifest.tables.values():
        for segment in segments:
            path = segment_file(folder, segment.file)
            if not path.exists() or path.stat().st_size != segment.size_bytes:
                return f"{segment.file} was missing or cut short"
    return None


def _project(
    journal: Journal, folder: Path, start: int, progress: Progress | None, chunk: int
) -> dict[str, tuple[Segment, ...]]:
    """New segments, at most one a table."""
    stop = journal.size
    with ExitStack() as open_files:
        writers: dict[str, SegmentWriter] = {}
        for part in projected(journal, start, stop, chunk):
            for name, rows in part.tables.items():
                if name not in writers:
                    writers[name] = open_files.enter_context(SegmentWriter(folder, name, start))
                writers[name].write(rows)
            if progress is not None:
                progress(part.stop - start, stop - start)
        return {name: (writer.finish(stop),) for name, writer in writers.items()}


def _next(before: Manifest, journal: Journal, tables: dict[str, tuple[Segment, ...]]) -> Manifest:
    generation = before.generation + 1
    used = {segment.file for segments in tables.values() for segment in segments}
    retired = {old.file: old.generation for old in before.retired}
    retired |= dict.fromkeys(before.files(), generation)
    recent = sorted({since for file, since in retired.items() if file not in used})[-2:]
    return Manifest(
        contract=VERSION,
        generation=generation,
        size=journal.size,
        digest=journal.digest(),
        tables={name: segments for name, segments in tables.items() if segments},
        retired=tuple(
            Retired(file, since)
            for file, since in sorted(retired.items())
            if file not in used and since in recent
        ),
    )


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Remove files that neither the manifest nor a reader of a recent one needs."""
    needed = manifest.files() | {old.file for old in manifest.retired}
    for path in (folder / "segments").iterdir():
        if path.name not in needed:
            path.unlink(missing_ok=True)


def _told(manifest: Manifest, entries: int, why: str | None) -> Projection:
    rows = {name: manifest.rows(name) for name in TABLES}
    return Projection(entries, manifest.size, manifest.generation, rows, why)
