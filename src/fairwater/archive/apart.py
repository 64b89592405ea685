"""Every other chunk of a long projection, made by a process of its own.

    with ChunksBeside(journal, start, stop, entries) as chunks:
        for chunk in chunks: ...                 in order, as `chunks.chunks` gives them

Decoding records takes one core; two halve the wait. The other process writes its
chunks to its standard output, which the operating system holds back until they
are taken: it is never more than one chunk ahead. If it ends early its chunks are
made here instead: the answer is the same, and damage is told by whoever finds it.

    frame    4 bytes length, then a marshalled tuple (stop, {table: Arrow IPC stream})
"""

from __future__ import annotations

import gc
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Final

import pyarrow as pa

from fairwater.archive.chunks import Chunk, chunks
from fairwater.ledger import Journal

LONG: Final = 100_000
"""Entries from which on the other process is worth its start of a second."""
_LENGTH: Final = struct.Struct(">I")


def projected(journal: Journal, start: int, stop: int, entries: int) -> Iterator[Chunk]:
    """Chunks of the entries from `start` up to `stop`, in order, beside another process if long."""
    if stop - start < LONG or (os.cpu_count() or 1) < 2:
        yield from chunks(journal, start, stop, entries)
        return
    with ChunksBeside(journal, start, stop, entries) as beside:
        yield from beside


class ChunksBeside:
    """Chunks in order: even ones made here, odd ones by the other process."""

    def __init__(self, journal: Journal, start: int, stop: int, entries: int) -> None:
        self._journal = journal
        self._firsts = range(start, stop, entries)
        self._stop = stop
        self._entries = entries
        self._command = [sys.executable, "-m", "fairwater.archive.apart", str(journal.folder)]
        self._command += [str(number) for number in (start, stop, entries)]

    def __enter__(self) -> ChunksBeside:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            self._command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()  # it has ended, or nobody wants its chunks any more
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __iter__(self) -> Iterator[Chunk]:
        alive = self._process.stdout is not None
        for number, first in enumerate(self._firsts):
            arrived = None
            if number % 2 and alive and self._process.stdout is not None:
                arrived = _taken(self._process.stdout)
                alive = arrived is not None
            yield arrived or self._made(first)

    def _made(self, first: int) -> Chunk:
        (chunk,) = chunks(
            self._journal, first, min(first + self._entries, self._stop), self._entries
        )
        return chunk


def _taken(pipe: IO[bytes]) -> Chunk | None:
    """The next chunk of the other process; None if it ended early."""
    header = pipe.read(_LENGTH.size)
    length = _LENGTH.unpack(header)[0] if len(header) == _LENGTH.size else 0
    body = pipe.read(length)
    if not length or len(body) < length:
        return None
    stop, tables = marshal.loads(body)  # noqa: S302 - from our own process, over a pipe
    return Chunk(stop, {name: pa.ipc.open_stream(data).read_all() for name, data in tables.items()})


def _given(chunk: Chunk) -> bytes:
    tables: dict[str, bytes] = {}
    for name, table in chunk.tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        tables[name] = sink.getvalue().to_pybytes()
    return marshal.dumps((chunk.stop, tables))


def main(arguments: list[str]) -> None:
    """Write the odd chunks of a journal to standard output."""
    folder, start, stop, entries = arguments[0], *(int(each) for each in arguments[1:])
    journal = Journal.open(Path(folder))
    for number, first in enumerate(range(start, stop, entries)):
        if number % 2:
            (chunk,) = chunks(journal, first, min(first + entries, stop), entries)
            body = _given(chunk)
            sys.stdout.buffer.write(_LENGTH.pack(len(body)) + body)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    gc.disable()  # records hold no cycles, and this process ends with its last chunk
    main(sys.argv[1:])
