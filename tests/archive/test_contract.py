"""The contract is complete: every column has its meaning, and content hashes mean rows."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fairwater.archive import Archive, project
from fairwater.archive.contract import TABLES, view_columns
from fairwater.archive.contract_page import queries_page, tables_page
from fairwater.archive.queries import named_queries
from fairwater.ledger import Journal
from fairwater.records import Record


def test_every_table_and_column_says_what_it_means() -> None:
    for table in TABLES.values():
        names = [column.name for column in view_columns(table)]
        assert len(names) == len(set(names))
        assert set(table.key) <= set(names)
        assert {"journal_index", "known_at"} <= set(names)
        assert table.meaning.endswith((".", "…"))
        for column in view_columns(table):
            assert column.meaning[0].isalpha() or column.meaning[0] == "`"
            assert column.meaning.endswith(".")
            numeric = column.type == "DOUBLE" or column.name == "size_bytes"
            assert bool(column.unit) == (numeric or column.type == "TIMESTAMP"), column


def test_content_hash_is_the_documented_one(
    tmp_path: Path, journal_of: Callable[..., Journal], many: list[Record]
) -> None:
    """Computed row by row in plain Python, as `archive.content` describes it."""
    project(journal_of(many), tmp_path / "archive")
    archive = Archive.open(tmp_path / "archive")
    found = archive.content()
    for name, table in TABLES.items():
        digest = hashlib.sha256(f"{name}\n".encode())
        rows = archive.table(name).to_pylist()
        digest.update(struct.pack("<qq", 0, len(rows)))
        for column in table.columns:
            digest.update(_column([row[column.name] for row in rows], column.type))
        assert found[name] == digest.hexdigest(), name


def _column(values: list[Any], kind: str) -> bytes:
    stated = bytes(value is not None for value in values)
    if kind == "VARCHAR[]":
        lengths = b"".join(struct.pack("<i", len(value or [])) for value in values)
        return stated + lengths + _column([e for value in values for e in value or []], "VARCHAR")
    if kind == "VARCHAR":
        texts = [(value or "").encode() for value in values]
        lengths = b"".join(struct.pack("<i", len(text)) for text in texts)
        return stated + lengths + b"".join(texts)
    return stated + b"".join(_number(value, kind) for value in values)


def _number(value: Any, kind: str) -> bytes:
    if kind == "DOUBLE":
        return struct.pack("<d", value or 0.0)
    if kind == "DATE":
        return struct.pack("<i", 0 if value is None else (value - date(1970, 1, 1)).days)
    if kind == "TIMESTAMP":
        since = (value or datetime(1970, 1, 1)) - datetime(1970, 1, 1)
        return struct.pack("<q", round(since.total_seconds() * 1e6))
    return struct.pack("<q", value or 0)


def test_content_spans_blocks(
    tmp_path: Path, journal_of: Callable[..., Journal], make_report: Any
) -> None:
    """9,000 entries are three blocks; a change in any of them changes the hash of its table."""
    reports = [make_report(number) for number in range(9_000)]
    hashes = set()
    for changed in (None, 0, 4_095, 4_096, 8_999):
        mine = list(reports)
        if changed is not None:
            mine[changed] = make_report(changed, item="other")
        folder = f"j{changed}"
        project(journal_of(mine, folder=folder), tmp_path / f"a{changed}", chunk=5_000)
        content = Archive.open(tmp_path / f"a{changed}").content()
        hashes.add(content["reports"])
    assert len(hashes) == 5


def test_the_pages_name_everything() -> None:
    tables, queries = tables_page(), queries_page()
    for table in TABLES.values():
        assert f"## {table.name}\n" in tables
        for column in view_columns(table):
            assert f"| {column.name} | {column.type} | {column.unit} | {column.meaning} |" in tables
    for query in named_queries().values():
        for text in (f"## {query.name}\n", query.help, query.example):
            assert text in queries
        assert all(f"- `{each.name}` {each.type}" in queries for each in query.parameters)
