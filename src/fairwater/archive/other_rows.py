"""Every record that is not a test report or a result, as rows of its table."""

from __future__ import annotations

from typing import Any

import msgspec
import pyarrow as pa

from fairwater.archive.converting import item_pieces
from fairwater.archive.schema import schema
from fairwater.records import (
    Amendment,
    Correction,
    NameMeaning,
    Position,
    QuarantinedRow,
    Record,
    SourceDocument,
    Withdrawal,
)

Row = dict[str, Any]


class OtherRows:
    """Collects rows by table, then gives each table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}

    def add(self, index: int, known_at: int, record_id: str, record: Record, data: bytes) -> None:
        """Add one record; a correction or a name's meaning stands in `statements` too."""
        entry = {"record_id": record_id, "journal_index": index, "known_at": known_at}
        match record:
            case QuarantinedRow():
                self._add("quarantine", entry, _quarantined(record))
            case Amendment():
                self._add("supersessions", entry, _amendment(record))
            case Withdrawal():
                self._add("supersessions", entry, _withdrawal(record))
            case SourceDocument():
                self._add("documents", entry, msgspec.structs.asdict(record))
            case _:
                if isinstance(record, NameMeaning):
                    self._add("name_meanings", entry, _meaning(record))
                if isinstance(record, Correction):
                    self._add("supersessions", entry, _correction(record))
                kind = str(type(record).__struct_config__.tag)
                self._add("statements", entry, {"type": kind, "content": data.decode()})

    def take(self) -> dict[str, pa.Table]:
        """Tables of what was added since the last time; those without rows are left out."""
        tables = {
            name: pa.Table.from_pylist(rows, schema=schema(name))
            for name, rows in self._rows.items()
        }
        self._rows = {}
        return tables

    def _add(self, table: str, entry: Row, row: Row) -> None:
        self._rows.setdefault(table, []).append(entry | row)


def _position(source: Position | None) -> Row:
    return {} if source is None else msgspec.structs.asdict(source)


def _quarantined(record: QuarantinedRow) -> Row:
    return {
        **_position(record.source),
        "profile": record.profile,
        "reasons": [fault.reason for fault in record.faults],
        "flags": [flag.flag for flag in record.flags],
        "cells": list(record.cells),
        "faults": msgspec.json.encode(record.faults, order="sorted").decode(),
    }


def _amendment(record: Amendment) -> Row:
    return {
        "target": record.amends,
        "by": record.by,
        "kind": "amendment",
        "reason": record.reason,
        "dated": record.dated,
        "change": record.change,
        "changes": msgspec.json.encode(record.changes, order="sorted").decode()
        if record.changes
        else None,
    }


def _meaning(record: NameMeaning) -> Row:
    return {**msgspec.structs.asdict(record), "name_key": (item_pieces(record.text) or [""])[0]}


def _withdrawal(record: Withdrawal) -> Row:
    return {
        "target": record.withdraws,
        "kind": "withdrawal",
        "reason": record.reason,
        "dated": record.dated,
    }


def _correction(record: Correction) -> Row:
    return {
        "target": record.quarantined,
        "by": record.report,
        "kind": "correction",
        "reason": record.reason,
        "dated": record.dated,
    }
