"""Statements on record, straight from the journal: of one type, in order of acceptance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

from fairwater.node.node import Node
from fairwater.records import Amendment, Record, Withdrawal, decode_trusted, record_id

_R = TypeVar("_R", bound=Record)


class Stated(Struct, Generic[_R], frozen=True):
    """A record, its id, where it stands in the journal, and when it was accepted."""

    id: str
    index: int
    known_at: datetime
    record: _R


def statements(node: Node, kind: type[_R], *, superseded: bool = False) -> Iterator[Stated[_R]]:
    """Records of type `kind`, in order of acceptance, without those amended or withdrawn.

    Types of which a node holds few; test reports are asked of the archive.
    """
    # Sorted keys put "type" wherever it falls, so its text is looked for before decoding.
    tag = f'"type":"{kind.__struct_config__.tag}"'.encode()
    changes = (b'"type":"amendment"', b'"type":"withdrawal"')
    found: list[Stated[_R]] = []
    gone: set[str] = set()
    for index, data in node.journal.entries():
        if tag in data:
            record = decode_trusted(data)
            if isinstance(record, kind):
                known = node.journal.known_at(index)
                found.append(Stated(record_id(data), index, known, record))
        elif any(change in data for change in changes):
            record = decode_trusted(data)
            if isinstance(record, Amendment):
                gone.add(record.amends)
            elif isinstance(record, Withdrawal):
                gone.add(record.withdraws)
    for stated in found:
        if superseded or stated.id not in gone:
            yield stated
