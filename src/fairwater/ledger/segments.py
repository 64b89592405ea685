"""Segments: the files that hold the entries, framed.

A frame is a 16-bit big-endian length and that many bytes, as in the entry
bundles of C2SP tlog-tiles, so that the signed ledger to come is the same store:

    entries/000000.bin   00 0f {"type":"party"…   00 2a …
    entries/000001.bin   …

A segment ends at the first frame that reaches 256 MiB. Its file is never
touched again.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from fairwater.ledger.errors import Damage, JournalDamaged
from fairwater.ledger.index import Place

FRAME: Final = struct.Struct(">H")
HEADER_BYTES: Final = FRAME.size
SEGMENT_BYTES: Final = 256 * 2**20
_CHUNK_BYTES: Final = 4 * 2**20


def segment_path(journal: Path, number: int) -> Path:
    """File of segment `number`."""
    return journal / "entries" / f"{number:06d}.bin"


def frames(
    journal: Path, start: Place, end: Place, taken: Callable[[bytes], object] | None = None
) -> Iterator[bytes]:
    """Entries from `start` up to `end`, in order, in bounded memory.

    `taken` is given every byte read, in order: the frames of a batch, whole,
    are what its SHA-256 is of.

    Raises
    ------
    JournalDamaged
        A file is missing or shorter than committed, or a frame does not end where it must.
    """
    for _, part, _ in _parts(journal, start, end, taken):
        yield from part


def placed_frames(
    journal: Path, start: Place, end: Place, taken: Callable[[bytes], object] | None = None
) -> Iterator[tuple[Place, bytes]]:
    """As `frames`, each entry with the place where its frame starts."""
    for number, part, offset in _parts(journal, start, end, taken):
        for data in part:
            yield Place(number, offset), data
            offset += HEADER_BYTES + len(data)


def _parts(
    journal: Path, start: Place, end: Place, taken: Callable[[bytes], object] | None
) -> Iterator[tuple[int, list[bytes], int]]:
    """Lists of entries that follow one another, with segment and offset of the first frame."""
    for number in range(start.segment, end.segment + 1):
        offset = start.offset if number == start.segment else 0
        stop = end.offset if number == end.segment else None
        if stop is None or offset < stop:
            path = segment_path(journal, number)
            for part, at in _segment_parts(path, offset, stop, taken):
                yield number, part, at


def _segment_parts(
    path: Path, offset: int, stop: int | None, taken: Callable[[bytes], object] | None
) -> Iterator[tuple[list[bytes], int]]:
    try:
        file = path.open("rb", buffering=0)
    except FileNotFoundError:
        raise JournalDamaged(
            [Damage(path, 0, "the file is missing", "a segment that the journal's head names")]
        ) from None
    with file:
        size = os.fstat(file.fileno()).st_size
        stop = size if stop is None else stop
        if size < stop:
            raise JournalDamaged(
                [Damage(path, size, "the file ends here", f"{stop:,} committed bytes")]
            )
        file.seek(offset)
        rest = b""
        while offset + len(rest) < stop:
            chunk = file.read(min(_CHUNK_BYTES, stop - offset - len(rest)))
            if not chunk:
                break
            if taken is not None:
                taken(chunk)
            rest += chunk
            part, used = _split(rest)
            yield part, offset
            offset += used
            rest = rest[used:]
        if offset != stop:
            raise JournalDamaged(
                [
                    Damage(
                        path,
                        offset,
                        f"a frame that does not end by byte {stop}",
                        "a 16-bit length and that many bytes",
                    )
                ]
            )


def _split(data: bytes) -> tuple[list[bytes], int]:
    """Whole frames at the start of `data`, and how many bytes they take."""
    found: list[bytes] = []
    at, size = 0, len(data)
    while at + HEADER_BYTES <= size:
        start = at + HEADER_BYTES
        stop = start + (data[at] << 8 | data[at + 1])
        if stop > size:
            break
        found.append(data[start:stop])
        at = stop
    return found, at
