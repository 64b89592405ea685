"""Consignments, cells and sources on a report's page, against the records and the files."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fairwater.node import demo

if TYPE_CHECKING:
    from fairwater.node.node import Node

AS_OF = demo.FIGURES_END
NONE = "–"
HEADINGS = {
    "reporter": "報告自治体", "responsible": "実施主体", "region": "産地_都道府県",
    "district": "産地_市町村", "item": "品目_品目名", "category": "食品カテゴリ",
    "laboratory": "検査機関", "method": "検査法", "sampled": "採取日(購入日)",
    "result": "結果判明日",
}  # fmt: skip
"""Column of the ministry's table for what the page calls a field."""


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_conditions_of_goods_are_answered_as_the_records_bear_out(page: Any) -> None:
    """The file's own words: nothing is amiss with A; C's papers are another's in every way."""
    by_caption = {
        t.caption: t.column(1) for name, t in page.tables.items() if name.startswith("goods-")
    }
    (fine,) = [v for c, v in by_caption.items() if "certificate A " in c and "Agreement B" in c]
    (wrong,) = [v for c, v in by_caption.items() if "certificate C " in c and "Agreement B" in c]
    (bare,) = [v for c, v in by_caption.items() if "certificate D " in c and "Agreement B" in c]
    assert fine == ["holds"] * 7
    assert wrong == [*["fails"] * 6, "unknown"], "its samples were not known by then"
    assert bare == [*["unknown"] * 6, "holds"], "nothing came with it but the goods"


def test_cells_opened_are_those_of_the_published_file(page: Any, shared: Path) -> None:
    path = shared / "data" / "mhlw-japan-food" / "seafood_2012-04_2014-03.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    compared = 0
    for over, cells in page.cells:
        found = re.search(rf"{re.escape(path.name)}, row (\d+)", over)
        if found is None:
            continue
        row = published[int(found[1]) - 1]
        for name, text in cells:
            heading = HEADINGS.get(name, name)
            if heading in row:
                assert text == row[heading], (over, name)
                compared += 1
    assert compared > 300


def test_rows_read_are_those_of_the_source_lines(page: Any, plainly: ModuleType) -> None:
    told = {row[0].split(" (")[0]: row[1:] for row in page.tables["reads-table"].rows}
    assert len(told) == len(plainly.TABLES)
    totals = Counter[str]()
    for table in plainly.TABLES:
        records = plainly.lines(table)
        document = records[0]
        kinds = Counter(r["type"] for r in records)
        flagged = sum(bool(r.get("flags")) for r in records if r["type"] == "test_report")
        whole = kinds["test_report"] + kinds["quarantined_row"]
        rows, accepted, marked, refused, published = told[document["name"]]
        assert number(rows) == whole
        assert number(accepted) == kinds["test_report"] - flagged
        assert number(marked) == flagged
        assert number(refused) == kinds["quarantined_row"]
        assert published == document.get("published", NONE)
        totals.update(rows=whole, flagged=flagged, refused=kinds["quarantined_row"])
    lead = page.text("reads")
    for count in totals.values():
        assert f"{count:,}" in lead


def test_flags_and_reasons_are_counted_by_file(page: Any, plainly: ModuleType) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for table in plainly.TABLES:
        records = plainly.lines(table)
        for record in records:
            if record["type"] == "test_report":
                for flag in {f["flag"] for f in record.get("flags", ())}:
                    expected[records[0]["name"], "flag", flag] += 1
            elif record["type"] == "quarantined_row":
                for reason in {f["reason"] for f in record["faults"]}:
                    expected[records[0]["name"], "reason", reason] += 1
    told = Counter(
        {
            (file, "reason" if kind != "flag" else kind, re.sub(r".*\((\w+)\)$", r"\1", what)):
                number(rows)
            for file, kind, what, rows in page.tables["flags-table"].rows
        }
    )  # fmt: skip
    assert told == expected


def test_statements_are_counted_and_the_invented_among_them(page: Any, plainly: ModuleType) -> None:
    kinds = Counter(r["type"] for r in plainly.entered())
    invented = Counter(r["type"] for r in plainly.entered() if "(invented" in str(r))
    told = {row[0]: (number(row[1]), number(row[2])) for row in page.tables["told-table"].rows}
    assert len(told) == len({*kinds, "agreement"})
    for kind in ("decision", "assertion", "consignment", "document"):
        assert told[f"{kind}s"] == (kinds[kind], invented[kind])
    assert sum(n for n, _ in told.values()) == kinds.total() + len(demo.PARTIES) + 1 + 1 + 3
    more = sum("(invented" in str(party.name) for party in demo.PARTIES)
    assert sum(n for _, n in told.values()) == invented.total() + more
    assert f"{invented.total() + more} statements are invented" in page.text("first")


def test_clocks_and_digests_are_those_of_the_journal(page: Any, demo_node: Node) -> None:
    said = page.text("check")
    assert demo_node.journal.digest(demo_node.journal.size) in said.replace(" ", "")
    told = {row[0]: row[1] for row in page.tables["check-table"].rows}
    assert told["As of"] == told["Known at"] == str(AS_OF)
    assert f"{demo_node.journal.size:,}" in told.values()
