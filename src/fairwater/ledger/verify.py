"""Reading all that is committed against its digests: every flipped byte is told."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fairwater.ledger.chain import BatchLine, decode_head
from fairwater.ledger.errors import Damage, JournalDamaged
from fairwater.ledger.index import ROW, ROW_BYTES, Place
from fairwater.ledger.segments import placed_frames, segment_path
from fairwater.ledger.state import load

_INDEX_REMEDY = "delete index.bin: it is made again from the entries"


def faults(journal: Path) -> list[Damage]:
    """Every place where the committed part of the journal is not what was committed."""
    found = _head_faults(journal)
    try:
        state = load(journal)
    except JournalDamaged as damaged:
        return [*found, *damaged.faults]
    path = journal / "index.bin"
    rows = path.read_bytes() if path.exists() else b""
    if len(rows) < state.size * ROW_BYTES:
        found.append(
            Damage(
                path,
                len(rows),
                "the file ends here",
                f"{state.size * ROW_BYTES:,} bytes for {state.size:,} entries",
                _INDEX_REMEDY,
            )
        )
    start = Place(0, 0)
    for line in state.lines:
        found += _batch_faults(journal, line, start, rows)
        start = Place(line.segment, line.end)
    return found


def _head_faults(journal: Path) -> list[Damage]:
    path = journal / "head"
    if path.exists() and decode_head(path.read_bytes()) is not None:
        return []
    return [
        Damage(
            path,
            0,
            "no head with a right checksum" if path.exists() else "the file is missing",
            "one line that names the committed batches",
            "the next writer makes it again from the batches, which lose nothing",
        )
    ]


def _batch_faults(journal: Path, line: BatchLine, start: Place, rows: bytes) -> list[Damage]:
    taken = hashlib.sha256()
    suspects: list[Damage] = []
    number = line.first
    try:
        end = Place(line.segment, line.end)
        for place, data in placed_frames(journal, start, end, taken.update):
            row = ROW.pack(hashlib.sha256(data).digest(), *place)
            at = number * ROW_BYTES
            if at + ROW_BYTES <= len(rows) and rows[at : at + ROW_BYTES] != row:
                _, *stands = ROW.unpack_from(rows, at)
                expected = Place(*stands)
                suspects.append(
                    _entry_damage(journal, expected if expected < end else place, number)
                )
            number += 1
    except JournalDamaged as damaged:
        return [*suspects, *damaged.faults]
    if number == line.stop and taken.hexdigest() == line.sha256:
        # The entries are right; then it is the index that is not.
        return [
            Damage(
                journal / "index.bin",
                line.first * ROW_BYTES,
                f"{len(suspects)} rows from here on do not fit their entries",
                "id and place of each entry",
                _INDEX_REMEDY,
            )
        ][: len(suspects)]
    return suspects or [
        Damage(
            segment_path(journal, start.segment),
            start.offset,
            f"the batch of entries {line.first} to {line.stop - 1} is not what was committed",
            f"{line.count} entries whose frames have SHA-256 {line.sha256}",
        )
    ]


def _entry_damage(journal: Path, place: Place, number: int) -> Damage:
    return Damage(
        segment_path(journal, place.segment),
        place.offset,
        f"entry {number} is not what was committed",
        "bytes with the id that the index names",
    )
