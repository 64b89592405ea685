"""What a row is to what is already held: the answer of lineage about one row."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import msgspec

from fairwater.intake.apart import Arrived
from fairwater.intake.sameness import StoredRow, stored_row
from fairwater.records import (
    Change,
    ChangeKind,
    Flag,
    QuarantinedRow,
    TestReport,
    decode_trusted,
    encode,
)

Row = TestReport | QuarantinedRow


class Relation(Enum):
    """What a row is to what is already held."""

    NEW = "new"
    RESTATES = "restates"
    AMENDS = "amends"
    CORRECTS = "corrects"
    """A quarantined row of the same file that another profile understands."""


class HeldRow(NamedTuple):
    """A row held before: its place in the journal, and the digest of every cell."""

    entry: int
    content: bytes


class Placed(NamedTuple):
    """A row and what it is. `data` is what enters the journal; empty if the row restates.

    `old` is the journal index of the record it amends or corrects; `change` and
    `changes` say how, where a later issue of a snapshot did.
    """

    outcome: Arrived
    relation: Relation
    data: bytes
    added: tuple[str, ...] = ()
    old: int | None = None
    reason: str = ""
    change: ChangeKind | None = None
    changes: tuple[Change, ...] = ()


def row_of(data: bytes) -> Row:
    """The record of a row."""
    record = decode_trusted(data)
    if not isinstance(record, TestReport | QuarantinedRow):
        raise TypeError(f"a row was expected, {type(record).__name__} is held there")
    return record


def stored(data: bytes) -> StoredRow:
    """The row as far as rows are compared by it."""
    row = stored_row(data)
    if row is None:
        raise TypeError("a row was expected, another record is held there")
    return row


def restates(outcome: Arrived) -> Placed:
    """The row says again what is held."""
    return Placed(outcome, Relation.RESTATES, b"")


def new(outcome: Arrived, added: tuple[str, ...]) -> Placed:
    """The row is new, with the flags that lineage adds."""
    data = outcome.data if not added else encode(flagged(row_of(outcome.data), added))
    return Placed(outcome, Relation.NEW, data, added)


def flagged(record: Row, names: tuple[str, ...]) -> Row:
    """The record with further flags."""
    return msgspec.structs.replace(record, flags=(*record.flags, *map(Flag, names)))
