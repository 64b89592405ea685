"""Segments: the files that hold the entries, framed.

A frame is a 16-bit big-endian length and that many bytes, as in the entry
bundles of C2SP tlog-tiles, so that the signed ledger to come is the same store:

    entries/000000.bin   00 0f {"type":"party"…   00 2a …
    entries/000001.bin   …

A segment ends at the first frame that reaches 256 MiB. Its file is never
touched again.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from fairwater.ledger.errors import Damage, JournalDamaged
from fairwater.ledger.index import Place

FRAME: Final = struct.Struct(">H")
HEADER_BYTES: Final = FRAME.size
SEGMENT_BYTES: Final = 256 * 2**20
_CHUNK_BYTES: Final = 4 * 2**20


class Frame(NamedTuple):
    """One entry as read, and where its frame starts."""

    place: Place
    data: bytes


def segment_path(journal: Path, number: int) -> Path:
    """File of segment `number`."""
    return journal / "entries" / f"{number:06d}.bin"


def frames(
    journal: Path,
    start: Place,
    end: Place,
    taken: Callable[[bytes], object] | None = None,
) -> Iterator[Frame]:
    """Frames from `start` up to `end`, in order, in bounded memory.

    `taken` is given every byte read, in order: the frames of a batch, whole,
    are what its SHA-256 is of.

    Raises
    ------
    JournalDamaged
        A file is missing or shorter than committed, or a frame does not end where it must.
    """
    for number in range(start.segment, end.segment + 1):
        offset = start.offset if number == start.segment else 0
        stop = end.offset if number == end.segment else None
        if stop is None or offset < stop:
            yield from _segment_frames(segment_path(journal, number), number, offset, stop, taken)


def _segment_frames(
    path: Path,
    number: int,
    offset: int,
    stop: int | None,
    taken: Callable[[bytes], object] | None,
) -> Iterator[Frame]:
    try:
        file = path.open("rb", buffering=0)
    except FileNotFoundError:
        raise JournalDamaged(
            [Damage(path, 0, "the file is missing", "a segment that the journal's head names")]
        ) from None
    with file:
        size = path.stat().st_size
        stop = size if stop is None else stop
        if size < stop:
            raise JournalDamaged(
                [Damage(path, size, "the file ends here", f"{stop:,} committed bytes")]
            )
        file.seek(offset)
        rest = b""
        at = offset
        while at + len(rest) < stop:
            chunk = file.read(min(_CHUNK_BYTES, stop - at - len(rest)))
            if not chunk:
                break
            if taken is not None:
                taken(chunk)
            rest += chunk
            position = 0
            while position + HEADER_BYTES <= len(rest):
                (length,) = FRAME.unpack_from(rest, position)
                after = position + HEADER_BYTES + length
                if after > len(rest):
                    break
                yield Frame(Place(number, at + position), rest[position + HEADER_BYTES : after])
                position = after
            at += position
            rest = rest[position:]
        if rest or at != stop:
            raise JournalDamaged(
                [
                    Damage(
                        path,
                        at,
                        f"a frame that does not end by byte {stop}",
                        "a 16-bit length and that many bytes",
                    )
                ]
            )
