r"""Batches and the chain that ties them together; the head that commits them.

`batches` holds one line of canonical JSON a batch:

    {"count":3,"crc32":…,"digest":"…","end":2711,"first":0,
     "known_at":"2031-04-01T08:00:00.000000Z","segment":0,"sha256":"…"}

`sha256` is that of the batch's frames, `segment` and `end` say where they stop,
`crc32` is that of the line itself, written with 0 in its place.
`digest` chains everything a reader may rely on, and nothing about the layout:

    digest_0 = SHA-256 of nothing
    digest_n = SHA-256("fairwater batch\n" digest_(n-1) " " first " " count " " known_at " "
                       sha256 "\n")                            (all in ASCII, digests in hex)

`head` is one line that names the committed length of `batches`, its last digest
and its own checksum. Replacing it is THE commit: what lies beyond is invisible.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from fairwater.ledger.errors import Damage, JournalDamaged

EMPTY_DIGEST = hashlib.sha256().hexdigest()
"""Digest of a journal without entries; RFC 6962 gives the empty tree the same hash."""

_encoder = msgspec.json.Encoder(order="sorted")


class BatchLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One committed batch: entries ``first`` to ``first + count - 1``."""

    first: int
    count: int
    known_at: str
    segment: int
    end: int
    sha256: str
    digest: str
    crc32: int = 0

    @property
    def stop(self) -> int:
        """Index after the last entry."""
        return self.first + self.count


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The commit point: `batches` lines in `length` bytes hold `size` entries."""

    batches: int
    length: int
    size: int
    digest: str
    checksum: str = ""


_line_decoder = msgspec.json.Decoder(BatchLine)
_head_decoder = msgspec.json.Decoder(Head)


def instant_text(at: datetime) -> str:
    """UTC text of an instant, to the microsecond: equal instants, equal bytes."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no offset; a journal keeps instants")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def instant(text: str) -> datetime:
    """Instant of `instant_text`."""
    return datetime.fromisoformat(text)


def chain(previous: str, first: int, count: int, known_at: str, sha256: str) -> str:
    """Running digest after a batch."""
    text = f"fairwater batch\n{previous} {first} {count} {known_at} {sha256}\n"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def encode_line(line: BatchLine) -> bytes:
    """The line with its checksum and newline."""
    bare = _encoder.encode(msgspec.structs.replace(line, crc32=0))
    return _encoder.encode(msgspec.structs.replace(line, crc32=zlib.crc32(bare))) + b"\n"


def encode_head(lines: int, length: int, size: int, digest: str) -> bytes:
    """Head with its checksum and newline."""
    bare = Head(lines, length, size, digest)
    checksum = hashlib.sha256(_encoder.encode(bare)).hexdigest()
    return _encoder.encode(Head(lines, length, size, digest, checksum)) + b"\n"


def decode_head(data: bytes) -> Head | None:
    """Head of its bytes; None if they are not, byte for byte, what `encode_head` writes."""
    try:
        head = _head_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    again = encode_head(head.batches, head.length, head.size, head.digest)
    return head if again == data else None


def read_lines(
    path: Path, data: bytes, previous: BatchLine | None = None, at: int = 0
) -> list[BatchLine]:
    """Batch lines of committed bytes, each following on the one before.

    `data` stands at byte `at` of `path`, after the line `previous`.

    Raises
    ------
    JournalDamaged
        Names the offset of the first line that is no line, is not canonical, or
        whose digest does not follow.
    """
    lines: list[BatchLine] = []
    offset, size, digest, known_at = 0, 0, EMPTY_DIGEST, ""
    if previous is not None:
        size, digest, known_at = previous.stop, previous.digest, previous.known_at
    while offset < len(data):
        stop = data.find(b"\n", offset) + 1
        line = _line(data[offset:stop]) if stop else None
        if line is None or not _follows(line, size, digest, known_at):
            raise JournalDamaged([line_damage(path, at + offset, size)])
        lines.append(line)
        size, digest, known_at, offset = line.stop, line.digest, line.known_at, stop
    return lines


def line_damage(path: Path, offset: int, first: int) -> Damage:
    """What to say of the line of the batch that starts at entry `first`."""
    return Damage(
        path,
        offset,
        f"the batch line for entry {first} is not what was committed",
        "a line of canonical JSON whose digest follows from the line before",
    )


def _line(data: bytes) -> BatchLine | None:
    try:
        line = _line_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return line if encode_line(line) == data else None


def _follows(line: BatchLine, size: int, digest: str, known_at: str) -> bool:
    return (
        line.first == size
        and line.count > 0
        and line.known_at >= known_at
        and line.digest == chain(digest, size, line.count, line.known_at, line.sha256)
    )
