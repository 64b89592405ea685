"""A large table read in a process of its own, beside the one that keeps its rows.

    with read_apart(path, profile) as table:
        for arrived in table: ...

Understanding a row and keeping it take about as long; two processes on two
cores halve the wait. The other process writes frames to its standard output,
which the operating system holds back when nobody takes them: memory is bounded.

    frame    4 bytes length, then a marshalled tuple
             ("document", canonical bytes) | ("sheets", [SheetTold, ...])
             | ("rows", [Arrived, ...]) | ("end", rows)
             | ("unreadable", [place, found, expected, remedy])

A process that ends without "end" is a fault: nothing of the table may be kept.
"""

from __future__ import annotations

import gc
import marshal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from fairwater.intake.errors import FileUnreadable
from fairwater.intake.outcome import RowOutcome, SheetTold
from fairwater.intake.profile import Profile
from fairwater.intake.reading import Table, read
from fairwater.intake.sameness import content_digest
from fairwater.records import SourceDocument, decode_trusted, encode

_LENGTH = struct.Struct(">I")
_ROWS_IN_FRAME = 500


class Arrived(NamedTuple):
    """A row outcome without its record: what lineage and the journal need of it.

    `content` is `sameness.content_digest` of the record, worked out by the process that read it.
    """

    data: bytes
    content: bytes
    flags: tuple[str, ...]
    reasons: tuple[str, ...]
    row: int
    sheet: str | None
    publication: str | None
    entry: str | None


def arrived(outcome: RowOutcome) -> Arrived:
    """The outcome without its record; `data` says the same."""
    source = outcome.record.source
    if source is None:
        raise ValueError("a row of a table without its position")
    return Arrived(
        outcome.data,
        content_digest(outcome.record),
        outcome.flags,
        outcome.reasons,
        outcome.row,
        source.sheet,
        source.publication,
        source.entry,
    )


class ReaderFailed(RuntimeError):
    """The reading process ended early; nothing of the table was kept."""


class ArrivingTable:
    """A table read here: its document, and its rows once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.document = table.document
        self.sheets = table.sheets

    def __iter__(self) -> Iterator[Arrived]:
        return map(arrived, self._table)


class RemoteTable:
    """A table read by another process: its document, and its rows once."""

    def __init__(self, frames: Iterator[tuple[str, Any]]) -> None:
        self._frames = frames
        kind, data = next(frames)
        document = decode_trusted(data) if kind == "document" else None
        if not isinstance(document, SourceDocument):
            raise ReaderFailed(f"the reading process began with `{kind}`, not with the document")
        self.document = document
        kind, told = next(frames)
        if kind != "sheets":
            raise ReaderFailed(f"the reading process gave `{kind}`, not the sheets")
        self.sheets = tuple(map(SheetTold._make, told))

    def __iter__(self) -> Iterator[Arrived]:
        for kind, content in self._frames:
            if kind == "end":
                return
            yield from map(Arrived._make, content)


@contextmanager
def read_apart(path: Path, profile: Profile, as_of: date | None) -> Iterator[RemoteTable]:
    """Open a table in another process.

    Raises
    ------
    FileUnreadable
        As `read` does, before the first row or on the way.
    ReaderFailed
        If the other process ends early.
    """
    order = msgspec.json.encode((str(path), profile, as_of))
    command = [sys.executable, "-m", "fairwater.intake.apart"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise ReaderFailed("the reading process has no pipes")
            process.stdin.write(order)
            process.stdin.close()
            yield RemoteTable(_frames(process.stdout))
        finally:
            process.kill()  # it has ended, or nobody wants its rows any more


def _frames(pipe: IO[bytes]) -> Iterator[tuple[str, Any]]:
    while True:
        header = pipe.read(_LENGTH.size)
        length = _LENGTH.unpack(header)[0] if len(header) == _LENGTH.size else 0
        body = pipe.read(length)
        if not length or len(body) < length:
            raise ReaderFailed("the reading process ended early; nothing of the table was kept")
        kind, content = marshal.loads(body)  # noqa: S302 - from our own process, over a pipe
        if kind == "unreadable":
            raise FileUnreadable(*content)
        yield kind, content
        if kind == "end":
            return


def _serve(order: bytes, out: IO[bytes]) -> None:
    path, profile, as_of = msgspec.json.decode(order, type=tuple[str, Profile, date | None])

    def send(kind: str, content: Any) -> None:
        body = marshal.dumps((kind, content))
        out.write(_LENGTH.pack(len(body)))
        out.write(body)

    try:
        table = read(path, profile, as_of=as_of)
        send("document", encode(table.document))
        send("sheets", list(map(tuple, table.sheets)))
        rows = map(tuple, map(arrived, table))
        count = 0
        while frame := list(islice(rows, _ROWS_IN_FRAME)):
            count += len(frame)
            send("rows", frame)
        send("end", count)
    except FileUnreadable as error:
        send("unreadable", [error.place, error.found, error.expected, error.remedy])
    out.flush()


if __name__ == "__main__":
    gc.disable()  # rows hold no cycles, and this process ends with the table: a tenth is saved
    try:
        _serve(sys.stdin.buffer.read(), sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):  # nobody wants the rows any more
        sys.exit(1)
