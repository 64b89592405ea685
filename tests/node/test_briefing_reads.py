"""Rows and statements a report counts, against the demo's source lines and plain SQL."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

from fairwater.node import demo
from fairwater.node.briefing import Briefing
from fairwater.node.briefing.content import Read
from fairwater.node.briefing.reads import reads
from fairwater.node.importing import import_file
from fairwater.node.node import Node
from fairwater.node.quarantine import export, listing, submit

Row = dict[str, Any]


@dataclass
class Counted:
    """What plain loops over one table find."""

    document: Row
    reports: list[Row]
    refused: list[Row]


def counted(plainly: ModuleType, table: str) -> Counted:
    records = plainly.lines(table)
    (document,) = [r for r in records if r["type"] == "source_document"]
    return Counted(
        document,
        [r for r in records if r["type"] == "test_report"],
        [r for r in records if r["type"] == "quarantined_row"],
    )


def flags(row: Row) -> set[str]:
    return {flag["flag"] for flag in row.get("flags", ())}


SAYS_NOTHING = {
    "uncertainty": lambda r: all("uncertainty" not in one for one in r["results"]),
    "limit_kind": lambda r: any(
        one["kind"] == "censored" and one.get("limit_kind", "not_stated") == "not_stated"
        for one in r["results"]
    ),
    "laboratory": lambda r: "laboratory" not in r,
    "technique": lambda r: "technique" not in r,
    "place": lambda r: (
        not ({"district", "locality", "station"} & set(r["sample"].get("place", {})))
    ),
    "collected": lambda r: "collected" not in r["sample"],
    "part": lambda r: "part" not in r["sample"].get("product", {}),
}


@pytest.fixture(scope="module", params=(0, 1), ids=("food tests", "sea area"))
def one(
    request: pytest.FixtureRequest, demo_briefing: Briefing, plainly: ModuleType
) -> tuple[Read, Counted]:
    number: int = request.param
    return demo_briefing.reads[number], counted(plainly, plainly.TABLES[number])


def test_every_row_of_a_source_is_accepted_flagged_or_quarantined(
    one: tuple[Read, Counted],
) -> None:
    read, plain = one
    flagged = sum(bool(flags(r)) for r in plain.reports)
    assert read.rows == len(plain.reports) + len(plain.refused)
    assert read.accepted == len(plain.reports) - flagged
    assert read.flagged == flagged
    assert read.quarantined == len(plain.refused)
    assert read.rows == read.accepted + read.flagged + read.quarantined


def test_a_source_is_named_by_its_digest_and_publisher(one: tuple[Read, Counted]) -> None:
    read, plain = one
    told = {
        "name": read.document,
        "sha256": read.sha256,
        "publisher": read.publisher,
        "address": read.address,
        "profile": read.profile,
        "lineage": read.lineage,
        "published": read.published,
    }
    assert told == {key: plain.document.get(key) for key in told}


def test_the_digest_is_that_of_the_published_file(demo_briefing: Briefing, shared: Path) -> None:
    files = {path.name: path for path in (shared / "data").rglob("*.csv.gz")}
    for read in demo_briefing.reads:
        digest = hashlib.sha256(files[read.document].read_bytes()).hexdigest()
        assert read.sha256 == digest


def test_a_table_has_no_more_rows_than_its_file(demo_briefing: Briefing, shared: Path) -> None:
    """FACTS.md: 42,541 rows of seafood, 38,643 of fish; the demo takes four species of each."""
    held = {"seafood_2012-04_2014-03.csv.gz": 42_541, "fish_2026-02-17_e8105e16b.csv.gz": 38_643}
    for read in demo_briefing.reads:
        (path,) = (shared / "data").rglob(read.document)
        with gzip.open(path, "rt", encoding="utf-8") as file:
            assert sum(1 for _ in file) - 1 == held[read.document]
        assert 0 < read.rows < held[read.document]


def test_flags_and_reasons_count_rows_not_marks(one: tuple[Read, Counted]) -> None:
    read, plain = one
    assert read.flags == Counter(flag for r in plain.reports for flag in flags(r))
    reasons = Counter(
        reason for r in plain.refused for reason in {fault["reason"] for fault in r["faults"]}
    )
    assert read.reasons == reasons


def test_what_rows_do_not_say_is_counted(one: tuple[Read, Counted]) -> None:
    read, plain = one
    silent = {key: sum(map(says, plain.reports)) for key, says in SAYS_NOTHING.items()}
    assert read.lacks == {key: n for key, n in silent.items() if n}
    assert read.stated == len(plain.reports)


def test_the_tables_on_disk_hold_what_is_told(demo_node: Node, demo_briefing: Briefing) -> None:
    """DuckDB on the archive's Parquet files themselves, beside the program's own queries."""
    files = sorted(demo_node.config.archive.rglob("*.parquet"))
    for name in ("reports", "quarantine"):
        mine = [
            str(path) for path in files if name in str(path.relative_to(demo_node.config.archive))
        ]
        found = duckdb.read_parquet(mine).filter("document IS NOT NULL")
        by = dict(found.aggregate("document, count(*)").fetchall())
        told = {
            read.sha256: read.stated if name == "reports" else read.quarantined
            for read in demo_briefing.reads
        }
        assert by == {key: n for key, n in told.items() if n}


def test_statements_are_counted_by_kind(demo_briefing: Briefing, plainly: ModuleType) -> None:
    """From the YAML files; the parties and bindings that the demo adds are counted apart."""
    kinds = Counter(record["type"] for record in plainly.entered())
    kinds["party"] += len(demo.PARTIES) + 1  # and the node's own
    kinds["role_binding"] += 1
    kinds["agreement"] += len(demo.AGREEMENTS)
    told = {one.kind: one.count for one in demo_briefing.told}
    assert told == kinds


def test_invented_statements_say_so(demo_briefing: Briefing, plainly: ModuleType) -> None:
    """Whatever a record's own words call invented, wherever in it they stand."""
    invented = Counter(r["type"] for r in plainly.entered() if "(invented" in str(r))
    invented["party"] += sum("(invented" in str(party.name) for party in demo.PARTIES)
    told = {one.kind: one.invented for one in demo_briefing.told}
    assert told == {kind: invented[kind] for kind in told}
    assert invented["test_report"] > 0


def test_what_is_told_ends_where_the_journal_was_asked_to(demo_node: Node) -> None:
    """The first third of the journal: rows by then, counted from the records themselves."""
    through = demo_node.journal.size // 3
    rows = Counter(
        read["source"]["document"]
        for number in range(through)
        if (read := _record(demo_node, number))["type"] in ("test_report", "quarantined_row")
    )
    told = reads(demo_node.archive(), through)
    assert {read.sha256: read.rows for read in told} == rows
    assert told[0].rows > 0


HEADINGS = (
    "No,報告自治体,実施主体,産地_都道府県,産地_市町村,産地_その他,非流通品/流通品,食品カテゴリ,"
    "品目_品目名,品目_その他,検査機関,検査法,採取日(購入日),結果判明日,"
    "Cs134(Bq/kg),Cs137(Bq/kg),Cs合計(Bq/kg)"
)
CELLS = "福島県,福島県,福島県,相馬市,-,非流通品,水産物,ヒラメ,-,L,Ge,H25.4.{day},H25.4.9,1,2,3"


def corrected(node: Node, row: int, day: str) -> None:
    """A row of the quarantine submitted with another day of sampling."""
    text = io.StringIO(newline="")
    export([one for one in listing(node) if one.row == row], text)
    records = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    records[0]["採取日(購入日)"] = day
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    submit(node, text.getvalue().splitlines(keepends=True), by="A. Clerk", reason="as printed")


def test_a_corrected_row_is_counted_once(tmp_path: Path) -> None:
    """Five rows in the file: as many are told however often one of them is corrected."""
    rows = [f"{n}," + CELLS.format(day=day) for n, day in enumerate((1, 2, 31, 4, 99), 1)]
    path = tmp_path / "a999.csv"
    path.write_text("\n".join((HEADINGS, *rows, "")), encoding="utf-8")
    node = Node.create(tmp_path / "node", party="p", name="P")
    import_file(node, path)
    told = []
    for day in (None, "H25.4.3", "H25.4.5"):
        if day is not None:
            corrected(node, 3, day)
        (read,) = reads(node.archive(), node.journal.size)
        assert read.rows == read.accepted + read.flagged + read.quarantined
        told.append((read.rows, read.quarantined, sum(read.reasons.values())))
    assert told == [(5, 2, 2), (5, 1, 1), (5, 1, 1)]
    assert node.archive().query("SELECT count(*) AS n FROM reports").to_pylist() == [{"n": 5}]


def _record(node: Node, number: int) -> Row:
    found: Row = json.loads(node.journal.entry(number))
    return found


def test_reads_are_told_alike_by_themselves(demo_node: Node, demo_briefing: Briefing) -> None:
    assert tuple(reads(demo_node.archive(), demo_node.journal.size)) == demo_briefing.reads
