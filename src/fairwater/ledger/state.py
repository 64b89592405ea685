"""What is committed: the head and the batch lines below it, read or recovered.

A missing or damaged head is made again from `batches`: the lines that follow on
one another and whose entries have the SHA-256 they name. Each line is on the
disk before its head is written, so nothing acknowledged is lost.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from fairwater.ledger.chain import (
    EMPTY_DIGEST,
    BatchLine,
    Head,
    decode_head,
    encode_head,
    line_damage,
    read_lines,
)
from fairwater.ledger.errors import Damage, JournalDamaged
from fairwater.ledger.index import Place
from fairwater.ledger.segments import frames, segment_path


class State(NamedTuple):
    """Committed batches, the head's bytes, and what was done if the head had to be made again."""

    lines: list[BatchLine]
    head: bytes
    length: int
    recovered: str | None = None

    @property
    def size(self) -> int:
        """Entries committed."""
        return self.lines[-1].stop if self.lines else 0

    @property
    def digest(self) -> str:
        """Running digest after the last batch."""
        return self.lines[-1].digest if self.lines else EMPTY_DIGEST

    @property
    def end(self) -> Place:
        """Where the last committed frame ends."""
        return Place(self.lines[-1].segment, self.lines[-1].end) if self.lines else Place(0, 0)


EMPTY = State([], encode_head(0, 0, 0, EMPTY_DIGEST), 0)


def load(journal: Path, before: State = EMPTY) -> State:
    """State on the disk; `before`, an earlier one of the same journal, saves reading it again.

    Raises
    ------
    JournalDamaged
        The batches do not hold what the head, or the entries, say.
    """
    try:
        data = (journal / "head").read_bytes()
    except FileNotFoundError:
        return recover(journal, "the head was missing")
    if data == before.head:
        return before
    head = decode_head(data)
    if head is None:
        return recover(journal, "the head was damaged")
    if head.length < before.length or head.size < before.size:
        before = EMPTY
    lines = before.lines + _lines(journal, head, before)
    state = State(lines, data, head.length)
    if (len(lines), state.size, state.digest) != (head.batches, head.size, head.digest):
        raise JournalDamaged(
            [
                Damage(
                    journal / "batches",
                    head.length,
                    f"{len(lines)} batches of {state.size} entries end here",
                    f"{head.batches} batches of {head.size} entries, as the head says",
                )
            ]
        )
    return state


def _lines(journal: Path, head: Head, before: State) -> list[BatchLine]:
    path = journal / "batches"
    try:
        with path.open("rb") as file:
            file.seek(before.length)
            data = file.read(head.length - before.length)
    except FileNotFoundError:
        data = b""
    if before.length + len(data) < head.length:
        raise JournalDamaged(
            [
                Damage(
                    path,
                    before.length + len(data),
                    "the file ends here",
                    f"{head.length} committed bytes",
                )
            ]
        )
    return read_lines(path, data, before.lines[-1] if before.lines else None, before.length)


def recover(journal: Path, why: str) -> State:
    """State without a usable head: every whole batch line whose entries are what it says.

    Raises
    ------
    JournalDamaged
        A whole line does not follow, or its entries are not there: then no head
        can be made without giving up something that was committed.
    """
    path = journal / "batches"
    data = path.read_bytes() if path.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]  # a line without its end was never acknowledged
    lines = read_lines(path, whole)
    if not lines and _has_bytes(segment_path(journal, 0)):
        raise JournalDamaged(
            [
                Damage(path, 0, f"no batch line, and {why}", "a line for each batch of entries/"),
            ]
        )
    start, offset = Place(0, 0), 0
    for line in lines:
        end = Place(line.segment, line.end)
        taken = hashlib.sha256()
        count = sum(1 for _ in frames(journal, start, end, taken.update))
        if count != line.count or taken.hexdigest() != line.sha256:
            raise JournalDamaged([line_damage(path, offset, line.first)])
        start, offset = end, whole.index(b"\n", offset) + 1
    state = State(lines, b"", len(whole))
    head = encode_head(len(lines), len(whole), state.size, state.digest)
    note = f"{why}; made again from {len(lines)} verified batches ({state.size} entries)"
    return State(lines, head, len(whole), note)


def _has_bytes(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
