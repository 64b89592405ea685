"""The journal: every record ever accepted, as canonical bytes, in order of acceptance.

    journal/
      head                   the commit point, replaced atomically
      batches                one line a batch: entries, instant known, digests
      entries/000000.bin …   the records, framed
      index.bin              ids and offsets; made again when missing
      lock                   held by the one writer

An entry is never changed or removed. Entries come in batches; a batch becomes
visible all at once when `head` is replaced, after everything it names is on the
disk. Killing the writer at any instant loses nothing acknowledged and shows
nothing half-written; the next writer cuts off what lies beyond the head.

    journal = Journal.open(folder / "journal", create=True)
    with journal.batch(at=datetime.now(UTC)) as batch:
        batch.add(encode(record))       # False: already known
    for index, data in journal.entries():
        ...

Readers take no lock. They see the journal as it was when opened, or at their
last `refresh`.
"""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from fairwater.ledger import files
from fairwater.ledger.batch import Batch, append, told
from fairwater.ledger.chain import EMPTY_DIGEST, BatchLine, instant
from fairwater.ledger.errors import Damage, JournalDamaged, JournalError
from fairwater.ledger.index import ID_BYTES, ROW_BYTES, Index, Place
from fairwater.ledger.segments import (
    FRAME,
    HEADER_BYTES,
    SEGMENT_BYTES,
    frames,
    placed_frames,
    segment_path,
)
from fairwater.ledger.state import State, load
from fairwater.records import record_id

_ENTRIES_READ: Final = 4_096
"""Entries read at once; at most 256 MiB, a few MiB as a rule."""
_FRAME_READ: Final = 4_096
"""Bytes read for one entry at first: hardly any is longer."""


class Journal:
    """Append-only store of canonical record bytes; see the module.

    Attributes
    ----------
    folder : Path
        Where it stands.
    recovered : str or None
        What was done if the head had to be made again from the batches.
    """

    def __init__(self, folder: Path, state: State, segment_bytes: int) -> None:
        self.folder = folder
        self.recovered = state.recovered
        self._state = state
        self._firsts = [line.first for line in state.lines]
        self._segment_bytes = segment_bytes
        self._rows: Index | None = None

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, segment_bytes: int = SEGMENT_BYTES
    ) -> Journal:
        """Open the journal in `folder`, for reading and, batch by batch, for writing.

        Parameters
        ----------
        folder : Path
            The journal's own folder.
        create : bool
            Make an empty journal if there is none. An empty folder is one already.
        segment_bytes : int
            Size, in bytes, at which a segment is full; 256 MiB unless a test says otherwise.

        Raises
        ------
        JournalError
            There is no journal in `folder`.
        JournalDamaged
            The batches are not what was committed.
        """
        folder = Path(folder)
        if not (folder / "entries").is_dir():
            empty = folder.is_dir() and not any(folder.iterdir())
            if not (create or empty):
                raise JournalError(
                    f"{folder}: no journal here\n  expected: a folder with `head`, `batches` and "
                    "`entries/`\nhint: `fairwater init` makes a node with an empty journal"
                )
            folder.mkdir(parents=True, exist_ok=True)
            with files.writer_lock(folder / "lock", wait_s=5):
                _create(folder)
        return cls(folder, load(folder), segment_bytes)

    @property
    def size(self) -> int:
        """Number of entries."""
        return self._state.size

    def __len__(self) -> int:
        return self._state.size

    def refresh(self) -> bool:
        """Look at the head again; True if more is committed than before."""
        before = self._state
        self._adopt(load(self.folder, before))
        return self._state.size != before.size

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Entries from `start` up to `stop` (all), in order, in bounded memory.

        Raises
        ------
        JournalDamaged
            Committed frames are not there; names file and offset.
        """
        stop = self.size if stop is None else min(stop, self.size)
        if start >= stop:
            return
        index = self._index
        for first in range(start, stop, _ENTRIES_READ):
            last = min(first + _ENTRIES_READ, stop)
            end = self._state.end if last == self.size else index.place(last)
            number = first
            for data in frames(self.folder, index.place(first), end):
                yield number, data
                number += 1
            if number != last:
                raise JournalDamaged([_misplaced(self.folder, index.place(first), first)])

    def entry(self, index: int) -> bytes:
        """Bytes of entry `index`, checked against its id."""
        if not 0 <= index < self.size:
            raise IndexError(f"entry {index} of a journal with {self.size} entries")
        rows = self._index
        place = rows.place(index)
        data = _read_frame(self.folder, place)
        if sha256(data).digest() != rows.id(index):
            raise JournalDamaged([_misplaced(self.folder, place, index)])
        return data

    def id(self, index: int) -> str:
        """Id of entry `index`: the SHA-256 of its bytes, lower-case hex."""
        return self._index.id(index).hex()

    def ids(self, start: int = 0, stop: int | None = None) -> list[bytes]:
        """Ids of a range of entries, 32 bytes each."""
        stop = self.size if stop is None else min(stop, self.size)
        rows = self._index.rows(start, stop)
        return [rows[at : at + ID_BYTES] for at in range(0, len(rows), ROW_BYTES)]

    def known_at(self, index: int) -> datetime:
        """Instant (UTC) at which entry `index` was accepted; never decreases with `index`."""
        return instant(self.batch_of(index).known_at)

    def batch_of(self, index: int) -> BatchLine:
        """Batch in which entry `index` was accepted."""
        if not 0 <= index < self.size:
            raise IndexError(f"entry {index} of a journal with {self.size} entries")
        return self._state.lines[bisect_right(self._firsts, index) - 1]

    def batches(self) -> list[BatchLine]:
        """All committed batches, in order."""
        return list(self._state.lines)

    def __contains__(self, record: object) -> bool:
        return isinstance(record, str) and self._find(record) is not None

    def find(self, record: str) -> tuple[int, bytes]:
        """Entry with this id (hex).

        Raises
        ------
        KeyError
            If the journal holds no such record.
        """
        index = self._find(record)
        if index is None:
            raise KeyError(record)
        return index, self.entry(index)

    def digest(self, size: int | None = None) -> str:
        """Running digest (hex) over the first `size` entries (all); see `chain`.

        Raises
        ------
        ValueError
            If no batch ends there; names the boundaries next to it.
        """
        size = self.size if size is None else size
        if size == 0:
            return EMPTY_DIGEST
        at = bisect_right(self._firsts, size - 1) - 1
        if 0 < size <= self.size and self._state.lines[at].stop == size:
            return self._state.lines[at].digest
        near = [line.stop for line in self._state.lines[max(0, at - 1) : at + 2]]
        raise ValueError(f"no batch ends after {size} entries; boundaries near it: {near}")

    @contextmanager
    def batch(self, at: datetime, *, wait_s: float = 0.0) -> Iterator[Batch]:
        """Add entries as one batch accepted at the instant `at`.

        The batch is committed when the block ends and given up, whole, when it
        raises. If `at` lies before the last batch's instant, that one is kept
        (`Batch.clock_behind`): what is known never becomes known earlier.

        Parameters
        ----------
        at : datetime
            Instant of acceptance, with offset.
        wait_s : float
            Seconds to wait for another writer.

        Raises
        ------
        JournalLocked
            Another process is writing.
        JournalFull
            No room; the journal is as it was.
        """
        with files.writer_lock(self.folder / "lock", wait_s=wait_s):
            self._prepare()
            batch = Batch(self.folder, self._state, self._index, at, self._segment_bytes)
            try:
                yield batch
                self._adopt(batch.commit())
            except BaseException:
                batch.close()
                self._give_up()
                raise

    def verify(self) -> None:
        """Read everything that is committed and compare it with its digests.

        Raises
        ------
        JournalDamaged
            With every place found.
        """
        from fairwater.ledger.verify import faults

        found = faults(self.folder)
        if found:
            raise JournalDamaged(found)

    @property
    def _index(self) -> Index:
        if self._rows is None:
            self._rows = _load_index(self.folder, self._state)
        elif len(self._rows) < self.size:
            self._rows = _load_index(self.folder, self._state, self._rows)
        return self._rows

    def _find(self, record: str) -> int | None:
        try:
            digest = bytes.fromhex(record)
        except ValueError:
            return None
        index = self._index.find(digest)
        return index if index is not None and index < self.size else None

    def _adopt(self, state: State) -> None:
        if state is not self._state:
            self._firsts += [line.first for line in state.lines[len(self._firsts) :]]
            self._state = state

    def _prepare(self) -> None:
        """Under the lock: see what others committed, cut off what no head names."""
        try:
            self.refresh()
            if self._state.recovered is not None:
                files.replace(self.folder / "head", self._state.head)
                self._adopt(self._state._replace(recovered=None))
            _cut(self.folder, self._state, self._index)
        except OSError as error:
            raise told(error, self.folder) from error

    def _give_up(self) -> None:
        """After a failed batch: what is on the disk is the truth; cut off what lies beyond."""
        rows, self._rows = self._rows, None
        with contextlib.suppress(OSError, JournalError):  # the next writer tries again
            self.refresh()
            if rows is not None:
                rows.truncate(self.size)
                self._rows = rows
            _cut(self.folder, self._state, self._index)


def _create(folder: Path) -> None:
    (folder / "entries").mkdir(exist_ok=True)
    append(folder / "batches", b"")
    append(folder / "index.bin", b"")
    if not (folder / "head").exists():
        files.replace(folder / "head", load(folder).head)
    files.sync_folder(folder)
    files.sync_folder(folder.parent)


def _cut(folder: Path, state: State, index: Index) -> None:
    """Remove what lies beyond the head, and put the index file in step with it."""
    for path in sorted((folder / "entries").glob("*.bin")):
        if int(path.stem) > state.end.segment:
            path.unlink()
    last = segment_path(folder, state.end.segment)
    held = last.stat().st_size if last.exists() else 0
    if held < state.end.offset:
        raise JournalDamaged(
            [Damage(last, held, "the file ends here", f"{state.end.offset:,} committed bytes")]
        )
    _shorten(last, state.end.offset)
    _shorten(folder / "batches", state.length)
    rows = folder / "index.bin"
    if not rows.exists() or rows.stat().st_size < state.size * ROW_BYTES:
        files.replace(rows, index.rows(0, state.size))
    else:
        _shorten(rows, state.size * ROW_BYTES)


def _shorten(path: Path, size: int) -> None:
    if path.exists() and path.stat().st_size > size:
        os.truncate(path, size)


def _load_index(folder: Path, state: State, known: Index | None = None) -> Index:
    """Index of the committed entries, from its file or, where that falls short, from them."""
    index = Index() if known is None else known
    path = folder / "index.bin"
    if path.exists():
        with path.open("rb") as file:
            file.seek(len(index) * ROW_BYTES)
            rows = file.read((state.size - len(index)) * ROW_BYTES)
        index.extend(rows[: len(rows) // ROW_BYTES * ROW_BYTES])
    if len(index) < state.size:
        index = Index()
        for place, data in placed_frames(folder, Place(0, 0), state.end):
            index.add(bytes.fromhex(record_id(data)), *place)
    return index


def _read_frame(folder: Path, place: Place) -> bytes:
    """The entry at a place; most are had by one read."""
    path = _file_of(folder, place.segment)
    with contextlib.suppress(FileNotFoundError):
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            found = os.pread(file, _FRAME_READ, place.offset)
            if len(found) >= HEADER_BYTES:
                end = HEADER_BYTES + FRAME.unpack_from(found)[0]
                if end > len(found):
                    found += os.pread(file, end - len(found), place.offset + len(found))
                if end <= len(found):
                    return found[HEADER_BYTES:end]
        finally:
            os.close(file)
    raise JournalDamaged(
        [Damage(Path(path), place.offset, "no whole frame here", "a committed entry")]
    )


@lru_cache(maxsize=64)
def _file_of(folder: Path, segment: int) -> str:
    return str(segment_path(folder, segment))


def _misplaced(folder: Path, place: Place, index: int) -> Damage:
    return Damage(
        segment_path(folder, place.segment),
        place.offset,
        f"not what the index says of entry {index}",
        "the entry's frame, and bytes with its id",
        "`fairwater journal verify` tells whether the entries or the index are damaged; "
        "an index is made again when `index.bin` is deleted",
    )
