"""One batch: entries that become visible together, or not at all.

Order of writing, each step on the disk before the next:

1. frames, at the end of the last segment (new segments are synced as names too)
2. their rows in `index.bin`
3. the batch's line in `batches`
4. `head`, replaced: the commit

Whatever stops before 4 leaves the head as it was; the next writer cuts off what
lies beyond it.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from fairwater.ledger import files
from fairwater.ledger.chain import BatchLine, chain, encode_head, encode_line, instant, instant_text
from fairwater.ledger.errors import JournalError, JournalFull
from fairwater.ledger.index import Index, Place
from fairwater.ledger.segments import FRAME, HEADER_BYTES, segment_path
from fairwater.ledger.state import State
from fairwater.records import MAX_RECORD_BYTES, RecordTooLarge

_FLUSH_BYTES: Final = 4 * 2**20
_GROUP: Final = 4_096
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Batch:
    """Entries being added. Made by `Journal.batch`, never directly.

    Attributes
    ----------
    known_at : datetime
        Instant of acceptance that is kept: the one given, or that of the batch
        before where the given clock stands behind it.
    clock_behind : bool
        Whether the given instant was replaced for that reason.
    added, known : int
        Entries added, and entries offered that the journal held already.
    """

    def __init__(
        self, journal: Path, state: State, index: Index, at: datetime, segment_bytes: int
    ) -> None:
        self._journal = journal
        self._state = state
        self._index = index
        self._segment_bytes = segment_bytes
        given = instant_text(at)
        self._known_at = max(given, state.lines[-1].known_at if state.lines else "")
        self.known_at = instant(self._known_at)
        self.clock_behind = self._known_at != given
        self.added = 0
        self.known = 0
        self._hash = hashlib.sha256()
        self._parts: list[bytes] = []
        self._waiting = 0
        self._segment, self._offset = state.end
        self._file: int | None = None
        self._new_segments = False

    def add(self, data: bytes) -> bool:
        """Add one record's canonical bytes.

        Returns
        -------
        bool
            False if the journal holds these bytes already; then nothing is added.

        Raises
        ------
        RecordTooLarge
            More than 65,535 bytes, or none.
        """
        digest = hashlib.sha256(data).digest()
        if self._index.find(digest) is not None:
            self.known += 1
            return False
        self._append(digest, data)
        return True

    def add_many(self, entries: Iterable[bytes]) -> int:
        """Add records' canonical bytes in order; the number that were new."""
        before = self.added
        entries = iter(entries)
        while group := list(islice(entries, _GROUP)):
            digests = [hashlib.sha256(data).digest() for data in group]
            fresh: set[bytes] = set()
            for data, digest, known in zip(group, digests, self._index.known(digests), strict=True):
                if known or digest in fresh:
                    self.known += 1
                else:
                    fresh.add(digest)
                    self._append(digest, data)
        return self.added - before

    def _append(self, digest: bytes, data: bytes) -> None:
        length = len(data)
        if not 0 < length <= MAX_RECORD_BYTES:
            raise RecordTooLarge(f"an entry has 1 to {MAX_RECORD_BYTES:,} bytes, not {length:,}")
        if self._offset >= self._segment_bytes:
            self._rotate()
        self._index.add(digest, self._segment, self._offset)
        self._parts += (FRAME.pack(length), data)
        self._offset += length + HEADER_BYTES
        self._waiting += length
        self.added += 1
        if self._waiting >= _FLUSH_BYTES:
            self._flush()

    def commit(self) -> State:
        """Make the entries visible; the state after. An empty batch changes nothing."""
        if not self.added:
            return self._state
        try:
            return self._write()
        except OSError as error:
            raise told(error, self._journal) from error

    def close(self) -> None:
        """Release the segment file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self) -> State:
        state = self._state
        self._close_segment()
        if self._new_segments:
            files.sync_folder(self._journal / "entries")
        append(self._journal / "index.bin", self._index.rows(state.size, state.size + self.added))
        content = self._hash.hexdigest()
        line = BatchLine(
            first=state.size,
            count=self.added,
            known_at=self._known_at,
            segment=self._segment,
            end=self._offset,
            sha256=content,
            digest=chain(state.digest, state.size, self.added, self._known_at, content),
        )
        text = encode_line(line)
        append(self._journal / "batches", text)
        lines = [*state.lines, line]
        length = state.length + len(text)
        head = encode_head(len(lines), length, line.stop, line.digest)
        path = self._journal / "head"
        try:
            files.replace(path, head)
        except OSError as error:
            if path.read_bytes() != head:
                raise
            raise JournalError(
                f"{path}: the batch is committed, but its folder cannot be synced ({error})\n"
                "  became of it: the batch is there now and may be gone after a power loss\n"
                "hint: run the command again; what is known already is not added twice"
            ) from error
        return State(lines, head, length)

    def _rotate(self) -> None:
        try:
            self._close_segment()
        except OSError as error:
            raise told(error, self._journal) from error
        self._segment, self._offset = Place(self._segment + 1, 0)

    def _flush(self) -> None:
        data = b"".join(self._parts)
        self._parts.clear()
        self._waiting = 0
        self._hash.update(data)
        try:
            files.write_all(self._open(), data)
        except OSError as error:
            raise told(error, self._journal) from error

    def _open(self) -> int:
        if self._file is None:
            path = segment_path(self._journal, self._segment)
            self._new_segments |= not path.exists()
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        return self._file

    def _close_segment(self) -> None:
        if self._parts:
            self._flush()
        if self._file is not None:
            files.sync(self._file)
            self.close()


def append(path: Path, data: bytes) -> None:
    """Append `data` to the file and sync it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        files.write_all(descriptor, data)
        files.sync(descriptor)
    finally:
        os.close(descriptor)


def told(error: OSError, journal: Path) -> JournalError:
    """The error to show for what the operating system said while writing."""
    if error.errno in _FULL:
        return JournalFull(
            f"{journal}: no room to write ({error.strerror})\n"
            "  became of it: the batch was given up whole; the journal is as it was before\n"
            "hint: free some space, then run the command again"
        )
    return JournalError(
        f"{journal}: cannot write ({error})\n"
        "  became of it: unless its commit had already been written, the batch was given up\n"
        "hint: open the journal again; it shows what is committed"
    )
