"""Quarantine: listed, explained, exported, and taken back corrected."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairwater.node.importing import import_file, import_files
from fairwater.node.node import Node
from fairwater.node.quarantine import (
    Listed,
    QuarantineError,
    explain,
    export,
    listing,
    submit,
)
from fairwater.records import Correction, TestReport, decode

HEADER = (
    "No,報告自治体,実施主体,産地_都道府県,産地_市町村,産地_その他,非流通品/流通品,食品カテゴリ,"
    "品目_品目名,品目_その他,検査機関,検査法,採取日(購入日),結果判明日,"
    "Cs134(Bq/kg),Cs137(Bq/kg),Cs合計(Bq/kg)"
)
ROW = "{no},福島県,福島県,福島県,相馬市,-,非流通品,水産物,ヒラメ,-,L,Ge,{day},H25.4.9,{a},{b},{c}"


def table(folder: Path, *rows: str, name: str = "a999.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return path


def row(no: int, day: str = "H25.4.2", a: str = "1.5", b: str = "3.0", c: str = "4.5") -> str:
    return ROW.format(no=no, day=day, a=a, b=b, c=c)


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = Node.create(
        tmp_path / "node", party="p", name="P", clock=lambda: datetime(2031, 1, 1, tzinfo=UTC)
    )
    bad = [row(2, day="H25.4.31"), row(3, a="1.2.4"), row(4) + ",surplus", "5,too short"]
    report = import_file(made, table(tmp_path, row(1), *bad))
    assert (report.rows_read, report.accepted, report.quarantined) == (5, 1, 4)
    return made


def exported(rows: list[Listed]) -> list[dict[str, str]]:
    text = io.StringIO(newline="")
    export(rows, text)
    return list(csv.DictReader(io.StringIO(text.getvalue(), newline=""), strict=True))


def lines(records: list[dict[str, str]]) -> list[str]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().splitlines(keepends=True)


def test_listing_and_explaining_name_file_row_column_text_and_remedy(node: Node) -> None:
    rows = listing(node)
    assert [(each.file, each.row) for each in rows] == [("a999.csv", n) for n in (2, 3, 4, 5)]
    assert [each.row for each in listing(node, reason="impossible_day")] == [2]
    told = explain(node, "a999.csv:3")
    fault = told.faults[0]
    assert (fault.column, fault.text) == ("Cs134(Bq/kg)", "1.2.4")
    assert fault.reason == "unreadable_value"
    assert fault.expected
    assert fault.remedy
    assert explain(node, told.record_id[:12]) == told


def test_what_is_not_there_is_said(node: Node) -> None:
    with pytest.raises(QuarantineError, match="no quarantined row"):
        explain(node, "a999.csv:1")


def test_an_export_holds_every_cell_under_its_heading(node: Node) -> None:
    records = exported(listing(node))
    assert records[0]["採取日(購入日)"] == "H25.4.31"
    assert records[1]["Cs134(Bq/kg)"] == "1.2.4"
    assert records[2]["surplus cell 1"] == "surplus"
    assert records[3]["報告自治体"] == "too short"
    assert records[0]["reasons"] == "impossible_day"


def test_an_export_handed_back_untouched_changes_nothing(node: Node) -> None:
    size = node.journal.size
    told = submit(node, lines(exported(listing(node))), by="clerk", reason="none")
    assert [each.outcome for each in told] == ["unchanged"] * 4
    assert node.journal.size == size


def test_a_corrected_row_becomes_a_report_at_its_position(node: Node) -> None:
    records = exported(listing(node))
    records[0]["採取日(購入日)"] = "H25.4.30"
    records[1]["Cs134(Bq/kg)"] = "still 1.2.4"
    records[2]["surplus cell 1"] = ""
    told = submit(node, lines(records), by="A. Clerk", reason="as printed")
    assert [each.outcome for each in told] == ["corrected", "refused", "corrected", "unchanged"]
    assert "unreadable_value" in told[1].reasons[0]
    assert told[0].report is not None
    report = decode(node.journal.find(told[0].report)[1])
    assert isinstance(report, TestReport)
    assert report.source is not None
    assert report.source.row == 2
    assert report.sample.collected == "2013-04-30"
    # Dated after its result: kept and flagged, like any other row.
    assert "result_before_sampling" in told[0].flags
    correction = next(
        record
        for _, data in node.journal.entries()
        if isinstance(record := decode(data), Correction)
    )
    assert (correction.by, correction.reason) == ("A. Clerk", "as printed")
    assert "H25.4.30" in correction.cells
    assert explain(node, "a999.csv:2").corrected_by == told[0].report
    assert [each.row for each in listing(node, corrected=False)] == [3, 5]


def test_the_same_correction_again_changes_nothing_another_amends(node: Node) -> None:
    def corrected(day: str) -> list[str]:
        records = exported(listing(node, reason="impossible_day"))
        records[0]["採取日(購入日)"] = day
        return lines(records)

    first = submit(node, corrected("H25.4.3"), by="clerk", reason="r")[0]
    size = node.journal.size
    again = submit(node, corrected("H25.4.3"), by="clerk", reason="r")[0]
    assert (again.outcome, node.journal.size) == ("unchanged", size)
    second = submit(node, corrected("H25.4.1"), by="clerk", reason="r")[0]
    archive = node.archive()
    standing = archive.query("SELECT report_id FROM current_reports WHERE row = 2")
    assert standing["report_id"].to_pylist() == [second.report]
    assert first.report != second.report


def test_a_correction_that_says_again_what_is_held_is_no_evidence_yet(
    node: Node, tmp_path: Path
) -> None:
    """The same publication came in another file, where the row was readable."""
    other = tmp_path / "other"
    other.mkdir()
    import_file(node, table(other, row(1), row(2)))
    records = exported(listing(node, reason="impossible_day"))
    records[0]["採取日(購入日)"] = "H25.4.2"
    told = submit(node, lines(records), by="clerk", reason="r")[0]
    assert told.flags == ("possible_restatement",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "no column `record_id`"),
        ("record_id,No\nffff,1\n", "no quarantined row with id `ffff`"),
        ('record_id,No\n"ff', "not CSV"),
    ],
)
def test_a_file_that_is_no_export_is_refused_whole(node: Node, text: str, message: str) -> None:
    size = node.journal.size
    with pytest.raises(QuarantineError, match=message):
        submit(node, io.StringIO(text, newline=""), by="clerk", reason="r")
    assert node.journal.size == size


def test_a_file_refused_leaves_those_before_it(tmp_path: Path) -> None:
    made = Node.create(tmp_path / "n", party="p", name="P")
    html = tmp_path / "page.csv"
    html.write_text("<!DOCTYPE html><html></html>", encoding="utf-8")
    reports = []
    with pytest.raises(ValueError, match=r"page\.csv"):
        reports.extend(import_files(made, [table(tmp_path, row(1)), html]))
    assert [each.file for each in reports] == ["a999.csv"]
    assert made.archive().query("SELECT COUNT(*) AS n FROM reports")["n"].to_pylist() == [1]
